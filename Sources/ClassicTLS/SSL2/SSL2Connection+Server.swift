import LibSSL
import TLSParameters
import TLSWire

/// The server's part: SERVER-HELLO, SERVER-VERIFY as soon as there are keys, a request for the client's certificate if it wants
/// one, and SERVER-FINISHED (draft-hickman-netscape-ssl-00 section 5.2).
extension SSL2Connection {
    /// Takes what the client sent.
    func takeFromClient(_ message: [UInt8]) throws(SSL2Failure) {
        switch state {
        case .clientHello: try takeClientHello(read(SSL2ClientHello.self, message))
        case .masterKey(let shared): try takeMasterKey(read(SSL2ClientMasterKey.self, message), shared)
        case .clientFinished:
            let finished = try read(SSL2ClientFinished.self, message)
            guard finished.connectionID == connectionID else {
                throw SSL2Failure("the client returned another connection id")
            }
            // If it had to wait for the client to show how it makes keys.
            if !hasSentFirstProtected { try sendServerVerify() }
            try requestCertificateOrFinish()
        case .clientCertificate(let challenge): try takeAnswer(message, to: challenge)
        default: throw SSL2Failure("the client sent a message that is not due")
        }
    }

    // MARK: Hello

    private func takeClientHello(_ hello: SSL2ClientHello) throws(SSL2Failure) {
        // A client that speaks later versions too names the best of them.
        guard hello.version >= .ssl2 else { throw SSL2Failure("the client wants a version before SSL 2.0") }
        guard hello.sessionID.isEmpty || hello.sessionID.count == Self.sessionIDCount else {
            throw SSL2Failure("the client's session id has a length that it can't have")
        }
        guard Self.challengeCounts.contains(hello.challenge.count) else {
            throw SSL2Failure("the client's challenge has a length that it can't have")
        }
        challenge = hello.challenge
        connectionID = try random(Self.challengeCounts.lowerBound)
        serverCertificate = identity?.chain.first ?? []

        let own = configuration.usableKinds
        if let session = configuration.sessions?.session(id: hello.sessionID, at: now()),
            session.isUsable(with: own.filter(hello.cipherKinds.contains), at: now())
        {
            return try resume(session)
        }
        // The client chooses; a server's order is a wish that clients may follow.
        let offered = Self.unique(hello.cipherKinds.filter(own.contains))
        let shared = configuration.prefersOwnOrder ? own.filter(offered.contains) : offered
        guard !shared.isEmpty else {
            throw SSL2Failure("the client offers none of the cipher kinds that are allowed", code: .no_cipher)
        }
        try send(
            SSL2ServerHello(certificate: serverCertificate, cipherKinds: shared, connectionID: connectionID)
        )
        state = .masterKey(shared)
    }

    private func resume(_ session: ClassicSession) throws(SSL2Failure) {
        isResumed = true
        peerCertificate = session.peerChain.first
        try send(
            SSL2ServerHello(
                sessionIDHit: true,
                certificateType: 0,
                certificate: [],
                cipherKinds: [],
                connectionID: connectionID
            )
        )
        try startProtecting(session.kind, session: session)
        try sendServerVerifyIfPossible()
    }

    private static func unique(_ kinds: [SSL2CipherKind]) -> [SSL2CipherKind] {
        var seen: Set<SSL2CipherKind> = []
        return kinds.filter { seen.insert($0).inserted }
    }

    // MARK: Keys

    /// Every length that the client could play with is fixed by the kind: clear bytes in front of a secret that is none of an
    /// export kind would give the secret away byte by byte (CVE-2016-0703, the special case of DROWN).
    private func takeMasterKey(_ message: SSL2ClientMasterKey, _ shared: [SSL2CipherKind]) throws(SSL2Failure) {
        let kind = message.cipherKind
        guard shared.contains(kind), let spec = CipherSpec(kind: kind), let key = identity?.key else {
            throw SSL2Failure("the client chose a cipher kind that is not in the list", code: .no_cipher)
        }
        guard message.clearKey.count == spec.clearKeyCount, message.keyArgument.count == spec.ivCount else {
            throw SSL2Failure("the client's master key has lengths that its cipher kind can't have")
        }
        let opened = try SSL2Failure.wrap { () throws(LibraryError) in
            try SSL2SecretKey.decrypt(
                message.encryptedKey,
                count: spec.keyMaterial,
                key: key,
                refusesMarker: configuration.speaksLaterVersions
            )
        }
        sawLaterVersionMarker = opened.isMarked
        let session = newSession(
            kind,
            masterKey: message.clearKey + opened.secret,
            keyArgument: message.keyArgument
        )
        try startProtecting(kind, session: session)
        try sendServerVerifyIfPossible()
    }

    /// SERVER-VERIFY goes out before CLIENT-FINISHED has come, as everybody's does: there are clients that wait for it. Only a
    /// server that is to make its keys like the client does waits.
    private func sendServerVerifyIfPossible() throws(SSL2Failure) {
        state = .clientFinished
        if try canSeal() { try sendServerVerify() }
    }

    private func sendServerVerify() throws(SSL2Failure) {
        guard try canSeal() else { throw SSL2Failure("there are no keys to write with") }
        hasSentFirstProtected = true
        try send(SSL2ServerVerify(challenge: challenge))
    }

    // MARK: The client's certificate

    private func requestCertificateOrFinish() throws(SSL2Failure) {
        let asks =
            switch configuration.clientAuthentication {
            case .none: false
            // A resumed session may have one already.
            case .once: peerCertificate == nil
            case .request, .require: true
            }
        guard asks else { return try sendServerFinished() }
        let challenge = try random(Self.challengeCounts.lowerBound)
        try send(SSL2RequestCertificate(challenge: challenge))
        state = .clientCertificate(challenge: challenge)
    }

    private func takeAnswer(_ message: [UInt8], to challenge: [UInt8]) throws(SSL2Failure) {
        // Any ERROR but NO-CERTIFICATE-ERROR has ended the connection by now.
        if message.first == SSL2Error.code.rawValue {
            guard configuration.clientAuthentication != .require else {
                throw SSL2Failure(
                    "the client has no certificate, and one is required",
                    kind: .rejectedPeer,
                    code: .bad_certificate
                )
            }
            return try sendServerFinished()
        }
        let answer = try read(SSL2ClientCertificate.self, message)
        guard answer.certificateType == SSL2ServerHello.x509 else {
            throw SSL2Failure("the client's certificate is none of X.509", code: .unsupported_certificate_type)
        }
        guard let key = try? PKeyHandle.publicKey(ofCertificate: answer.certificate), key.algorithmName == "RSA",
            let material = records.openingMaterial
        else {
            throw SSL2Failure("the client's certificate has no RSA key, or can't be read", code: .bad_certificate)
        }
        let proof = SSL2ClientProof(material: material, challenge: challenge, serverCertificate: serverCertificate)
        guard try SSL2Failure.wrap({ () throws(LibraryError) in try proof.isValid(answer.response, for: key) }) else {
            throw SSL2Failure("the client's signature is wrong", code: .bad_certificate)
        }
        peerCertificate = answer.certificate
        state = .clientVerdict
    }

    // MARK: The end

    func sendServerFinished() throws(SSL2Failure) {
        guard var session else { throw SSL2Failure("there is no session to end the handshake with") }
        if session.id.isEmpty { session.id = try random(Self.sessionIDCount) }
        session.peerChain = peerCertificate.map { [$0] } ?? []
        try send(SSL2ServerFinished(sessionID: session.id))
        configuration.sessions?.store(session)
        establish(session)
    }
}
