import TLSParameters

/// JARM: what a server answers to ten particular hellos, and so a fingerprint of its TLS stack and configuration.
///
/// Source: the public description and reference implementation at github.com/salesforce/jarm (BSD-3-Clause). Pure:
/// whoever asks the server sends ``probes(serverName:random:)`` and hands the answers to ``fingerprint(of:)``.
public enum JARM {
    /// What the server answered to one probe.
    public enum Answer: Hashable, Sendable {
        /// A ServerHello; a HelloRetryRequest is one as well.
        case serverHello(ServerHello)
        /// Anything else: an alert, were it a warning that a ServerHello follows, a connection closed without a word,
        /// another protocol.
        case empty
    }

    /// The fingerprint of a server that answered none of the probes with a ServerHello.
    public static let emptyFingerprint = String(repeating: "0", count: 62)

    /// The fingerprint of the answers, in the order of the probes: 62 characters. An answer that is missing is an empty one.
    ///
    /// Three characters an answer for suite and version, then half a SHA-256 of all ALPN choices and extensions.
    public static func fingerprint(of answers: [Answer]) -> String {
        let parts = (0..<probeCount).map { Part($0 < answers.count ? answers[$0] : .empty) }
        guard parts.contains(where: { $0.choice != "000" }) else { return emptyFingerprint }
        let rest = SHA256.hexDigest(of: parts.map(\.extensions).joined())
        return parts.map(\.choice).joined() + rest.prefix(32)
    }

    /// How many hellos there are.
    public static let probeCount = 10
}

extension JARM.Answer {
    /// Reads what a server sent, from its first byte on: only the first message counts, be it a warning.
    public init(bytes: [UInt8]) {
        var records = RecordParser()
        var messages = HandshakeAssembler()
        records.append(bytes)
        self = .empty
        while let record = try? records.next(), record.type == .handshake {
            messages.append(record.fragment)
            guard let message = try? messages.next() else { continue }
            if let hello = try? ServerHello(message) { self = .serverHello(hello) }
            return
        }
    }
}

/// What one answer adds to the fingerprint.
private struct Part {
    /// The suite's place in JARM's table in two hexadecimal digits and the version as a letter; "000" for an empty answer.
    var choice = "000"
    /// The ALPN choice and the extensions' types, as the hash wants them.
    var extensions = ""

    init(_ answer: JARM.Answer) {
        guard case .serverHello(let hello) = answer, let version = Self.letter(hello.legacyVersion),
            let alpn = Self.alpn(hello)
        else { return }
        let place = (JARM.suiteTable.firstIndex(of: hello.cipherSuite) ?? JARM.suiteTable.count) + 1
        choice = hexDigits(UInt8(truncatingIfNeeded: place)) + version
        extensions = alpn + (hello.extensions ?? []).map { hexDigits($0.type.rawValue) }.joined(separator: "-")
    }

    /// "a" to "f" by the last digit of the version field, which says TLS 1.2 in TLS 1.3 as well; nil for a version that the
    /// table has no letter for.
    private static func letter(_ version: ProtocolVersion) -> String? {
        let digit = Int(version.rawValue & 0xF)
        let letters = ["a", "b", "c", "d", "e", "f"]
        return digit < letters.count ? letters[digit] : nil
    }

    /// The name that the server chose, "" for none; nil for bytes that aren't UTF-8, which void the answer.
    private static func alpn(_ hello: ServerHello) -> String? {
        guard let found = hello.extensions?.first(.application_layer_protocol_negotiation) else { return "" }
        guard !found.data.isEmpty else { return nil }
        // Two bytes of the list's length and one of the first name's; whatever follows is taken for the name.
        return String(validating: found.data.dropFirst(3), as: UTF8.self)
    }
}
