/// Something that a server does wrong on purpose, to see what a client makes of it.
public enum FaultKind: String, Sendable, Hashable, CaseIterable {
    /// The certificate ended a month ago.
    case expired
    /// It begins in a month.
    case notYetValid = "not-yet-valid"
    /// It is for another name.
    case wrongName = "wrong-name"
    /// It signed itself.
    case selfSigned = "self-signed"
    /// The intermediate is not sent.
    case missingIntermediate = "missing-intermediate"
    /// Two intermediates are sent in the wrong order.
    case wrongOrder = "wrong-order"
    /// Its key is RSA of 1024 bits.
    case weakKey = "weak-key"
    /// It is signed with SHA-1.
    case sha1Signature = "sha1-signature"
    /// It is revoked, by a stapled OCSP answer.
    case revokedStaple = "revoked-staple"
    /// It demands a stapled OCSP answer (RFC 7633), and there is none.
    case missingStaple = "missing-staple"
    /// Certificates that nobody needs follow it.
    case hugeChain = "huge-chain"
    /// A HelloRetryRequest (RFC 8446 §4.1.4).
    case helloRetry = "hello-retry"
    /// A ServerHello with a version that was not offered.
    case wrongVersion = "wrong-version"
    /// A ServerHello with a suite that was not offered.
    case unofferedSuite = "unoffered-suite"
    /// Warning alerts before the ServerHello.
    case warningFlood = "warning-flood"
    /// FIN at a leg.
    case fin
    /// RST at a leg.
    case rst
    /// Nothing from a leg on.
    case silence
    /// A byte at a time from a leg on.
    case slow
    /// Half of a record at a leg, then FIN.
    case truncatedRecord = "truncated-record"
    /// KeyUpdates (RFC 8446 §4.6.3) as soon as the session stands.
    case keyUpdateFlood = "key-update-flood"
    /// Half of what Content-Length promises.
    case truncatedBody = "truncated-body"
    /// Half of a chunk.
    case truncatedChunks = "truncated-chunks"
    /// FIN without close_notify.
    case noCloseNotify = "no-close-notify"
    /// Data after close_notify.
    case dataAfterClose = "data-after-close"

    /// What a fault is about.
    public enum Area: String, Sendable, CaseIterable {
        /// What the server shows of itself.
        case certificate
        /// What it says in the handshake.
        case handshake
        /// The bytes and the connection under them.
        case connection
        /// What it does once a session stands.
        case session
    }

    /// What it is about.
    public var area: Area {
        switch self {
        case .expired, .notYetValid, .wrongName, .selfSigned, .missingIntermediate, .wrongOrder, .weakKey,
            .sha1Signature, .revokedStaple, .missingStaple, .hugeChain:
            .certificate
        case .helloRetry, .wrongVersion, .unofferedSuite, .warningFlood: .handshake
        case .fin, .rst, .silence, .slow, .truncatedRecord: .connection
        case .keyUpdateFlood, .truncatedBody, .truncatedChunks, .noCloseNotify, .dataAfterClose: .session
        }
    }

    /// A number that a fault takes after a colon.
    public struct Parameter: Sendable {
        /// What it counts, such as `ms`.
        public let unit: String
        /// What it may be.
        public let range: ClosedRange<Int>
        /// What it is without one.
        public let standard: Int
    }

    /// The number that it takes; nil if it takes none.
    public var parameter: Parameter? {
        switch self {
        case .hugeChain: Parameter(unit: "KiB", range: 32...1024, standard: 200)
        case .warningFlood: Parameter(unit: "alerts", range: 1...10_000, standard: 100)
        case .slow: Parameter(unit: "ms", range: 1...60_000, standard: 1000)
        case .fin, .rst, .silence, .truncatedRecord: Parameter(unit: "records", range: 0...1000, standard: 0)
        case .keyUpdateFlood: Parameter(unit: "updates", range: 1...10_000, standard: 1000)
        case .dataAfterClose: Parameter(unit: "bytes", range: 1...16_384, standard: 64)
        default: nil
        }
    }

    /// Whether it happens at a leg that can be chosen; at leg 2, the server's first, without a choice.
    public var takesLeg: Bool { area == .connection }

    /// The legs that can be chosen.
    static let legs = 1...20
    /// The server's first leg.
    static let standardLeg = 2

    /// How it is written, such as `rst[@leg][:records]`.
    public var syntax: String {
        rawValue + (takesLeg ? "[@leg]" : "") + (parameter.map { "[:\($0.unit)]" } ?? "")
    }
}
