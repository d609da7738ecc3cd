import TLSWire
public import Transport

/// Reads a server's first flight just as far as it answers the question. Pure: bytes in, an ``Observation`` out, the same
/// one however the bytes are cut (only how much an undecodable one keeps of them may differ).
///
/// Takes whichever format comes, TLS or SSL 2.0 or PCT 1.0, whatever the hello's was. Time is the caller's; size is bounded
/// here: ``flightLimit`` bytes in all, 32 messages, warnings or empty records that lead nowhere.
public struct FlightReader: Sendable {
    /// What of a flight is wanted.
    public enum Goal: String, Hashable, Sendable, CaseIterable {
        /// The first message, be it a warning that a ServerHello would follow.
        case firstMessage
        /// The ServerHello.
        case serverHello
        /// Also the certificate, where the version is TLS ≤ 1.2 and the suite has one.
        case certificate
        /// Also the ServerKeyExchange, where the version is TLS ≤ 1.2 and one comes.
        case keyExchange
        /// Everything up to the ServerHelloDone, where the version is TLS ≤ 1.2: proves what is not sent, too.
        case helloDone
    }

    /// Bytes of a flight that are read at most.
    public static let flightLimit = 1 << 20
    /// Bytes that an observation keeps of what could not be read.
    public static let prefixLimit = 64

    private enum Format: Sendable {
        case undecided
        case tls
        case ssl2
        case foreign
    }

    private var opening: [UInt8] = []
    private var received = 0
    private var format = Format.undecided
    private var flight: TLSFlight
    /// The record of SSL 2.0 or PCT 1.0 so far.
    private var record: [UInt8] = []
    private var answer: Observation?

    /// A reader at the start of a flight.
    public init(goal: Goal) { flight = TLSFlight(goal: goal) }

    /// Bytes taken.
    public var byteCount: Int { received }

    /// The peer speaks another protocol, and only the rest of its first line is awaited: not worth waiting long for.
    public var isForeign: Bool { format == .foreign }

    /// Takes bytes that arrived; returns the observation once the question is answered, and again at every later call.
    public mutating func append(_ bytes: [UInt8]) -> Observation? {
        if let answer { return answer }
        let fresh = bytes.prefix(Self.flightLimit - received)
        let known = opening.count
        received += fresh.count
        opening += fresh.prefix(max(0, Self.prefixLimit - known))
        var next = Array(fresh)
        if format == .undecided || format == .foreign {
            format = Self.format(of: opening)
            // Bytes before these have been kept back.
            next = Array(opening.prefix(known)) + next
        }
        do throws(WireError) {
            if let found = try read(next) { return finish(found) }
        } catch {
            return finish(broken(error))
        }
        return bytes.count > fresh.count ? finish(broken(Self.tooLarge)) : nil
    }

    /// What a flight comes to that ended before the question was answered. `bytes` is no ending, and taken as none.
    public mutating func end(_ ending: ReadOutcome) -> Observation {
        if let answer { return answer }
        return finish(observation(ending))
    }

    private mutating func read(_ bytes: [UInt8]) throws(WireError) -> Observation? {
        switch format {
        case .undecided:
            return nil
        case .foreign:
            return isLine || opening.count >= Self.prefixLimit ? foreign : nil
        case .tls:
            flight.append(bytes)
            return try flight.read().map(Observation.init)
        case .ssl2:
            record += bytes
            return try SSL2Flight.read(record)
        }
    }

    private mutating func finish(_ observation: Observation) -> Observation {
        answer = observation
        return observation
    }
}

// MARK: - Formats

extension FlightReader {
    private static func format(of opening: [UInt8]) -> Format {
        switch StreamOpening(opening) {
        case .tlsRecord where opening.count >= 3: return .tls
        case .tlsRecord, .undecided: return .undecided
        default: break
        }
        switch SSL2Flight.opening(opening) {
        case .undecided: return .undecided
        case .ssl2, .pct: return .ssl2
        case .other: return .foreign
        }
    }

    /// What came is a line of text, or more.
    private var isLine: Bool {
        guard let end = opening.firstIndex(of: UInt8(ascii: "\n")) else { return false }
        return opening[..<end].allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x0D || $0 == 0x09 }
    }

    /// Another protocol: its first line, or its first bytes.
    private var foreign: Observation {
        guard isLine, let end = opening.firstIndex(of: UInt8(ascii: "\n")) else { return .notTLS(prefix: opening) }
        return .notTLS(prefix: Array(opening[...end]))
    }
}

// MARK: - Endings

extension FlightReader {
    private static let tooLarge = WireError(
        offset: flightLimit,
        kind: .tooLarge(claimed: flightLimit + 1, limit: flightLimit),
        field: "the server's first flight"
    )

    private func broken(_ error: WireError) -> Observation {
        // What follows a ServerHello can't unsay it.
        flight.unfinished.map(Observation.init) ?? .undecodable(error, prefix: opening)
    }

    private func observation(_ ending: ReadOutcome) -> Observation {
        if let hello = flight.unfinished { return Observation(hello) }
        if format == .foreign { return foreign }
        switch ending {
        case .end, .bytes: return warned ?? ended(.closed)
        case .reset: return warned ?? ended(.reset)
        case .timedOut: return ended(.timedOut)
        case .failed(let error):
            switch error.kind {
            case .cancelled: return .notAsked(.cancelled)
            case .reset: return warned ?? ended(.reset)
            case .closed: return warned ?? ended(.closed)
            default: return received > 0 ? ended(.reset) : .unreachable(error)
            }
        }
    }

    /// A warning is all the answer there is where the server ended the connection after it. Where time ran out, more might
    /// have come.
    private var warned: Observation? { flight.warning.map { .alert($0) } }

    private func ended(_ ending: FlightEnding) -> Observation {
        guard received > 0 else {
            switch ending {
            case .closed: return .closed
            case .reset: return .reset
            case .timedOut: return .timedOut
            }
        }
        let missing =
            switch format {
            case .ssl2: SSL2Flight.missing(record)
            default: flight.missing
            }
        let error = WireError(
            offset: received,
            kind: .truncated(needed: missing),
            field: "the server's first flight"
        )
        return .cutOff(ending, error, prefix: opening)
    }
}

extension Observation {
    fileprivate init(_ step: TLSFlight.Step) {
        switch step {
        case .alert(let alert): self = .alert(alert)
        case .helloRetryRequest(let hello): self = .helloRetryRequest(hello)
        case .serverHello(let hello, let parts): self = .serverHello(hello, parts)
        }
    }
}
