public import TLSParameters

/// One alternative name (RFC 5280 §4.2.1.6), as written: names for matching are libcrypto's business, not this text's.
public struct GeneralName: Hashable, Sendable, Codable {
    /// Which kind of name. An open set.
    public struct Kind: RawRepresentable, Hashable, Sendable, Codable {
        /// The stable spelling.
        public let rawValue: String

        /// A kind of that spelling.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// A DNS name, perhaps with a wildcard.
        public static let dns = Self(rawValue: "dns")
        /// An IPv4 or IPv6 address (or, in name constraints, a network).
        public static let ip = Self(rawValue: "ip")
        /// A mail address.
        public static let email = Self(rawValue: "email")
        /// A URI.
        public static let uri = Self(rawValue: "uri")
        /// A distinguished name.
        public static let directoryName = Self(rawValue: "directoryName")
        /// An object identifier.
        public static let registeredID = Self(rawValue: "registeredID")
        /// A name of a type of its own (`otherName`), shown as its object identifier and hexadecimal DER.
        public static let other = Self(rawValue: "other")
    }

    /// Which kind of name.
    public let kind: Kind
    /// The name as text. An address has its usual form; one of a wrong length is hexadecimal after `#`.
    public let value: PeerText

    /// A name of that kind.
    public init(kind: Kind, value: PeerText) {
        self.kind = kind
        self.value = value
    }

    private enum CodingKeys: String, CodingKey {
        case kind = "type"
        case value
    }
}

extension GeneralName {
    /// ```
    /// GeneralName ::= CHOICE {
    ///      otherName [0], rfc822Name [1] IA5String, dNSName [2] IA5String, x400Address [3], directoryName [4] Name,
    ///      ediPartyName [5], uniformResourceIdentifier [6] IA5String, iPAddress [7] OCTET STRING, registeredID [8] }
    /// ```
    init(parsing reader: inout DERReader, field: String, defects: inout [CertificateDefect]) throws(DERError) {
        let element = try reader.element("a name in \(field)")
        let content = Array(element.content)
        func defect(_ text: String) -> CertificateDefect {
            CertificateDefect(field: field, text: text, offset: element.whole.startIndex)
        }
        switch element.tag {
        case DERTag.context(1), DERTag.context(2), DERTag.context(6):
            kind = element.tag == DERTag.context(1) ? .email : element.tag == DERTag.context(2) ? .dns : .uri
            value = PeerText(bytes: content)
            if content.contains(0) {
                defects.append(defect("a name holds a NUL"))
            } else if content.contains(where: { $0 < 0x20 || $0 > 0x7E }) {
                defects.append(defect("a name holds bytes that are not printable ASCII"))
            }
        case DERTag.context(7):
            kind = .ip
            if let text = IPAddress.text(content) {
                value = PeerText(text)
            } else {
                value = PeerText("#\(hex(content))")
                defects.append(defect("an IP address has \(content.count) bytes, not 4 or 16"))
            }
        case DERTag.constructed(4):
            kind = .directoryName
            var inner = DERReader(element)
            value = try DistinguishedName(parsing: &inner, field, defects: &defects).text
            try inner.finish("a directory name in \(field)")
        case DERTag.context(8):
            kind = .registeredID
            value = PeerText(OID(encoded: content).dotted)
        case DERTag.constructed(0):
            kind = .other
            var inner = DERReader(element)
            let oid = try inner.oid("the type of another name in \(field)")
            value = PeerText("\(oid.dotted):#\(hex(inner.rest))")
        default:
            kind = .other
            value = PeerText("#\(hex(element.whole))")
        }
    }

    /// `GeneralNames ::= SEQUENCE OF GeneralName`, already opened.
    static func all(
        in reader: inout DERReader,
        field: String,
        defects: inout [CertificateDefect]
    ) throws(DERError) -> [GeneralName] {
        var names: [GeneralName] = []
        while !reader.isAtEnd {
            names.append(try GeneralName(parsing: &reader, field: field, defects: &defects))
        }
        return names
    }
}
