import SecureChannel
import TLSParameters

extension RunStatus {
    /// What libssl objected to, named: its own words say which rule was broken, and not by what. Nil where its words have to
    /// do.
    static func weakness(
        _ text: String,
        _ attributes: ConnectionAttributes,
        _ request: ChannelRequest
    ) -> (reason: String, hint: String)? {
        let level = attributes.library.securityLevel
        let legacy = "to connect all the same: \(request.command(["--legacy"]))"
        let survey = "to see what the server speaks: \(request.command(by: .ciphers))"
        func found(_ words: String...) -> Bool { words.contains { text.contains($0) } }
        let version = attributes.protocol?.name ?? "an unknown version"
        if found("unsafe legacy renegotiation") {
            return ("the server lacks secure renegotiation (RFC 5746), which makes older versions unsafe", legacy)
        }
        if found("dh key too small", "modulus too small") {
            let bits = attributes.keyExchange?.bits.map { "\($0) bits" } ?? "too few bits"
            let advice = request.protocols.legacy ? survey : legacy
            return ("the server's Diffie-Hellman group has \(bits), too few for security level \(level)", advice)
        }
        if found("legacy sigalg disallowed", "wrong signature type", "no suitable signature algorithm") {
            let scheme = attributes.peerSignature?.scheme?.name
            let what = scheme.map { "with \($0)" } ?? "as \(version) does, with MD5 and SHA-1"
            return ("the server signs its key exchange \(what), which security level \(level) does not allow", legacy)
        }
        if found("ee key too small", "ca key too small") {
            return ("a key in the server's certificates is too small for security level \(level)", legacy)
        }
        if found("ca md too weak") {
            return ("a certificate of the server's has a signature too weak for security level \(level)", legacy)
        }
        let isUnoffered = found("unsupported protocol", "version too low", "wrong version number")
        if attributes.protocol != nil, isUnoffered || text == "the server chose \(version), which was not offered" {
            let old = attributes.protocol.flatMap { ProtocolVersion(id: $0.version) }.flatMap { $0 < .tls12 ? $0 : nil }
            let advice =
                old.map { version in
                    "to speak that\(version < .tls10 ? ", which protects nothing any more" : ""): "
                        + request.command(["--protocol", version.id, "--legacy"])
                } ?? survey
            let offered = attributes.offered?.versions.map(\.name).joined(separator: ", ") ?? "others"
            return ("the server chose \(version), which was not offered (\(offered))", advice)
        }
        if found("wrong cipher returned", "unknown cipher returned") {
            let suite = attributes.suite?.name ?? "a suite"
            return ("the server chose \(suite), which was not offered", survey)
        }
        if found("wrong curve", "bad key share") {
            return ("the server chose a group that was not offered", survey)
        }
        if found("excessive message size") {
            return ("the server's certificates take more than 100 KiB, which libssl does not read", survey)
        }
        return nil
    }
}
