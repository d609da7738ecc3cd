public import TLSParameters

/// A server's certificate as far as a survey needs it.
public struct LeafSummary: Codable, Sendable, Hashable {
    /// Its index among the certificates.
    public var index: Int
    /// Whom it is about; nil if it can't be read.
    @Nullable public var subject: PeerText?
    /// The names in its subjectAltName, sixteen at most.
    public var names: [PeerText]
    /// The kind of its key: `RSA`, `EC`, `DSA`, …; nil if it can't be read.
    @Nullable public var key: String?
    /// The size of its key in bits; nil if that isn't known.
    @Nullable public var keyBits: Int?
    /// The curve of its key; nil if there is none.
    @Nullable public var curve: String?
    /// How it is signed, such as `sha256WithRSAEncryption`; nil if it can't be read.
    @Nullable public var signature: String?
    /// The first second of validity, ISO 8601; nil if it can't be read.
    @Nullable public var notBefore: String?
    /// The last second of validity, ISO 8601; nil if it can't be read.
    @Nullable public var notAfter: String?
    /// SHA-256 of its DER in hexadecimal; nil if it can't be read.
    @Nullable public var sha256: String?
    /// How many bytes of DER it has.
    public var bytes: Int
    /// Why it can't be read; nil if it can.
    @Nullable public var problem: String?

    /// An entry of which nothing is known.
    public init(index: Int, bytes: Int) {
        self.index = index
        self.bytes = bytes
        names = []
    }
}

/// What is known of one group in one version.
public struct GroupSupport: Codable, Sendable, Hashable {
    /// The version that it was asked for in.
    public var version: String
    /// The kind of suites that it was asked for with, such as `ECDHE RSA`; nil in TLS 1.3.
    @Nullable public var family: String?
    /// `0x11EC`.
    public var codePoint: String
    /// `X25519MLKEM768`; the code point for one without a name.
    public var name: String
    /// Classical strength in bits; nil if it isn't known.
    @Nullable public var strength: Int?
    /// Whether it resists a quantum computer; nil for an unknown group.
    @Nullable public var postQuantum: Bool?
    /// `supported`, `rejected` or `inconclusive`: whether the server takes it where it is offered.
    public var verdict: String
    /// Why, where the verdict does not speak for itself.
    @Nullable public var reason: String?
    /// Whether the server chooses it where others are offered with it; nil if that was not asked.
    @Nullable public var preferred: Bool?
    /// The request that decided, an `id` of the evidence; nil if none was kept.
    @Nullable public var evidence: Int?

    /// A group of a list.
    public init(version: String, family: String?, codePoint: String, name: String, verdict: String) {
        self.version = version
        self.codePoint = codePoint
        self.name = name
        self.verdict = verdict
        self.family = family
    }
}

/// What is known of one signature scheme in one version.
public struct SchemeSupport: Codable, Sendable, Hashable {
    /// The version that it was asked for in.
    public var version: String
    /// `0x0804`.
    public var codePoint: String
    /// `rsa_pss_rsae_sha256`; the code point for one without a name.
    public var name: String
    /// `supported`, `rejected` or `inconclusive`.
    public var verdict: String
    /// Why, where the verdict does not speak for itself.
    @Nullable public var reason: String?
    /// The request that decided, an `id` of the evidence; nil if none was kept.
    @Nullable public var evidence: Int?

    /// A scheme of a list.
    public init(version: String, codePoint: String, name: String, verdict: String, reason: String?) {
        self.version = version
        self.codePoint = codePoint
        self.name = name
        self.verdict = verdict
        self.reason = reason
    }
}

/// What is to be said of a list of groups or of signature schemes as a whole.
public struct SupportList: Codable, Sendable, Hashable {
    /// The version.
    public var version: String
    /// The kind of suites, such as `ECDHE RSA`; nil where that makes no difference.
    @Nullable public var family: String?
    /// Whose preference decides: `server`, `client`; nil where it can't be told.
    @Nullable public var order: String?
    /// False if one may be missing; the notes say why.
    public var complete: Bool
    /// What is odd about the answers, one sentence each.
    public var notes: [String]

    /// A list's facts.
    public init(version: String, family: String?, order: String?, complete: Bool, notes: [String]) {
        self.version = version
        self.complete = complete
        self.notes = notes
        self.family = family
        self.order = order
    }
}

/// One yes-or-no fact about a server.
public struct FeatureSupport: Codable, Sendable, Hashable {
    /// What kind of fact it is.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// An extension or a mechanism that the server has.
        case `extension`
        /// An odd hello that the server answers as it answers others.
        case tolerance
        /// How a server is brought to use less than it can, and what it does against that.
        case downgrade
    }

    /// A stable identifier, such as `extended-master-secret`.
    public var id: String
    /// What it is, in a few words.
    public var name: String
    /// What kind of fact it is.
    public var kind: Kind
    /// The version that it was asked for in; nil where that makes no difference.
    @Nullable public var version: String?
    /// `supported`, `rejected` or `inconclusive`.
    public var verdict: String
    /// Why, where the verdict does not speak for itself.
    @Nullable public var reason: String?
    /// What the server answered, in our words.
    @Nullable public var detail: String?
    /// The request that decided, an `id` of the evidence; nil if none was kept.
    @Nullable public var evidence: Int?

    /// A fact.
    public init(id: String, name: String, kind: Kind, version: String?, verdict: String) {
        self.id = id
        self.name = name
        self.kind = kind
        self.verdict = verdict
        self.version = version
    }
}

/// Marks by which servers of one kind are told from others.
public struct ServerFingerprints: Codable, Sendable, Hashable {
    /// JARM, 62 hexadecimal digits; nil if an answer is missing.
    @Nullable public var jarm: String?
    /// Why there is no JARM.
    @Nullable public var jarmDoubt: String?
    /// JA3S of the answer to one hello in each version: the survey's first, in TLS 1.3 the first of JARM's that is answered in
    /// it. Other programs' hellos get others.
    public var ja3s: [String: String]

    /// The marks.
    public init(jarm: String?, jarmDoubt: String?, ja3s: [String: String]) {
        self.ja3s = ja3s
        self.jarm = jarm
        self.jarmDoubt = jarmDoubt
    }
}

/// What went over the wire for one request.
public struct ProbeRecord: Codable, Sendable, Hashable {
    /// What claims refer to it by; a request that was sent again has a record for each time, in order.
    public var id: Int
    /// The first bytes of the hello, in hexadecimal.
    public var sent: String
    /// How many bytes were sent in all.
    public var sentBytes: Int
    /// The first bytes of the answer, in hexadecimal.
    public var received: String
    /// How many bytes of the answer were read.
    public var receivedBytes: Int
    /// What the answer was taken for: `server-hello`, `alert`, `closed`, …
    public var observation: String
    /// What the hello offers, in our words; nil where its first bytes don't say.
    @Nullable public var asked: String?
    /// What the answer says, in our words; nil where its first bytes don't say.
    @Nullable public var answered: String?

    /// A record.
    public init(id: Int, sent: String, sentBytes: Int, received: String, receivedBytes: Int, observation: String) {
        self.id = id
        self.sent = sent
        self.sentBytes = sentBytes
        self.received = received
        self.receivedBytes = receivedBytes
        self.observation = observation
    }
}

/// How the suites that a server accepts compare with those that are allowed.
public struct ExpectationResult: Codable, Sendable, Hashable {
    /// One suite in one version.
    public struct Entry: Codable, Sendable, Hashable {
        /// The version; nil for a suite that is allowed in any.
        @Nullable public var version: String?
        /// The suite's code point.
        public var codePoint: String
        /// The suite's name.
        public var name: String

        /// A suite in a version.
        public init(version: String?, codePoint: String, name: String) {
            self.codePoint = codePoint
            self.name = name
            self.version = version
        }
    }

    /// Where the list came from: a file's name.
    public var source: String
    /// What is accepted and not allowed.
    public var beyond: [Entry]
    /// What is allowed, was asked for, and is not accepted. That is no failure.
    public var missing: [Entry]

    /// A comparison.
    public init(source: String, beyond: [Entry], missing: [Entry]) {
        self.source = source
        self.beyond = beyond
        self.missing = missing
    }
}
