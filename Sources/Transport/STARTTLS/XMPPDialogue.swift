/// XMPP: stream header, features, `<starttls/>`, `<proceed/>` (RFC 6120 §5.4).
///
/// Tags are told by their local names: servers choose prefixes, quotes and spaces as they like.
struct XMPPDialogue: Dialogue {
    private enum Phase {
        case header
        case features
        case request
    }

    private let domain: String
    private let namespace: String
    private var phase = Phase.header
    private var offers = false
    /// Inside `<stream:error>` or `<failure>`: the condition's tag comes next.
    private var complaint: [UInt8]?

    /// `domain` is the service that is asked for; what would end the attribute, or is no character of XML, is left out.
    init(isServer: Bool, domain: String) {
        // Scalar by scalar: a combining mark makes another Character of a '<', and the same byte stays.
        let scalars = domain.unicodeScalars.filter { scalar in
            !"<>&'\"".unicodeScalars.contains(scalar) && scalar.properties.generalCategory != .control
        }
        self.domain = String(String.UnicodeScalarView(scalars))
        namespace = isServer ? "jabber:server" : "jabber:client"
    }

    func opening() -> [UInt8] {
        Array(
            "<?xml version='1.0'?><stream:stream xmlns='\(namespace)' xmlns:stream='http://etherx.jabber.org/streams' to='\(domain)' version='1.0'>"
                .utf8
        )
    }

    mutating func next(_ input: inout DialogueInput) -> DialogueStep {
        switch XMLTag.next(&input) {
        case .incomplete: .needsMore
        case .text: .goesOn([])
        case .malformed: .malformed("that is no XML", Array(input.bytes.prefix(256)))
        case .tag(let tag): answer(tag)
        }
    }

    private mutating func answer(_ tag: XMLTag) -> DialogueStep {
        if let complaint { return condition(tag, complaint) }
        if tag.name == "error" || tag.name == "failure" && phase == .request, !tag.isEnd {
            complaint = tag.bytes
            return tag.isEmpty ? condition(tag, []) : .goesOn([])
        }
        if tag.name == "stream", tag.isEnd { return .malformed("the server ended the stream", tag.bytes) }
        switch phase {
        case .header:
            if tag.name == "?xml" { return .goesOn([]) }
            guard tag.name == "stream", !tag.isEnd else { return .malformed("that is no stream of XMPP", tag.bytes) }
            phase = .features
        case .features:
            if tag.name == "starttls", !tag.isEnd { offers = true }
            guard tag.name == "features", tag.isEnd || tag.isEmpty else { break }
            guard offers else { return .refused("the server does not offer STARTTLS") }
            phase = .request
            return .goesOn(Array("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>".utf8))
        case .request:
            // <proceed></proceed> is <proceed/>: its end belongs to the go-ahead.
            if tag.name == "proceed", tag.isEnd || tag.isEmpty { return .goAhead }
        }
        return .goesOn([])
    }

    /// What a stream error (RFC 6120 §4.9.3) or a failure says, by its first child.
    private func condition(_ tag: XMLTag, _ before: [UInt8]) -> DialogueStep {
        let said = before + tag.bytes
        switch tag.name {
        case "resource-constraint", "system-shutdown", "reset", "connection-timeout": return .busy(said)
        default:
            return .refused(phase == .request ? "the server refuses STARTTLS" : "the server ends the stream", said)
        }
    }
}

/// One tag of an XML document.
struct XMLTag: Hashable, Sendable {
    /// The local name, without a prefix; of a processing instruction with its question mark.
    var name: String
    /// `</name>`.
    var isEnd: Bool
    /// `<name/>`.
    var isEmpty: Bool
    /// All of it, brackets included.
    var bytes: [UInt8]

    enum Outcome: Sendable {
        case incomplete
        /// Text between tags was taken.
        case text
        case tag(XMLTag)
        case malformed
    }

    /// Takes the next tag, or the text before it. A quoted attribute may hold a '>'.
    static func next(_ input: inout DialogueInput) -> Outcome {
        guard let first = input.bytes.first else { return .incomplete }
        guard first == UInt8(ascii: "<") else {
            // Text has no '>' of its own that matters; before the first tag only white space is allowed, and harmless.
            let text = input.bytes.prefix { $0 != UInt8(ascii: "<") }
            guard text.allSatisfy({ $0 >= 0x20 || [0x09, 0x0a, 0x0d].contains($0) }) else { return .malformed }
            _ = input.take(text.count)
            return .text
        }
        var quote: UInt8?
        for (index, byte) in input.bytes.enumerated() {
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            } else if byte == UInt8(ascii: "<"), index > 0 {
                return .malformed
            } else if byte == UInt8(ascii: ">") {
                return input.take(index + 1).map { .tag(XMLTag($0)) } ?? .incomplete
            }
        }
        return .incomplete
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var inner = bytes.dropFirst().dropLast()
        isEnd = inner.first == UInt8(ascii: "/")
        if isEnd { inner = inner.dropFirst() }
        isEmpty = !isEnd && inner.last == UInt8(ascii: "/")
        if isEmpty { inner = inner.dropLast() }
        let name = inner.prefix { $0 > 0x20 }
        let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[name.index(after: $0)...] } ?? name
        self.name = String(decoding: local, as: UTF8.self)
    }
}
