public import TLSParameters

/// A distinguished name: a sequence of sets of attributes (RFC 5280 §4.1.2.4), in the order of the certificate.
public struct DistinguishedName: Hashable, Sendable {
    /// One attribute, such as `CN=example.com`.
    public struct Attribute: Hashable, Sendable, Codable {
        /// The short name (`CN`), or the dotted object identifier where there is none.
        public let type: String
        /// The object identifier.
        public let oid: OID
        /// The text in UTF-8, every byte of it, NUL included; `#` and hexadecimal DER for a value that is no string.
        public let value: PeerText

        /// An attribute of that type, with its value in UTF-8.
        public init(oid: OID, value: PeerText) {
            self.oid = oid
            type = OID.attributeNames[oid.dotted] ?? oid.dotted
            self.value = value
        }
    }

    /// The relative names in the certificate's order (usually country first); almost always one attribute each.
    public let relativeNames: [[Attribute]]
    /// The DER of the whole name, for comparisons.
    public let der: [UInt8]

    /// True for the empty name, which is legal for a subject with alternative names.
    public var isEmpty: Bool { relativeNames.isEmpty }

    /// The values of all attributes of that type, such as `CN`, in order.
    public func values(of type: String) -> [PeerText] {
        relativeNames.joined().filter { $0.type == type }.map(\.value)
    }

    /// The most specific common name, if any.
    public var commonName: PeerText? { values(of: "CN").last }

    /// One line in the manner of RFC 4514: most specific first, `CN=example.com,O=Example,C=US`, special characters
    /// escaped, empty for the empty name.
    public var text: PeerText {
        var line: [UInt8] = []
        for relativeName in relativeNames.reversed() {
            if !line.isEmpty { line.append(UInt8(ascii: ",")) }
            for (index, attribute) in relativeName.enumerated() {
                if index > 0 { line.append(UInt8(ascii: "+")) }
                line += Array(attribute.type.utf8) + [UInt8(ascii: "=")]
                line += Self.escaped(attribute.value.bytes)
            }
        }
        return PeerText(bytes: line)
    }

    /// RFC 4514 §2.4: special characters after a backslash, NUL as `\00`. Other controls stay; showing them safely is the
    /// business of `PeerText`.
    private static func escaped(_ value: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(value.count)
        for (index, byte) in value.enumerated() {
            switch byte {
            case 0:
                out += Array("\\00".utf8)
            case UInt8(ascii: ","), UInt8(ascii: "+"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "<"),
                UInt8(ascii: ">"), UInt8(ascii: ";"):
                out += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: " ") where index == 0 || index == value.count - 1:
                out += [UInt8(ascii: "\\"), byte]
            default:
                out.append(byte)
            }
        }
        return out
    }
}

extension DistinguishedName: Codable {
    private enum CodingKeys: CodingKey {
        case text
        case relativeNames
    }

    /// `{"text": …, "relativeNames": [[{"type": …, "oid": …, "value": …}]]}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(text, forKey: .text)
        try container.encode(relativeNames, forKey: .relativeNames)
    }

    /// From the attributes; the DER is not in the encoded form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        relativeNames = try container.decode([[Attribute]].self, forKey: .relativeNames)
        der = []
    }
}

extension DistinguishedName {
    /// ```
    /// Name ::= SEQUENCE OF SET OF SEQUENCE { type OBJECT IDENTIFIER, value ANY }
    /// ```
    init(parsing reader: inout DERReader, _ what: String, defects: inout [CertificateDefect]) throws(DERError) {
        let whole = try reader.element(tag: DERTag.sequence, what)
        var names = DERReader(whole)
        var relativeNames: [[Attribute]] = []
        while !names.isAtEnd {
            var set = try names.inside(tag: DERTag.set, "a relative name of the \(what)")
            var attributes: [Attribute] = []
            while !set.isAtEnd {
                var attribute = try set.inside("an attribute of the \(what)")
                let oid = try attribute.oid("the type of an attribute of the \(what)")
                let value = try attribute.element("the value of an attribute of the \(what)")
                try attribute.finish("an attribute of the \(what)")
                let text = ASN1Text.utf8(value)
                if let problem = text.problem {
                    defects.append(
                        CertificateDefect(field: what, text: problem, offset: value.whole.startIndex)
                    )
                }
                attributes.append(Attribute(oid: oid, value: PeerText(bytes: text.bytes)))
            }
            relativeNames.append(attributes)
        }
        self.init(relativeNames: relativeNames, der: Array(whole.whole))
    }
}
