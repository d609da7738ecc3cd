import Certificates
import LibSSL
import TLSParameters
import TLSWire

/// libssl as a ``ChannelEngine``.
final class LibSSLEngine: ChannelEngine {
    private let ssl: SSLHandle

    /// A connection that has not started.
    init(_ context: SSLContextHandle) throws(CredentialError) {
        ssl = try library("libssl can't make a connection") { () throws(LibraryError) in
            try SSLHandle(context: context)
        }
    }

    let name = "libssl"
    /// Always 0: libssl can't go on after a refusal.
    let refusals = 0

    // MARK: Driving

    func feed(_ bytes: ArraySlice<UInt8>) { ssl.input.write(bytes) }
    func takeOutput() -> [UInt8] { ssl.output.readAll() }
    func takeEvents() -> [ConnectionEvent] { ssl.takeEvents() }
    func takeRecordCounts() -> (sent: Int, received: Int) { ssl.takeRecordCounts() }
    func handshake() -> EngineOutcome { EngineOutcome(ssl.handshake()) }
    func read(into plaintext: inout [UInt8]) -> EngineOutcome { EngineOutcome(ssl.read(into: &plaintext)) }
    func write(_ bytes: [UInt8]) -> EngineOutcome { EngineOutcome(ssl.write(bytes)) }
    func shutdown() -> EngineOutcome { EngineOutcome(ssl.shutdown()) }
    func writeAfterShutdown(_ bytes: [UInt8]) { _ = ssl.writeAfterShutdown(bytes) }

    func write(_: [UInt8], flaw _: RecordFlaw?) throws(ContextFailure) {
        throw ContextFailure(.unsupported, "libssl sends no record that is wrong")
    }

    func send(alert _: AlertDescription, level _: AlertLevel) throws(ContextFailure) {
        throw ContextFailure(.unsupported, "libssl sends no alert of one's choice")
    }

    func endInput() {
        // libssl then refuses to resume the session, as RFC 5246 section 7.2.1 once asked.
        ssl.input.setEndsWhenEmpty(true)
        var nothing: [UInt8] = []
        _ = ssl.read(into: &nothing)
    }

    // MARK: Settings

    var reportsRecords: Bool {
        get { ssl.reportsRecords }
        set { ssl.reportsRecords = newValue }
    }

    var verifyPeer: ((_ chain: [[UInt8]]) -> PeerVerdict)? {
        get { ssl.verifyPeer }
        set { ssl.verifyPeer = newValue }
    }

    var acceptsStaple: (() -> Bool)? {
        get { ssl.acceptsStaple }
        set { ssl.acceptsStaple = newValue }
    }

    var revealsSecrets: Bool {
        get { ssl.revealsSecrets }
        set { ssl.revealsSecrets = newValue }
    }

    var pausesForCertificate: Bool {
        get { ssl.pausesForCertificate }
        set { ssl.pausesForCertificate = newValue }
    }

    func setPeerCertificateRequest(_ request: PeerCertificateRequest) { ssl.setPeerCertificateRequest(request) }

    func use(_ identity: Identity, withRoot: Bool) throws(CredentialError) {
        let (leaf, chain) = try identity.handles(withRoot: withRoot)
        try library("the certificate can't be used", as: .badIdentity) { () throws(LibraryError) in
            try ssl.use(certificate: leaf, key: identity.key.handle, chain: chain)
        }
    }

    func restrict(to suites: [CipherSuite]) throws(CredentialError) {
        let names = suites.compactMap { $0.facts?.openSSLName }
        guard names.count == suites.count, !names.isEmpty else {
            throw CredentialError(.suiteUnavailable, "a suite has no name in OpenSSL", suites: suites)
        }
        try library("this libssl can't do the suites", as: .suiteUnavailable) { () throws(LibraryError) in
            try ssl.setCipherList(names.joined(separator: ":"))
        }
    }

    /// What a client says of the server it wants.
    func setServerName(_ name: String) throws(CredentialError) {
        try library("the server name can't be sent", as: .badName) { () throws(LibraryError) in
            try ssl.setServerName(name)
        }
    }

    /// Asks for a stapled OCSP response.
    func requestStapledOCSP() { ssl.requestStapledOCSP() }

    /// Offers a session in libssl's serialised form.
    func offer(session bytes: [UInt8]) throws(CredentialError) {
        try library("the saved session can't be used", as: .badSession) { () throws(LibraryError) in
            try ssl.setSession(SSLSessionHandle(deserialising: bytes))
        }
    }

    // MARK: Later handshakes

    func startRenegotiation(_ kind: RenegotiationKind) throws(ContextFailure) {
        if ssl.context.role == .server { ssl.setOptions(.noResumptionOnRenegotiation, enabled: kind == .full) }
        try asked("renegotiate") { () throws(LibraryError) in
            try ssl.startRenegotiation(abbreviated: kind == .abbreviated)
        }
    }

    func startPostHandshakeAuthentication() throws(ContextFailure) {
        do {
            try ssl.startPostHandshakeAuthentication()
        } catch {
            throw ContextFailure(.unsupported, "the client did not offer post-handshake authentication")
        }
    }

    func startKeyUpdate(requestPeer: Bool) throws(ContextFailure) {
        try asked("update the keys") { () throws(LibraryError) in
            try ssl.startKeyUpdate(requestPeer: requestPeer)
        }
    }

    private func asked<Result>(
        _ what: String,
        _ call: () throws(LibraryError) -> Result
    ) throws(ContextFailure) -> Result {
        do {
            return try call()
        } catch {
            throw ContextFailure(.unsupported, "libssl can't \(what): \(error.text)")
        }
    }

    // MARK: Early data

    func writeEarlyData(_ bytes: [UInt8]) -> EngineOutcome { EngineOutcome(ssl.writeEarlyData(bytes)) }

    func readEarlyData(into plaintext: inout [UInt8]) -> EngineEarlyData {
        switch ssl.readEarlyData(into: &plaintext) {
        case .data: .data
        case .finished: .finished
        case .other(let outcome): .other(EngineOutcome(outcome))
        }
    }

    var earlyDataStatus: EarlyDataStatus { ssl.earlyDataStatus }

    // MARK: Facts

    var stateText: String { ssl.stateText }
    var securityLevel: Int { ssl.securityLevel }
    var isInHandshake: Bool { ssl.isInHandshake }
    var hasSentShutdown: Bool { ssl.hasSentShutdown }
    var protocolVersion: ProtocolVersion { ProtocolVersion(rawValue: ssl.protocolVersion) }
    var isResumed: Bool { ssl.isResumed }
    var peerChain: [[UInt8]] { ssl.peerChain }
    var stapledOCSP: [UInt8]? { ssl.stapledOCSP }
    var peerAuthorityNames: [[UInt8]] { ssl.peerAuthorityNames }
    var serverName: [UInt8]? { ssl.serverName }
    var applicationProtocol: [UInt8]? { ssl.applicationProtocol }
    var pskIdentity: [UInt8]? { ssl.pskIdentity }
    var peerSupportsSecureRenegotiation: Bool { ssl.peerSupportsSecureRenegotiation }
    var peerSignature: (hash: String?, type: String?) { (ssl.peerSignatureHash, ssl.peerSignatureType) }
    var ownSignature: (hash: String?, type: String?) { (ssl.ownSignatureHash, ssl.ownSignatureType) }
    var clientRandom: [UInt8] { ssl.clientRandom }
    var serverRandom: [UInt8] { ssl.serverRandom }
    var ownFinished: [UInt8] { ssl.ownFinished }
    var peerFinished: [UInt8] { ssl.peerFinished }

    var session: EngineSession? {
        guard let session = ssl.session else { return nil }
        return EngineSession(
            id: session.id,
            created: Int64(session.created),
            timeout: session.timeout,
            ticketBytes: session.hasTicket ? session.ticket.count : nil,
            lifetimeHint: Int(clamping: session.ticketLifetimeHint),
            version: ProtocolVersion(rawValue: session.protocolVersion),
            masterSecret: session.masterKey,
            fragmentLengthCode: session.maxFragmentLengthCode
        )
    }

    func exportKeyingMaterial(label: String, context: [UInt8]?, count: Int) throws(ContextFailure) -> [UInt8] {
        try asked("export") { () throws(LibraryError) in
            try ssl.exportKeyingMaterial(label: label, context: context, count: count)
        }
    }

    func exportEarlyKeyingMaterial(label: String, context: [UInt8], count: Int) throws(ContextFailure) -> [UInt8] {
        try asked("export") { () throws(LibraryError) in
            try ssl.exportEarlyKeyingMaterial(label: label, context: context, count: count)
        }
    }
}

extension EngineOutcome {
    fileprivate init(_ outcome: CallOutcome) {
        switch outcome {
        case .done: self = .done
        // A queue in memory never fills.
        case .wantsRead, .wantsWrite: self = .wantsRead
        case .wantsCertificate: self = .wantsCertificate
        case .wantsVerdict: self = .wantsVerdict
        case .closed: self = .closed
        case .failed(let error): self = .failed(.libssl(error))
        }
    }
}
