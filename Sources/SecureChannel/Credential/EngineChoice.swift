import LibSSL
import TLSParameters

/// Which engine carries a credential's connections.
public enum EngineChoice: String, Codable, Hashable, Sendable, CaseIterable {
    /// libssl where it can do what the credential asks, the classic engine where only that can.
    case automatic = "auto"
    /// libssl and nothing else.
    case libssl
    /// Our own engine, SSL 2.0 to TLS 1.2.
    case classic
}

extension Credential {
    /// Whether the classic engine carries the connections, and why; nil is libssl.
    func reasonForClassicEngine() -> String? {
        switch engine {
        case .libssl: return nil
        case .classic: return classicEngineReason ?? "it was asked for"
        case .automatic: break
        }
        let old = protocols.filter { $0 == .ssl2 || $0 == .ssl3 }.sorted()
        if !old.isEmpty { return "libssl no longer speaks \(old.map(\.name).joined(separator: " and "))" }
        if !signalsSecureRenegotiation { return "libssl always signals secure renegotiation" }
        if hello.usesSSL2Format { return "libssl sends no hello in the format of SSL 2.0" }
        if choosesAlerts { return "libssl sends no alert of one's choice" }
        guard let suites = suites ?? olderSuites else { return nil }
        let missing = suites.filter { !CipherTable.codePoints.contains($0.rawValue) && !$0.isSignaling }
        guard !missing.isEmpty, missing.allSatisfy({ Self.classicSuites.contains($0) }) else { return nil }
        return "libssl lacks \(missing.map(\.name).joined(separator: ", "))"
    }
}
