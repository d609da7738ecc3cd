/// Makes DER. Only as much as our own certificates need.
package enum DERWriter {
    /// Tag, length and content.
    package static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        var length: [UInt8] = []
        if content.count < 0x80 {
            length = [UInt8(content.count)]
        } else {
            var left = content.count
            while left > 0 {
                length.insert(UInt8(left & 0xFF), at: 0)
                left >>= 8
            }
            length.insert(0x80 | UInt8(length.count), at: 0)
        }
        return [tag] + length + content
    }

    /// A SEQUENCE of ready elements.
    package static func sequence(_ elements: [UInt8]...) -> [UInt8] {
        element(DERTag.sequence, Array(elements.joined()))
    }

    /// An object identifier.
    package static func oid(_ oid: OID) -> [UInt8] {
        element(DERTag.objectIdentifier, oid.encoded)
    }

    /// A BIT STRING; `unused` bits at the end don't count.
    package static func bitString(_ bytes: [UInt8], unused: UInt8 = 0) -> [UInt8] {
        element(DERTag.bitString, [unused] + bytes)
    }

    /// A UTCTime up to 2049, a GeneralizedTime after (RFC 5280 §4.1.2.5).
    package static func time(_ unixSeconds: Int64) -> [UInt8] {
        let isUTCTime = (-631_152_000..<2_524_608_000).contains(unixSeconds)
        guard isUTCTime else { return generalizedTime(unixSeconds) }
        return element(DERTag.utcTime, Array(digits(unixSeconds).dropFirst(2)))
    }

    /// A GeneralizedTime, whatever the year.
    package static func generalizedTime(_ unixSeconds: Int64) -> [UInt8] {
        element(DERTag.generalizedTime, digits(unixSeconds))
    }

    /// `YYYYMMDDHHMMSSZ`
    private static func digits(_ unixSeconds: Int64) -> [UInt8] {
        CivilTime(unixSeconds: unixSeconds).text.utf8.filter { (0x30...0x39).contains($0) } + [0x5A]
    }

    /// A name with one attribute in each relative name.
    package static func name(_ attributes: [(type: OID, tag: UInt8, value: [UInt8])]) -> [UInt8] {
        element(
            DERTag.sequence,
            attributes.flatMap { attribute in
                element(DERTag.set, sequence(oid(attribute.type), element(attribute.tag, attribute.value)))
            }
        )
    }

    /// An extension around the DER of its value.
    package static func `extension`(_ type: OID, critical: Bool, _ value: [UInt8]) -> [UInt8] {
        sequence(
            oid(type),
            critical ? element(DERTag.boolean, [0xFF]) : [],
            element(DERTag.octetString, value)
        )
    }
}
