import TLSParameters
import TLSWire

/// Decides what becomes of the bytes of one connection, given the faults that concern them. No I/O: bytes in, actions out.
///
/// A leg is everything that one side sends until the other does: leg 1 is the client's hello, leg 2 the server's answer.
struct WireFaultMachine {
    /// What to do with the connection.
    enum Action: Hashable {
        /// Send these bytes, at the pace that is set.
        case send([UInt8])
        /// Send a record so many times over.
        case flood(record: [UInt8], count: Int)
        /// Send nothing any more.
        case cut(Cut)
    }

    /// How the sending ends.
    enum Cut: Hashable {
        case fin
        case rst
        case silence
    }

    private let plan: FaultPlan
    /// The leg under way; 0 before the first byte.
    private(set) var leg = 0
    private var isSending: Bool?
    /// Records of the leg that went out.
    private var records = 0
    /// Whether nothing goes out any more.
    private(set) var isCut = false
    private var hasFlooded = false
    private var hello: HelloCapture?
    private var rewrite: HelloRewrite?
    /// What happened, in words, by fault.
    private(set) var notes: [FaultKind: String] = [:]

    init(_ plan: FaultPlan) {
        self.plan = plan
        if plan.has(.wrongVersion) || plan.has(.unofferedSuite) {
            hello = HelloCapture()
            rewrite = HelloRewrite(version: plan.has(.wrongVersion), suite: plan.has(.unofferedSuite))
        }
    }

    /// Time between two bytes of the leg under way; nil where they may go out together.
    var pace: Duration? {
        guard let slow = plan[.slow], let first = slow.leg, leg >= first else { return nil }
        return slow.number.map { .milliseconds($0) }
    }

    // MARK: Bytes of the client

    /// Takes bytes of the client; says how to end the connection if its time has come.
    mutating func receive(_ bytes: [UInt8]) -> Cut? {
        turn(sending: false)
        hello?.take(bytes)
        guard !isCut, let end = ending, let due = end.leg else { return nil }
        // A leg of the server's that had fewer records than were to go out is over by now.
        guard leg == due || leg > due && end.kind != .truncatedRecord else { return nil }
        return cut(end, leg > due ? " after all of leg \(due)" : " when leg \(leg) came")
    }

    // MARK: Bytes of ours

    /// Takes bytes that the server wants to send, whole records, and says what to do instead.
    mutating func send(_ bytes: [UInt8]) -> [Action] {
        guard !isCut else { return [] }
        let before = leg
        turn(sending: true)
        var actions: [Action] = []
        if !hasFlooded, let flood = plan[.warningFlood], let count = flood.number {
            hasFlooded = true
            // user_canceled is the one warning that TLS 1.3 still knows (RFC 8446 §6.1).
            let alert = Alert(level: .warning, description: .user_canceled)
            actions.append(.flood(record: alert.record(version: .tls12), count: count))
        }
        if leg != before, plan[.slow]?.leg == leg, let pace = plan[.slow]?.number {
            notes[.slow] = "a byte every \(pace) ms from leg \(leg) on"
        }
        var passed: [UInt8] = []
        for piece in Self.pieces(of: rewritten(bytes)) {
            if let end = ending, let due = end.leg, leg >= due, leg > due || records >= (end.number ?? 0) {
                if end.kind == .truncatedRecord { passed += half(of: piece) }
                if !passed.isEmpty { actions.append(.send(passed)) }
                if let how = cut(end, after: records, of: piece) { actions.append(.cut(how)) }
                return actions
            }
            passed += piece
            records += 1
        }
        if !passed.isEmpty { actions.append(.send(passed)) }
        return actions
    }

    /// Notes how much of a flood went out.
    mutating func flooded(_ count: Int) {
        notes[.warningFlood] = "\(count) warning \(count == 1 ? "alert" : "alerts") sent"
    }

    /// The fault that ends the connection.
    private var ending: Fault? {
        plan.faults.first { [.fin, .rst, .silence, .truncatedRecord].contains($0.kind) }
    }

    private mutating func turn(sending: Bool) {
        guard isSending != sending else { return }
        isSending = sending
        leg += 1
        records = 0
    }

    private mutating func cut(_ end: Fault, _ when: String) -> Cut {
        isCut = true
        switch end.kind {
        case .rst:
            notes[.rst] = "reset\(when)"
            return .rst
        case .silence:
            notes[.silence] = "silence\(when)"
            return .silence
        default:
            notes[end.kind] = "FIN\(when)"
            return .fin
        }
    }

    private mutating func cut(_ end: Fault, after count: Int, of record: [UInt8]) -> Cut? {
        let position = " at leg \(leg), after \(count == 1 ? "1 record" : "\(count) records")"
        let how = cut(end, position)
        if end.kind == .truncatedRecord {
            notes[.truncatedRecord] =
                "FIN\(position) and \(half(of: record).count) of the \(record.count) bytes of the next"
        }
        return how
    }

    /// The header and half of the fragment.
    private func half(of record: [UInt8]) -> [UInt8] {
        let fragment = max(0, record.count - TLSRecord.headerLength)
        return Array(record.prefix(TLSRecord.headerLength + fragment / 2))
    }

    private mutating func rewritten(_ bytes: [UInt8]) -> [UInt8] {
        guard var rewrite, rewrite.change == nil else { return bytes }
        let changed = Self.pieces(of: bytes).flatMap { rewrite.apply(to: $0, client: hello?.hello) }
        if let change = rewrite.change {
            notes[plan.has(.wrongVersion) ? .wrongVersion : .unofferedSuite] = change
            hello = nil
        }
        self.rewrite = rewrite
        return changed
    }

    /// Bytes cut into records; what is no whole record stands at the end as it is.
    private static func pieces(of bytes: [UInt8]) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var start = 0
        while bytes.count - start >= TLSRecord.headerLength {
            let length = Int(bytes[start + 3]) << 8 | Int(bytes[start + 4])
            let end = start + TLSRecord.headerLength + length
            guard end <= bytes.count else { break }
            pieces.append(Array(bytes[start..<end]))
            start = end
        }
        if start < bytes.count { pieces.append(Array(bytes[start...])) }
        return pieces
    }
}
