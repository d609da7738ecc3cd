import TLSParameters

/// What a list of revoked certificates (RFC 5280 §5) says of itself.
public struct RevocationListFacts: Hashable, Sendable {
    /// Who made it.
    public var issuer: DistinguishedName
    /// 1 or 2.
    public var version: Int
    /// Its number, hexadecimal; nil where it has none.
    public var number: String?
    /// How it is signed.
    public var signatureAlgorithm: SignatureAlgorithm
    /// When it was made.
    public var thisUpdate: CertificateTime
    /// When the next one is due; nil where it doesn't say.
    public var nextUpdate: CertificateTime?
    /// How many certificates it names.
    public var count: Int
    /// The first of them.
    public var entries: [Entry]
    /// The identifier of the key that signed it, hexadecimal.
    public var authorityKeyIdentifier: String?
    /// Whether it only says what changed since another one (RFC 5280 §5.2.4).
    public var isDelta: Bool
    /// Whether it is limited to some certificates or reasons (RFC 5280 §5.2.5).
    public var isPartial: Bool
    /// The certificates of the file whose key signed it, by their places in the report.
    public var signedBy: [Int] = []
    /// The certificates of the file that it revokes, by their places in the report.
    public var revokes: [Int] = []
    /// SHA-256 of the DER, hexadecimal.
    public var sha256: String
    /// What is wrong with the encoding.
    public var defects: [CertificateDefect]

    /// A certificate that is revoked.
    public struct Entry: Hashable, Sendable, Codable {
        /// Its serial number, upper-case hexadecimal.
        public var serial: String
        /// Since when.
        public var date: CertificateTime
    }

    /// As many entries are kept; a list may have a hundred thousand.
    static let shownEntries = 20
}

extension RevocationListFacts {
    /// ```
    /// CertificateList ::= SEQUENCE { tbsCertList SEQUENCE {
    ///      version INTEGER OPTIONAL, signature AlgorithmIdentifier, issuer Name, thisUpdate Time, nextUpdate Time OPTIONAL,
    ///      revokedCertificates SEQUENCE OF SEQUENCE { userCertificate INTEGER, revocationDate Time, … } OPTIONAL,
    ///      crlExtensions [0] EXPLICIT Extensions OPTIONAL }, signatureAlgorithm, signature BIT STRING }
    /// ```
    init(reading der: [UInt8]) throws(DERError) {
        var defects: [CertificateDefect] = []
        var file = DERReader(der[...])
        var outer = try file.inside("a list of revoked certificates")
        try file.finish("the list of revoked certificates")
        var list = try outer.inside("the part of the list that is signed")
        version = list.nextTag == DERTag.integer ? try list.smallInteger("the version") + 1 : 1
        _ = try list.element(tag: DERTag.sequence, "the signature algorithm")
        issuer = try DistinguishedName(parsing: &list, "issuer", defects: &defects)
        thisUpdate = CertificateTime(try list.element("thisUpdate"), "thisUpdate", defects: &defects)
        nextUpdate = nil
        if let tag = list.nextTag, tag == DERTag.utcTime || tag == DERTag.generalizedTime {
            nextUpdate = CertificateTime(try list.element("nextUpdate"), "nextUpdate", defects: &defects)
        }
        count = 0
        entries = []
        if var revoked = try list.element(ifTag: DERTag.sequence, "the revoked certificates").map(DERReader.init) {
            while !revoked.isAtEnd {
                var entry = try revoked.inside("a revoked certificate")
                count += 1
                guard count <= Self.shownEntries else { continue }
                let serial = try entry.element(tag: DERTag.integer, "a serial number")
                let date = try entry.element("the date of a revocation")
                entries.append(
                    Entry(
                        serial: hex(serial.content.drop { $0 == 0 }).uppercased(),
                        date: CertificateTime(date, "revocationDate", defects: &defects)
                    )
                )
            }
        }
        number = nil
        authorityKeyIdentifier = nil
        isDelta = false
        isPartial = false
        if var explicit = try list.element(ifTag: DERTag.constructed(0), "the extensions").map(DERReader.init) {
            var items = try explicit.inside("the extensions")
            for item in try CertificateExtension.list(&items, defects: &defects) {
                var value = DERReader(item.value[...])
                switch item.oid.dotted {
                case "2.5.29.20":
                    number = hex(try value.element(tag: DERTag.integer, "the number of the list").content).uppercased()
                case "2.5.29.27": isDelta = true
                case "2.5.29.28": isPartial = true
                case "2.5.29.35":
                    var identifier = try value.inside("the identifier of the issuer's key")
                    authorityKeyIdentifier = try identifier.element(ifTag: DERTag.context(0), "the identifier")
                        .map { hex($0.content) }
                default: break
                }
            }
        }
        try list.finish("the extensions")
        signatureAlgorithm = try SignatureAlgorithm(outer.element(tag: DERTag.sequence, "the signature algorithm"))
        _ = try outer.bitString("the signature")
        try outer.finish("the signature")
        sha256 = FileContents.sha256(der)
        self.defects = defects
    }
}

extension RevocationListFacts: Codable {
    private enum CodingKeys: CodingKey {
        case issuer, version, number, signatureAlgorithm, thisUpdate, nextUpdate, count, entries, authorityKeyIdentifier
        case isDelta, isPartial, signedBy, revokes, sha256, defects
    }

    /// All keys, `null` for what it doesn't say.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(issuer, forKey: .issuer)
        try container.encode(version, forKey: .version)
        try container.encode(number, forKey: .number)
        try container.encode(signatureAlgorithm, forKey: .signatureAlgorithm)
        try container.encode(thisUpdate, forKey: .thisUpdate)
        try container.encode(nextUpdate, forKey: .nextUpdate)
        try container.encode(count, forKey: .count)
        try container.encode(entries, forKey: .entries)
        try container.encode(authorityKeyIdentifier, forKey: .authorityKeyIdentifier)
        try container.encode(isDelta, forKey: .isDelta)
        try container.encode(isPartial, forKey: .isPartial)
        try container.encode(signedBy, forKey: .signedBy)
        try container.encode(revokes, forKey: .revokes)
        try container.encode(sha256, forKey: .sha256)
        try container.encode(defects, forKey: .defects)
    }
}
