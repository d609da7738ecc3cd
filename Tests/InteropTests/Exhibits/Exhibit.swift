/// A peer, a client or a file, and what is to be found in it: no more and no less.
struct Exhibit: Sendable {
    let name: String
    /// The findings' ids.
    let findings: Set<String>
    /// Has `sechan` look at it.
    let look: @Sendable () async throws -> Report

    /// What there is to look at; each is started once, whoever asks.
    static let all = servers + sessions + clients

    /// The report on one of them.
    static func report(on exhibit: Exhibit) async throws -> Report { try await Shelf.shared.report(on: exhibit) }
}

/// Reports that were made already.
private actor Shelf {
    static let shared = Shelf()
    private var reports: [String: Report] = [:]

    func report(on exhibit: Exhibit) async throws -> Report {
        if let report = reports[exhibit.name] { return report }
        let report = try await exhibit.look()
        reports[exhibit.name] = report
        return report
    }
}

extension Report {
    /// The ids of its findings.
    var findingIDs: [String] { json["findings"].array.compactMap { $0["id"].string } }

    /// What became of each check, by id.
    var checkVerdicts: [String: String] {
        var verdicts: [String: String] = [:]
        for check in result["checks"].array {
            if let id = check["id"].string { verdicts[id] = check["verdict"].string }
        }
        return verdicts
    }
}
