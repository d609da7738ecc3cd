/// Which certificates have to be shown not to be revoked.
public enum RevocationMode: String, Hashable, Sendable, Codable, CaseIterable {
    /// None; a stapled answer is looked at all the same.
    case none
    /// The leaf (`SCH_CRED_REVOCATION_CHECK_END_CERT`).
    case end
    /// Every one, the root too (`SCH_CRED_REVOCATION_CHECK_CHAIN`).
    case chain
    /// Every one but the root (`SCH_CRED_REVOCATION_CHECK_CHAIN_EXCLUDE_ROOT`).
    case excludeRoot = "exclude-root"
}

/// How revocation is judged.
public struct RevocationPolicy: Hashable, Sendable {
    /// Which certificates are looked up.
    public var mode = RevocationMode.none
    /// Lists at hand.
    public var lists: [RevocationList] = []
    /// Whether others are asked about what neither lists nor a stapled response tell.
    public var fetches = false
    /// What they said.
    public var fetched: [RevocationFetch] = []
    /// Whether a certificate that names no place to ask passes (`SCH_CRED_IGNORE_NO_REVOCATION_CHECK`).
    public var ignoresMissingSource = false
    /// Whether a certificate passes for which no current answer is at hand, though it names a place to ask
    /// (`SCH_CRED_IGNORE_REVOCATION_OFFLINE`).
    public var ignoresOffline = false

    /// Nothing is asked for.
    public init() {}

    /// All lists, those that were fetched included.
    var allLists: [RevocationList] { lists + fetched.compactMap(\.list) }
}
