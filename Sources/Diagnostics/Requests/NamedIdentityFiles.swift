import Certificates

/// The files of an identity that is shown to clients who ask for one name.
public struct NamedIdentityFiles: Sendable {
    /// The name, such as `www.example.test` or `*.example.test`.
    public var name: String
    /// Where its certificate and key are.
    public var files: IdentityFiles

    /// A name and its files.
    public init(name: String, files: IdentityFiles) {
        self.name = name
        self.files = files
    }

    /// Reads `NAME=CERT` or `NAME=CERT,KEY`.
    ///
    /// - Throws: `RequestProblem` for anything else, and for a name that no client can ask for.
    public init(parsing text: String, passphrase: String? = nil) throws(RequestProblem) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let files = parts.last?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
        guard parts.count == 2, (1...2).contains(files.count), !files.contains(""), let certificate = files.first else {
            throw RequestProblem(
                reason: "--sni: '\(text)' is not a name with its files",
                hint: "write NAME=CERT,KEY, or NAME=FILE for a file that has both"
            )
        }
        name = String(parts[0])
        guard Self.isName(name) else {
            throw RequestProblem(
                reason: "--sni: no client asks for '\(name)'",
                hint: Target.isAddress(name)
                    ? "addresses are never sent as a server name: --cert is what such a client gets"
                    : "write a host name in ASCII, or *.example.test for one label in front"
            )
        }
        self.files = IdentityFiles(
            certificate: certificate,
            key: files.count == 2 ? files[1] : nil,
            chain: nil,
            passphrase: passphrase
        )
    }

    private static func isName(_ name: String) -> Bool {
        let rest = name.hasPrefix("*.") ? name.dropFirst(2) : name[...]
        let labels = rest.split(separator: ".", omittingEmptySubsequences: false)
        return name.utf8.count <= 255 && !Target.isAddress(name)
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count)
                    && label.utf8.allSatisfy { byte in
                        switch byte {
                        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
                        default: false
                        }
                    }
            }
    }
}
