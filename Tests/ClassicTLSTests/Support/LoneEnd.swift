import LibSSL
import TLSParameters
import TLSWire

@testable import ClassicTLS

/// One end of the engine whose peer is written by hand.
final class LoneEnd {
    let connection: ClassicConnection
    private(set) var events: [ConnectionEvent] = []
    /// Bytes that it has sent.
    private(set) var sent: [UInt8] = []

    init(_ configuration: ClassicConfiguration, session: ClassicSession? = nil) throws {
        connection = try ClassicConnection(configuration: configuration, session: session)
        connection.now = { 1_000_000 }
    }

    init(_ connection: ClassicConnection) {
        self.connection = connection
    }

    /// Goes on with these records, one by one, and says what comes of the last.
    @discardableResult func take(_ records: [[UInt8]]) -> ClassicOutcome {
        var outcome = connection.handshake()
        for record in records {
            connection.feed(record)
            outcome = connection.handshake()
        }
        sent += connection.takeOutput()
        events += connection.takeEvents()
        return outcome
    }

    /// Reads, on a channel that stands.
    func read() -> (outcome: ClassicOutcome, data: [UInt8]) {
        var data: [UInt8] = []
        var outcome: ClassicOutcome
        repeat { outcome = connection.read(into: &data) } while outcome == .done
        sent += connection.takeOutput()
        events += connection.takeEvents()
        return (outcome, data)
    }

    /// The alerts that it has sent.
    var alerts: [AlertDescription] {
        events.compactMap { event in
            guard case .message(true, ContentType.alert.rawValue, let bytes) = event else { return nil }
            return AlertDescription(rawValue: bytes[1])
        }
    }
}

extension ContentType {
    /// A record of this type, not protected.
    func record(_ fragment: [UInt8], _ version: ProtocolVersion = .tls12) -> [UInt8] {
        TLSRecord(type: self, version: version, fragment: fragment).bytes
    }
}

extension HandshakeMessage {
    /// The message in a record of its own, not protected.
    func record(_ version: ProtocolVersion = .tls12) -> [UInt8] {
        ContentType.handshake.record(bytes, version)
    }
}
