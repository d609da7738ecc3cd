public import SecureChannel
import TLSParameters

/// What protects nothing any more: SSL 2.0 and 3.0, and suites that encrypt nothing, authenticate nobody, or use ciphers that are
/// broken or too short.
public enum BrokenProtection {
    /// Those among versions (their ids) and suites, in a few words; nil when there are none.
    public static func warning(versions: [String], suites: [NamedCode]) -> String? {
        let old = versions.compactMap { ProtocolVersion(id: $0) }.filter { $0 < .tls10 }.map(\.name)
        // What a kind of SSL 2.0 is good for goes with the version.
        let broken = suites.filter { $0.number != 0 || $0.codePoint == "0x0000" }
            .filter { isBroken(CipherSuite(rawValue: $0.number)) }
        var parts = old
        if let first = broken.first {
            parts.append(broken.count == 1 ? first.name : "\(first.name) and \(broken.count - 1) more like it")
        }
        guard let last = parts.popLast() else { return nil }
        return parts.isEmpty ? last : "\(parts.joined(separator: ", ")) and \(last)"
    }

    private static func isBroken(_ suite: CipherSuite) -> Bool {
        guard let facts = suite.facts else { return false }
        return facts.isAnonymous || facts.strengthBits < 112 || facts.cipher.hasPrefix("RC4")
    }
}

extension ConnectionAttributes {
    /// What to tell whoever asked for a session whose version or suite protects nothing; nil for any other.
    public var protectionWarning: String? {
        guard let version = self.protocol, let suite, state != .failed else { return nil }
        let suites = [NamedCode(codePoint: suite.codePoint, name: suite.name)]
        return BrokenProtection.warning(versions: [version.version], suites: suites).map {
            "this session uses \($0): nothing protects it, and whoever is on the way can read or change the data"
        }
    }
}

/// What a verb found out by a session of its own.
public protocol SessionOutcome: Codable, Sendable {
    /// Everything known of the session.
    var attributes: ConnectionAttributes { get }
}

extension RenegotiateResult: SessionOutcome {}
extension ShutdownResult: SessionOutcome {}
