import SecureChannel

/// What seems to be wrong only because something else is: who answers in a version of its own choice seems to fail at whatever a
/// hello tries out.
struct FalseLeads {
    /// The checks that can't tell, with the reason.
    let checks: [CheckOutcome]

    /// What a session, if one was tried, makes doubtful.
    init(_ attributes: ConnectionAttributes?) {
        guard let attributes, HandshakeFindings.choosesUnofferedVersion(attributes) else {
            checks = []
            return
        }
        checks = CheckCatalogue.all.filter { $0.id.hasPrefix("intolerance.") }.map { check in
            CheckOutcome(
                id: check.id,
                verdict: .undetermined,
                reason: "the server answers in versions that were not offered, whatever the hello is like"
            )
        }
    }

    /// The findings that stay.
    func removed(from findings: [Finding]) -> [Finding] {
        let ids = Set(checks.map(\.id))
        return findings.filter { !ids.contains($0.id) }
    }
}
