import LibSSL
import TLSParameters
import TLSWire

@testable import ClassicTLS

/// A hostile end in SSL 3.0 to TLS 1.2.
///
/// Of what the honest end says only the messages are taken. They are changed and protected here, with keys that it knows, and its
/// transcript is made to agree, so that the handshake goes on after a change as long as the other end lets it: what comes after
/// Finished is reached, too.
final class ClassicPuppet: Puppet {
    private let honest: ClassicConnection
    private let options: Set<Option>
    private var editor: Editor
    private var sealing: RecordProtection?
    /// The handshake as both ends should have it.
    private var transcript: [UInt8] = []
    /// The last handshake message that was heard.
    private var heard: [UInt8] = []
    /// What waits for the next message.
    private var waiting: (type: UInt8, content: [UInt8])?
    /// What was protected as data.
    private var data: [UInt8] = []

    init(_ setup: Setup, _ changes: [Change], sessions: Rehearsal.Sessions?) throws {
        let configuration = try setup.hostileConfiguration()
        if let session = sessions?.server { configuration.sessions?.store(session) }
        honest = try ClassicConnection(configuration: configuration, at: Setup.now, session: sessions?.client)
        options = setup.script.options
        editor = Editor(changes)
    }

    /// What its handshakes have come to; nil before the first.
    private var exchange: HandshakeExchange? { honest.machine?.exchange ?? honest.standing?.exchange }

    func take(_ records: [[UInt8]]) -> [Parcel] {
        for record in records { honest.feed(record) }
        Chance.next(.hostile)
        _ = honest.handshake()
        var ignored: [UInt8] = []
        while honest.read(into: &ignored) == .done {}
        return say()
    }

    func perform(_ action: Action) -> [Parcel] {
        Chance.next(.hostile)
        switch action.kind {
        case .hostileData:
            var parcels: [Parcel] = []
            for part in TLSRecord.fragments(of: action.data, type: .application_data, version: .tls12) {
                parcels += send(ContentType.application_data.rawValue, part.fragment)
            }
            return parcels + flush()
        case .hostileRenegotiation: try? honest.startRenegotiation(abbreviated: action.parameter & 1 == 1)
        case .hostileClose: _ = honest.shutdown()
        case .hostileAlert:
            let alert = [action.parameter & 16 == 0 ? 1 : 2, [0, 10, 40, 41, 90, 100, 112, 255][action.parameter & 7]]
            return send(ContentType.alert.rawValue, alert.map { UInt8($0) }) + flush()
        default: break
        }
        return say()
    }

    func accounts(for data: [UInt8]) -> Bool { self.data.starts(with: data) }

    // MARK: From the honest end's mouth

    private func say() -> [Parcel] {
        _ = honest.takeOutput()
        var parcels: [Parcel] = []
        for event in honest.takeEvents() {
            switch event {
            case .message(sent: false, let type, let bytes) where type == 0 || type == ContentType.handshake.rawValue:
                heard = bytes
                if bytes.first != HandshakeType.hello_request.rawValue { transcript += bytes }
            case .handshakeStarted: transcript = honest.configuration.role == .server ? heard : []
            case .message(sent: true, let type, let bytes):
                for (type, message) in enriched(type, bytes) { parcels += send(type, message) }
            default: break
            }
        }
        agree()
        return parcels + flush()
    }

    /// Makes the honest end believe that it said what was sent.
    private func agree() {
        guard let exchange else { return }
        exchange.transcript = Transcript()
        try? exchange.transcript.append(transcript)
    }

    /// A message with what this engine's servers don't say, but others do: a ticket, a stapled response.
    private func enriched(_ type: UInt8, _ bytes: [UInt8]) -> [(UInt8, [UInt8])] {
        guard honest.configuration.role == .server, exchange?.version ?? .ssl3 > .ssl3 else { return [(type, bytes)] }
        let handshake = ContentType.handshake.rawValue
        if type == ContentType.change_cipher_spec.rawValue, options.contains(.ticket) {
            let ticket = HandshakeMessage(type: .new_session_ticket, body: [0, 0, 1, 0, 0, 4, 1, 2, 3, 4])
            return [(handshake, ticket.bytes), (type, bytes)]
        }
        guard type == handshake, let message = try? HandshakeMessage(bytes: bytes) else { return [(type, bytes)] }
        switch message.type {
        case .server_hello:
            guard var hello = try? ServerHello(message) else { break }
            var extensions = hello.extensions ?? []
            if options.contains(.ticket) { extensions.append(Extension(type: .session_ticket, data: [])) }
            if options.contains(.staples) { extensions.append(Extension(type: .status_request, data: [])) }
            hello.extensions = extensions.isEmpty ? nil : extensions
            return [(type, hello.handshakeMessage().bytes)]
        case .certificate where options.contains(.staples):
            let status = HandshakeMessage(type: .certificate_status, body: [1, 0, 0, 3, 7, 8, 9])
            return [(type, bytes), (handshake, status.bytes)]
        default: break
        }
        return [(type, bytes)]
    }

    // MARK: To the end under test

    private func send(_ type: UInt8, _ bytes: [UInt8]) -> [Parcel] {
        var bytes = bytes
        if type == ContentType.handshake.rawValue, bytes.first == HandshakeType.finished.rawValue, let exchange {
            agree()
            // Once more, over what was really said.
            if let verifyData = try? exchange.verifyData(of: exchange.role) {
                exchange.ownVerifyData = verifyData
                bytes = Finished(verifyData: verifyData).handshakeMessage().bytes
            }
        }
        let (pieces, messages) = editor.edit(type, bytes)
        let isHello = bytes.first == HandshakeType.hello_request.rawValue
        if type == 0 || (type == ContentType.handshake.rawValue && !isHello) {
            transcript += messages.joined()
        }
        var parcels: [Parcel] = []
        for piece in pieces {
            switch piece {
            case .act(let action): parcels.append(.act(action))
            case .bytes(let bytes): parcels.append(.record(bytes))
            case .content(let type, let content, let isMessage):
                if let held = waiting, held.type == type {
                    waiting = nil
                    parcels += records(type, held.content + content, isMessage: isMessage)
                } else {
                    parcels += flush()
                    if isMessage, editor.joinsNext {
                        waiting = (type, content)
                    } else {
                        parcels += records(type, content, isMessage: isMessage)
                    }
                }
            }
        }
        if type == ContentType.change_cipher_spec.rawValue, let exchange {
            parcels += flush()
            sealing = (try? exchange.protection(of: exchange.role, .encrypt)) ?? sealing
        }
        return parcels
    }

    private func flush() -> [Parcel] {
        guard let waiting else { return [] }
        self.waiting = nil
        return records(waiting.type, waiting.content, isMessage: false)
    }

    private func records(_ type: UInt8, _ content: [UInt8], isMessage: Bool) -> [Parcel] {
        let record: [UInt8]
        if type == 0 {
            record = SSL2Record(data: content).bytes
        } else {
            let type = ContentType(rawValue: type)
            if type == .application_data, sealing != nil { data += content }
            let fragment = (try? sealing?.seal(content, type: type)) ?? content
            let version = exchange?.version ?? honest.standing?.exchange.version ?? .tls10
            record = TLSRecord(type: type, version: version, fragment: fragment).bytes
        }
        return (isMessage ? editor.records(record) : [record]).map { .record($0) }
    }
}
