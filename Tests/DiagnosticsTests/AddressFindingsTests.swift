import Testing

@testable import Diagnostics

/// What became of the checks of addresses: that nothing differs is known only of those that answered.
@Suite struct AddressFindingsTests {
    private typealias Facts = AddressComparison.Facts

    private func facts(
        _ status: RunStatus = .ok,
        versions: [String] = ["tls1.3"],
        open: Set<String> = [],
        certificate: String? = "ab"
    ) -> AddressComparison.Facts {
        AddressComparison.Facts(
            status: status,
            suites: versions.map { ($0, []) },
            open: open,
            certificate: certificate
        )
    }

    private func verdicts(
        _ facts: [AddressComparison.Facts],
        unasked: String? = nil,
        withSurvey: Bool = true
    ) -> [String: CheckOutcome.Verdict] {
        let places = facts.enumerated().map { ("192.0.2.\($0)", $1) }
        let outcomes = AddressFindings.outcomes(places, unasked: unasked, withSurvey: withSurvey)
        return Dictionary(
            uniqueKeysWithValues: outcomes.map { (String($0.id.dropFirst("addresses.".count)), $0.verdict) }
        )
    }

    @Test func allAnswered() {
        let found = verdicts([facts(), facts()])
        #expect(found == ["versions-differ": .absent, "certificates-differ": .absent, "unreachable": .absent])
    }

    @Test func nobodyAnswered() {
        let silence = facts(RunStatus(exit: .unreachable, kind: "timeout"), versions: [], certificate: nil)
        #expect(Set(verdicts([silence, silence]).values) == [.undetermined])
        #expect(Set(verdicts([facts(), silence]).values) == [.undetermined])
    }

    @Test func oneAddress() {
        #expect(Set(verdicts([facts()]).values) == [.notApplicable])
        #expect(Set(verdicts([facts()], unasked: "the others could not be found out").values) == [.undetermined])
    }

    @Test func whatStayedOpen() {
        let found = verdicts([facts(), facts(open: ["tls1.0"])])
        #expect(found == ["versions-differ": .undetermined, "certificates-differ": .absent, "unreachable": .absent])
    }

    @Test func withoutASurvey() {
        let found = verdicts([facts(versions: []), facts(versions: [])], withSurvey: false)
        #expect(found == ["versions-differ": .notRun, "certificates-differ": .absent, "unreachable": .absent])
    }

    /// Of addresses that were to be compared, and of which none was reached, nothing is known.
    @Test func ledger() {
        let outcomes = CheckLedger(comparesAddresses: true).outcomes(findings: [])
        for outcome in outcomes where outcome.id.hasPrefix("addresses.") { #expect(outcome.verdict == .undetermined) }
        #expect(outcomes.count { $0.id.hasPrefix("addresses.") } == 3)
    }
}
