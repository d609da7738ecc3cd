import Certificates
public import Diagnostics
import SecureChannel
import TLSParameters

/// Renders what is worth knowing of a server or of a file of certificates: the verdict, the findings, the facts.
public struct InspectText: Sendable {
    private let verbose: Bool
    private let trace: Bool
    private let hex: Bool
    private let explain: Bool

    /// A view that shows every attribute of the session and every list of the survey, or what matters; and the legs, with
    /// their bytes, with Schannel's statuses, or none of it.
    public init(verbose: Bool = false, trace: Bool, hex: Bool, explain: Bool = false) {
        self.verbose = verbose
        self.trace = trace
        self.hex = hex
        self.explain = explain
    }

    /// The whole document.
    public func document(_ report: Report<InspectResult>) -> TextDocument {
        var document = TextDocument()
        guard let result = report.result else { return document }
        document.line(headline(report, result))
        JudgementText.add(result.judgement, to: &document)
        JudgementText.add(result.comparison, to: &document)
        FindingsText.add(report.findings, to: &document)
        CheckOutcomesText.add(result.checks, verbose: verbose, to: &document)
        AddressesText.add(result.addresses, to: &document)
        if let survey = result.survey {
            VersionsText.addVerdicts(survey.versions, to: &document)
            VersionsText.addTables(survey, to: &document)
            if verbose { CiphersDetailsText.add(survey, to: &document) }
            document.section("notes") { rows in
                for note in survey.notes { rows.row("-", StyledText(note)) }
            }
        }
        if let attributes = result.attributes { AttributesText.add(attributes, to: &document) }
        FileText.add(result.file, result.comparedKey, to: &document)
        CertificateText.add(result.certificates, to: &document)
        CertificateText.add(result.validation, order: result.order, to: &document)
        AssessmentText.add(result.assessment, to: &document)
        ServedChainText.add(result.chains, to: &document)
        DNSText.add(result.dns, to: &document)
        HTTPText.add(result.http, to: &document)
        ClientsText.add(result.clients, verbose: verbose, to: &document)
        if verbose, let attributes = result.attributes {
            AttributesText.addDetails(attributes, result.dial, to: &document)
        }
        TraceText.add(
            report.events,
            failure: result.attributes?.failure,
            missing: result.attributes?.transport.missingBytes,
            to: &document,
            trace: trace,
            hex: hex,
            explain: explain
        )
        return document
    }

    private func headline(_ report: Report<InspectResult>, _ result: InspectResult) -> StyledText {
        let findings = FindingsText.count(report.findings).map { "findings: \($0)" } ?? "no findings"
        let line: StyledText
        switch result.kind {
        case .server:
            line = ConnectText.headline(
                report,
                result.attributes,
                established: result.attributes?.suite != nil && result.attributes?.failure == nil
            )
        case .file:
            let verdict: StyledText =
                switch result.validation?.isTrusted {
                case true?: StyledText("trusted", .good)
                case false?:
                    StyledText("not trusted: \(result.validation?.problems.first?.text ?? "unknown")", .bad)
                case nil where result.certificates.isEmpty: ""
                case nil: "not judged"
                }
            let contents = FileText.summary(result.file, certificates: result.certificates.count)
            line = "\(report.target?.input ?? "", .strong): \(contents)" + (verdict.isEmpty ? "" : ", ") + verdict
        }
        return line + "; \(findings)"
    }
}
