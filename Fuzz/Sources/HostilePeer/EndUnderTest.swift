import LibSSL
import TLSParameters
import TLSWire

@testable import ClassicTLS

/// What both engines can do, and what they hold.
protocol EndUnderTest: AnyObject {
    var verifyPeer: ((_ chain: [[UInt8]]) -> PeerVerdict)? { get set }
    var pausesForCertificate: Bool { get set }
    func feed(_ record: [UInt8])
    func takeOutput() -> [UInt8]
    func takeEvents() -> [ConnectionEvent]
    func handshake() -> ClassicOutcome
    func read(into plaintext: inout [UInt8]) -> ClassicOutcome
    func write(_ bytes: [UInt8]) -> ClassicOutcome
    func shutdown() -> ClassicOutcome
    func use(_ identity: ClassicIdentity)
    func renegotiate(abbreviated: Bool)

    /// Whether a handshake has to be driven, rather than data be read.
    var needsHandshake: Bool { get }
    /// Bytes that wait inside for something.
    var held: Int { get }
    /// The messages of the handshakes that are remembered.
    var remembered: Int { get }
    /// Whether the message before the announcement of a handshake is its first.
    var startsAnewWithMessage: Bool { get }
    /// Whether the order of the messages that led to the standing handshake is one that the specification has.
    func accepts(_ received: [UInt8]) -> Bool
}

extension ClassicConnection: EndUnderTest {
    convenience init(configuration: ClassicConfiguration, at moment: Int64, session: ClassicSession?) throws {
        try self.init(configuration: configuration, session: session)
        now = { moment }
    }

    var startsAnewWithMessage: Bool { configuration.role == .server }
    func renegotiate(abbreviated: Bool) { try? startRenegotiation(abbreviated: abbreviated) }
    var needsHandshake: Bool { isInHandshake }

    var held: Int {
        inbox.reduce(0) { $0 + $1.count } + output.count + plaintext.count + assembler.buffered
    }

    var remembered: Int {
        (machine?.exchange.transcript.bytes.count ?? 0) + (standing?.exchange.transcript.bytes.count ?? 0)
    }

    /// RFC 5246 section 7.3; 254 stands for ChangeCipherSpec.
    func accepts(_ received: [UInt8]) -> Bool {
        guard let exchange = standing?.exchange, let suite = exchange.suite else { return false }
        var rest = received.filter { $0 != HandshakeType.hello_request.rawValue }[...]
        func take(_ type: HandshakeType) -> Bool {
            guard rest.first == type.rawValue else { return false }
            rest = rest.dropFirst()
            return true
        }
        switch configuration.role {
        case .client:
            guard take(.server_hello) else { return false }
            if !exchange.isResumed {
                guard take(.certificate) == suite.showsCertificate else { return false }
                _ = take(.certificate_status)
                _ = take(.server_key_exchange)
                _ = take(.certificate_request)
                guard take(.server_hello_done) else { return false }
            }
            _ = take(.new_session_ticket)
        case .server:
            // A hello in the format of SSL 2.0 has the same code.
            guard take(.client_hello) else { return false }
            if !exchange.isResumed {
                _ = take(.certificate)
                guard take(.client_key_exchange), take(.certificate_verify) != exchange.peerChain.isEmpty else {
                    return false
                }
            }
        }
        guard rest.first == 254 else { return false }
        rest = rest.dropFirst()
        return take(.finished) && rest.isEmpty
    }
}

extension SSL2Connection: EndUnderTest {
    convenience init(configuration: ClassicConfiguration, at moment: Int64, session: ClassicSession?) throws {
        try self.init(configuration: configuration, session: session)
        now = { moment }
    }

    var startsAnewWithMessage: Bool { false }
    func renegotiate(abbreviated _: Bool) {}
    var needsHandshake: Bool { !isEstablished }
    var held: Int { incoming.reduce(0) { $0 + $1.count } }
    var remembered: Int { 0 }

    /// Draft-hickman-netscape-ssl-00 section 5.2.
    func accepts(_ received: [UInt8]) -> Bool {
        var expected: [[SSL2MessageType]]
        switch configuration.role {
        case .client:
            let hello: [SSL2MessageType] = [.server_hello, .server_verify]
            expected = [hello + [.server_finished], hello + [.request_certificate, .server_finished]]
        case .server:
            let hello: [SSL2MessageType] =
                isResumed ? [.client_hello, .client_finished] : [.client_hello, .client_master_key, .client_finished]
            expected = [hello]
            if configuration.clientAuthentication != .none { expected = [hello + [.client_certificate]] }
            if configuration.clientAuthentication == .request { expected.append(hello + [.error]) }
        }
        return expected.contains(received.map { SSL2MessageType(rawValue: $0) })
    }
}
