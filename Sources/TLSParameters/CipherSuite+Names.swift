extension CipherSuite {
    /// Finds a suite by any of its names.
    ///
    /// IANA's, OpenSSL's and Schannel's names are understood, Schannel's of before Windows 10 with their curve
    /// (`…_P256`) too, Java's `SSL_` in place of `TLS_`, and code points as "0xC02F", "C02F" or "0xC0,0x2F". Letter case
    /// doesn't matter. A name that several suites share means the registered one, or else the lowest code point.
    public init?(named text: String) {
        if let suite = CipherSuiteNames.byName[text.uppercased()] {
            self = suite
        } else if let suite = CipherSuite(codePointText: text) {
            self = suite
        } else if let suite = CipherSuite.withAlternativeSpelling(text.uppercased()) {
            self = suite
        } else {
            return nil
        }
    }

    /// Reads "0xC02F", "C02F" and "0xC0,0x2F".
    init?(codePointText text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard let high = parseHex(String(parts[0]), as: UInt8.self),
                let low = parseHex(String(parts[1].drop { $0 == " " }), as: UInt8.self)
            else { return nil }
            self.init(rawValue: UInt16(high) << 8 | UInt16(low))
        } else if let value = parseHex(text, as: UInt16.self) {
            self.init(rawValue: value)
        } else if text.utf8.count == 4, let value = parseHex("0x" + text, as: UInt16.self) {
            self.init(rawValue: value)
        } else {
            return nil
        }
    }

    private static func withAlternativeSpelling(_ name: String) -> CipherSuite? {
        // Schannel before Windows 10 named the curve with the suite; only ECDHE suites have one.
        for curve in ["_P256", "_P384", "_P521"] where name.hasSuffix(curve) {
            let suite = CipherSuiteNames.byName[String(name.dropLast(curve.utf8.count))]
            return suite?.facts.flatMap { $0.schannelName != nil && $0.keyExchange == .ecdhe ? suite : nil }
        }
        // Java and SSL 3.0 (RFC 6101) wrote SSL_ for the suites that TLS took over.
        if name.hasPrefix("SSL_") {
            return CipherSuiteNames.byName["TLS_" + name.dropFirst(4)]
        }
        // OpenSSL before 1.1.0 wrote EDH where it now writes DHE.
        if name.hasPrefix("EDH-") {
            return CipherSuiteNames.byName["DHE-" + name.dropFirst(4)]
        }
        return nil
    }
}

/// Every name, in upper case, built when a name is first looked up.
private enum CipherSuiteNames {
    static let byName: [String: CipherSuite] = {
        var names: [String: CipherSuite] = [:]
        names.reserveCapacity(1_000)
        for signal in [CipherSuite.TLS_EMPTY_RENEGOTIATION_INFO_SCSV, .TLS_FALLBACK_SCSV] {
            names[signal.name.uppercased()] = signal
        }
        // The registered suites come first, so that a shared name is theirs.
        for facts in CipherSuite.registry where facts.ianaName != nil { add(facts, to: &names) }
        for facts in CipherSuite.registry where facts.ianaName == nil { add(facts, to: &names) }
        return names
    }()

    private static func add(_ facts: CipherSuiteFacts, to names: inout [String: CipherSuite]) {
        for name in [facts.name, facts.openSSLName] {
            guard let key = name?.uppercased(), names[key] == nil else { continue }
            names[key] = facts.suite
        }
    }
}
