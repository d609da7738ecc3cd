import Certificates
public import Diagnostics
import SecureChannel
import TLSParameters

/// Renders what `serve` has to say: where it listens, a line a connection, and the sum.
public enum ServeText {
    /// The document of one report.
    public static func document(_ report: Report<ServeResult>) -> TextDocument {
        var document = TextDocument()
        guard let result = report.result else { return document }
        if let listener = result.listener { add(listener, to: &document) }
        if let connection = result.connection { document.line(line(connection, report.status)) }
        if let totals = result.totals { document.line(line(totals)) }
        return document
    }

    // MARK: The start

    private static func add(_ listener: ListenerDescription, to document: inout TextDocument) {
        let speaksHTTP = listener.mode == .http || listener.mode == .files
        let scheme = listener.address.hasPrefix("unix:") || !speaksHTTP ? "" : "https://"
        let certificate = listener.madeCertificate ? "a certificate made for this run" : "the certificate given"
        document.line(
            "listening on \("\(scheme)\(listener.address)", .strong) with \(certificate)\(job(listener.mode))"
        )
        for certificate in listener.certificates { add(certificate, titled: "certificate", to: &document) }
        if let authority = listener.authority {
            add(authority, titled: "signed by an authority made for this run", to: &document)
        }
        for name in listener.names {
            for certificate in name.certificates {
                add(certificate, titled: "certificate for \(name.name)", to: &document)
            }
        }
        document.section("server") { rows in
            let credential = listener.credential
            rows.row("protocols", StyledText(credential.protocols.joined(separator: ", ")))
            rows.row("ALPN", StyledText(credential.alpn.isEmpty ? "none" : credential.alpn.joined(separator: ", ")))
            rows.row("client certificates", clientAuthentication(credential.clientAuthentication))
            for note in listener.notes { rows.row("note", StyledText(note, .weak)) }
        }
        // Commands are never folded: they are made to be pasted. So are the words above them, as comments of the shell.
        document.verbatim(
            "reach and trust it with",
            listener.commands.flatMap { [StyledText("# \($0.purpose)", .faint), StyledText($0.command)] }
        )
        document.line("")
    }

    private static func add(_ certificate: Certificate, titled title: String, to document: inout TextDocument) {
        document.section(title) { rows in
            let names = certificate.subjectAlternativeNames.map { StyledText($0.value) }
            rows.row("names", names.isEmpty ? StyledText(certificate.subject.text) : StyledText.joined(names))
            rows.row("key", StyledText(CertificateText.key(certificate.publicKey)))
            rows.row("valid until", StyledText(certificate.notAfter.text))
            rows.row("SHA-256", StyledText(certificate.sha256))
            rows.row("pin", StyledText("sha256//\(certificate.spkiPin)"))
        }
    }

    private static func job(_ mode: ListenerDescription.Mode) -> String {
        switch mode {
        case .http: ""
        case .echo: ", sending every byte back"
        case .discard: ", reading everything and saying nothing"
        case .files: ", giving out files"
        }
    }

    private static func clientAuthentication(_ mode: ClientAuthentication) -> StyledText? {
        switch mode {
        case .none: nil
        case .request: "asked for"
        case .require: "required"
        case .once: "asked for in the first handshake"
        case .postHandshake: "asked for after the handshake"
        }
    }

    // MARK: A line a connection

    private static func line(_ connection: ServedConnection, _ status: RunStatus) -> StyledText {
        let attributes = connection.attributes
        let number = "#\(connection.number)"
        var line: StyledText =
            """
            \(number.padded(to: 4), .faint) \(connection.client.padded(to: 21)) \
            \(connection.outcome.rawValue.padded(to: 9), tone(connection.outcome))
            """
        if let version = attributes?.protocol {
            let suite = attributes?.suite?.name ?? ""
            line = line + " \(version.name.padded(to: 7)) \(suite.padded(to: 39))"
            line = line + " \((attributes?.keyExchange?.group?.name ?? "-").padded(to: 9))"
        }
        let faults = connection.faults.map { StyledText($0.text, $0.happened ? .weak : .faint) }
        let facts = facts(connection) + reason(status) + faults
        return facts.isEmpty ? line : line + " " + StyledText.joined(facts)
    }

    private static func tone(_ outcome: ServedConnection.Outcome) -> Tone {
        switch outcome {
        case .ok: .good
        case .open: .plain
        case .truncated, .idle, .closed, .interrupted, .busy, .fault: .weak
        case .alert, .refused, .notTLS, .timeout, .reset, .failed: .bad
        }
    }

    private static func facts(_ connection: ServedConnection) -> [StyledText] {
        var facts: [StyledText] = []
        if let names = connection.attributes?.names {
            if let sni = names.sni { facts.append("SNI \(cut(sni))") }
            if let alpn = names.alpn { facts.append("ALPN \(cut(alpn))") }
            if let identity = names.pskIdentity { facts.append("pre-shared key \(cut(identity))") }
            if names.pskNotTaken == true { facts.append(StyledText("offered pre-shared key not taken", .weak)) }
        }
        // JA3 is in JSON: a client that shuffles its extensions has another one each time.
        if let ja4 = connection.attributes?.fingerprints.ja4 { facts.append("JA4 \(ja4)") }
        if let session = connection.attributes?.session, session.resumed {
            facts.append(StyledText("resumed" + (session.mechanism.map { " by \($0.rawValue)" } ?? "")))
        }
        if let renegotiations = connection.attributes?.security.renegotiations, renegotiations > 0 {
            facts.append("\(renegotiations) renegotiated")
        }
        if let client = clientCertificate(connection) { facts.append(client) }
        if let account = connection.account { facts.append(self.account(account)) }
        if let early = connection.attributes?.session.earlyData {
            facts.append(
                early.status == .accepted
                    ? StyledText("\(early.byteCount) bytes of early data", .weak) : "early data refused"
            )
        }
        for request in connection.requests.prefix(3) {
            let words: StyledText = request.method.isEmpty ? "no HTTP" : "\(cut(request.method)) \(cut(request.target))"
            facts.append(words + " \(request.status)")
        }
        if connection.requestCount > 3 { facts.append("\(connection.requestCount - 3) more requests") }
        if connection.established {
            facts.append("\(connection.bytesReceived) bytes in, \(connection.bytesSent) out")
        } else if let offered = connection.attributes?.offered, connection.attributes?.protocol == nil {
            facts.append(StyledText("offered " + offered.versions.map(\.name).joined(separator: " ")))
        }
        return facts
    }

    /// Whom the client says it is, and whether that was believed.
    static func clientCertificate(_ connection: ServedConnection) -> StyledText? {
        guard let attributes = connection.attributes, attributes.clientAuthentication.requested else { return nil }
        let validation = attributes.peer.validation
        // A certificate that ended the handshake is known by the problem that it had.
        let subject =
            connection.clientCertificates.first?.subject.text ?? validation?.problems.first { $0.depth == 0 }?.subject
        guard let subject else { return "no client certificate" }
        let name: StyledText = "client certificate \(cut(subject))"
        guard connection.established, let validation else { return name }
        guard let problem = validation.problems.first, !validation.isTrusted else {
            return name + " " + StyledText("accepted", .good)
        }
        return name + " " + StyledText("not accepted (\(problem.text))", .bad)
    }

    /// Whom the certificate stands for.
    static func account(_ mapping: AccountMapping) -> StyledText {
        guard let method = mapping.method, let account = mapping.accounts.first else {
            return StyledText("not mapped", .weak)
        }
        guard mapping.accounts.count == 1 else {
            let accounts = mapping.accounts.joined(separator: ", ")
            return StyledText("mapped to several: \(accounts) (\(method.rawValue), SEC_E_MULTIPLE_ACCOUNTS)", .bad)
        }
        return "mapped: \(account) (\(method.rawValue))"
    }

    private static func reason(_ status: RunStatus) -> [StyledText] {
        status.reason.map { [StyledText($0, .bad)] } ?? []
    }

    /// A peer's text in a line has bounds; JSON has all of it.
    private static func cut(_ text: PeerText) -> PeerText {
        text.bytes.count <= 80 ? text : PeerText(bytes: text.bytes.prefix(80) + "...".utf8)
    }

    // MARK: The end

    private static func line(_ totals: ServeTotals) -> StyledText {
        var parts = ["\(totals.established) with a session", "\(totals.failed) without"]
        if totals.turnedAway > 0 { parts.append("\(totals.turnedAway) turned away") }
        let count = "\(totals.connections) connection\(totals.connections == 1 ? "" : "s")"
        return "served \(count, .strong): \(parts.joined(separator: ", "))"
    }
}
