import LibSSL
import TLSParameters
import TLSWire

/// The client's part: CLIENT-HELLO, CLIENT-MASTER-KEY and CLIENT-FINISHED without waiting in between, and the answer to a
/// request for its certificate (draft-hickman-netscape-ssl-00 section 5.2).
extension SSL2Connection {
    /// SESSION-ID-LENGTH, when it is not 0.
    static let sessionIDCount = 16
    /// What the draft allows for CHALLENGE-LENGTH and CONNECTION-ID-LENGTH; ours have the shortest, as everybody's.
    static let challengeCounts = 16...32

    func sendClientHello() throws(SSL2Failure) {
        challenge = try random(Self.challengeCounts.lowerBound)
        let resumable = offeredSession.flatMap { session in
            session.isUsable(with: configuration.usableKinds, at: now()) && !session.peerChain.isEmpty ? session : nil
        }
        try send(
            SSL2ClientHello(
                cipherKinds: configuration.usableKinds,
                sessionID: resumable?.id ?? [],
                challenge: challenge
            )
        )
        state = .serverHello(offered: resumable)
    }

    /// Takes what the server sent.
    func takeFromServer(_ message: [UInt8]) throws(SSL2Failure) {
        switch state {
        case .serverHello(let offered):
            try takeServerHello(read(SSL2ServerHello.self, message), offered: offered)
        case .serverVerify:
            let verify = try read(SSL2ServerVerify.self, message)
            guard verify.challenge == challenge else { throw SSL2Failure("the server returned another challenge") }
            state = .serverFinished(mayAsk: true)
            // If it had to wait for the server to show how it makes keys.
            if !hasSentFirstProtected { try sendClientFinished() }
        case .serverFinished(let mayAsk):
            guard mayAsk, message.first == SSL2RequestCertificate.code.rawValue else {
                return try takeServerFinished(read(SSL2ServerFinished.self, message))
            }
            try takeRequest(read(SSL2RequestCertificate.self, message))
        default: throw SSL2Failure("the server sent a message that is not due")
        }
    }

    // MARK: Hello

    private func takeServerHello(_ hello: SSL2ServerHello, offered: ClassicSession?) throws(SSL2Failure) {
        guard hello.version == .ssl2 else { throw SSL2Failure("the server chose another version than SSL 2.0") }
        guard Self.challengeCounts.contains(hello.connectionID.count) else {
            throw SSL2Failure("the server's connection id has a length that it can't have")
        }
        connectionID = hello.connectionID
        if hello.sessionIDHit {
            try resume(offered, hello)
        } else {
            try takeServerCertificate(hello)
        }
    }

    private func resume(_ offered: ClassicSession?, _ hello: SSL2ServerHello) throws(SSL2Failure) {
        guard let offered, let certificate = offered.peerChain.first else {
            throw SSL2Failure("the server resumes a session that it was not offered")
        }
        guard hello.certificate.isEmpty, hello.cipherKinds.isEmpty else {
            throw SSL2Failure("the server resumes a session and sends a certificate or kinds all the same")
        }
        isResumed = true
        serverCertificate = certificate
        peerCertificate = certificate
        try startProtecting(offered.kind, session: offered)
        try sendClientFinishedIfPossible()
    }

    private func takeServerCertificate(_ hello: SSL2ServerHello) throws(SSL2Failure) {
        guard hello.certificateType == SSL2ServerHello.x509 else {
            throw SSL2Failure("the server's certificate is none of X.509", code: .unsupported_certificate_type)
        }
        guard let key = try? PKeyHandle.publicKey(ofCertificate: hello.certificate), key.algorithmName == "RSA" else {
            throw SSL2Failure("the server's certificate has no RSA key, or can't be read", code: .bad_certificate)
        }
        guard let kind = configuration.usableKinds.first(where: hello.cipherKinds.contains) else {
            throw SSL2Failure("the server has none of the cipher kinds that were offered", code: .no_cipher)
        }
        serverCertificate = hello.certificate
        peerCertificate = hello.certificate
        state = .serverVerdict(kind, key: key)
    }

    // MARK: Keys

    func sendMasterKey(_ kind: SSL2CipherKind, to key: PKeyHandle) throws(SSL2Failure) {
        guard let spec = CipherSpec(kind: kind) else { throw SSL2Failure("the engine lacks it", kind: .unsupported) }
        let masterKey = try random(spec.keyCount)
        let keyArgument = try random(spec.ivCount)
        let isMarked = configuration.speaksLaterVersions
        let encryptedKey = try SSL2Failure.wrap { () throws(LibraryError) in
            try SSL2SecretKey.encrypt(Array(masterKey.dropFirst(spec.clearKeyCount)), to: key, isMarked: isMarked)
        }
        try send(
            SSL2ClientMasterKey(
                cipherKind: kind,
                clearKey: Array(masterKey.prefix(spec.clearKeyCount)),
                encryptedKey: encryptedKey,
                keyArgument: keyArgument
            )
        )
        var session = newSession(kind, masterKey: masterKey, keyArgument: keyArgument)
        session.peerChain = [serverCertificate]
        try startProtecting(kind, session: session)
        try sendClientFinishedIfPossible()
    }

    /// Nothing in CLIENT-FINISHED depends on SERVER-VERIFY, so it goes out before that comes; only a client that has to see how
    /// the server makes its keys waits.
    private func sendClientFinishedIfPossible() throws(SSL2Failure) {
        state = .serverVerify
        if try canSeal() { try sendClientFinished() }
    }

    private func sendClientFinished() throws(SSL2Failure) {
        guard try canSeal() else { throw SSL2Failure("there are no keys to write with") }
        hasSentFirstProtected = true
        try send(SSL2ClientFinished(connectionID: connectionID))
    }

    // MARK: The client's certificate

    private func takeRequest(_ request: SSL2RequestCertificate) throws(SSL2Failure) {
        guard request.authenticationType == SSL2RequestCertificate.md5WithRSA else {
            throw SSL2Failure(
                "the server wants a proof other than MD5 with RSA",
                code: .unsupported_certificate_type
            )
        }
        guard Self.challengeCounts.contains(request.challenge.count) else {
            throw SSL2Failure("the server's challenge has a length that it can't have")
        }
        state = .identity(request)
    }

    /// Answers with the certificate and its proof, or says that there is none, which is up to the server to bear.
    func answer(_ request: SSL2RequestCertificate) throws(SSL2Failure) {
        state = .serverFinished(mayAsk: false)
        guard let identity, let certificate = identity.chain.first, let material = records.sealingMaterial else {
            return try send(SSL2Error(errorCode: .no_certificate))
        }
        let proof = SSL2ClientProof(
            material: material,
            challenge: request.challenge,
            serverCertificate: serverCertificate
        )
        let response = try SSL2Failure.wrap { () throws(LibraryError) in try proof.sign(with: identity.key) }
        try send(SSL2ClientCertificate(certificate: certificate, response: response))
    }

    // MARK: The end

    private func takeServerFinished(_ finished: SSL2ServerFinished) throws(SSL2Failure) {
        // Some servers have no session to come back to and send an empty id, and some send another one for a resumed session;
        // both do no harm.
        guard finished.sessionID.isEmpty || finished.sessionID.count == Self.sessionIDCount, var session else {
            throw SSL2Failure("the server's session id has a length that it can't have")
        }
        session.id = finished.sessionID
        establish(session)
    }
}
