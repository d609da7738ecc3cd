package import LibSSL
package import TLSParameters

/// The function from which TLS derives everything (RFC 2246 section 5, RFC 5246 section 5). SSL 3.0 has none: see
/// ``SSL3Derivation``.
package enum PseudorandomFunction: Hashable, Sendable {
    /// TLS 1.0 and 1.1: MD5 over one half of the secret, SHA-1 over the other.
    case md5sha1
    /// TLS 1.2: one hash, named by the suite.
    case hash(HashFunction)

    /// The function of a suite in a version; SHA-256 for suites older than TLS 1.2 (RFC 5246 section 5).
    package init(version: ProtocolVersion, suite: CipherSuite) {
        guard version >= .tls12 else {
            self = .md5sha1
            return
        }
        self = .hash(suite.facts?.prfHash == "SHA384" ? .sha384 : .sha256)
    }

    /// What handshake messages are hashed with.
    package var transcriptHash: HashFunction {
        switch self {
        case .md5sha1: .md5sha1
        case .hash(let hash): hash
        }
    }

    /// So many bytes of PRF(secret, label, seed).
    package func output(
        secret: [UInt8],
        label: String,
        seed: [UInt8],
        count: Int
    ) throws(LibraryError) -> [UInt8] {
        let seed = Array(label.utf8) + seed
        switch self {
        case .hash(let hash): return try Self.expand(hash, secret: secret, seed: seed, count: count)
        case .md5sha1:
            // The halves share a byte when there is an odd number of them.
            let half = (secret.count + 1) / 2
            let md5 = try Self.expand(.md5, secret: Array(secret.prefix(half)), seed: seed, count: count)
            let sha1 = try Self.expand(.sha1, secret: Array(secret.suffix(half)), seed: seed, count: count)
            return zip(md5, sha1).map(^)
        }
    }

    /// P_hash of RFC 5246 section 5.
    private static func expand(
        _ hash: HashFunction,
        secret: [UInt8],
        seed: [UInt8],
        count: Int
    ) throws(LibraryError) -> [UInt8] {
        var output: [UInt8] = []
        var chain = seed
        while output.count < count {
            chain = try hash.authenticate(chain, key: secret)
            output += try hash.authenticate(chain + seed, key: secret)
        }
        return Array(output.prefix(count))
    }
}
