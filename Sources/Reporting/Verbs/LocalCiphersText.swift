public import Diagnostics

/// Renders the table of suites that are known here.
public enum LocalCiphersText {
    /// The answer in one line, then a row a suite.
    public static func document(_ report: Report<LocalCiphersResult>) -> TextDocument {
        var document = TextDocument()
        guard let result = report.result else { return document }
        let classic = result.suites.count { $0.libssl == .classic }
        let here = result.suites.count { $0.libssl != .probe } - classic
        document.line(
            """
            \("\(result.suites.count) of \(result.known) known suites", .strong), \(here) of which \
            \(report.tool.libssl) can speak, and \(classic) sechan's own engine
            """
        )
        document.table(
            "suites",
            TextDocument.Table(
                header: ["code", "bits", "kx", "auth", "fs", "versions", "engine", "name", "openssl"],
                rows: result.suites.map { row in
                    [
                        StyledText(row.suite.codePoint),
                        StyledText(row.suite.bits.map(String.init) ?? "?", SuiteTone.of(row.suite)),
                        StyledText(row.suite.keyExchange ?? "?"),
                        StyledText(row.suite.authentication ?? "?"),
                        StyledText(row.suite.forwardSecrecy == true ? "fs" : "-"),
                        StyledText(
                            row.firstVersion == row.lastVersion
                                ? row.firstVersion : "\(row.firstVersion)-\(row.lastVersion)"
                        ),
                        StyledText(engine(row.libssl)),
                        StyledText(row.suite.name, SuiteTone.of(row.suite)),
                        StyledText(row.suite.openssl ?? "-", .faint),
                    ]
                },
                rightAligned: [1],
                droppable: [8, 5, 4, 6, 3, 2]
            )
        )
        document.section("engine column") { rows in
            rows.row("libssl", "offered by default")
            rows.row("libssl, named", "offered when asked for with --ciphers or --ciphersuites")
            rows.row("libssl, legacy", "needs --legacy too: security level 0")
            rows.row("classic", "spoken by sechan's own engine, when asked for with --ciphers, --protocol or --engine")
            rows.row("probe only", "can be looked for with 'sechan ciphers TARGET', not spoken")
        }
        return document
    }

    private static func engine(_ availability: LocalSuite.Availability) -> String {
        switch availability {
        case .yes: "libssl"
        case .named: "libssl, named"
        case .legacy: "libssl, legacy"
        case .classic: "classic"
        case .probe: "probe only"
        }
    }
}
