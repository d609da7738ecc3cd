import TLSParameters
import TLSWire
import Transport

/// One question to the server: which of these suites do you choose in this version?
struct SuiteQuestion: Hashable, Sendable {
    var version: ProtocolVersion
    /// In the order in which they are offered.
    var suites: [CipherSuite]
    var shape = HelloShape()
    /// What to ask instead the second time if the first hello got no answer at all.
    var briefAlternative: [CipherSuite]?
    /// A choice will be followed by another question, and a choice is likely.
    var isLikelyFollowed = false

    /// The brief question that is asked the second time; nil if it's the same again.
    var alternative: SuiteQuestion? {
        guard let briefAlternative else { return nil }
        return SuiteQuestion(version: version, suites: briefAlternative, shape: .brief(version))
    }
}

/// What a hello looks like apart from its version and suites.
struct HelloShape: Hashable, Sendable {
    /// Only the extensions that nothing works without, so that the message stays within 255 bytes.
    var isBrief = false
    /// There are extensions; without them a server is free in its choice of curves and hashes (RFC 8422 §4, RFC 5246 §7.4.1.4.1).
    var hasExtensions = true
    /// TLS 1.3 with real key shares; without them the server has to ask, and its HelloRetryRequest is the answer.
    var sendsKeyShares = false
    /// RFC 7919 groups are among the groups: without them a strict server may use its own.
    var offersFiniteFields = true

    /// For servers that choke on long hellos or on an empty key share.
    static func brief(_ version: ProtocolVersion) -> HelloShape {
        HelloShape(isBrief: true, sendsKeyShares: version >= .tls13)
    }

    /// For servers that choke on any extension; up to TLS 1.2.
    static let bare = HelloShape(isBrief: true, hasExtensions: false, offersFiniteFields: false)
}

/// What the server's behaviour says about a question, once repeats and controls are done.
enum Answer: Hashable, Sendable {
    /// It chose one of the suites, in the version.
    case chose(FoundSuite)
    /// It chose another version, and this suite in it.
    case otherVersion(ProtocolVersion, CipherSuite)
    /// A clean no.
    case refused(Alert)
    /// It ends such connections without a word, and serves others all the same: a no. `followsAlerts`: to other suites, be it
    /// in other versions, it has said no in words.
    case closes(reset: Bool, followsAlerts: Bool)
    /// It answered in another protocol.
    case foreign(prefix: [UInt8])
    /// It chose a suite that was not offered (RFC 5246 §7.4.1.3, RFC 8446 §4.1.3 forbid it).
    case violation(CipherSuite)
    /// Neither yes nor no.
    case unknown(Doubt)

    var isChoice: Bool {
        if case .chose = self { true } else { false }
    }
}

/// Why an answer is neither yes nor no.
enum Doubt: Hashable, Sendable {
    /// A hello got no answer in time, nor did it when it, or one like it, was sent again.
    case timedOut
    /// It ended the connection without an answer, and nothing that works is known to compare with.
    case noControl(reset: Bool)
    /// It ended the connection without an answer, and all that it answers is hellos of another kind, such as SSL 2.0's.
    case otherKindsOnly(reset: Bool)
    /// It ended the connection without an answer, and then didn't answer what it had answered before either.
    case controlFailed
    /// It ended the connection without an answer, as it has done with hellos that it answered when they were repeated.
    case losesConnections
    /// It answered with a SERVER-HELLO of SSL 2.0, which chooses no suite.
    case answersInSSL2
    /// It ended the connection in another way than it refuses suites, so that what is left may hide others.
    case endsOddly
    /// A greeting, or an answer in HTTP, said that there is no service now, three times.
    case turnedAway
    /// It was answered in another protocol, as were others that were answered in TLS when they were repeated.
    case foreignByChance
    /// It began as TLS and made no sense.
    case undecodable(WireError)
    /// There was no connection.
    case unreachable(TransportError)
    /// The run had ended.
    case notAsked(StopReason)

    /// In words for a report.
    var text: String {
        switch self {
        case .timedOut: "no answer in time"
        case .noControl(let reset):
            "the server \(reset ? "resets" : "closes") the connection without an answer, and none of its answers is known"
        case .otherKindsOnly(let reset):
            "the server \(reset ? "resets" : "closes") the connection without an answer, and answers no hello of that kind"
        case .controlFailed:
            "the server ended the connection without an answer, and then no longer answered what it had answered before"
        case .losesConnections:
            "the server ended the connection without an answer, as it does with some that it answers the next time"
        case .answersInSSL2: "the server answers with SSL 2.0"
        case .endsOddly: "the server ended the connection in another way than it refuses suites"
        case .turnedAway: "the server's greeting turns connections away, as after too many of them"
        case .foreignByChance: "the answer isn't TLS, as some aren't that are TLS the next time"
        case .undecodable(let error): "the answer can't be read: \(error)"
        case .unreachable(let error): "no connection: \(error.detail)"
        case .notAsked(let reason): reason.text
        }
    }
}
