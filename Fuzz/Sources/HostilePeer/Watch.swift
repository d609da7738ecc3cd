import LibSSL
import TLSParameters
import TLSWire

@testable import ClassicTLS

/// Drives the end under test as the layer above does, and holds it to what has to be true whatever the peer sends.
final class Watch {
    private let end: any EndUnderTest
    private let hesitates: Bool
    private let identity: ClassicIdentity?
    private var failure: ClassicError?
    private var isClosed = false
    private var arrived = 0
    private var left = 0
    private(set) var data: [UInt8] = []
    /// The codes of the messages of the handshake under way, 254 for ChangeCipherSpec.
    private var received: [UInt8] = []
    private var handshakes = 0
    private var changesOfCipher = 0
    private var hasSentFatal = false
    private var verdicts = 0

    init(_ end: any EndUnderTest, _ options: Set<Option>, identity: ClassicIdentity?) {
        self.end = end
        self.identity = identity
        hesitates = options.contains(.hesitates)
        end.pausesForCertificate = hesitates
        let rejects = options.contains(.rejects)
        end.verifyPeer = { [unowned self] _ in
            verdicts += 1
            if rejects { return .reject(code: 18) }
            return hesitates && verdicts % 2 == 1 ? .wait : .accept
        }
    }

    /// Feeds records, goes on, and gives what goes back.
    func take(_ records: [[UInt8]]) -> [UInt8] {
        let count = records.reduce(0) { $0 + $1.count }
        arrived += count
        for record in records {
            Trace.note("> \(Trace.hex(record))")
            end.feed(record)
        }
        return goOn(after: count)
    }

    /// Does something of its own.
    func perform(_ action: Action) -> [UInt8] {
        Chance.next(.underTest)
        let outcome: ClassicOutcome
        switch action.kind {
        case .data, .hostileData: outcome = end.write(action.data)
        case .close, .hostileClose: outcome = end.shutdown()
        case .renegotiation, .hostileRenegotiation:
            end.renegotiate(abbreviated: action.parameter & 1 == 1)
            outcome = .done
        case .nothing, .hostileAlert: outcome = .done
        }
        check(failure.map { outcome == .failed($0) || outcome == .done } ?? true, "a failure is forgotten: \(outcome)")
        return goOn(after: 0, own: 24_000)
    }

    // MARK: Driving

    private func goOn(after count: Int, own: Int = 0) -> [UInt8] {
        Chance.next(.underTest)
        let outcome = drive()
        let output = end.takeOutput()
        left += output.count
        Trace.note("< \(Trace.hex(output))\n\(outcome)")
        let hadFailed = failure != nil
        check(!hadFailed || output.isEmpty, "something is sent after the end")
        let events = end.takeEvents()
        check(events.count <= 64 + 2 * count + own, "\(events.count) events after \(count) bytes")
        check(output.count <= 16_384 + own, "\(output.count) bytes after \(count)")
        for event in events { note(event) }
        if case .failed(let error) = outcome {
            check(failure == nil || failure == error, "another failure")
            failure = error
        } else {
            check(!hadFailed, "a failure is forgotten: \(outcome)")
            check(!isClosed || outcome == .closed, "the peer's close_notify is forgotten: \(outcome)")
            isClosed = outcome == .closed
        }
        check(!data.isEmpty ? handshakes > 0 : true, "data is read before the handshake is over")
        // What waits can't be more than came, and no more than the longest message with a record behind it.
        check(end.held <= min(arrived, 1 << 20 + 1 << 15), "\(end.held) bytes are held of \(arrived)")
        check(failure == nil || end.held == 0, "a connection that failed holds \(end.held) bytes")
        check(end.remembered <= 2 * (arrived + left), "\(end.remembered) bytes are remembered")
        return output
    }

    private func drive() -> ClassicOutcome {
        var outcome = ClassicOutcome.wantsRead
        // Every pass but the last takes a record or answers a question, and both are few.
        for _ in 0..<256 {
            let wasInHandshake = end.needsHandshake
            let before = data.count
            outcome = wasInHandshake ? end.handshake() : end.read(into: &data)
            if data.count > before {
                check(!wasInHandshake && failure == nil && outcome == .done, "data comes with \(outcome)")
                check(!isClosed, "data is read after the peer's close_notify")
                for event in end.takeEvents() { note(event) }
                check(
                    end is SSL2Connection || handshakes == changesOfCipher,
                    "data is read under keys of a handshake that is not over"
                )
            }
            switch outcome {
            case .done: continue
            case .wantsCertificate: if let identity { end.use(identity) }
            case .wantsVerdict: continue
            case .wantsRead: if wasInHandshake == end.needsHandshake { return outcome }
            case .closed, .failed: return outcome
            }
        }
        check(false, "it does not come to rest: \(outcome)")
        return outcome
    }

    // MARK: What is told

    private func note(_ event: ConnectionEvent) {
        switch event {
        case .handshakeStarted: received = received.suffix(end.startsAnewWithMessage ? 1 : 0)
        case .handshakeDone:
            handshakes += 1
            Trace.note("handshake \(handshakes): \(received)")
            check(end.accepts(received), "a handshake was completed by the messages \(received)")
        case .message(true, ContentType.alert.rawValue, let bytes):
            check(!hasSentFatal, "an alert follows a fatal one")
            hasSentFatal = bytes[0] == AlertLevel.fatal.rawValue
        case .message(true, 0, let bytes) where bytes[0] == SSL2MessageType.error.rawValue:
            check(!hasSentFatal || end.needsHandshake, "an ERROR follows another")
            hasSentFatal = true
        case .message(true, _, _): check(!hasSentFatal, "a message follows a fatal alert")
        case .message(false, ContentType.change_cipher_spec.rawValue, _):
            changesOfCipher += 1
            received.append(254)
        case .message(false, let type, let bytes) where type == ContentType.handshake.rawValue || type == 0:
            if !bytes.isEmpty { received.append(bytes[0]) }
        default: break
        }
    }
}

/// Like `precondition`, which says nothing in a release build.
func check(_ holds: Bool, _ message: @autoclosure () -> String) {
    if !holds { fatalError(message()) }
}
