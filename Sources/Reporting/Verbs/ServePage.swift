import Certificates
public import Diagnostics
import SecureChannel
import TLSParameters

/// The page that a client of `serve` gets: what the server saw of it.
public enum ServePage {
    /// The page in one of its forms.
    ///
    /// - Throws: what the JSON encoder throws, which is a fault of ours.
    public static func render(_ report: Report<ServeResult>, as format: PageFormat) throws -> String {
        switch format {
        case .json: try JSONReport.render(report, pretty: true)
        // Lists are long, and mostly read in a terminal: programs take JSON.
        case .text: document(report).text(TextStyle(colour: false, columns: 100))
        case .html:
            HTMLPage(
                title: "What this server saw of you",
                document: document(report),
                links: [("the same as JSON", "?format=json"), ("as text", "?format=text")]
            ).html
        }
    }

    /// The answer in one line, then what was agreed on, then what the client offered.
    static func document(_ report: Report<ServeResult>) -> TextDocument {
        var document = TextDocument()
        guard let connection = report.result?.connection else { return document }
        let attributes = connection.attributes
        document.line(headline(connection))
        document.section("connection") { rows in
            rows.row("your address", StyledText(connection.client))
            rows.row("protocol", attributes?.protocol.map { StyledText($0.name) })
            rows.row("suite", attributes?.suite.map { suite($0) })
            rows.row("group", attributes?.keyExchange?.group.map { StyledText($0.name) })
            rows.row("server name (SNI)", attributes?.names.sni.map { StyledText($0) } ?? none)
            rows.row("ALPN", attributes?.names.alpn.map { StyledText($0) } ?? none)
            rows.row("session", attributes.map { session($0.session) })
            rows.row("client certificate", ServeText.clientCertificate(connection) ?? none)
            rows.row("account", connection.account.map { ServeText.account($0) })
            for note in connection.notes { rows.row("note", StyledText(note, .weak)) }
            rows.row("request", connection.requests.last.map { "\($0.method) \($0.target)" })
        }
        guard let attributes else { return document }
        FindingsText.add(report.findings, to: &document)
        if let offered = attributes.offered {
            document.section("you offered, in this order") { rows in
                rows.list("versions", names(offered.versions))
                rows.list("suites", codes(offered.suites))
                rows.list("groups", codes(offered.groups))
                rows.list("key shares", names(offered.keyShares))
                rows.list("signature schemes", codes(offered.signatureSchemes))
                rows.list("ALPN", offered.alpn.map { StyledText($0) })
                rows.list("compression", names(offered.compression))
                rows.list("extensions", codes(attributes.extensions.client))
                rows.row("GREASE", grease(offered, attributes))
            }
        }
        document.section("your fingerprints") { rows in
            rows.row("JA4", attributes.fingerprints.ja4.map { StyledText($0) })
            rows.row("JA3", attributes.fingerprints.ja3.map { StyledText($0) })
            rows.row("JA3 in full", attributes.fingerprints.ja3Text.map { StyledText($0, .faint) })
        }
        for (depth, certificate) in connection.clientCertificates.enumerated() {
            document.section("your certificate \(depth)") { rows in
                rows.row("subject", StyledText(certificate.subject.text))
                rows.row("issuer", StyledText(certificate.issuer.text))
                rows.row("valid until", StyledText(certificate.notAfter.text))
                rows.row("SHA-256", StyledText(certificate.sha256))
            }
        }
        return document
    }

    private static let none = StyledText("none", .faint)

    private static func headline(_ connection: ServedConnection) -> StyledText {
        guard let attributes = connection.attributes, let version = attributes.protocol, let suite = attributes.suite
        else {
            return "no session"
        }
        let group = attributes.keyExchange?.group.map { ", keys by \($0.name)" } ?? ""
        return "\(version.name, .strong) with \(suite.name, .strong)\(group)"
    }

    private static func suite(_ suite: SuiteAttributes) -> StyledText {
        let other = suite.openssl.flatMap { $0 == suite.name ? nil : " (\($0))" }
        return StyledText(suite.name) + StyledText(other ?? "", .faint)
    }

    private static func session(_ session: SessionAttributes) -> StyledText {
        guard session.resumed else { return session.offered ? "new; yours was not resumed" : "new" }
        return StyledText("resumed" + (session.mechanism.map { " by \($0.rawValue)" } ?? ""))
    }

    /// Names with their numbers, which are what goes over the wire; a number without a name stands alone.
    private static func codes(_ codes: [NamedCode]) -> [StyledText] {
        codes.map { $0.isUnknown ? StyledText($0.name) : numbered($0) }
    }

    private static func numbered(_ code: NamedCode) -> StyledText {
        "\(code.isGREASE ? "GREASE" : code.name)\(" (\(code.codePoint))", .faint)"
    }

    /// Whether the client reserves some of its offer for values that mean nothing (RFC 8701).
    private static func grease(_ offered: OfferAttributes, _ attributes: ConnectionAttributes) -> StyledText {
        let lists: [(String, [NamedCode])] = [
            ("versions", offered.versions), ("suites", offered.suites), ("groups", offered.groups),
            ("signature schemes", offered.signatureSchemes), ("extensions", attributes.extensions.client),
        ]
        let found = lists.filter { $0.1.contains(where: \.isGREASE) }.map(\.0)
        return StyledText(
            found.isEmpty ? "none" : "in " + found.joined(separator: ", "),
            found.isEmpty ? .faint : .plain
        )
    }

    /// Names alone, where they say it all.
    private static func names(_ codes: [NamedCode]) -> [StyledText] {
        codes.map { $0.isGREASE ? numbered($0) : StyledText($0.name) }
    }
}
