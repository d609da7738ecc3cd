import LibSSL
package import TLSParameters
import TLSWire

/// What both roles do with kinds, keys and sessions.
extension SSL2Connection {
    /// Reads a message that has to be of one type.
    func read<Message: SSL2Message>(_ type: Message.Type, _ bytes: [UInt8]) throws(SSL2Failure) -> Message {
        let code = SSL2MessageType(rawValue: bytes.first ?? 0)
        guard code == type.code else { throw SSL2Failure("\(type.code.name) is due, and the peer sent \(code.name)") }
        return try SSL2Failure.reading { () throws(WireError) in try Message(bytes: bytes) }
    }

    /// So many bytes that nobody can guess.
    func random(_ count: Int) throws(SSL2Failure) -> [UInt8] {
        try SSL2Failure.wrap { () throws(LibraryError) in try RandomBytes.make(count) }
    }

    /// Sets the keys of this connection. Single DES may have to wait with those for writing until the peer's are known.
    func startProtecting(_ kind: SSL2CipherKind, session: ClassicSession) throws(SSL2Failure) {
        guard let spec = CipherSpec(kind: kind) else {
            throw SSL2Failure("the engine lacks \(kind.name)", kind: .unsupported)
        }
        self.kind = kind
        self.session = session
        try SSL2Failure.wrap { () throws(LibraryError) in try records.startOpening(keys(spec, session)) }
        guard let hashesDigit = chosenDerivation(spec) else { return }
        try startSealing(spec, session, hashesDigit: hashesDigit)
    }

    /// Whether the digit is hashed for what this end writes; nil if the peer has to show it first.
    private func chosenDerivation(_ spec: CipherSpec) -> Bool? {
        guard spec.isSingleDES else { return true }
        return switch configuration.desDerivation {
        case .withDigit: true
        case .withoutDigit: false
        case .likePeer: records.peerHashesDigit
        }
    }

    /// Whether this end can write protected records; if it waited for the peer to show how, it begins now.
    func canSeal() throws(SSL2Failure) -> Bool {
        if records.sealingMaterial != nil { return true }
        guard let kind, let spec = CipherSpec(kind: kind), let session, let hashesDigit = records.peerHashesDigit
        else { return false }
        try startSealing(spec, session, hashesDigit: hashesDigit)
        return true
    }

    private func startSealing(
        _ spec: CipherSpec,
        _ session: ClassicSession,
        hashesDigit: Bool
    ) throws(SSL2Failure) {
        try SSL2Failure.wrap { () throws(LibraryError) in
            try records.startSealing(keys(spec, session), hashesDigit: hashesDigit)
        }
    }

    private func keys(_ spec: CipherSpec, _ session: ClassicSession) -> SSL2ConnectionKeys {
        SSL2ConnectionKeys(
            role: configuration.role,
            spec: spec,
            masterKey: session.masterSecret,
            keyArgument: session.keyArgument,
            challenge: challenge,
            connectionID: connectionID
        )
    }

    /// A session of this connection, which has no id yet.
    func newSession(_ kind: SSL2CipherKind, masterKey: [UInt8], keyArgument: [UInt8]) -> ClassicSession {
        var session = ClassicSession(
            version: .ssl2,
            suite: kind.rawValue,
            id: [],
            masterSecret: masterKey,
            created: now(),
            timeout: configuration.sessionLifespan
        )
        session.keyArgument = keyArgument
        return session
    }
}

extension ClassicConfiguration {
    /// Every kind of SSL 2.0 that the engine has, strong ones first.
    package static let allKinds: [SSL2CipherKind] = SSL2CipherKind.registry.filter { CipherSpec(kind: $0.kind) != nil }
        .sorted { ($0.strengthBits, $1.kind.rawValue) > ($1.strengthBits, $0.kind.rawValue) }
        .map(\.kind)

    /// The kinds of SSL 2.0 that are wanted and that the engine has.
    var usableKinds: [SSL2CipherKind] { kinds.filter { CipherSpec(kind: $0) != nil } }
    /// Whether a later version would be possible too.
    var speaksLaterVersions: Bool { versions.contains { $0 > .ssl2 } }
}

extension ClassicIdentity {
    /// Whether SSL 2.0 has a use for it: RSA is all there is.
    var isUsableInSSL2: Bool { !chain.isEmpty && key.algorithmName == "RSA" }
}

extension ClassicSession {
    /// The kind of a session of SSL 2.0.
    var kind: SSL2CipherKind { SSL2CipherKind(rawValue: suite) }

    /// Whether it is one of SSL 2.0 with one of these kinds, whole, and still good at a moment.
    func isUsable(with kinds: [SSL2CipherKind], at moment: Int64) -> Bool {
        guard version == .ssl2, kinds.contains(kind), let spec = CipherSpec(kind: kind) else { return false }
        return id.count == SSL2Connection.sessionIDCount && masterSecret.count == spec.keyCount
            && keyArgument.count == spec.ivCount && isAlive(at: moment)
    }
}
