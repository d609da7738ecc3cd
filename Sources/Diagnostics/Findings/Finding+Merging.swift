import TLSParameters

extension [Finding] {
    /// How much evidence a finding keeps.
    private static var evidenceLimit: Int { 64 }

    /// The same with each id once: what comes first has the say, the worst severity counts, and evidence is brought together.
    /// Findings of one id that say different things, such as a defect of each of two fields, stay apart.
    func merged() -> [Finding] {
        var found: [Finding] = []
        var places: [String: Int] = [:]
        for finding in self {
            let key = Self.repeats.contains(finding.id) ? "\(finding.id) \(finding.statement)" : finding.id
            guard let place = places[key] else {
                places[key] = found.count
                found.append(finding)
                continue
            }
            found[place].severity = Swift.max(found[place].severity, finding.severity)
            for piece in finding.evidence where !found[place].evidence.contains(piece) {
                guard found[place].evidence.count < Self.evidenceLimit else { break }
                found[place].evidence.append(piece)
            }
        }
        return found
    }

    /// Ids under which several things may be said of one target.
    private static var repeats: Set<String> { ["certificate.malformed"] }
}
