import Certificates
import SecureChannel

/// What a result says of one finding that it doesn't have: that it is absent, or that nobody looked.
extension InspectResult {
    /// What became of the check that makes a finding of that id: by the list of checks or, of a run that made none, by what the
    /// rest of the result shows.
    func verdict(of id: String) -> CheckOutcome.Verdict {
        if let listed = checks.first(where: { $0.id == id }) { return listed.verdict }
        // A file is read whole.
        if kind == .file, !isOfValidation(id) { return .absent }
        if let derived = derived.first(where: { $0.id == id }) { return derived.verdict }
        // Neither the rules for certificates nor the problems of a chain stand in the catalogue.
        if id.hasPrefix("lint.") { return assessment == nil ? .notRun : .absent }
        if isOfValidation(id) { return wasAsked(id) ? .absent : .notRun }
        return attributes == nil ? .notRun : .absent
    }

    private var derived: [CheckOutcome] {
        let ledger = CheckLedger(
            survey: survey,
            attributes: attributes,
            comparesAddresses: !addresses.isEmpty,
            dns: dns
        )
        return ledger.outcomes(findings: [])
    }

    private func isOfValidation(_ id: String) -> Bool {
        id.hasPrefix("certificate.") && CheckCatalogue.check(id) == nil
    }

    /// Whether the chain was judged, and for that.
    private func wasAsked(_ id: String) -> Bool {
        // Dates are read without a judgement, too.
        let problem = ValidationProblem(code: 1, id: String(id.dropFirst("certificate.".count)), text: "")
        if problem.check == .validity { return !certificates.isEmpty }
        return validation?.checks.contains { $0.check == problem.check && $0.outcome != .notChecked } ?? false
    }
}
