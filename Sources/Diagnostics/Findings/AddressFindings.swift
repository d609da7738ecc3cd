import TLSParameters

/// What the addresses of a name, held against each other, show its owner to be wrong.
enum AddressFindings {
    /// All findings about addresses, each with what it said; none for one address.
    static func all(_ places: [(address: String, facts: AddressComparison.Facts)]) -> [Finding] {
        guard places.count > 1 else { return [] }
        return [versions(places), certificates(places), unreachable(places)].compactMap { $0 }
    }

    /// What became of the checks of addresses, where none found anything. What one address didn't tell is not the same as that of
    /// the others.
    static func outcomes(
        _ places: [(address: String, facts: AddressComparison.Facts)],
        unasked: String?,
        withSurvey: Bool
    ) -> [CheckOutcome] {
        func outcome(_ id: String, _ open: String?) -> CheckOutcome {
            if let reason = unasked ?? open { return CheckOutcome(id: id, verdict: .undetermined, reason: reason) }
            guard places.count > 1 else {
                return CheckOutcome(id: id, verdict: .notApplicable, reason: "the name has one address")
            }
            return CheckOutcome(id: id, verdict: .absent)
        }
        func first(_ why: String, _ isOpen: (AddressComparison.Facts) -> Bool) -> String? {
            places.first { isOpen($0.facts) }.map { "\($0.address): \(why)" }
        }
        let versions =
            withSurvey
            ? outcome(
                "addresses.versions-differ",
                first("its versions are not known") { $0.suites.isEmpty || !$0.open.isEmpty }
            )
            : CheckOutcome(
                id: "addresses.versions-differ",
                verdict: .notRun,
                reason: "the versions and suites were not asked for"
            )
        return [
            versions,
            outcome("addresses.certificates-differ", first("no certificate was seen") { $0.certificate == nil }),
            outcome(
                "addresses.unreachable",
                first("no session stood") { ![.ok, .certificate, .violation].contains($0.status.exit) }
            ),
        ]
    }

    /// "3 of 4 addresses still speak tls1.0".
    private static func versions(_ places: [(address: String, facts: AddressComparison.Facts)]) -> Finding? {
        let told = places.filter { !$0.facts.suites.isEmpty }
        let spoken = Set(told.flatMap { $0.facts.suites.map(\.version) })
        var statements: [String] = []
        var evidence: [PeerText] = []
        for version in spoken.sorted() {
            // Who didn't tell of a version doesn't differ in it.
            let asked = told.filter { !$0.facts.open.contains(version) }
            let speakers = asked.filter { $0.facts.suites.contains { $0.version == version } }
            guard !speakers.isEmpty, speakers.count < asked.count else { continue }
            statements.append(
                "\(speakers.count) of \(asked.count) addresses \(speakers.count == 1 ? "speaks" : "speak") \(version)"
            )
            evidence += speakers.prefix(8).map { PeerText("\(version): \($0.address)") }
        }
        guard !statements.isEmpty else { return nil }
        return Finding(
            id: "addresses.versions-differ",
            severity: .medium,
            statement: statements.joined(separator: "; "),
            evidence: evidence,
            remedy: "give every machine behind the name the same configuration",
            references: ["RFC 9325 §3.1"]
        )
    }

    private static func certificates(_ places: [(address: String, facts: AddressComparison.Facts)]) -> Finding? {
        let told = places.filter { $0.facts.certificate != nil }
        var counts: [String: Int] = [:]
        for place in told { counts[place.facts.certificate ?? "", default: 0] += 1 }
        guard counts.count > 1, let common = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key
        else { return nil }
        let odd = told.filter { $0.facts.certificate != common }
        return Finding(
            id: "addresses.certificates-differ",
            severity: .low,
            statement: "the certificate differs on \(odd.count) of \(told.count) addresses",
            evidence: odd.prefix(8).map { PeerText($0.address) },
            remedy: "renew the certificate on every machine behind the name",
            references: []
        )
    }

    private static func unreachable(_ places: [(address: String, facts: AddressComparison.Facts)]) -> Finding? {
        let failed = places.filter { [.unreachable, .noSession].contains($0.facts.status.exit) }
        guard !failed.isEmpty, failed.count < places.count else { return nil }
        return Finding(
            id: "addresses.unreachable",
            severity: .medium,
            statement: "no session stands with \(failed.count) of \(places.count) addresses",
            evidence: failed.prefix(8).map { PeerText("\($0.address): \($0.facts.status.kind)") },
            remedy: "mend those machines, or take their addresses out of the DNS",
            references: []
        )
    }
}
