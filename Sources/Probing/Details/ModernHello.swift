import TLSParameters
import TLSWire

/// TLS 1.3 hellos with real shares, for questions that a server answers only after it has a group: with a share for
/// whichever group it turned out to want.
struct ModernHello: Sendable {
    private let hello: PlainHello
    private let suites: [CipherSuite]
    private var shares: [NamedGroup]

    /// `suites`: TLS 1.3 suites that the server accepts; `groups`: groups that it is known to support, if any are.
    init(suites: [CipherSuite], groups: [NamedGroup], serverName: String?) {
        hello = PlainHello(serverName: serverName)
        self.suites = suites
        let known = groups.filter { KeyShareEntry.throwaway(for: $0) != nil }
        shares = known.isEmpty ? [.x25519, .secp256r1] : Array(known.prefix(1))
    }

    var template: ClientHelloTemplate {
        let others = PlainHello.modernGroups.filter { !shares.contains($0) }
        return hello.template(.tls13, suites: suites, groups: shares + others, shares: shares)
    }

    /// Whether the hello is worth sending again: the server wants another share, and from now on it gets it.
    mutating func adopt(_ answer: HelloAnswer) -> Bool {
        guard case .observed(.helloRetryRequest(let retry)) = answer.content, let group = retry.selectedGroup,
            !shares.contains(group), KeyShareEntry.throwaway(for: group) != nil
        else { return false }
        shares = [group]
        return true
    }
}
