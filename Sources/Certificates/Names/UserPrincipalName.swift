public import TLSParameters

extension Certificate {
    /// The user principal names among the alternative names: Microsoft's `otherName` of type 1.3.6.1.4.1.311.20.2.3, a UTF-8
    /// string, as domain controllers map certificates by. One that is no string is left out.
    public var userPrincipalNames: [PeerText] {
        subjectAlternativeNames.compactMap { name in
            let lead = "1.3.6.1.4.1.311.20.2.3:#"
            let text = name.value.encoded(for: .json)
            guard name.kind == .other, text.hasPrefix(lead) else { return nil }
            // The value stands in a context tag of its own: [0] EXPLICIT ANY (RFC 5280 §4.2.1.6).
            guard let der = bytes(hex: text.dropFirst(lead.count)) else { return nil }
            var reader = DERReader(der[...])
            guard var inner = try? reader.inside(tag: DERTag.constructed(0), "a user principal name"),
                let value = try? inner.element(tag: DERTag.utf8String, "a user principal name")
            else { return nil }
            return PeerText(bytes: value.content)
        }
    }
}

/// Bytes from the hexadecimal digits that `hex(_:)` writes; nil for anything else.
private func bytes(hex text: Substring) -> [UInt8]? {
    let digits = text.compactMap(\.hexDigitValue)
    guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
