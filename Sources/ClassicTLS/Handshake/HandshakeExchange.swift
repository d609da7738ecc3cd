import LibSSL
import TLSParameters
import TLSWire

/// What one handshake has come to so far, whichever end this is.
final class HandshakeExchange {
    let role: EndpointRole
    /// The version field of the client's hello, which a premaster secret repeats.
    var helloVersion = ProtocolVersion.tls12
    var version: ProtocolVersion?
    var suite: ClassicSuite?
    var clientRandom: [UInt8] = []
    var serverRandom: [UInt8] = []
    var sessionID: [UInt8] = []
    var transcript = Transcript()
    var masterSecret: [UInt8] = []
    /// The session that is resumed; nil in a full handshake.
    var resumed: ClassicSession?
    var isResumed: Bool { resumed != nil }
    var usesExtendedMasterSecret = false
    var usesEncryptThenMAC = false
    /// The keys of both directions, once there is a master secret.
    var keys: KeyBlock?

    /// The peer's chain (DER), leaf first, and the leaf's key.
    var peerChain: [[UInt8]] = []
    var peerKey: PKeyHandle?
    var staple: [UInt8]?
    /// The names (DER) of the authorities that the server accepts.
    var acceptedIssuers: [[UInt8]] = []
    var serverName: [UInt8]?
    var applicationProtocol: [UInt8] = []
    /// The length of fragments that was agreed on (RFC 6066 section 4); nil is the protocol's own.
    var fragmentLength: MaxFragmentLength?
    var pskIdentity: [UInt8]?
    var ticket: [UInt8] = []
    /// Whether the ticket came in this handshake.
    var hasNewTicket = false
    var lifetimeHint: UInt32 = 0
    /// How each end signed; nil where it didn't.
    var ownSignature: SignatureForm?
    var peerSignature: SignatureForm?
    /// What the Finished messages said.
    var ownVerifyData: [UInt8] = []
    var peerVerifyData: [UInt8] = []
    /// Whether the peer speaks RFC 5746.
    var peerIsSecure = false

    init(role: EndpointRole) {
        self.role = role
    }

    /// The version, once it is agreed on.
    func agreedVersion() throws(ClassicError) -> ProtocolVersion {
        guard let version else { throw .outOfOrder }
        return version
    }

    /// The suite, once it is agreed on.
    func agreedSuite() throws(ClassicError) -> ClassicSuite {
        guard let suite else { throw .outOfOrder }
        return suite
    }

    /// The PRF of the version and the suite; meaningless in SSL 3.0.
    func function() throws(ClassicError) -> PseudorandomFunction {
        PseudorandomFunction(version: try agreedVersion(), suite: try agreedSuite().suite)
    }

    /// Makes the master secret of a full handshake; the transcript ends with ClientKeyExchange.
    func deriveMasterSecret(premaster: [UInt8]) throws(ClassicError) {
        let version = try agreedVersion()
        let function = try function()
        masterSecret = try library("no master secret") { () throws(LibraryError) in
            guard usesExtendedMasterSecret else {
                return try MasterSecret.make(
                    version: version,
                    function: function,
                    premaster: premaster,
                    clientRandom: clientRandom,
                    serverRandom: serverRandom
                )
            }
            return try MasterSecret.makeExtended(
                function: function,
                premaster: premaster,
                sessionHash: function.transcriptHash.hash(transcript.bytes)
            )
        }
    }

    /// Makes the keys from the master secret.
    func deriveKeys() throws(ClassicError) {
        let version = try agreedVersion()
        let suite = try agreedSuite()
        let function = try function()
        keys = try library("no keys") { () throws(LibraryError) in
            try KeyBlock(
                version: version,
                function: function,
                spec: suite.spec,
                masterSecret: masterSecret,
                clientRandom: clientRandom,
                serverRandom: serverRandom
            )
        }
    }

    /// The protection of what one end sends.
    func protection(
        of sender: EndpointRole,
        _ operation: BulkCipher.Operation
    ) throws(ClassicError) -> RecordProtection {
        guard let keys else { throw .outOfOrder }
        let version = try agreedVersion()
        let suite = try agreedSuite()
        return try library("libcrypto lacks the cipher \(suite.facts.cipher)") { () throws(LibraryError) in
            try RecordProtection(
                spec: suite.spec,
                version: version,
                keys: sender == .client ? keys.client : keys.server,
                encryptsFirst: usesEncryptThenMAC,
                operation
            )
        }
    }

    /// The Finished value of an end over the transcript as it is now.
    func verifyData(of sender: EndpointRole) throws(ClassicError) -> [UInt8] {
        let version = try agreedVersion()
        let function = try function()
        return try library("no Finished") { () throws(LibraryError) in
            guard version > .ssl3 else {
                return try SSL3Finished.verifyData(
                    messages: transcript.bytes,
                    sender: sender,
                    masterSecret: masterSecret
                )
            }
            return try TLSFinished.verifyData(
                messages: transcript.bytes,
                sender: sender,
                masterSecret: masterSecret,
                function: function
            )
        }
    }

    /// Checks the peer's Finished against the transcript as it is now, and keeps it.
    func checkFinished(_ message: HandshakeMessage) throws(ClassicError) {
        let expected = try verifyData(of: role == .client ? .server : .client)
        guard RecordProtection.isEqual(message.body, expected) else {
            throw ClassicError("the peer's Finished is wrong: it saw another handshake", alert: .decrypt_error)
        }
        peerVerifyData = expected
    }

    /// What is kept of it for later connections. A session doesn't grow younger by being resumed, but a new ticket is one.
    func session(created: Int64, lifespan: Int) throws(ClassicError) -> ClassicSession {
        let before = hasNewTicket ? nil : resumed
        var session = ClassicSession(
            version: try agreedVersion(),
            suite: UInt32(try agreedSuite().suite.rawValue),
            id: sessionID,
            masterSecret: masterSecret,
            created: before?.created ?? created,
            timeout: before?.timeout ?? lifespan
        )
        session.hasExtendedMasterSecret = usesExtendedMasterSecret
        session.ticket = ticket
        session.lifetimeHint = lifetimeHint
        session.serverName = serverName
        session.applicationProtocol = applicationProtocol
        session.peerChain = peerChain
        return session
    }
}

extension ClassicError {
    static var outOfOrder: ClassicError {
        ClassicError("a message came before the one that it depends on", alert: .unexpected_message)
    }

    static func unexpected(_ message: HandshakeMessage) -> ClassicError {
        ClassicError("\(message.type.name) came where it has no place", alert: .unexpected_message)
    }
}
