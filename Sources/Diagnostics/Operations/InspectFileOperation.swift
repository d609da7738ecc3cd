import Certificates
import TLSParameters
import Transport

/// `inspect FILE`: what a file holds, and its certificates judged like a server's, without any traffic but what revocation may
/// be asked for.
public struct InspectFileOperation: Sendable {
    private let path: String
    private let chain: [Certificate]
    private let contents: FileContents
    private let comparison: KeyComparison?
    private let store: TrustStore?
    private let settings: ValidationSettings
    private let revocation: RevocationPolicy

    /// Reads the file and the trusted certificates.
    ///
    /// - Parameters:
    ///   - certificate: a file with the certificate whose key the file should hold; nil for none.
    ///   - passphrase: where the passphrase is (`env:NAME`, …) for what is encrypted; nil for none.
    /// - Throws: `RequestProblem` that says which file is not what it should be, and where.
    public init(
        path: String,
        validation: ValidationSettings,
        certificate: String? = nil,
        passphrase: String? = nil
    ) throws(RequestProblem) {
        self.path = path
        settings = validation
        revocation = try validation.revocationPolicy()
        let bytes = try InputFile.read(path)
        let password = try passphrase.map { source throws(RequestProblem) in try Passphrase.read(source) }
        var wasAsked = false
        var reader: FileReader
        do {
            reader = try FileReader(bytes) {
                wasAsked = true
                return password
            }
        } catch {
            throw RequestProblem(reason: "\(path): \(error)", hint: Self.hint(error))
        }
        guard password == nil || wasAsked else {
            throw RequestProblem(
                reason: "--pass has no effect on \(path)",
                hint: "leave it out: nothing in the file is encrypted"
            )
        }
        chain = reader.certificates
        comparison = try certificate.map { name throws(RequestProblem) in
            try Self.compare(reader, path: path, with: name)
        }
        reader.judgeResponses(chain: chain, now: validation.time ?? Timestamp.now)
        contents = reader.contents
        do {
            store = validation.mode == .none || chain.isEmpty ? nil : try validation.anchors.acquire()
        } catch {
            throw RequestProblem(reason: "\(error)", hint: "check the files of --ca and --ca-dir")
        }
    }

    /// The report. Without `--verify-name` no name is checked, since a file is not a host.
    public func run() async -> Report<InspectResult> {
        let now = Timestamp.now
        let moment = settings.time ?? now
        let (validation, spent) = await judge()
        var target = TargetSummary(input: path, host: nil, address: nil, port: nil, sni: nil)
        if path == "-" { target.input = "standard input" }
        var result = InspectResult(
            kind: .file,
            dial: nil,
            attributes: nil,
            chain: chain,
            validation: validation,
            now: moment
        )
        result.file = contents
        result.comparedKey = comparison
        let findings = FileFindings.all(contents, chain: chain, comparison: comparison, now: moment)
        return Report(
            tool: .current,
            verb: .inspect,
            target: target,
            startedAt: Timestamp.text(now),
            status: RunStatus(validation: validation, chain: chain)
                ?? RunStatus(contents, chain: chain, comparison: comparison) ?? .ok,
            result: result,
            findings: (ChainFindings.all(chain: chain, validation: validation, now: moment) + findings
                + result.assessmentFindings).merged().sorted { $0.severity > $1.severity },
            spent: spent
        )
    }

    private func judge() async -> (ChainValidation?, Spending) {
        guard let store else { return (nil, Spending()) }
        let validation = judge(store, revocation)
        let questions = validation.questions
        guard revocation.fetches, !questions.isEmpty else { return (validation, Spending()) }
        var policy = revocation
        let (fetched, spent) = await RevocationFetcher().fetch(questions, deadline: .after(Self.patience))
        policy.fetched = fetched
        return (judge(store, policy), spent)
    }

    /// How long others are asked.
    private static let patience = Duration.seconds(60)

    private func judge(_ store: TrustStore, _ revocation: RevocationPolicy) -> ChainValidation {
        let name: VerifyName? =
            if case .name(let name) = settings.name { VerifyName(name) } else { nil }
        return ChainValidator.validate(
            chain: chain,
            trust: store,
            purpose: .server,
            name: name,
            at: settings.time,
            revocation: revocation
        )
    }

    private static func hint(_ error: CertificateError) -> String {
        switch error.kind {
        case .passwordRequired: "give the passphrase with --pass env:NAME, file:PATH or fd:NUMBER"
        case .wrongPassword: "check the passphrase that --pass leads to"
        default:
            "inspect reads certificates, requests, CRLs, PKCS#7, PKCS#12, keys and OCSP responses, PEM or DER, and its own "
                + "reports in JSON"
        }
    }

    private static func compare(
        _ reader: FileReader,
        path: String,
        with name: String
    ) throws(RequestProblem) -> KeyComparison {
        let other: Certificate?
        do {
            other = try Certificate.readAll(InputFile.read(name)).first
        } catch let error as CertificateError {
            throw RequestProblem(
                reason: "\(name): \(error)",
                hint: "the file of --cert should hold a certificate, PEM or DER"
            )
        } catch let error as RequestProblem {
            throw error
        } catch {
            throw RequestProblem(reason: "can't read '\(name)'", hint: "check the name of the file")
        }
        let keys = other.map { reader.keys(of: $0) } ?? []
        guard let other, !keys.isEmpty else {
            throw RequestProblem(
                reason: "--cert has no effect on \(path), which holds no key that could be the certificate's",
                hint: "name a file with a key or a request; --pass opens an encrypted one"
            )
        }
        return KeyComparison(
            path: name,
            subject: other.subject.text,
            sha256: other.sha256,
            matches: keys.allSatisfy { $0 }
        )
    }
}

extension RunStatus {
    /// A chain from a file that was judged and found wanting; nil if it is in order, or wasn't judged.
    fileprivate init?(validation: ChainValidation?, chain: [Certificate]) {
        guard let validation, !validation.isTrusted else { return nil }
        let problem = validation.problems.first
        self.init(
            exit: .certificate,
            kind: "verify:\(problem?.id ?? "failed")",
            reason: "the certificate was not accepted: \(problem?.text ?? "it is not trusted")",
            hint: Self.hint(problem?.id, chain: chain)
        )
    }

    private static func hint(_ problem: String?, chain: [Certificate]) -> String? {
        switch problem {
        case "unknown-issuer" where !ChainOrder(sent: chain).issuers.contains { $0 != nil }:
            "put the certificates of its issuers behind it, or name them with --ca FILE; --verify none judges nothing"
        case "unknown-issuer", "self-signed", "untrusted-root", "self-signed-in-chain":
            "if you trust it, name its issuer with --ca FILE; --verify none judges nothing"
        case "name-mismatch": "name one of its names with --verify-name"
        case "expired", "not-yet-valid": "to judge it for another moment, give that with --at-time"
        case "crl-unavailable", "crl-expired": "name a current list with --crl FILE, or have it asked for with --fetch"
        default: nil
        }
    }

    /// A key that is not the certificate's; nil if they fit, or there aren't both.
    fileprivate init?(_ contents: FileContents, chain: [Certificate], comparison: KeyComparison?) {
        if let comparison, !comparison.matches {
            self.init(
                exit: .violation,
                kind: "key-mismatch",
                reason: "the key is not that of the certificate in \(comparison.path)",
                hint: "look for the key that the certificate was requested with"
            )
        } else if !chain.isEmpty, FileFindings.hasForeignKey(contents) {
            self.init(
                exit: .violation,
                kind: "key-mismatch",
                reason: "the file holds a private key that belongs to none of its certificates",
                hint: "look for the key that the certificate was requested with"
            )
        } else {
            return nil
        }
    }
}
