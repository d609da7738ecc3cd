import Certificates
import Foundation
import Glibc
import Testing

@testable import Diagnostics

@Suite struct InputFileTests {
    @Test func readsWhole() throws {
        let files = try TestFiles()
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        #expect(try InputFile.read(try files.write(bytes)) == bytes)
        #expect(try InputFile.read(try files.write("")) == [])
    }

    @Test func saysWhatIsWrong() {
        for path in ["/does/not/exist", "/", "", "/dev/zero", "no\u{0}file", "/\u{1b}[31m"] {
            let problem = #expect(throws: RequestProblem.self) { try InputFile.read(path) }
            #expect(problem.map { isOneClearLine($0.reason) } == true)
            #expect(problem?.hint != nil)
        }
    }

    @Test func hasALimit() throws {
        let files = try TestFiles()
        let most = [UInt8](repeating: 0x41, count: InputFile.limit)
        #expect(try InputFile.read(try files.write(most)).count == InputFile.limit)
        let problem = #expect(throws: RequestProblem.self) { try InputFile.read(try files.write(most + [0x41])) }
        #expect(problem?.reason.contains("larger than 4 MiB") == true)
    }
}

@Suite struct PassphraseTests {
    @Test func readsTheEnvironment() throws {
        setenv("SECHAN_TEST_PASSPHRASE", "secret with spaces:and colons", 1)
        defer { unsetenv("SECHAN_TEST_PASSPHRASE") }
        #expect(try Passphrase.read("env:SECHAN_TEST_PASSPHRASE") == Array("secret with spaces:and colons".utf8))
    }

    @Test(arguments: [("secret\n", "secret"), ("secret\r\nmore", "secret"), ("", ""), ("no newline", "no newline")])
    func readsTheFirstLineOfAFile(_ content: String, passphrase: String) throws {
        let files = try TestFiles()
        #expect(try Passphrase.read("file:\(try files.write(content))") == Array(passphrase.utf8))
    }

    @Test func readsADescriptor() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let text = Array("from a pipe\n".utf8)
        #expect(Glibc.write(ends[1], text, text.count) == text.count)
        close(ends[1])
        defer { close(ends[0]) }
        #expect(try Passphrase.read("fd:\(ends[0])") == Array("from a pipe".utf8))
    }

    @Test(arguments: [
        "", "secret", "env:", "env:SECHAN_NO_SUCH_VARIABLE", "file:", "file:/does/not/exist", "fd:", "fd:-1", "fd:x",
        "fd:99999", "fd:٣", "pass:secret", ":x",
    ])
    func saysWhatIsWrong(_ source: String) {
        let problem = #expect(throws: RequestProblem.self) { try Passphrase.read(source) }
        #expect(problem.map { isOneClearLine($0.reason) } == true)
    }
}

@Suite struct IdentityFilesTests {
    private let files: TestFiles
    private let identity: Identity
    private let certificate: String
    private let key: String

    init() throws {
        files = try TestFiles()
        identity = try Identity.selfSigned(names: ["client.test"])
        certificate = try files.write(identity.chainPEM, to: "cert.pem")
        key = try files.write(try identity.key.secretPEM(), to: "key.pem")
    }

    private func problem(_ certificate: String, key: String?, chain: String? = nil) -> RequestProblem? {
        #expect(throws: RequestProblem.self) {
            _ = try IdentityFiles(certificate: certificate, key: key, chain: chain, passphrase: nil).identity()
        }
    }

    @Test func readsCertificateAndKey() throws {
        let read = try IdentityFiles(certificate: certificate, key: key, chain: nil, passphrase: nil).identity()
        #expect(read.certificate == identity.certificate)
    }

    @Test func readsBothFromOneFile() throws {
        let both = try files.write(identity.chainPEM + identity.key.secretPEM())
        let read = try IdentityFiles(certificate: both, key: nil, chain: nil, passphrase: nil).identity()
        #expect(read.certificate == identity.certificate)
    }

    @Test func everyMistakeIsOneLineThatNamesTheFile() throws {
        let other = try Identity.selfSigned(names: ["other.test"])
        let otherKey = try files.write(try other.key.secretPEM(), to: "other-key.pem")
        let noise = try files.write("nothing of the kind", to: "noise.pem")
        let broken = try files.write(identity.chainPEM.replacing("MII", with: "AAA"), to: "broken.pem")
        let encrypted = try files.write(
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n",
            to: "encrypted.pem"
        )
        let cases: [(RequestProblem?, String)] = [
            (problem("/no/cert.pem", key: nil), "/no/cert.pem"),
            (problem(certificate, key: "/no/key.pem"), "/no/key.pem"),
            (problem(certificate, key: key, chain: "/no/chain.pem"), "/no/chain.pem"),
            (problem(certificate, key: nil), certificate),
            (problem(certificate, key: certificate), certificate),
            (problem(certificate, key: otherKey), otherKey),
            (problem(certificate, key: noise), noise),
            (problem(certificate, key: encrypted), encrypted),
            (problem(noise, key: key), noise),
            (problem(broken, key: key), broken),
            (problem(certificate, key: key, chain: noise), noise),
        ]
        for (problem, file) in cases {
            let problem = try #require(problem)
            #expect(isOneClearLine(problem.reason))
            #expect(problem.reason.contains(file), "\(problem.reason) should name \(file)")
            #expect(problem.hint != nil, "\(problem.reason)")
        }
    }
}
