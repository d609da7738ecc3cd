import SecureChannel
import TLSParameters

/// What a user wants otherwise in a client's hello, and of the handshakes after it.
public struct HelloSettings: Sendable {
    /// Extensions to add: `TYPE:HEX` each, the type by name or number.
    public var added: [String] = []
    /// Extensions to leave out, by name or number.
    public var omitted: [String] = []
    /// The longest fragment to ask for, in bytes; nil asks for nothing.
    public var maximumFragment: Int?
    /// Whether the first hello has the format of SSL 2.0.
    public var usesSSL2Format = false
    /// Whether every renegotiation is refused.
    public var refusesRenegotiation = false

    /// The names that ``omitted`` may have.
    public static var omissibleNames: [String] { HelloChanges.omissible.map(\.name) }

    /// A hello as libssl makes it.
    public init() {}

    /// Writes what the user asked for into a credential.
    ///
    /// - Throws: `RequestProblem` that names the option and what was not understood.
    func apply(to credential: inout Credential) throws(RequestProblem) {
        credential.refusesRenegotiation = refusesRenegotiation
        credential.hello.usesSSL2Format = usesSSL2Format
        if usesSSL2Format {
            credential.notes.append("a hello of SSL 2.0's format has no room for a server name or other extensions")
        }
        for text in added { credential.hello.added.append(try Self.addition(text)) }
        for name in omitted {
            guard let type = ExtensionType(named: name), HelloChanges.omissible.contains(type) else {
                throw RequestProblem(
                    reason: "--no-ext: '\(name)' is no extension that libssl can leave out",
                    hint: "name one of \(Self.omissibleNames.joined(separator: ", "))"
                )
            }
            credential.hello.omitted.insert(type)
        }
        if let maximumFragment {
            guard HelloChanges.fragmentLengths.contains(maximumFragment) else {
                throw RequestProblem(
                    reason: "--max-fragment: \(maximumFragment) is not a length that can be asked for",
                    hint: "write 512, 1024, 2048 or 4096"
                )
            }
            credential.hello.maximumFragmentLength = maximumFragment
        }
    }

    private static func addition(_ text: String) throws(RequestProblem) -> HelloChanges.Extension {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let type = ExtensionType(named: parts[0]) ?? UInt16(parts[0]).map(ExtensionType.init(rawValue:))
        guard parts.count == 2, let type else {
            throw RequestProblem(
                reason: "--send-ext: '\(text)' is not TYPE:HEX",
                hint:
                    "write a type and its content, as in 0xffce:00 or 65486:00; nothing after the colon sends an empty one"
            )
        }
        // RFC 8446 section 4.1.2: all extensions of a hello share 65535 bytes; the longest hello is far from that.
        guard let content = HexBytes(hex: parts[1])?.bytes, content.count <= 16_384 else {
            throw RequestProblem(
                reason: "--send-ext: the content of \(type.name) is not hexadecimal, or more than 16384 bytes",
                hint: "write two digits a byte, as in 0xffce:00"
            )
        }
        return HelloChanges.Extension(type, content: content)
    }
}
