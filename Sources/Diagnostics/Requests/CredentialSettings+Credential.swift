import Certificates
import SecureChannel

extension CredentialSettings {
    /// Writes who we are into a client's credential; files are read.
    ///
    /// - Throws: `RequestProblem` that names the option or file and what is wrong with it.
    func apply(to credential: inout Credential) throws(RequestProblem) {
        let (identities, notes) = try readIdentities()
        try apply(to: &credential, identities: identities, notes: notes)
    }

    /// Writes who we are into a credential, with certificates that were read already.
    func apply(
        to credential: inout Credential,
        identities: [Identity],
        notes: [String]
    ) throws(RequestProblem) {
        if sendsRoot, !identities.contains(where: \.includesRoot), automatic == nil {
            throw RequestProblem(
                reason: "--send-root has no effect: no root stands at the end of the chain",
                hint: "add it to the file of --cert or --chain, or leave the option out"
            )
        }
        credential.identities = identities
        credential.sendsRoot = sendsRoot
        credential.notes += notes
        credential.preSharedKey = try preSharedKey.map { setting throws(RequestProblem) in try setting.read() }
    }

    /// The certificates that are named, and what to know of how one was found.
    func readIdentities() throws(RequestProblem) -> (identities: [Identity], notes: [String]) {
        let passphrases = Passphrases()
        var found = try identities.map { files throws(RequestProblem) in try files.identity(passphrases) }
        guard let search else { return (found, []) }
        let directory = try IdentityDirectory(search.directory, passphrases)
        let (entry, note) = try directory.entry(search.wanted)
        found.append(entry.identity)
        return (found, [note].compactMap { $0 })
    }

    /// What answers a server that asks for a certificate; nil for nothing but what ``readIdentities()`` gives.
    func chooser() throws(RequestProblem) -> IdentityChooser? {
        try automatic.map { setting throws(RequestProblem) in
            IdentityChooser(directory: try IdentityDirectory(setting, Passphrases()))
        }
    }

    /// A file that a client could be told to trust.
    var fileToTrust: String? {
        identities.first.flatMap { $0.isPKCS12 ? nil : $0.certificate }
    }
}

extension PreSharedKeySetting {
    /// Longest key that libssl takes in every version (RFC 4279 section 5.3 asks for 64 bytes, RFC 8446 for no limit).
    private static let greatestBytes = 256

    /// Whether the text says where the key is.
    var isSource: Bool { ["env:", "file:", "fd:"].contains { key.hasPrefix($0) } }

    /// The key.
    ///
    /// - Throws: `RequestProblem` that doesn't repeat it.
    func read() throws(RequestProblem) -> PreSharedKey {
        let text = isSource ? try Passphrase.read(key, option: "--psk") : Array(key.utf8)
        guard let bytes = Hexadecimal.bytes(text) else {
            throw RequestProblem(
                reason: "--psk: the key is not written in hexadecimal",
                hint: "write two digits a byte, as in 00c1a5d2, or env:NAME, file:PATH or fd:NUMBER for where it is"
            )
        }
        guard (1...Self.greatestBytes).contains(bytes.count) else {
            throw RequestProblem(
                reason: "--psk: the key has \(bytes.count) bytes",
                hint: "a key has 1 to \(Self.greatestBytes) bytes, 16 or more to be worth anything"
            )
        }
        guard (1...128).contains(identity.utf8.count), !identity.utf8.contains(0) else {
            throw RequestProblem(
                reason: "--psk-identity: '\(identity)' has \(identity.utf8.count) bytes",
                hint: "the name of a key has 1 to 128 bytes"
            )
        }
        return PreSharedKey(identity: identity, key: bytes)
    }
}

/// Bytes as people write them.
enum Hexadecimal {
    /// Two digits a byte, with colons or spaces between bytes or without; nil for anything else.
    static func bytes(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text {
            if character == UInt8(ascii: ":") || character == UInt8(ascii: " ") {
                guard high == nil else { return nil }
                continue
            }
            guard let digit = digit(character) else { return nil }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return high == nil ? bytes : nil
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case 0x30...0x39: character - 0x30
        case 0x41...0x46: character - 0x41 + 10
        case 0x61...0x66: character - 0x61 + 10
        default: nil
        }
    }
}
