import Certificates
import SecureChannel
import Testing

@testable import Diagnostics

@Suite struct CredentialSettingsTests {
    private func credential(_ change: (inout CredentialSettings) throws -> Void) throws -> Credential {
        var settings = CredentialSettings()
        try change(&settings)
        var credential = Credential(role: .client)
        try settings.apply(to: &credential)
        return credential
    }

    @Test func nobodyByDefault() throws {
        let credential = try credential { _ in }
        #expect(credential.identities.isEmpty)
        #expect(credential.preSharedKey == nil)
        #expect(try credential.acquire().summary.flags.contains("no-default-credentials"))
        #expect(try CredentialSettings().chooser() == nil)
    }

    @Test(arguments: ["00ff10", "00:FF:10", "00 ff 10"])
    func keysAreHexadecimal(_ text: String) throws {
        let credential = try credential { $0.preSharedKey = PreSharedKeySetting(key: text, identity: "door") }
        #expect(credential.preSharedKey == PreSharedKey(identity: "door", key: [0, 255, 16]))
    }

    @Test func keysComeFromFilesToo() throws {
        let files = try TestFiles()
        let path = try files.write("0102\n")
        let credential = try credential { $0.preSharedKey = PreSharedKeySetting(key: "file:\(path)", identity: "door") }
        #expect(credential.preSharedKey?.key == [1, 2])
    }

    @Test func aKeyThatIsNoneIsNotRepeated() {
        let cases: [(String, String)] = [
            ("secret-words", "door"), ("abc", "door"), ("", "door"), ("file:/no/such/key", "door"),
            (String(repeating: "ab", count: 257), "door"), ("abcd", ""), ("abcd", String(repeating: "n", count: 129)),
            ("abcd", "a\u{0}b"),
        ]
        for (key, identity) in cases {
            let problem = #expect(throws: RequestProblem.self) {
                _ = try credential { $0.preSharedKey = PreSharedKeySetting(key: key, identity: identity) }
            }
            #expect(problem.map { isOneClearLine($0.reason) } == true)
            #expect(problem?.hint != nil)
            #expect(problem?.reason.contains("secret-words") == false)
            #expect(problem?.reason.contains("--psk") == true || key.hasPrefix("file:"))
        }
        let setting = PreSharedKeySetting(key: "5ec4e7", identity: "door")
        #expect(!"\(setting)\(String(reflecting: setting))".contains("5ec4e7"))
    }

    @Test func aRootThatIsNotThereCanNotBeSent() throws {
        let world = try World()
        let (client, _) = try world.clientIdentity()
        let problem = #expect(throws: RequestProblem.self) {
            _ = try credential {
                $0.identities = [client]
                $0.sendsRoot = true
            }
        }
        #expect(problem?.reason.contains("--send-root") == true)
    }

    @Test func everyMistakeWithAPKCS12FileIsOneLine() throws {
        let files = try TestFiles()
        let identity = try Identity.selfSigned(names: ["client.test"])
        let pem = try files.write(identity.chainPEM)
        for (path, passphrase) in [(pem, nil), ("/no/such.p12", nil), (pem, "file:/no/such")] as [(String, String?)] {
            let problem = #expect(throws: RequestProblem.self) {
                _ = try IdentityFiles(pkcs12: path, passphrase: passphrase).identity()
            }
            #expect(problem.map { isOneClearLine($0.reason) } == true)
            #expect(problem?.hint != nil)
        }
    }
}

@Suite struct NearestNamesTests {
    @Test func findsWhatWasMeant() {
        let names = ["connect", "serve", "inspect", "renegotiate", "shutdown", "ciphers"]
        #expect(NearestNames.of("conect", among: names) == ["connect"])
        #expect(NearestNames.of("CIPHER", among: names) == ["ciphers"])
        #expect(NearestNames.of("ciper", among: names) == ["ciphers"])
        #expect(NearestNames.of("teapot", among: names) == [])
        #expect(NearestNames.of("", among: names) == [])
        #expect(NearestNames.of("x", among: ["y", "xy", "x25519"]) == ["xy", "x25519"])
        // Swapped letters are one mistake; another name altogether is none.
        #expect(NearestNames.of("jsno", among: ["html", "json"]) == ["json"])
        #expect(NearestNames.of("yaml", among: ["html", "json", "junit"]) == [])
        #expect(NearestNames.of("ren", among: names) == ["renegotiate"])
    }

    @Test func isBounded() {
        let long = String(repeating: "a", count: 100_000)
        #expect(NearestNames.of(long, among: [long, "a"]).count <= 1)
        #expect(NearestNames.of("aaaa", among: (0..<1000).map { "aaa\($0 % 10)" }).count == 3)
    }
}
