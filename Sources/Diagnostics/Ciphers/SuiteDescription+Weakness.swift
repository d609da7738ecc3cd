extension SuiteDescription {
    /// Why a suite ought not to be used. Most have none of these, some have several.
    public enum Weakness: String, Sendable, CaseIterable {
        /// Nothing is encrypted.
        case null
        /// The server does not prove who it is.
        case anonymous
        /// The cipher was weakened for export, to 40 or 56 bits.
        case export
        /// RC4, whose key stream is biased (RFC 7465).
        case rc4
        /// DES, 56 bits.
        case des
        /// Triple DES, whose blocks of 64 bits repeat (CVE-2016-2183).
        case tripleDES
        /// Less than 128 bits in any other way.
        case short
        /// Records are authenticated with MD5.
        case md5
        /// Whoever gets the server's key can read recorded sessions later.
        case noForwardSecrecy
    }

    /// Why the suite ought not to be used; empty for a good one, and for one of which only the code point is known.
    public var weaknesses: Set<Weakness> {
        guard let bits, let cipher else { return [] }
        var found: Set<Weakness> = []
        if bits == 0 { found.insert(.null) }
        if authentication == "anon" || authentication == "NULL" { found.insert(.anonymous) }
        if export == true { found.insert(.export) }
        if cipher.hasPrefix("RC4") { found.insert(.rc4) }
        if cipher.hasPrefix("DES") { found.insert(.des) }
        if cipher.hasPrefix("3DES") { found.insert(.tripleDES) }
        if bits > 0, bits < 128, found.isDisjoint(with: [.export, .rc4, .des, .tripleDES]) { found.insert(.short) }
        if mac == "MD5" { found.insert(.md5) }
        if forwardSecrecy == false { found.insert(.noForwardSecrecy) }
        return found
    }

    /// Whether the cipher works on blocks of 64 bits, of which two are soon the same (CVE-2016-2183).
    public var hasShortBlocks: Bool {
        guard let cipher else { return false }
        return ["3DES", "DES", "IDEA", "RC2"].contains { cipher.hasPrefix($0) }
    }

    /// Whether the cipher is a block cipher in CBC mode.
    public var isCBC: Bool { cipher?.contains("-CBC") ?? false }
}
