import ClassicTLS
import LibSSL
import Synchronization
public import TLSParameters

/// The library under the channels: what it is, and which suites it can speak.
public enum ChannelLibrary {
    /// What this libssl can do with a suite.
    public enum Availability: String, Sendable, Hashable, Codable, CaseIterable {
        /// Offered by default.
        case byDefault
        /// Offered when it is asked for.
        case onRequest
        /// Offered when it is asked for and the security level is 0.
        case atLevelZero
    }

    /// The version text of the libssl that this process loaded, such as `OpenSSL 3.0.22 …`.
    public static var versionText: String {
        Library.versionText
    }

    /// Every suite that this libssl can speak; what is not in it can only be probed for.
    ///
    /// - Throws: `CredentialError` of kind `library` if libssl can't even make an empty configuration.
    public static func suites() throws(CredentialError) -> [CipherSuite: Availability] {
        do throws(LibraryError) {
            let context = try SSLContextHandle(role: .client)
            let level = context.securityLevel
            let defaults = Set(context.configuredCiphers.map(\.codePoint))
            var suites: [CipherSuite: Availability] = [:]
            for entry in try CipherTable.entries(with: context) {
                suites[CipherSuite(rawValue: entry.cipher.codePoint)] =
                    entry.highestSecurityLevel < level
                    ? .atLevelZero : defaults.contains(entry.cipher.codePoint) ? .byDefault : .onRequest
            }
            return suites
        } catch {
            throw CredentialError(.library, "libssl can't list its suites: \(error.text)")
        }
    }

    /// The suites that the classic engine can speak, which stands in for what libssl lost.
    public static var classicSuites: Set<CipherSuite> { Credential.classicSuites }

    /// The cipher kinds of SSL 2.0 that the classic engine can speak.
    public static var classicKinds: [SSL2CipherKind] {
        SSL2CipherKind.registry.map(\.kind).filter { CipherSpec(kind: $0) != nil }
    }

    /// What this process holds of libssl's at present, with the keys that are in it: connections, and sessions.
    public static var liveObjects: (connections: Int, sessions: Int) {
        (
            LiveHandles.connections.load(ordering: .relaxed),
            LiveHandles.sessions.load(ordering: .relaxed)
        )
    }
}
