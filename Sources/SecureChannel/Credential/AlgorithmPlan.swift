import LibSSL
import TLSParameters

/// Decides which versions and suites a credential comes down to, and which security level they need.
struct AlgorithmPlan {
    let credential: Credential
    /// The versions, ascending; narrowed where the suites leave some of them nothing. Only a server's may have holes.
    private(set) var versions: [ProtocolVersion]
    /// OpenSSL's security level.
    private(set) var securityLevel = 0
    /// The level the peer's certificates are judged at. Old versions lower the handshake's level for their signatures,
    /// which is no reason to believe weak certificates.
    private(set) var judgementLevel = 2
    /// Why the level is below the library's default.
    private(set) var reasons: [String] = []
    /// The suites left in the end, in order.
    private(set) var suites: [CipherSuite] = []
    /// The groups, where they aren't libssl's own list.
    private(set) var groups: [NamedGroup]
    /// The signature schemes, where they aren't libssl's own list.
    private(set) var signatureSchemes: [SignatureScheme]

    init(credential: Credential) throws(CredentialError) {
        self.credential = credential
        versions = Set(credential.protocols).sorted()
        groups = credential.groups ?? []
        signatureSchemes = credential.signatureSchemes ?? []
        try checkVersions()
    }

    private func checkVersions() throws(CredentialError) {
        guard let first = versions.first, let last = versions.last else {
            throw CredentialError(.noProtocol, "no protocol version is left to speak")
        }
        let classic = versions.filter { $0 == .ssl2 || $0 == .ssl3 }
        if !classic.isEmpty {
            // Never trust the setter: libssl takes 0x0300 without a word, and fails the handshake.
            let names = classic.map(\.name).joined(separator: " and ")
            throw CredentialError(
                .needsClassicEngine,
                "\(names) needs the classic engine",
                versions: classic
            )
        }
        let known: [ProtocolVersion] = [.tls10, .tls11, .tls12, .tls13]
        let unknown = versions.filter { !known.contains($0) }
        if !unknown.isEmpty {
            throw CredentialError(
                .protocolUnavailable,
                "libssl does not speak \(unknown.map(\.name).joined(separator: ", "))",
                versions: unknown
            )
        }
        try checkOlderSuites()
        let missing = known.filter { $0 > first && $0 < last && !versions.contains($0) }
        // A server of libssl takes each version by itself. A client would silently offer the oldest run of versions alone.
        if !missing.isEmpty, credential.role == .client {
            throw CredentialError(
                .protocolGap,
                "\(missing.map(\.name).joined(separator: " and ")) is left out between \(first.name) and \(last.name);"
                    + " one connection can't offer that",
                versions: missing
            )
        }
    }

    /// libssl passes over what it doesn't know in a list of ciphers.
    private func checkOlderSuites() throws(CredentialError) {
        guard let wanted = credential.olderSuites else { return }
        let missing = wanted.filter { !CipherTable.codePoints.contains($0.rawValue) && !$0.isSignaling }
        guard missing.isEmpty else {
            let names = missing.map(\.name).joined(separator: ", ")
            throw CredentialError(.suiteUnavailable, "this libssl can't do \(names)", suites: missing)
        }
    }

    /// The versions within the range that are left out.
    private var holes: [ProtocolVersion] {
        guard let first = versions.first, let last = versions.last else { return [] }
        return [.tls11, .tls12].filter { $0 > first && $0 < last && !versions.contains($0) }
    }

    /// Replaces the suites by those a client's hello will really hold: libssl leaves out what needs a key it lacks.
    mutating func readOffer(from handle: SSLContextHandle) throws(CredentialError) {
        guard credential.role == .client else { return }
        let offered = try library("libssl can't make a connection") { () throws(LibraryError) in
            try SSLHandle(context: handle).supportedCiphers
        }
        guard !offered.isEmpty else { throw CredentialError(.noSuite, "no suite is left to offer") }
        suites = offered.map { CipherSuite(rawValue: $0.codePoint) }
    }

    // MARK: Applying

    mutating func apply(to handle: SSLContextHandle) throws(CredentialError) {
        let defaultLevel = handle.securityLevel
        securityLevel = credential.securityLevel ?? defaultLevel
        judgementLevel = credential.securityLevel ?? (credential.legacy ? 0 : defaultLevel)
        if credential.securityLevel == nil {
            if let old = versions.first, old < .tls12 {
                lower(to: 0, because: "TLS 1.0 and 1.1 sign with MD5 and SHA-1, which libssl allows at level 0 only")
            }
            if credential.legacy { lower(to: 0, because: "everything a modern default refuses was asked for") }
            if credential.nullSuites != .named { lower(to: 0, because: "suites that encrypt nothing were asked for") }
        } else if securityLevel < defaultLevel {
            reasons.append("level \(securityLevel) was asked for")
        }
        handle.setSecurityLevel(securityLevel)
        try applySuites(to: handle)
        try narrowVersions(to: handle.ciphersAllowedBySecurityLevel)
        try applyGroups(to: handle)
        try applySignatureSchemes(to: handle)
        try applyVersions(to: handle)
        try applyRules(to: handle)
    }

    func applyVersions(to handle: SSLContextHandle) throws(CredentialError) {
        try library("libssl refuses the versions", as: .protocolUnavailable) { () throws(LibraryError) in
            guard let first = versions.first, let last = versions.last else { return }
            try handle.setProtocolRange(minimum: first.rawValue, maximum: last.rawValue)
        }
        if holes.contains(.tls11) { handle.setOptions(.noTLS11) }
        if holes.contains(.tls12) { handle.setOptions(.noTLS12) }
    }

    private mutating func lower(to level: Int, because reason: String) {
        reasons.append(reason)
        securityLevel = min(securityLevel, level)
    }

    private mutating func applySuites(to handle: SSLContextHandle) throws(CredentialError) {
        if let wanted = credential.suites {
            try apply(exactly: wanted, to: handle)
        } else {
            let list = cipherList
            if let list { try handle.apply(cipherList: list) }
            if let names = try suites13() {
                try library("this libssl can't do the TLS 1.3 suites", as: .suiteUnavailable) {
                    () throws(LibraryError) in
                    try handle.setCipherSuites13(names)
                }
            }
        }
        try putKeySuitesFirst(on: handle)
        if credential.nullSuites == .allowed, !handle.configuredCiphers.contains(where: { $0.strengthBits == 0 }) {
            throw CredentialError(.badCipherList, "the cipher list rules suites out that encrypt nothing")
        }
        if credential.suites != nil || credential.cipherString != nil { lowerForSuites(handle) }
        try applyFilters(to: handle)
    }

    /// Puts the suites with a key before all others, where that is asked for.
    private func putKeySuitesFirst(on handle: SSLContextHandle) throws(CredentialError) {
        guard credential.prefersKey else { return }
        let older = handle.configuredCiphers.filter { !$0.isTLS13 }
        let usesKey = { (cipher: LibraryCipher) in
            CipherSuite(rawValue: cipher.codePoint).facts?.keyExchange.usesPSK == true
        }
        let order = older.filter(usesKey) + older.filter { !usesKey($0) }
        guard !order.isEmpty else { return }
        try library("the suites", as: .badCipherList) { () throws(LibraryError) in
            try handle.setCipherList(order.map(\.name).joined(separator: ":"))
        }
    }

    /// libssl's default as it is documented; by the name DEFAULT it would rule NULL suites out for good.
    private static let defaultList = "ALL:!COMPLEMENTOFDEFAULT"

    /// The list for TLS 1.2 and older, where it isn't the library's own.
    private var cipherList: String? {
        switch credential.nullSuites {
        case .only: return "eNULL"
        case .allowed where !credential.legacy: return (credential.cipherString ?? Self.defaultList) + ":eNULL"
        default: return credential.cipherString ?? (credential.legacy ? "ALL:COMPLEMENTOFALL" : nil)
        }
    }

    /// Suites asked for by name bring the level down to the one they need.
    private mutating func lowerForSuites(_ handle: SSLContextHandle) {
        guard credential.securityLevel == nil, securityLevel > 0 else { return }
        let wanted = handle.configuredCiphers
        // A cipher string such as ALL is a filter, not a wish: only when nothing is left of it does it lower the level.
        let insists = credential.suites != nil || handle.ciphersAllowedBySecurityLevel.allSatisfy(\.isTLS13)
        guard insists else { return }
        var level = securityLevel
        while level > 0 {
            handle.setSecurityLevel(level)
            let allowed = Set(handle.ciphersAllowedBySecurityLevel.map(\.codePoint))
            guard let weak = wanted.first(where: { !allowed.contains($0.codePoint) }) else { break }
            level -= 1
            if level == 0 || !reasons.contains(where: { $0.hasPrefix(weak.standardName) }) {
                reasons.removeAll { $0.hasPrefix(weak.standardName) }
                reasons.append("\(weak.standardName) is too weak for level \(level + 1)")
            }
        }
        securityLevel = level
        handle.setSecurityLevel(level)
    }

    private mutating func apply(exactly wanted: [CipherSuite], to handle: SSLContextHandle) throws(CredentialError) {
        let available = try library("libssl's own table") { () throws(LibraryError) -> [LibraryCipher] in
            try handle.setCipherList("ALL:COMPLEMENTOFALL")
            try handle.setCipherSuites13(CipherTable.allTLS13)
            return handle.configuredCiphers
        }
        let byCodePoint = Dictionary(available.map { ($0.codePoint, $0) }) { first, _ in first }
        let missing = wanted.filter { byCodePoint[$0.rawValue] == nil && !$0.isSignaling }
        if !missing.isEmpty {
            let names = missing.map(\.name).joined(separator: ", ")
            throw CredentialError(.suiteUnavailable, "this libssl can't do \(names)", suites: missing)
        }
        let found = wanted.compactMap { byCodePoint[$0.rawValue] }
        try set(found, on: handle)
    }

    /// Puts exactly these suites into both lists.
    private func set(_ ciphers: [LibraryCipher], on handle: SSLContextHandle) throws(CredentialError) {
        guard !ciphers.isEmpty else { throw CredentialError(.noSuite, "no suite is left to offer") }
        let old = ciphers.filter { !$0.isTLS13 }.map(\.name)
        let new = ciphers.filter(\.isTLS13).map(\.name)
        try library("the suites", as: .badCipherList) { () throws(LibraryError) in
            // The older list can't be empty; narrowing the versions makes it harmless.
            if !old.isEmpty { try handle.setCipherList(old.joined(separator: ":")) }
            try handle.setCipherSuites13(new.joined(separator: ":"))
        }
    }

    /// Leaves out what is too weak, too strong or forbidden.
    private func applyFilters(to handle: SSLContextHandle) throws(CredentialError) {
        guard isFiltered else { return }
        let range = (credential.minimumStrength ?? 0, credential.maximumStrength ?? .max)
        let left = handle.ciphersAllowedBySecurityLevel.filter { cipher in
            let facts = CipherSuite(rawValue: cipher.codePoint).facts
            if let facts, credential.disabled.contains(where: { $0.forbids(facts) }) { return false }
            let bits = facts?.strengthBits ?? cipher.strengthBits
            // Schannel's strength of -1: NULL suites are outside the bounds, and in only where they were asked for.
            if bits == 0, credential.nullSuites != .named { return true }
            return bits >= range.0 && bits <= range.1
        }
        try set(left, on: handle)
    }

    private var isFiltered: Bool {
        credential.minimumStrength != nil || credential.maximumStrength != nil || !credential.disabled.isEmpty
    }

    /// Leaves out versions that no suite is left for: offering them would fail the whole handshake in libssl.
    private mutating func narrowVersions(to ciphers: [LibraryCipher]) throws(CredentialError) {
        let exact = credential.suites != nil || isFiltered
        let wanted = credential.suites.map { Set($0.map(\.rawValue)) }
        let usable = ciphers.filter { wanted?.contains($0.codePoint) ?? true }
        let has13 = usable.contains(where: \.isTLS13)
        let older = usable.filter { !$0.isTLS13 }
        let hasFor12 = !older.isEmpty
        let hasForOld = older.contains {
            CipherSuite(rawValue: $0.codePoint).facts.map { $0.firstVersion < .tls12 } ?? true
        }
        versions = versions.filter { version in
            switch version {
            case .tls13: has13
            case .tls12: hasFor12
            default: hasForOld
            }
        }
        suites = usable.map { CipherSuite(rawValue: $0.codePoint) }
            .filter { suite in versions.contains { suite.facts?.mayAppear(in: $0) ?? true } }
        if versions.isEmpty || suites.isEmpty {
            let why = exact ? "the suites asked for, what was left out of them" : "the cipher list"
            throw CredentialError(.noSuite, "\(why) and the versions leave nothing to offer")
        }
    }

    mutating func set(groups: [NamedGroup], on handle: SSLContextHandle) throws(CredentialError) {
        self.groups = groups
        try applyGroups(to: handle)
    }

    mutating func set(signatureSchemes: [SignatureScheme], on handle: SSLContextHandle) throws(CredentialError) {
        self.signatureSchemes = signatureSchemes
        try applySignatureSchemes(to: handle)
    }

    func applyGroups(to handle: SSLContextHandle) throws(CredentialError) {
        guard !groups.isEmpty else { return }
        let list = groups.map(\.name).joined(separator: ":")
        try library("this libssl can't do \(list)", as: .groupUnavailable) { () throws(LibraryError) in
            try handle.setGroups(list)
        }
    }

    func applySignatureSchemes(to handle: SSLContextHandle) throws(CredentialError) {
        guard !signatureSchemes.isEmpty else { return }
        let list = signatureSchemes.map(\.nameInLibrary).joined(separator: ":")
        try library("this libssl can't do \(list)", as: .signatureSchemeUnavailable) { () throws(LibraryError) in
            try handle.setSignatureAlgorithms(list)
            try handle.setClientSignatureAlgorithms(list)
        }
    }

    /// The list for TLS 1.3, where it isn't the library's own.
    private func suites13() throws(CredentialError) -> String? {
        if credential.nullSuites == .only { return "" }
        if let wanted = credential.cipherSuites13 { return try Self.names13(of: wanted) }
        if credential.legacy { return CipherTable.allTLS13 }
        // libssl ties an external key to SHA-256 (RFC 8446 section 4.2.11); a SHA-384 suite in front would keep a
        // server with a certificate from ever using the key.
        if credential.preSharedKey != nil {
            return "TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384"
        }
        return nil
    }

    private static func names13(of suites: [CipherSuite]) throws(CredentialError) -> String {
        let known = Set(CipherTable.allTLS13.split(separator: ":").map(String.init))
        let missing = suites.filter { !known.contains($0.name) }
        guard missing.isEmpty else {
            let names = missing.map(\.name).joined(separator: ", ")
            throw CredentialError(.suiteUnavailable, "this libssl has no TLS 1.3 suite \(names)", suites: missing)
        }
        return suites.map(\.name).joined(separator: ":")
    }
}
