import Diagnostics
import TLSParameters

/// Versions, and a table of suites for each that a server speaks.
enum VersionsText {
    /// A line a version.
    static func addVerdicts(_ versions: [VersionSupport], to document: inout TextDocument) {
        document.section("versions") { rows in
            for version in versions { rows.row(version.version, verdict(version)) }
        }
    }

    /// A table a version, in the server's order; versions that have the same suites share one.
    static func addTables(_ result: CiphersResult, to document: inout TextDocument) {
        for alike in tables(result.versions) {
            guard let version = alike.first else { continue }
            let names = alike.map(\.version).joined(separator: " and ")
            document.table(title(version, names), table(version, result.certificates))
        }
    }

    /// The versions that have suites; those that have the same ones with the same key exchanges share a table.
    private static func tables(_ versions: [VersionSupport]) -> [[VersionSupport]] {
        versions.filter { !$0.suites.isEmpty }.reduce(into: []) { tables, version in
            if let last = tables.last?.first, isShown(last, like: version) {
                tables[tables.count - 1].append(version)
            } else {
                tables.append([version])
            }
        }
    }

    private static func isShown(_ one: VersionSupport, like other: VersionSupport) -> Bool {
        func rows(_ version: VersionSupport) -> [SuiteSupport] {
            version.suites.map { support in
                var support = support
                support.exchange.evidence = nil
                return support
            }
        }
        // With evidence every row is a claim of its own.
        return one.order == other.order && rows(one) == rows(other)
            && (one.suites.allSatisfy { $0.exchange.evidence == nil } || one.suites == other.suites)
    }

    private static func verdict(_ version: VersionSupport) -> StyledText {
        let old = ["ssl2", "ssl3", "tls1.0", "tls1.1"].contains(version.version)
        let tone: Tone =
            switch version.verdict {
            case "supported": old ? .weak : .good
            case "rejected": old ? .good : .plain
            default: .weak
            }
        // The reason says it all, in more than a word.
        if version.verdict == "none-accepted", let reason = version.reason {
            return StyledText(reason) + CiphersEvidenceText.mark(version.evidence)
        }
        var text = StyledText(version.verdict, tone)
        if version.verdict == "supported" {
            text = text + ", \(version.suites.count) \(version.suites.count == 1 ? "suite" : "suites")"
            if !version.complete { text = text + StyledText(" (perhaps not all)", .weak) }
        }
        if let answer = version.answer { text = text + ", \(answer)" }
        if let reason = version.reason { text = text + ": \(reason)" }
        return text + CiphersEvidenceText.mark(version.evidence)
    }

    private static func title(_ version: VersionSupport, _ names: String) -> String {
        switch version.order {
        case "server": "\(names), in the server's order"
        case "server-unless-chacha": "\(names), in the server's order (a client's ChaCha20 first)"
        case "client": "\(names) (the client's order decides)"
        default: names
        }
    }

    private static func table(_ version: VersionSupport, _ certificates: [LeafSummary]) -> TextDocument.Table {
        // Where there's a certificate of one kind only, every row would say the same.
        let showsKeys = Set(version.suites.compactMap(\.exchange.certificate)).count > 1
        let groups = version.suites.contains { $0.exchange.group != nil || $0.exchange.groupBits != nil }
        var columns: [Column] = [
            Column("code") { StyledText($0.suite.codePoint) },
            Column("bits") { StyledText($0.suite.bits.map(String.init) ?? "?", SuiteTone.of($0.suite)) },
            Column("kx") { StyledText(exchange($0.suite)) },
        ]
        if groups { columns.append(Column("group") { StyledText(group($0.exchange), groupTone($0.exchange)) }) }
        if showsKeys { columns.append(Column("key") { StyledText(key($0.exchange, certificates)) }) }
        columns.append(Column("fs") { StyledText($0.suite.forwardSecrecy == true ? "fs" : "-") })
        if version.suites.contains(where: { $0.exchange.evidence != nil }) {
            columns.append(Column("#") { StyledText($0.exchange.evidence.map { "#\($0)" } ?? "-", .faint) })
        }
        columns.append(Column("name") { StyledText($0.suite.name, SuiteTone.of($0.suite)) })
        if version.suites.contains(where: { ($0.suite.openssl ?? $0.suite.name) != $0.suite.name }) {
            columns.append(
                Column("openssl") { support in
                    let name = support.suite.openssl
                    return StyledText(name == support.suite.name ? "-" : name ?? "-", .faint)
                }
            )
        }
        let titles = columns.map(\.title)
        return TextDocument.Table(
            header: titles,
            rows: version.suites.map { support in columns.map { $0.cell(support) } },
            rightAligned: [1],
            droppable: ["openssl", "kx", "key", "code", "fs"].compactMap(titles.firstIndex)
        )
    }

    /// A column of a table of suites.
    private struct Column {
        var title: String
        var cell: (SuiteSupport) -> StyledText

        init(_ title: String, _ cell: @escaping (SuiteSupport) -> StyledText) {
            self.title = title
            self.cell = cell
        }
    }

    /// The certificate's key, such as `RSA 2048`.
    private static func key(_ exchange: SuiteSupport.Exchange, _ certificates: [LeafSummary]) -> String {
        guard let index = exchange.certificate, certificates.indices.contains(index) else { return "-" }
        return CiphersDetailsText.key(certificates[index])
    }

    /// A finite field below 2048 bits is weak, one below 1024 is broken.
    private static func groupTone(_ exchange: SuiteSupport.Exchange) -> Tone {
        guard let bits = exchange.groupBits, exchange.group?.hasPrefix("ffdhe") ?? true else { return .plain }
        return bits < 1024 ? .bad : bits < 2048 ? .weak : .plain
    }

    private static func exchange(_ suite: SuiteDescription) -> String {
        switch (suite.keyExchange, suite.authentication) {
        case ("any", _): "-"
        case (let exchange?, let authentication?) where exchange != authentication && authentication != "any":
            "\(exchange) \(authentication)"
        case (let exchange?, _): exchange
        default: "?"
        }
    }

    private static func group(_ exchange: SuiteSupport.Exchange) -> String {
        switch (exchange.group, exchange.groupBits) {
        case (let group?, let bits?) where !group.contains("\(bits)"): "\(group) \(bits)"
        case (let group?, _): group
        case (nil, let bits?): "\(bits)" + (exchange.primeName.map { " (\(short($0)))" } ?? "")
        default: "-"
        }
    }

    /// `group 14` for "RFC 3526 group 14": in a table the number says enough, as IKE's groups have one each.
    private static func short(_ prime: String) -> String {
        prime.firstRange(of: "group ").map { String(prime[$0.lowerBound...]) } ?? prime
    }
}
