import Probing

extension SurveyDetails {
    /// The aspects of which something stayed open because a probe was not asked or not answered.
    ///
    /// What can't be told although the server answered is an answer too, and would be the same another time: a TLS 1.3
    /// signature that no ServerHello proves, a server that refuses what a question is compared with. So is what can't be asked
    /// of a server, such as a feature of suites that it hasn't got.
    func openAspects(_ evidence: [ProbeEvidence]) -> [SurveyAspect] {
        let answered = Set(evidence.filter { Self.answers.contains($0.observation) }.map(\.id))
        func isOpen(_ verdict: Verdict, _ request: ProbeRequest.ID?) -> Bool {
            guard case .inconclusive = verdict else { return false }
            return request.map { !answered.contains($0) } ?? true
        }
        var open: [SurveyAspect] = []
        /// A list is open if one of its members is, or if it may lack some without saying which.
        func isOpen(_ members: [(verdict: Verdict, request: ProbeRequest.ID?)], isComplete: Bool) -> Bool {
            let doubtful = members.filter { $0.verdict.id == "inconclusive" }
            return doubtful.isEmpty ? !isComplete : doubtful.contains { isOpen($0.verdict, $0.request) }
        }
        if groups.contains(where: { isOpen($0.groups.map { ($0.verdict, $0.evidence) }, isComplete: $0.isComplete) }) {
            open.append(.groups)
        }
        if signatures.contains(where: {
            isOpen($0.schemes.map { ($0.verdict, $0.evidence) }, isComplete: $0.isComplete)
        }) {
            open.append(.signatures)
        }
        let waited = Set(evidence.filter { $0.observation == Observation.timedOut.id }.map(\.id))
        let kinds = Set(
            features.filter { feature in
                guard let request = feature.evidence else { return feature.verdict == .unsettled }
                if Self.mayHang.contains(feature.feature), waited.contains(request) { return false }
                return isOpen(feature.verdict, request)
            }
            .map(\.feature.kind)
        )
        if kinds.contains(.extension) { open.append(.extensions) }
        if !kinds.isDisjoint(with: [.tolerance, .downgrade]) { open.append(.tolerance) }
        if jarmDoubt != nil { open.append(.fingerprints) }
        return open
    }

    /// Hellos in the format of SSL 2.0. Who reads their first bytes as a record of TLS waits for the rest of it, this time and the
    /// next.
    private static let mayHang: Set<ServerFeature> = [.ssl2FormatHello, .pct1]

    /// What a server that was heard has answered, ``Observation/id``.
    private static let answers: Set<String> = [
        "server-hello", "hello-retry-request", "ssl2-server-hello", "ssl2-error", "pct-server-hello", "pct-error",
        "alert",
    ]
}
