import LibSSL
import TLSParameters
import TLSWire

@testable import ClassicTLS

/// A client and a server of SSL 2.0 in one process, and the records between them one by one.
final class SSL2Pair {
    let client: SSL2Connection
    let server: SSL2Connection
    /// Every record that went, in order.
    private(set) var flight: [(fromClient: Bool, bytes: [UInt8])] = []
    private(set) var clientEvents: [ConnectionEvent] = []
    private(set) var serverEvents: [ConnectionEvent] = []
    /// What arrives in place of a record; by default the record.
    var onTheWay: (_ index: Int, _ fromClient: Bool, _ record: [UInt8]) -> [[UInt8]] = { _, _, record in [record] }

    init(
        _ clientConfiguration: ClassicConfiguration,
        _ serverConfiguration: ClassicConfiguration,
        session: ClassicSession? = nil
    ) throws {
        client = try SSL2Connection(configuration: clientConfiguration, session: session)
        server = try SSL2Connection(configuration: serverConfiguration, session: nil)
    }

    /// A configuration that speaks SSL 2.0 with these kinds.
    static func configuration(_ role: EndpointRole, _ kinds: [SSL2CipherKind]) throws -> ClassicConfiguration {
        var configuration = ClassicConfiguration(role: role)
        configuration.versions = [.ssl2]
        configuration.kinds = kinds
        if role == .server { configuration.identities = [try TestIdentity.server()] }
        return configuration
    }

    /// Drives both until neither goes on by itself, and says how each ended.
    @discardableResult
    func handshake() -> (client: ClassicOutcome, server: ClassicOutcome) {
        var outcomes = (client.handshake(), server.handshake())
        while pump({ outcomes.0 = self.client.handshake() }, { outcomes.1 = self.server.handshake() }) {}
        return outcomes
    }

    /// Carries what one end wrote to the other, and reads it there.
    func transfer(_ data: [UInt8], toServer: Bool) -> (outcome: ClassicOutcome, data: [UInt8]) {
        let (sender, receiver) = toServer ? (client, server) : (server, client)
        var plaintext: [UInt8] = []
        var outcome = sender.write(data)
        guard outcome == .done else { return (outcome, []) }
        for record in Self.records(in: sender.takeOutput()) {
            flight.append((toServer, record))
            for arriving in onTheWay(flight.count - 1, toServer, record) { receiver.feed(arriving) }
            repeat { outcome = receiver.read(into: &plaintext) } while outcome == .done
        }
        return (outcome, plaintext)
    }

    private func pump(_ driveClient: () -> Void, _ driveServer: () -> Void) -> Bool {
        clientEvents += client.takeEvents()
        serverEvents += server.takeEvents()
        var moved = false
        for record in Self.records(in: client.takeOutput()) {
            flight.append((true, record))
            for arriving in onTheWay(flight.count - 1, true, record) { server.feed(arriving) }
            driveServer()
            moved = true
        }
        for record in Self.records(in: server.takeOutput()) {
            flight.append((false, record))
            for arriving in onTheWay(flight.count - 1, false, record) { client.feed(arriving) }
            driveClient()
            moved = true
        }
        return moved
    }

    /// Cuts bytes into records.
    static func records(in bytes: [UInt8]) -> [[UInt8]] {
        var records: [[UInt8]] = []
        var rest = bytes[...]
        while let count = SSL2Record.totalLength(of: rest), count <= rest.count {
            records.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        precondition(rest.isEmpty, "the engine wrote half a record")
        return records
    }
}

extension [ConnectionEvent] {
    /// The names of the messages that went one way.
    func messages(sent: Bool) -> [String] {
        compactMap { event in
            guard case .message(sent, 0, let bytes) = event, let code = bytes.first else { return nil }
            return SSL2MessageType(rawValue: code).name
        }
    }
}

extension ClassicOutcome {
    /// The error of a failure.
    var error: ClassicError? {
        if case .failed(let error) = self { return error }
        return nil
    }
}

extension [SSL2CipherKind] {
    /// Every kind that the engine has.
    static var ofTheEngine: [SSL2CipherKind] {
        [
            .SSL_CK_RC4_128_WITH_MD5, .SSL_CK_RC4_128_EXPORT40_WITH_MD5, .SSL_CK_RC2_128_CBC_WITH_MD5,
            .SSL_CK_RC2_128_CBC_EXPORT40_WITH_MD5, .SSL_CK_DES_64_CBC_WITH_MD5, .SSL_CK_DES_192_EDE3_CBC_WITH_MD5,
        ]
    }
}
