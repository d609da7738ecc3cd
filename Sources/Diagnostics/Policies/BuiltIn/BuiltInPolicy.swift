/// The policies that come with the program: documents of others, each of a version, as rules.
///
/// They are written as people write theirs, in TOML, and read when one is asked for.
public enum BuiltInPolicy: String, CaseIterable, Sendable {
    /// Mozilla's guidelines 6.0, modern.
    case mozillaModern = "mozilla-modern"
    /// Mozilla's guidelines 6.0, intermediate.
    case mozillaIntermediate = "mozilla-intermediate"
    /// Mozilla's guidelines 5.8, old; 6.0 has no such level.
    case mozillaOld = "mozilla-old"
    /// RFC 9325 (BCP 195) with RFC 10015.
    case rfc9325
    /// NIST SP 800-52 revision 2.
    case nist = "nist-800-52r2"
    /// BSI TR-02102-2.
    case bsi = "bsi-tr-02102-2"
    /// The guidelines of the Dutch National Cyber Security Centre.
    case ncsc = "ncsc-nl"
    /// PCI DSS.
    case pci = "pci-dss"
    /// A grade after the SSL Labs rating guide.
    case sslLabs = "ssllabs"

    /// The policy of a name; letter case doesn't matter.
    public init?(id: String) {
        guard let found = Self.allCases.first(where: { $0.rawValue == id.lowercased() }) else { return nil }
        self = found
    }

    /// What `--policy` knows it by.
    public var id: String { rawValue }

    /// The rules.
    public var policy: Policy {
        do {
            return try PolicyFile(name: id).policy(bytes)
        } catch {
            // SAFETY: a test reads every one of them.
            preconditionFailure("the built-in policy \(id) can't be read: \(error.reason)")
        }
    }

    /// The policy as its file would be.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    private var bytes: [UInt8] {
        let text: StaticString =
            switch self {
            case .mozillaModern: Self.mozillaModernText
            case .mozillaIntermediate: Self.mozillaIntermediateText
            case .mozillaOld: Self.mozillaOldText
            case .rfc9325: Self.rfc9325Text
            case .nist: Self.nistText
            case .bsi: Self.bsiText
            case .ncsc: Self.ncscText
            case .pci: Self.pciText
            case .sslLabs: Self.sslLabsText
            }
        return text.withUTF8Buffer { Array($0) }
    }
}
