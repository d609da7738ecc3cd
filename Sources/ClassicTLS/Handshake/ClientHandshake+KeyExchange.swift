import LibSSL
import TLSParameters
import TLSWire

/// What a client makes of the server's certificate and ServerKeyExchange.
extension ClientHandshake {
    func takeCertificate(_ message: CertificateMessage) throws(ClassicError) {
        guard let leaf = message.certificates.first else {
            throw ClassicError("the server shows no certificate", alert: .bad_certificate)
        }
        exchange.peerChain = message.certificates
        // One that libcrypto can't read has no key. Nothing of this handshake works without, but who judges the chain may have
        // better words for it, and has them before the key is needed unless it is for ServerKeyExchange.
        exchange.peerKey = try? PKeyHandle.publicKey(ofCertificate: leaf)
        let suite = try exchange.agreedSuite()
        if let key = exchange.peerKey,
            try !suite.fits(keyAlgorithm: key.algorithmName, version: exchange.agreedVersion())
        {
            throw ClassicError(
                "the server's certificate has a key (\(key.algorithmName ?? "unknown")) that does not go with the suite \(suite.suite.name)",
                alert: .unsupported_certificate
            )
        }
        expectation = .keyExchange
    }

    func takeServerKeyExchange(_ message: HandshakeMessage, _ version: ProtocolVersion) throws {
        let suite = try exchange.agreedSuite()
        let form = ServerKeyExchange.Form(suite: suite.suite)
        guard suite.facts.keyExchange != .rsa || suite.facts.isExport, form.content != .opaque else {
            throw ClassicError.unexpected(message)
        }
        let part = try ServerKeyExchange(message, form: form, version: version)
        try checkCurve(part, version)
        if let signed = part.signed {
            guard exchange.peerKey != nil else {
                throw ClassicError(
                    "the server's certificate, or the key in it, can't be read",
                    alert: .bad_certificate
                )
            }
            // What is signed is the message without the signature.
            var writer = ByteWriter()
            ServerKeyExchange(pskIdentityHint: part.pskIdentityHint, parameters: part.parameters)
                .encode(into: &writer)
            try exchange.check(signed, over: .parameters(writer.bytes), schemes: configuration.signatureSchemes)
        }
        parameters = part.parameters
        expectation = .helloDone
    }

    /// RFC 8422 section 5.4: the server chooses among the curves of the hello. One without a list leaves it free, and SSL 3.0
    /// has no list.
    private func checkCurve(_ part: ServerKeyExchange, _ version: ProtocolVersion) throws {
        guard version > .ssl3, let group = part.group,
            let offered = try hello?.extensions?.decode(SupportedGroups.self)?.groups
        else { return }
        guard offered.contains(group) else {
            throw ClassicError(
                "the server chose the curve \(group.name), which was not offered",
                alert: .illegal_parameter
            )
        }
    }
}
