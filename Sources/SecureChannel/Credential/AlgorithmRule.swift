import TLSParameters

/// One algorithm that isn't to be used, by itself or with keys of some sizes (Schannel's `CRYPTO_SETTINGS`).
public struct AlgorithmRule: Hashable, Sendable {
    /// What the algorithm is used for.
    public enum Kind: String, CaseIterable, Sendable {
        /// Agreeing on keys.
        case keyExchange = "key-exchange"
        /// Signatures within the handshake.
        case signature
        /// Encrypting records, the cipher or its mode.
        case cipher
        /// The hash of the handshake, of its signatures, and of the records' MAC.
        case digest
        /// Signatures on certificates.
        case certificateSignature = "cert-signature"
        /// The group of a key exchange.
        case group
    }

    /// What it is used for.
    public var kind: Kind
    /// The algorithm, one of ``names(of:)`` or, of a group, any of its names.
    public var algorithm: String
    /// The sizes of key that are meant, in bits; nil means all.
    public var bits: ClosedRange<Int>?

    /// A rule.
    public init(_ kind: Kind, _ algorithm: String, bits: ClosedRange<Int>? = nil) {
        self.kind = kind
        self.algorithm = algorithm.uppercased()
        self.bits = bits
    }

    /// `cipher:AES:128-128`, as users write it.
    public var text: String {
        "\(kind.rawValue):\(algorithm)" + (bits.map { ":\($0.lowerBound)-\($0.upperBound)" } ?? "")
    }

    /// The algorithms that can be meant, in upper case. Of what has several parts, every part and every run of them is one:
    /// `AES`, `AES-128`, `GCM` and `AES-128-GCM` are.
    public static func names(of kind: Kind) -> Set<String> {
        switch kind {
        case .keyExchange: runs(CipherSuite.registry.map(\.keyExchange.rawValue)).subtracting(["ANY", "NULL"])
        case .cipher: runs(CipherSuite.registry.map(\.cipher))
        case .digest: ["MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512"]
        case .signature: ["RSA", "RSA-PKCS1", "RSA-PSS", "ECDSA", "DSA", "EDDSA", "ED25519", "ED448"]
        case .certificateSignature:
            names(of: .signature).union(names(of: .digest))
        case .group: Set(NamedGroup.all.compactMap(\.registeredName).map { $0.uppercased() }).union(["FFDHE"])
        }
    }

    private static func runs(_ names: [String]) -> Set<String> {
        var runs: Set<String> = []
        for name in Set(names) {
            let parts = name.uppercased().split(separator: "-")
            for first in parts.indices {
                for last in first..<parts.endIndex { runs.insert(parts[first...last].joined(separator: "-")) }
            }
        }
        // A number means nothing by itself.
        return runs.filter { !$0.allSatisfy { $0.isNumber || $0 == "-" } }
    }
}

extension AlgorithmRule {
    /// Whether the rule forbids a suite.
    func forbids(_ suite: CipherSuiteFacts) -> Bool {
        switch kind {
        case .cipher: isPart(of: suite.cipher) && includes(suite.strengthBits)
        // How large a key is comes out in the handshake only: see `AlgorithmPlan` and `ChainJudge`.
        case .keyExchange: bits == nil && isPart(of: suite.keyExchange.rawValue)
        case .digest: (suite.isAEAD ? suite.prfHash : suite.mac) == algorithm
        case .signature: bits == nil && suite.forwardSecrecy && algorithm == Self.signature(of: suite)
        case .certificateSignature, .group: false
        }
    }

    /// Whether the rule forbids a cipher kind of SSL 2.0.
    func forbids(_ kind: SSL2CipherFacts) -> Bool {
        switch self.kind {
        case .cipher: isPart(of: kind.cipher) && includes(kind.strengthBits)
        case .keyExchange: bits == nil && isPart(of: kind.keyExchange.rawValue)
        case .digest: kind.mac == algorithm
        case .signature, .certificateSignature, .group: false
        }
    }

    /// Whether the rule forbids a group.
    func forbids(_ group: NamedGroup) -> Bool {
        let isFinite = group.facts?.kind == .finiteField
        switch kind {
        case .group:
            let isMeant = algorithm == "FFDHE" ? isFinite : NamedGroup(named: algorithm) == group
            return isMeant && includes(group.facts?.bits ?? 0)
        case .keyExchange:
            // The suites of TLS 1.3 say nothing of the exchange: the group is all there is of it.
            return algorithm == (isFinite ? "DHE" : "ECDHE") && includes(group.facts?.bits ?? 0)
        default: return false
        }
    }

    /// Whether the rule forbids a signature scheme.
    func forbids(_ scheme: SignatureScheme) -> Bool {
        let name = scheme.name.uppercased()
        switch kind {
        case .digest: return name.hasSuffix("_\(algorithm)")
        case .signature where bits == nil:
            switch algorithm {
            case "RSA-PKCS1", "RSA-PSS": return name.hasPrefix(algorithm.replacing("-", with: "_"))
            case "EDDSA": return name == "ED25519" || name == "ED448"
            default: return name == algorithm || name.hasPrefix("\(algorithm)_")
            }
        default: return false
        }
    }

    /// Whether a size of key is one of those meant.
    func includes(_ size: Int) -> Bool {
        bits?.contains(size) ?? true
    }

    private func isPart(of name: String) -> Bool {
        let parts = name.uppercased().split(separator: "-")
        let wanted = algorithm.split(separator: "-")
        guard wanted.count <= parts.count else { return false }
        return (0...(parts.count - wanted.count)).contains { parts[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    }

    private static func signature(of suite: CipherSuiteFacts) -> String {
        suite.authentication == .dss ? "DSA" : suite.authentication.rawValue.uppercased()
    }
}
