import TLSParameters

/// An address of plain HTTP, as certificates name responders and lists (RFC 5280 §4.2.1.13, RFC 6960 §A.1).
struct PlainURL: Hashable, Sendable {
    /// The longest one that is believed.
    private static let limit = 2_048

    /// The server.
    var server: Target
    /// The path and the query.
    var path: String

    /// Why an address is not asked.
    struct Refusal: Error {
        var text: String
    }

    /// Reads what somebody else wrote.
    init(_ text: PeerText) throws(Refusal) {
        guard text.bytes.count <= Self.limit else { throw Refusal(text: "the address is longer than 2 KiB") }
        guard text.bytes.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw Refusal(text: "the address has characters that no URL has")
        }
        let whole = String(decoding: text.bytes, as: UTF8.self)
        guard let mark = whole.firstRange(of: "://") else { throw Refusal(text: "the address is no URL") }
        let scheme = whole[..<mark.lowerBound].lowercased()
        guard scheme == "http" else {
            // https would need a judgement of its own first, which might need this one (RFC 5280 §8).
            throw Refusal(text: "only plain http is fetched")
        }
        let rest = whole[mark.upperBound...].prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let tail = rest[authority.endIndex...]
        path = tail.hasPrefix("/") ? String(tail) : "/" + tail
        guard !authority.contains("@") else { throw Refusal(text: "the address names a user") }
        do {
            server = try Target(parsing: String(authority), defaultPort: 80)
        } catch {
            throw Refusal(text: "the address names no host that can be dialled")
        }
        guard case .network = server.place else { throw Refusal(text: "the address names no host that can be dialled") }
    }
}
