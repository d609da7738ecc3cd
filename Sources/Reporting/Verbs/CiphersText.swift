public import Diagnostics

/// Renders a server's versions and suites.
public enum CiphersText {
    /// The answer in one line, a line a version, then a table a version in the server's order.
    public static func document(_ report: Report<CiphersResult>) -> TextDocument {
        var document = TextDocument()
        guard let result = report.result else { return document }
        document.line(headline(report, result))
        document.section("versions") { rows in
            for version in result.versions { rows.row(version.version, verdict(version)) }
        }
        FindingsText.add(report.findings, to: &document)
        for version in result.versions where !version.suites.isEmpty {
            document.table(title(version), table(version))
        }
        document.section("notes") { rows in
            for note in result.notes { rows.row("-", StyledText(note)) }
        }
        document.section("spent") { rows in
            rows.row("connections", "\(report.spent.connections)")
            rows.row("round trips", "\(report.spent.roundTrips)")
            rows.row("bytes", "\(report.spent.bytesSent) sent, \(report.spent.bytesReceived) received")
            rows.row("time", StyledText(Seconds.text(report.spent.seconds)))
        }
        return document
    }

    private static func headline(_ report: Report<CiphersResult>, _ result: CiphersResult) -> StyledText {
        let target = report.target.map { $0.input } ?? ""
        let spoken = result.versions.filter { $0.verdict == "supported" }
        guard !spoken.isEmpty else { return "\(target, .strong): \(nothing(result))" }
        let suites = Set(spoken.flatMap { $0.suites.map(\.suite) })
        var line: StyledText =
            """
            \(target, .strong): \(spoken.map(\.version).joined(separator: ", "), .strong) with \
            \(suites.count) \(suites.count == 1 ? "suite" : "suites")
            """
        if let weakest = suites.compactMap(\.bits).min(), let strongest = suites.compactMap(\.bits).max() {
            line = line + ", weakest \(Self.bits(weakest)), strongest \(Self.bits(strongest))"
        }
        return line
    }

    /// What to say where no version was found to be supported.
    private static func nothing(_ result: CiphersResult) -> String {
        let verdicts = Set(result.versions.map(\.verdict))
        guard verdicts.contains("none-accepted") else { return "no version was found to be supported" }
        return verdicts.contains("inconclusive")
            ? "none of the suites asked for was found to be accepted" : "none of the suites asked for is accepted"
    }

    private static func bits(_ bits: Int) -> StyledText {
        StyledText(bits == 0 ? "no encryption" : "\(bits) bits", bits < 112 ? .bad : bits < 128 ? .weak : .good)
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
        if version.verdict == "none-accepted", let reason = version.reason { return "\(reason)" }
        var text = StyledText(version.verdict, tone)
        if version.verdict == "supported" {
            text = text + ", \(version.suites.count) \(version.suites.count == 1 ? "suite" : "suites")"
            if !version.complete { text = text + StyledText(" (perhaps not all)", .weak) }
        }
        if let reason = version.reason { text = text + ": \(reason)" }
        return text
    }

    private static func title(_ version: VersionSupport) -> String {
        switch version.order {
        case "server": "\(version.version), in the server's order"
        case "server-unless-chacha": "\(version.version), in the server's order, but a client's ChaCha20 goes first"
        case "client": "\(version.version) (the client's order decides)"
        default: version.version
        }
    }

    private static func table(_ version: VersionSupport) -> TextDocument.Table {
        TextDocument.Table(
            header: ["code", "bits", "kx", "group", "fs", "name", "openssl"],
            rows: version.suites.map { support in
                let suite = support.suite
                return [
                    StyledText(suite.codePoint),
                    StyledText(suite.bits.map(String.init) ?? "?", SuiteTone.of(suite)),
                    StyledText(exchange(suite)),
                    StyledText(group(support)),
                    StyledText(suite.forwardSecrecy == true ? "fs" : "-"),
                    StyledText(suite.name, SuiteTone.of(suite)),
                    StyledText(suite.openssl.flatMap { $0 == suite.iana ? nil : $0 } ?? "-", .faint),
                ]
            },
            rightAligned: [1],
            droppable: [6, 2, 0]
        )
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

    private static func group(_ support: SuiteSupport) -> String {
        switch (support.group, support.groupBits) {
        case (let group?, let bits?) where !group.contains("\(bits)"): "\(group) \(bits)"
        case (let group?, _): group
        case (nil, let bits?): "\(bits)"
        default: "-"
        }
    }
}
