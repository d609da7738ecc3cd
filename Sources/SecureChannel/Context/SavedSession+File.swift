import Certificates
import TLSParameters

extension SavedSession {
    private static let label = "SSL SESSION PARAMETERS"
    private static let classicLabel = "SECHAN CLASSIC SESSION"
    private static let stapleLabel = "OCSP RESPONSE"
    private static let nameLine = "Server name: "

    /// The session as a text file: lines for a person, then the PEM block that `openssl s_client -sess_in` reads, then the
    /// peer's chain and what was stapled to it, since a resumed handshake shows neither. Holds secrets.
    public var fileText: String {
        func text(_ seconds: Int64) -> String { CertificateTime(unixSeconds: seconds).text }
        var lines = [
            "TLS session, saved by sechan. Whoever has it can resume it: keep it as you keep a key.",
            "Protocol: \(version.name)",
        ]
        if let name = suite?.name ?? kind?.name { lines.append("Suite: \(name)") }
        lines.append("Resumption: by \(mechanism.rawValue)")
        if let serverName { lines.append(Self.nameLine + PeerText(serverName).encoded(for: .terminal)) }
        if let applicationProtocol { lines.append("ALPN: \(applicationProtocol.encoded(for: .terminal))") }
        lines.append("Created: \(text(created))")
        lines.append("Expires: \(text(expires))")
        if maximumEarlyData > 0 { lines.append("Early data: at most \(maximumEarlyData) bytes") }
        return lines.joined(separator: "\n") + "\n"
            + PEM.encode(bytes, label: isClassic ? Self.classicLabel : Self.label)
            + peerChain.map { PEM.encode($0, label: "CERTIFICATE") }.joined()
            + (staple.map { PEM.encode($0, label: Self.stapleLabel) } ?? "")
    }

    /// Reads what ``fileText`` or `openssl s_client -sess_out` wrote, or the bare ASN.1 of `openssl sess_id -outform DER`.
    ///
    /// - Throws: `bad-session` for what holds no session, more than one, or one that this libssl can't read.
    public init(file: [UInt8]) throws(CredentialError) {
        guard PEM.isPEM(file) else {
            guard let session = SavedSession(bytes: file) else {
                throw CredentialError(.badSession, "there is no TLS session in it")
            }
            self = session
            return
        }
        let blocks: [PEM.Block]
        let passedOver: [String]
        do {
            (blocks, passedOver) = try PEM.blocks(in: file) {
                $0 == Self.label || $0 == Self.classicLabel || $0 == "CERTIFICATE" || $0 == Self.stapleLabel
            }
        } catch {
            throw CredentialError(.badSession, error.text)
        }
        let sessions = blocks.filter { $0.label == Self.label || $0.label == Self.classicLabel }
        guard let block = sessions.first, sessions.count == 1 else {
            let found = Set(passedOver + blocks.map(\.label)).sorted().joined(separator: ", ")
            throw CredentialError(
                .badSession,
                sessions.isEmpty
                    ? "there is no TLS session in it, but \(PeerText(found).encoded(for: .terminal))"
                    : "there are \(sessions.count) TLS sessions in it, and one is wanted"
            )
        }
        let chain = blocks.filter { $0.label == "CERTIFICATE" }.map(\.bytes)
        let staple = blocks.first { $0.label == Self.stapleLabel }?.bytes
        guard
            let session = SavedSession(
                bytes: block.bytes,
                serverName: Self.name(in: file),
                peerChain: chain,
                staple: staple
            )
        else {
            throw CredentialError(.badSession, "this libssl can't read the TLS session in it")
        }
        self = session
    }

    /// The name in the lines for a person: libssl keeps only one that the server acknowledged.
    private static func name(in file: [UInt8]) -> String? {
        let line = file.split(separator: 0x0A).lazy.prefix { !$0.starts(with: "-----BEGIN ".utf8) }
            .first { $0.starts(with: nameLine.utf8) }
        guard let name = line?.dropFirst(nameLine.utf8.count), (1...255).contains(name.count),
            name.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        return String(decoding: name, as: UTF8.self)
    }
}
