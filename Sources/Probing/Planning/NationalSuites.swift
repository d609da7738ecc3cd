import TLSParameters

/// The suites of TLS 1.3 that go with groups of their own, SM2's (RFC 8998) and GOST's (RFC 9367), and when to list these.
///
/// Strict servers refuse a hello of TLS 1.3 that lists groups which they don't know for it, so these groups are listed
/// only where none of the suites is offered that every server of TLS 1.3 has some of.
enum NationalSuites {
    static func contains(_ suite: CipherSuite) -> Bool {
        switch suite.rawValue {
        case 0x00C6, 0x00C7, 0xC103...0xC106: true
        default: false
        }
    }

    /// The groups that go with them.
    static func isGroup(_ group: NamedGroup) -> Bool { (0x0022...0x0029).contains(group.rawValue) }

    /// The schemes that go with them: SM2 (RFC 8998 §3.2.1), GOST (RFC 9367 §5.1).
    static let schemes: [SignatureScheme] = [
        .sm2sig_sm3, .gostr34102012_256a, .gostr34102012_256b, .gostr34102012_256c, .gostr34102012_256d,
        .gostr34102012_512a, .gostr34102012_512b, .gostr34102012_512c,
    ]

    /// Whether a hello of TLS 1.3 with these suites lists the groups.
    static func listGroups(_ offer: [CipherSuite]) -> Bool {
        offer.contains(where: contains) && !offer.contains(where: isEveryones)
    }

    /// One of RFC 8446 §9.1.
    private static func isEveryones(_ suite: CipherSuite) -> Bool { (0x1301...0x1303).contains(suite.rawValue) }

    /// What is to be asked for again after `refused` was.
    ///
    /// - Parameter isUsual: It was refused in the way in which suites are refused.
    static func hellos(after refused: [CipherSuite], isUsual: Bool) -> [[CipherSuite]] {
        let national = refused.filter(contains)
        let others = refused.filter { !contains($0) }
        guard !national.isEmpty, !others.isEmpty else { return [] }
        // Without their groups they may not do; with them nothing may do.
        if !listGroups(refused) { return [national] }
        return isUsual ? [] : [others, national]
    }
}
