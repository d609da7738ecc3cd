/// A cipher suite of SSL 3.0 to TLS 1.3, by its code point.
///
/// Any number is legal. What is known of a suite is looked up in a table of IANA's registry and of the code points in
/// use outside it; see ``facts``.
public struct CipherSuite: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The two bytes on the wire, the first one in the high half.
    public let rawValue: UInt16

    /// Wraps any number.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The IANA name; the best-known name of a suite that isn't registered; "0x1234" for one that has no name.
    public var name: String { registeredName ?? (isGREASE ? "GREASE_" + codePointText : codePointText) }

    /// The name in the table, or nil for a suite that isn't there.
    public var registeredName: String? {
        CipherSuiteFacts.table.withRow(UInt32(rawValue)) { $0.string() }
    }

    /// The code point in hexadecimal: "0xC02F".
    public var codePointText: String { hexText(rawValue) }

    /// Same as ``name``.
    public var description: String { name }

    /// What is known of the suite: nil for an unknown number, a signal or GREASE.
    public var facts: CipherSuiteFacts? {
        let facts: CipherSuiteFacts?? = CipherSuiteFacts.table.withRow(UInt32(rawValue)) {
            CipherSuiteFacts(suite: self, row: &$0)
        }
        return facts ?? nil
    }

    /// Whether the value is no suite but a signal in the list of suites: TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746) or
    /// TLS_FALLBACK_SCSV (RFC 7507).
    public var isSignaling: Bool {
        self == .TLS_EMPTY_RENEGOTIATION_INFO_SCSV || self == .TLS_FALLBACK_SCSV
    }

    /// Whether the value is one of those a client sends to see that unknown suites are ignored (RFC 8701, section 2).
    public var isGREASE: Bool { isGREASEPattern(rawValue) }

    /// The facts of every suite in the table, by code point; signals and GREASE are left out.
    public static let registry: [CipherSuiteFacts] = {
        var rows: [CipherSuiteFacts] = []
        rows.reserveCapacity(450)
        CipherSuiteFacts.table.forEachRow { code, fields in
            let suite = CipherSuite(rawValue: UInt16(truncatingIfNeeded: code))
            if let facts = CipherSuiteFacts(suite: suite, row: &fields) { rows.append(facts) }
        }
        return rows
    }()
}
