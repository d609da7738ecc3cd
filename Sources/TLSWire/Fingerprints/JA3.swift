import TLSParameters

/// JA3: what a TLS client offers, in the order in which it offers it.
///
/// Numbers in decimal, `-` between them and `,` between five fields: the hello's version field, suites, extensions,
/// groups, point formats; GREASE is left out. Clients that shuffle their extensions have as many JA3s as orders; ``JA4``
/// is the newer kind. Source: the public description at github.com/salesforce/ja3.
public struct JA3: Hashable, Sendable {
    /// The five fields.
    public let text: String
    /// Their MD5, 32 lower-case hexadecimal digits: what people call the JA3.
    public let hash: String

    /// The fingerprint of a hello; a malformed list of groups or formats counts as an empty one.
    public init(_ hello: ClientHello) {
        let formats = (try? hello.extensions?.decode(ECPointFormats.self))?.formats ?? []
        text = [
            String(hello.legacyVersion.rawValue),
            list(hello.cipherSuites.lazy.filter { !$0.isGREASE }.map(\.rawValue)),
            list((hello.extensions ?? []).lazy.map(\.type).filter { !$0.isGREASE }.map(\.rawValue)),
            list(hello.groups.lazy.filter { !$0.isGREASE }.map(\.rawValue)),
            list(formats.lazy.map(\.rawValue)),
        ].joined(separator: ",")
        hash = MD5.hexDigest(of: text)
    }
}

/// JA3S: what a server chose from one client's hello, and so a fingerprint of the pair.
///
/// Three fields: the ServerHello's version field, suite, extensions. Source as for ``JA3``.
public struct JA3S: Hashable, Sendable {
    /// The three fields.
    public let text: String
    /// Their MD5, 32 lower-case hexadecimal digits.
    public let hash: String

    /// The fingerprint of a ServerHello.
    public init(_ hello: ServerHello) {
        text = [
            String(hello.legacyVersion.rawValue),
            String(hello.cipherSuite.rawValue),
            list((hello.extensions ?? []).lazy.map(\.type.rawValue)),
        ].joined(separator: ",")
        hash = MD5.hexDigest(of: text)
    }
}

private func list(_ numbers: some Sequence<some UnsignedInteger>) -> String {
    numbers.map { String($0) }.joined(separator: "-")
}
