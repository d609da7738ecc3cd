import LibSSL
import TLSParameters
import TLSWire

/// Handshake messages, before they reach the handshake that is under way.
extension ClassicConnection {
    func processHandshake(_ content: [UInt8]) throws(ClassicError) {
        assembler.append(content)
        while let message = try nextMessage() {
            report(message.bytes, type: .handshake, sent: false)
            try process(message)
            // What a handshake waits for comes before the next message.
            if case .client = configuration.role, message.type == .server_hello_done { return }
        }
    }

    private func nextMessage() throws(ClassicError) -> HandshakeMessage? {
        do throws(WireError) {
            return try assembler.next()
        } catch {
            throw ClassicError(error)
        }
    }

    private func process(_ message: HandshakeMessage) throws(ClassicError) {
        switch message.type {
        case .hello_request where configuration.role == .client:
            guard message.body.isEmpty else { throw .unexpected(message) }
            // RFC 5246 section 7.4.1.1: not while a handshake is under way.
            if machine == nil { try answerHelloRequest() }
        case .client_hello where configuration.role == .server && machine == nil:
            guard standing == nil || mayRenegotiate else { return try refuseRenegotiation() }
            awaitsHello = false
            let server = ServerHandshake(connection: self)
            machine = server
            events.append(.handshakeStarted)
            try server.take(message)
        default:
            guard let machine else { throw .unexpected(message) }
            try machine.take(message)
        }
    }

    /// Takes a hello in the format of SSL 2.0 for a later version (RFC 5246 appendix E.2).
    func processSSL2Hello(_ bytes: [UInt8]) throws(ClassicError) {
        let hello: SSL2ClientHello
        let record: SSL2Record
        do throws(WireError) {
            var reader = ByteReader(bytes)
            record = try SSL2Record(parsing: &reader)
            hello = try SSL2ClientHello(record)
        } catch {
            throw ClassicError("the hello in the format of SSL 2.0 can't be read: \(error)", alert: .decode_error)
        }
        events.append(.message(sent: false, type: 0, bytes: record.payload))
        guard hello.version >= .ssl3 else {
            throw ClassicError("the client speaks SSL 2.0 only", alert: .protocol_version)
        }
        let server = ServerHandshake(connection: self)
        machine = server
        events.append(.handshakeStarted)
        let random = hello.random
        let translated = ClientHello(
            legacyVersion: hello.version,
            random: random,
            sessionID: [],
            cipherSuites: hello.cipherSuites,
            extensions: nil
        )
        try server.take(translated, transcript: record.payload)
    }

    // MARK: Renegotiation that the peer asks for

    /// So often the peer may be refused before data comes.
    private static let refusalLimit = 32

    private var mayRenegotiate: Bool {
        let rules = configuration.renegotiation
        // What this end asked for is not the peer's idea.
        guard rules.allowsPeer || awaitsHello else { return false }
        return standing?.exchange.peerIsSecure == true || rules.allowsInsecure
    }

    private func answerHelloRequest() throws(ClassicError) {
        guard standing != nil else { return }
        guard mayRenegotiate else { return try refuseRenegotiation() }
        events.append(.handshakeStarted)
        let client = ClientHandshake(connection: self, session: nil)
        machine = client
        try client.begin()
    }

    private func refuseRenegotiation() throws(ClassicError) {
        guard standing?.exchange.version != .ssl3 else {
            // SSL 3.0 has no gentler way to say it.
            throw ClassicError("the peer renegotiates, which is not allowed here", alert: .handshake_failure)
        }
        // A record holds thousands of HelloRequests, and each would be answered.
        refusedRequests += 1
        guard refusedRequests <= Self.refusalLimit else {
            throw ClassicError("the peer does not stop to ask for a renegotiation", alert: .unexpected_message)
        }
        try sendAlert(.warning, .no_renegotiation)
    }
}

extension ClassicConnection {
    /// Reports a master secret as a line of the NSS key log format, if that was asked for.
    func reportSecret(of exchange: HandshakeExchange) {
        guard revealsSecrets else { return }
        let parts = [exchange.clientRandom, exchange.masterSecret].map { bytes in
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        events.append(.keyLog("CLIENT_RANDOM \(parts[0]) \(parts[1])"))
    }
}
