public import TLSParameters
public import TLSWire
public import Transport

/// A conversation on a connection of its own that goes beyond the server's first flight: a hello, then bytes that depend on the
/// flight, and what the server does about them. Pure: bytes in, steps out.
///
/// Of what comes after the flight only kinds and lengths are kept, never contents: it may be memory that nobody should have
/// sent.
public struct ProbeTalk: Sendable {
    /// What goes out once the flight is there; nil ends the talk instead.
    public typealias Answer = @Sendable (ServerHello, FlightParts) -> [UInt8]?
    /// What goes out if the server has nothing to say to the answer.
    public typealias Rest = @Sendable (ServerHello) -> [UInt8]

    /// What to do next.
    public enum Step: Hashable, Sendable {
        /// Write these bytes, then wait for more.
        case send([UInt8])
        /// Wait for bytes.
        case wait
        /// It is over.
        case done(Result)
    }

    /// What a talk came to.
    public enum Result: Hashable, Sendable {
        /// There was no flight to answer, or none that is whole.
        case noFlight(Observation)
        /// The flight gave no reason to go on.
        case noAnswer(ServerHello, FlightParts)
        /// What the server did about our answer to its flight.
        case reaction(ServerHello, Reaction)
    }

    /// What a server does about what it was sent after its flight.
    public enum Reaction: Hashable, Sendable {
        /// An alert.
        case alert(Alert)
        /// A heartbeat that claims a payload of `payload` bytes, in a record of `count` bytes (RFC 6520 §4).
        case heartbeat(type: UInt8, payload: Int, count: Int)
        /// Any other record.
        case record(ContentType, count: Int)
        /// FIN, without a word.
        case closed
        /// RST, without a word.
        case reset
        /// Nothing in time.
        case silence
        /// Nothing in time, and then this once the rest was sent: the server was waiting for it.
        indirect case afterSilence(Reaction)
        /// What came is no TLS.
        case undecodable
        /// It was not waited for.
        case notAsked(StopReason)
    }

    /// The first bytes to send.
    public let hello: [UInt8]
    private let answer: Answer
    private let patience: Duration
    private var rest: Rest?
    private var isRestSent = false
    private var reader: FlightReader
    private var greeting: ServerHello?
    private var records = RecordParser()
    private var result: Result?

    /// A talk that begins with `hello` and goes on with `answer`, and with `rest` if nothing came of that for `patience`.
    public init(
        hello: [UInt8],
        goal: FlightReader.Goal = .helloDone,
        patience: Duration = .seconds(1),
        rest: Rest? = nil,
        answer: @escaping Answer
    ) {
        self.hello = hello
        self.patience = patience
        self.rest = rest
        self.answer = answer
        reader = FlightReader(goal: goal)
    }

    /// How long the next reaction is waited for; nil for as long as an answer may take.
    public var reactionPatience: Duration? { rest == nil ? nil : patience }

    /// Whether the server's flight has been answered, so that what is awaited is the reaction.
    public var awaitsReaction: Bool { greeting != nil && result == nil }

    /// Takes bytes that arrived.
    public mutating func receive(_ bytes: [UInt8]) -> Step {
        if let result { return .done(result) }
        guard let greeting else { return reader.append(bytes).map { go(on: $0) } ?? .wait }
        records.append(bytes)
        do {
            while let record = try records.next() {
                if let reaction = Self.reaction(record) { return finish(.reaction(greeting, placed(reaction))) }
            }
        } catch {
            return finish(.reaction(greeting, placed(.undecodable)))
        }
        return .wait
    }

    /// What else there is to send after a silence; nil where silence is the end. Whoever waits as long again after it knows
    /// whether the server was waiting too.
    public mutating func takeRest() -> [UInt8]? {
        guard awaitsReaction, let greeting, let rest else { return nil }
        self.rest = nil
        isRestSent = true
        return rest(greeting)
    }

    /// What it comes to once nobody waits any longer.
    public mutating func stop(_ reason: StopReason) -> Result {
        if let result { return result }
        let result = greeting.map { Result.reaction($0, .notAsked(reason)) } ?? .noFlight(.notAsked(reason))
        self.result = result
        return result
    }

    /// What it comes to once nothing more arrives.
    public mutating func end(_ ending: ReadOutcome) -> Result {
        if let result { return result }
        guard let greeting else {
            guard case .done(let result) = go(on: reader.end(ending)) else { return .noFlight(.timedOut) }
            return result
        }
        let reaction: Reaction =
            switch ending {
            case .end, .bytes: .closed
            case .reset: .reset
            case .timedOut: .silence
            case .failed(let error): error.kind == .cancelled ? .notAsked(.cancelled) : .reset
            }
        let result = Result.reaction(greeting, placed(reaction))
        self.result = result
        return result
    }

    /// A reaction, and to what it was. What we did not wait for is no reaction to anything.
    private func placed(_ reaction: Reaction) -> Reaction {
        if case .notAsked = reaction { return reaction }
        return isRestSent && reaction != .silence ? .afterSilence(reaction) : reaction
    }

    private mutating func finish(_ result: Result) -> Step {
        self.result = result
        return .done(result)
    }

    private mutating func go(on observation: Observation) -> Step {
        guard case .serverHello(let hello, let parts) = observation, parts.isWhole else {
            return finish(.noFlight(observation))
        }
        guard let bytes = answer(hello, parts) else { return finish(.noAnswer(hello, parts)) }
        greeting = hello
        return .send(bytes)
    }

    /// What a record says; nil for one that decides nothing.
    private static func reaction(_ record: TLSRecord) -> Reaction? {
        let fragment = record.fragment
        switch record.type {
        case .alert where fragment.count == 2:
            return .alert(
                Alert(level: AlertLevel(rawValue: fragment[0]), description: AlertDescription(rawValue: fragment[1]))
            )
        case .heartbeat where fragment.count >= 3:
            let payload = Int(fragment[1]) << 8 | Int(fragment[2])
            return .heartbeat(type: fragment[0], payload: payload, count: fragment.count)
        case .handshake where fragment.allSatisfy { $0 == 0 }:
            // A HelloRequest may come at any time (RFC 5246 §7.4.1.1).
            return nil
        default: return .record(record.type, count: fragment.count)
        }
    }
}

extension ProbeTalk.Reaction {
    /// A few words for reports.
    public var text: String {
        switch self {
        case .alert(let alert): "alert \(alert.description.name)"
        case .heartbeat(_, let payload, _): "a heartbeat of \(payload) bytes"
        case .record(let type, _): "a record of type \(type.name)"
        case .closed: "the connection's end"
        case .reset: "a reset"
        case .silence: "silence"
        case .afterSilence(let reaction): "silence, then \(reaction.text)"
        case .undecodable: "something that is not TLS"
        case .notAsked(let reason): reason.text
        }
    }

    /// The server ended the connection without saying why.
    var isWordless: Bool { self == .closed || self == .reset }
}
