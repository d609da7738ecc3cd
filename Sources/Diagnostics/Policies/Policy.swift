/// What a server should be like: rules that are data, and that a report is judged by.
public struct Policy: Hashable, Sendable {
    /// Which policy it is.
    public var identity: PolicyIdentity
    /// Its rules, in the order in which they are judged and shown.
    public var rules: [PolicyRule]
    /// Violations that are accepted for a time.
    public var waivers: [PolicyWaiver]

    /// A policy from its parts.
    public init(identity: PolicyIdentity, rules: [PolicyRule], waivers: [PolicyWaiver] = []) {
        self.identity = identity
        self.rules = rules
        self.waivers = waivers
    }
}

/// One rule of a policy: what is looked at, and what it must be.
public struct PolicyRule: Hashable, Sendable {
    /// What is looked at. Raw values are what policy files write after `check =`.
    public enum Check: String, Hashable, Sendable, CaseIterable {
        // Lists.
        /// The versions that the server speaks.
        case versions
        /// The suites that it accepts.
        case suites
        /// Kinds of suites, as expressions of `ciphers`: `kRSA`, `3DES`, `ECDHE+CBC`.
        case suiteKinds = "suite-kinds"
        /// The groups that it agrees on keys with.
        case groups
        /// The schemes that it signs with.
        case signatureSchemes = "signature-schemes"
        /// The kinds of its certificates' keys.
        case certificateKeys = "certificate-keys"
        /// The curves of its certificates' keys.
        case certificateCurves = "certificate-curves"
        /// How its certificates are signed.
        case certificateSignatures = "certificate-signatures"
        /// The application protocols that it takes.
        case alpn
        /// The ids of findings.
        case findings

        // Numbers.
        /// The size of RSA keys in certificates.
        case rsaBits = "rsa-bits"
        /// The size of the fields of EC keys in certificates.
        case ecBits = "ec-bits"
        /// The size of finite-field Diffie-Hellman groups.
        case dhBits = "dh-bits"
        /// The size of elliptic curves that keys are agreed on with.
        case ecdhBits = "ecdh-bits"
        /// The strength of the suites.
        case suiteBits = "suite-bits"
        /// How long the leaf is valid, in days.
        case certificateLifetime = "certificate-lifetime"
        /// How long it is still valid: in days, or percent of its life.
        case certificateRemaining = "certificate-remaining"
        /// How long tickets live, in seconds.
        case ticketLifetime = "ticket-lifetime"
        /// `max-age` of Strict-Transport-Security, in seconds.
        case hstsAge = "hsts-age"
        /// The grade.
        case grade

        // Yes or no.
        /// RFC 5746.
        case secureRenegotiation = "secure-renegotiation"
        /// A client may have the handshake repeated.
        case clientRenegotiation = "client-renegotiation"
        /// Compression by TLS.
        case compression
        /// RFC 7627.
        case extendedMasterSecret = "extended-master-secret"
        /// RFC 7366, where there are CBC suites.
        case encryptThenMAC = "encrypt-then-mac"
        /// RFC 7507.
        case fallbackSCSV = "fallback-scsv"
        /// Heartbeats.
        case heartbeat
        /// Tickets to resume sessions by.
        case sessionTickets = "session-tickets"
        /// Early data (0-RTT).
        case earlyData = "early-data"
        /// A stapled OCSP response.
        case ocspStaple = "ocsp-staple"
        /// Signed certificate timestamps, by whatever way.
        case certificateTransparency = "certificate-transparency"
        /// The server chooses the suite, not the client.
        case serverPreference = "server-preference"
        /// Every suite has forward secrecy.
        case forwardSecrecy = "forward-secrecy"
        /// A post-quantum group is taken.
        case postQuantum = "post-quantum"
        /// The chain verifies, the name aside.
        case trust
        /// The certificate is for that name.
        case nameMatch = "name-match"
        /// The report lists the versions and suites in use.
        case inventory
        /// Nothing that an outsider can see.
        case untestable = "none"
    }

    /// What it must be.
    public enum Requirement: Hashable, Sendable {
        /// Nothing but these.
        case allowed([String])
        /// All of these.
        case required([String])
        /// One of these at least.
        case anyOf([String])
        /// None of these.
        case forbidden([String])
        /// A number of at least.
        case minimum(Amount)
        /// A number of at most.
        case maximum(Amount)
        /// Yes or no.
        case value(Bool)
        /// Can't be tested from outside; says why.
        case untestable(String)
    }

    /// A number with its unit.
    public enum Amount: Hashable, Sendable {
        /// Bits, seconds or days, whatever the check counts.
        case number(Int)
        /// Percent of a certificate's life.
        case percent(Int)
        /// A grade's letter.
        case grade(String)
    }

    /// Its id within its policy.
    public var id: String
    /// The clause that demands it; empty for none.
    public var clause: String
    /// What it demands, in a few words.
    public var text: String
    /// How much a violation matters. A rule of `info` is a recommendation: it is shown, and never violates the policy.
    public var severity: Finding.Severity
    /// What is looked at.
    public var check: Check
    /// What it must be.
    public var requirement: Requirement
    /// The versions that it is about, for suites; empty for all.
    public var versions: [String]
    /// The line of its file that it begins on; nil for what wasn't read from one.
    public var line: Int?

    /// A rule from its parts.
    public init(
        id: String,
        clause: String = "",
        text: String? = nil,
        severity: Finding.Severity = .medium,
        check: Check,
        requirement: Requirement,
        versions: [String] = [],
        line: Int? = nil
    ) {
        self.id = id
        self.clause = clause
        self.text = text ?? Self.words(check, requirement, versions)
        self.severity = severity
        self.check = check
        self.requirement = requirement
        self.versions = versions
        self.line = line
    }

    /// Whether it comes from `--expect`.
    var isExpected: Bool { clause == Self.expectedClause }
    static let expectedClause = "--expect"

    /// What a rule without a text of its own demands.
    private static func words(_ check: Check, _ requirement: Requirement, _ versions: [String]) -> String {
        func list(_ names: [String]) -> String {
            let shown = check == .suites ? names.map(PolicyNames.suiteName) : names
            return shown.count <= 6 ? shown.joined(separator: ", ") : "\(shown.count) listed ones"
        }
        let where_ = versions.isEmpty ? "" : " in " + versions.joined(separator: ", ")
        let name = check.rawValue.split(separator: "-").joined(separator: " ") + where_
        switch requirement {
        case .allowed(let names): return "\(name): only \(list(names))"
        case .required(let names): return "\(name): \(list(names))"
        case .anyOf(let names): return "\(name): one of \(list(names))"
        case .forbidden(let names): return "\(name): not \(list(names))"
        case .minimum(let amount): return "\(name): at least \(amount.text)"
        case .maximum(let amount): return "\(name): at most \(amount.text)"
        case .value(let wanted): return wanted ? name : "no \(name)"
        case .untestable: return name
        }
    }
}

extension PolicyRule.Requirement {
    /// The names of a list; empty for anything else.
    var names: [String] {
        switch self {
        case .allowed(let names), .required(let names), .anyOf(let names), .forbidden(let names): names
        default: []
        }
    }
}

extension PolicyRule.Amount {
    /// As policy files write it, without a unit that the check implies.
    var text: String {
        switch self {
        case .number(let number): "\(number)"
        case .percent(let percent): "\(percent)%"
        case .grade(let letter): letter
        }
    }
}

extension PolicyRule.Check {
    /// Which requirements make sense for it.
    enum Shape {
        case list, number, yesNo, none
    }

    /// Which requirements make sense for it.
    var shape: Shape {
        switch self {
        case .versions, .suites, .suiteKinds, .groups, .signatureSchemes, .certificateKeys, .certificateCurves,
            .certificateSignatures, .alpn, .findings:
            .list
        case .rsaBits, .ecBits, .dhBits, .ecdhBits, .suiteBits, .certificateLifetime, .certificateRemaining,
            .ticketLifetime, .hstsAge, .grade:
            .number
        case .untestable: .none
        default: .yesNo
        }
    }
}
