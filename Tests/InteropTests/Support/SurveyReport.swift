import Testing

/// What a report of `ciphers TARGET` says of versions and suites, held against what is true.
struct SurveyReport {
    let report: Report

    init(_ report: Report) {
        self.report = report
    }

    /// One version of a report.
    struct Version {
        let verdict: String
        let reason: String?
        let order: String?
        let isComplete: Bool
        /// Code points as text, in the order of the report.
        let suites: [String]
    }

    /// By version.
    var versions: [String: Version] {
        var versions: [String: Version] = [:]
        for version in report.result["versions"].array {
            guard let name = version["version"].string else { continue }
            versions[name] = Version(
                verdict: version["verdict"].string ?? "",
                reason: version["reason"].string,
                order: version["order"].string,
                isComplete: version["complete"].bool ?? false,
                suites: version["suites"].array.compactMap { $0["codePoint"].string }
            )
        }
        return versions
    }

    /// Expects each version and its suites to be exactly these, in this order, and nothing else to be supported.
    func expectExactly(_ truth: [String: [String]], sourceLocation: SourceLocation = #_sourceLocation) {
        for version in SuiteOracle.versions {
            let expected = truth[version, default: []]
            let found = versions[version]
            #expect(found?.suites == expected, "\(version)\n\(report.run.transcript)", sourceLocation: sourceLocation)
            #expect(
                found?.verdict == (expected.isEmpty ? "rejected" : "supported"),
                "\(version)\n\(report.run.transcript)",
                sourceLocation: sourceLocation
            )
            #expect(found?.isComplete == true, "\(version)\n\(report.run.transcript)", sourceLocation: sourceLocation)
        }
        #expect(report.exit == 0, report.transcript, sourceLocation: sourceLocation)
    }

    /// Expects nothing false: no suite that isn't there, none missing from a list that is called complete, no version denied
    /// that is there, and a reason wherever something is open.
    func expectHonest(_ truth: [String: [String]], sourceLocation: SourceLocation = #_sourceLocation) {
        var isOpen = false
        for (name, version) in versions {
            let expected = truth[name, default: []]
            let comment = Comment(rawValue: "\(name)\n\(report.run.transcript)")
            #expect(Set(version.suites).subtracting(expected) == [], comment, sourceLocation: sourceLocation)
            #expect(version.suites.count == Set(version.suites).count, comment, sourceLocation: sourceLocation)
            if version.isComplete {
                #expect(Set(version.suites) == Set(expected), comment, sourceLocation: sourceLocation)
            }
            if !expected.isEmpty { #expect(version.verdict != "rejected", comment, sourceLocation: sourceLocation) }
            if version.verdict == "inconclusive" || !version.isComplete {
                isOpen = true
                #expect(version.reason?.isEmpty == false, comment, sourceLocation: sourceLocation)
            }
        }
        // An incomplete answer is no success.
        #expect((report.exit == 0) == !isOpen, report.transcript, sourceLocation: sourceLocation)
        #expect(Set(versions.keys).isSuperset(of: truth.keys), report.transcript, sourceLocation: sourceLocation)
    }

    /// Expects the run to have made at most this many connections.
    func expectConnections(atMost limit: Double, sourceLocation: SourceLocation = #_sourceLocation) {
        guard case .number(let connections) = report.json["spent"]["connections"] else {
            Issue.record(report.transcript, sourceLocation: sourceLocation)
            return
        }
        #expect(connections <= limit, report.transcript, sourceLocation: sourceLocation)
    }
}
