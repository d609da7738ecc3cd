/// What is wrong, on purpose, with a record in CBC mode, to see whether its receiver tells one fault from another.
///
/// RFC 5246 section 6.2.3.2 has the padding checked byte by byte, and every fault answered alike. Padding that nobody checks is
/// POODLE over TLS (CVE-2014-8730); answers that differ make an oracle (Vaudenay 2002; Merget and others: Scalable Scanning and
/// Automatic Classification of TLS Padding Oracle Vulnerabilities, 2019, section 3).
public enum RecordFlaw: String, Hashable, Sendable, CaseIterable {
    /// The MAC is wrong, and the padding right.
    case wrongMAC
    /// The MAC is right, and a byte of the padding wrong.
    case wrongPadding
    /// The padding claims to be longer than the record, which leaves no room for a MAC.
    case overlongPadding
    /// A record without content, whose MAC is wrong.
    case wrongMACEmpty
    /// A record without content, whose padding is wrong.
    case wrongPaddingEmpty

    /// Whether the record has no content.
    public var isEmpty: Bool { self == .wrongMACEmpty || self == .wrongPaddingEmpty }
}
