/// What is said before a stream may be used for what it's there for, TLS in most cases: a pure machine without I/O.
///
/// It's asked for one step at a time, until it needs more bytes or comes to an end. What limits a peer's talk is none of its
/// business: ``DialogueMachine`` counts.
protocol Dialogue: Sendable {
    /// What we say before the peer has said anything; empty where it speaks first.
    mutating func opening() -> [UInt8]
    /// Takes the next line or message from `input`, if all of it is there.
    mutating func next(_ input: inout DialogueInput) -> DialogueStep
}

/// What a dialogue does next.
enum DialogueStep: Sendable {
    /// Nothing, before more bytes arrive. Nothing was taken.
    case needsMore
    /// Something was taken; this is the answer, perhaps an empty one.
    case goesOn([UInt8])
    /// After these bytes, perhaps none, TLS may begin.
    case goAhead(sending: [UInt8], framing: (any TLSFraming)?)
    /// The peer turns out to speak this protocol, and that is its dialogue. Nothing was taken.
    case becomes(any Dialogue, STARTTLSProtocol)
    /// There will be no TLS.
    case fails(DialogueFailure)
}

/// Why a dialogue came to no TLS.
struct DialogueFailure: Hashable, Sendable {
    /// `negotiationRefused`, `busy`, `negotiationFailed`, `proxyRefused` or `proxyFailed`.
    var kind: TransportError.Kind
    /// One lower-case phrase of ours.
    var detail: String
    /// The peer's own words.
    var said: [UInt8]
}

extension DialogueStep {
    /// TLS may begin at once.
    static let goAhead = DialogueStep.goAhead(sending: [], framing: nil)

    /// The peer has no STARTTLS, or doesn't want to use it.
    static func refused(_ detail: String, _ said: [UInt8] = []) -> DialogueStep {
        .fails(DialogueFailure(kind: .negotiationRefused, detail: detail, said: said))
    }

    /// The peer has no time for us now; whether it has STARTTLS stays open.
    static func busy(_ said: [UInt8]) -> DialogueStep {
        .fails(DialogueFailure(kind: .busy, detail: "the server takes no session at present", said: said))
    }

    /// That isn't what the protocol's grammar allows.
    static func malformed(_ detail: String, _ said: [UInt8] = []) -> DialogueStep {
        .fails(DialogueFailure(kind: .negotiationFailed, detail: detail, said: said))
    }
}

/// The bytes that arrived and weren't taken yet.
struct DialogueInput: Sendable {
    private(set) var bytes: [UInt8] = []
    /// The bytes before this index hold no line feed.
    private var searched = 0

    /// How many there are.
    var count: Int { bytes.count }

    mutating func append(_ more: [UInt8]) {
        bytes += more
    }

    /// The next `count` bytes, taken; nil if they aren't all there.
    mutating func take(_ count: Int) -> [UInt8]? {
        guard count >= 0, bytes.count >= count else { return nil }
        defer {
            bytes.removeFirst(count)
            searched = 0
        }
        return Array(bytes.prefix(count))
    }

    /// The next line without its end, CR LF or a bare LF, taken; nil if its end isn't there.
    mutating func line() -> [UInt8]? {
        guard let end = bytes[searched...].firstIndex(of: 0x0a) else {
            searched = bytes.count
            return nil
        }
        guard var line = take(end + 1) else { return nil }
        line.removeLast()
        if line.last == 0x0d { line.removeLast() }
        return line
    }
}
