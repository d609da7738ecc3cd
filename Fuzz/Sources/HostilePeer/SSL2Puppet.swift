import LibSSL
import TLSParameters
import TLSWire

@testable import ClassicTLS

/// A hostile end in SSL 2.0: see ``ClassicPuppet``. There is no transcript here that would have to agree.
final class SSL2Puppet: Puppet {
    private let honest: SSL2Connection
    private var editor: Editor
    private var records = SSL2RecordLayer()
    private var sealed: [[UInt8]] = []

    init(_ setup: Setup, _ changes: [Change], sessions: Rehearsal.Sessions?) throws {
        let configuration = try setup.hostileConfiguration()
        if let session = sessions?.server { configuration.sessions?.store(session) }
        honest = try SSL2Connection(configuration: configuration, at: Setup.now, session: sessions?.client)
        editor = Editor(changes)
    }

    func take(_ records: [[UInt8]]) -> [Parcel] {
        for record in records {
            honest.feed(record)
            Chance.next(.hostile)
            _ = honest.handshake()
            var ignored: [UInt8] = []
            while honest.read(into: &ignored) == .done {}
        }
        if records.isEmpty { _ = honest.handshake() }
        return say()
    }

    func perform(_ action: Action) -> [Parcel] {
        guard action.kind == .hostileData, honest.isEstablished, records.dataLimit > 0 else { return [] }
        Chance.next(.hostile)
        return stride(from: 0, to: action.count, by: records.dataLimit).flatMap { start in
            send(Array(action.data.dropFirst(start).prefix(records.dataLimit)))
        }
    }

    /// What follows the handshake is data, whatever it was meant to be: the end under test begins to read somewhere. A record that
    /// was changed may be read shortened: the length of the padding is not under the MAC (draft-hickman-netscape-ssl-00 section 4).
    func accounts(for data: [UInt8]) -> Bool {
        editor.touchesRecords
            || sealed.indices.contains { sealed[$0...].joined().starts(with: data) } || data.isEmpty
    }

    private func say() -> [Parcel] {
        _ = honest.takeOutput()
        var parcels: [Parcel] = []
        for event in honest.takeEvents() {
            if case .message(sent: true, _, let bytes) = event { parcels += send(bytes) }
        }
        return parcels
    }

    private func send(_ message: [UInt8]) -> [Parcel] {
        startSealing(for: message)
        var parcels: [Parcel] = []
        for piece in editor.edit(0, message).pieces {
            switch piece {
            case .act(let action): parcels.append(.act(action))
            case .bytes(let bytes): parcels.append(.record(bytes))
            case .content(_, let content, let isMessage):
                guard let record = try? records.seal(content) else { continue }
                if records.sealingMaterial != nil { sealed.append(content) }
                let sent = isMessage ? editor.records(record.bytes) : [record.bytes]
                parcels += sent.map { .record($0) }
            }
        }
        return parcels
    }

    /// Protects this message, if the honest end did, and all that follow.
    private func startSealing(for message: [UInt8]) {
        let clear: [SSL2MessageType] = [.client_hello, .server_hello, .client_master_key]
        guard records.sealingMaterial == nil, honest.records.sealingMaterial != nil, let session = honest.session,
            let kind = honest.kind, let spec = CipherSpec(kind: kind),
            !clear.contains(SSL2MessageType(rawValue: message.first ?? 0))
        else { return }
        let keys = SSL2ConnectionKeys(
            role: honest.configuration.role,
            spec: spec,
            masterKey: session.masterSecret,
            keyArgument: session.keyArgument,
            challenge: honest.challenge,
            connectionID: honest.connectionID
        )
        let hashesDigit: Bool? =
            switch honest.configuration.desDerivation {
            case .withDigit: true
            case .withoutDigit: false
            case .likePeer: honest.records.peerHashesDigit
            }
        try? records.startSealing(keys, hashesDigit: hashesDigit ?? true)
    }
}
