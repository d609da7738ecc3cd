/// Where DER stopped being what it should be.
package struct DERError: Error, Hashable, Sendable {
    /// Bytes from the start of the outermost structure.
    package let offset: Int
    /// What is wrong there, lower case.
    package let text: String

    package init(_ text: String, at offset: Int) {
        self.text = text
        self.offset = offset
    }
}

/// One tag, length and value of DER (X.690 §8.1). Slices keep their indices, so `startIndex` is the offset in the whole.
package struct DERElement {
    package let tag: UInt8
    package let content: ArraySlice<UInt8>
    /// Tag, length and content.
    package let whole: ArraySlice<UInt8>
}

/// The tags that certificates use.
package enum DERTag {
    package static let boolean: UInt8 = 0x01
    package static let integer: UInt8 = 0x02
    package static let bitString: UInt8 = 0x03
    package static let octetString: UInt8 = 0x04
    package static let null: UInt8 = 0x05
    package static let objectIdentifier: UInt8 = 0x06
    package static let utf8String: UInt8 = 0x0C
    package static let printableString: UInt8 = 0x13
    package static let ia5String: UInt8 = 0x16
    package static let utcTime: UInt8 = 0x17
    package static let generalizedTime: UInt8 = 0x18
    package static let sequence: UInt8 = 0x30
    package static let set: UInt8 = 0x31

    /// `[number]`, primitive.
    package static func context(_ number: UInt8) -> UInt8 { 0x80 | number }
    /// `[number]`, constructed.
    package static func constructed(_ number: UInt8) -> UInt8 { 0xA0 | number }
}

/// A bounded cursor over DER. A child never reads past its parent, and every error says at which byte.
///
/// Lengths that are longer than necessary are let through, because a diagnostic tool must show the certificates that others
/// accept; indefinite lengths and tag numbers above 30 don't occur in certificates and are errors.
package struct DERReader {
    package private(set) var rest: ArraySlice<UInt8>

    package init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    package init(_ element: DERElement) {
        rest = element.content
    }

    package var isAtEnd: Bool { rest.isEmpty }
    package var offset: Int { rest.startIndex }
    /// The next tag without consuming it.
    package var nextTag: UInt8? { rest.first }

    /// The next element, whatever it is. `what` names it in errors.
    package mutating func element(_ what: String) throws(DERError) -> DERElement {
        let start = rest.startIndex
        var cursor = rest
        guard let tag = cursor.popFirst() else { throw DERError("expected \(what), but the bytes end", at: start) }
        guard tag & 0x1F != 0x1F else { throw DERError("expected \(what), not a tag number above 30", at: start) }
        guard let first = cursor.popFirst() else {
            throw DERError("the length of \(what) is missing", at: start)
        }
        var length = Int(first)
        if first & 0x80 != 0 {
            let count = Int(first & 0x7F)
            guard count > 0 else { throw DERError("\(what) has an indefinite length", at: start + 1) }
            // Four bytes say 4 GiB, which no input here reaches; leading zeros are let through.
            length = 0
            for _ in 0..<count {
                guard let byte = cursor.popFirst() else {
                    throw DERError("the length of \(what) is cut off", at: start)
                }
                guard length < 1 << 23 else { throw DERError("the length of \(what) is absurd", at: start + 1) }
                length = length << 8 | Int(byte)
            }
        }
        guard length <= cursor.count else {
            throw DERError("\(what) says it has \(length) bytes, but only \(cursor.count) are left", at: start)
        }
        let end = cursor.startIndex + length
        let whole = rest[start..<end]
        rest = rest[end...]
        return DERElement(tag: tag, content: cursor[..<end], whole: whole)
    }

    /// The next element, which must have this tag.
    package mutating func element(tag: UInt8, _ what: String) throws(DERError) -> DERElement {
        guard let next = nextTag else { throw DERError("expected \(what), but the bytes end", at: offset) }
        guard next == tag else {
            throw DERError("expected \(what) (tag 0x\(hex(tag))), found tag 0x\(hex(next))", at: offset)
        }
        return try element(what)
    }

    /// The next element if it has this tag.
    package mutating func element(ifTag tag: UInt8, _ what: String) throws(DERError) -> DERElement? {
        nextTag == tag ? try element(what) : nil
    }

    /// A cursor over what is inside the next element, which must have this tag.
    package mutating func inside(tag: UInt8 = DERTag.sequence, _ what: String) throws(DERError) -> DERReader {
        DERReader(try element(tag: tag, what))
    }

    /// Nothing may be left over.
    package func finish(_ what: String) throws(DERError) {
        guard isAtEnd else { throw DERError("\(rest.count) unexpected bytes after \(what)", at: offset) }
    }

    /// A BOOLEAN. DER allows 0x00 and 0xFF only (X.690 §11.1); every other value but 0 is read as true.
    package mutating func boolean(_ what: String) throws(DERError) -> Bool {
        let element = try element(tag: DERTag.boolean, what)
        guard element.content.count == 1, let byte = element.content.first else {
            throw DERError("\(what) is not one byte", at: element.content.startIndex)
        }
        return byte != 0
    }

    /// The content of a BIT STRING: the number of unused bits (0–7) and the bytes.
    package mutating func bitString(_ what: String) throws(DERError) -> (unused: Int, bytes: ArraySlice<UInt8>) {
        let element = try element(tag: DERTag.bitString, what)
        guard let unused = element.content.first, unused <= 7, element.content.count > 1 || unused == 0 else {
            throw DERError("\(what) has a bad count of unused bits", at: element.content.startIndex)
        }
        return (Int(unused), element.content.dropFirst())
    }

    /// An INTEGER that fits into a non-negative `Int`.
    package mutating func smallInteger(_ what: String) throws(DERError) -> Int {
        let element = try element(tag: DERTag.integer, what)
        guard let first = element.content.first, first & 0x80 == 0, element.content.count <= 5 else {
            throw DERError("\(what) is not a small whole number", at: element.content.startIndex)
        }
        return element.content.reduce(0) { $0 << 8 | Int($1) }
    }

    /// An object identifier.
    package mutating func oid(_ what: String) throws(DERError) -> OID {
        OID(encoded: Array(try element(tag: DERTag.objectIdentifier, what).content))
    }
}
