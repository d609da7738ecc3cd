import Certificates
import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// Which certificate a client gets.
@Suite("serve: certificates", .timeLimit(.minutes(1)))
struct ServeCertificateTests {
    private let request = "GET / HTTP/1.0\r\n\r\n"

    /// The key that the server's certificate has in the client's eyes.
    private func key(_ outcome: ServedTalk.Outcome) -> String? {
        leaf(outcome)?.publicKey.algorithm
    }

    private func leaf(_ outcome: ServedTalk.Outcome) -> Certificate? {
        outcome.attributes.peer.chain.first.flatMap { try? Certificate(der: $0.bytes) }
    }

    @Test(
        "one kind of key is made, and used",
        arguments: [(MadeKeyKind.rsa, "RSA"), (.ecdsa, "EC"), (.ed25519, "Ed25519")]
    )
    func kinds(kind: MadeKeyKind, algorithm: String) async throws {
        let setup = try ServedTalk.setup { $0.keyKinds = [kind] }
        let outcome = try await ServedTalk.talk(setup, try ServedTalk.client(setup), [request])
        #expect(outcome.connection.outcome == .ok)
        #expect(key(outcome) == algorithm)
    }

    @Test("of several kinds each client gets what it can use")
    func severalKinds() async throws {
        let setup = try ServedTalk.setup { $0.keyKinds = [.rsa, .ecdsa] }
        for (cipher, algorithm) in [("ECDHE-RSA-AES128-GCM-SHA256", "RSA"), ("ECDHE-ECDSA-AES128-GCM-SHA256", "EC")] {
            let client = try ServedTalk.client(setup) {
                $0.protocols = [.tls12]
                $0.cipherList = cipher
            }
            let outcome = try await ServedTalk.talk(setup, client, [request])
            #expect(key(outcome) == algorithm)
        }
    }

    @Test("a static RSA key exchange works with the certificate made")
    func staticRSA() async throws {
        let setup = try ServedTalk.setup { $0.keyKinds = [.rsa] }
        let client = try ServedTalk.client(setup) {
            $0.protocols = [.tls12]
            $0.cipherList = "AES128-GCM-SHA256"
        }
        #expect(try await ServedTalk.talk(setup, client, [request]).connection.outcome == .ok)
    }

    @Test("an authority signs every kind, and whoever trusts it trusts them")
    func authority() async throws {
        let setup = try ServedTalk.setup {
            $0.authorityFile = "ca.pem"
            $0.keyKinds = [.rsa, .ecdsa, .ed25519]
            $0.names = ["www.example.test"]
        }
        let authority = try Certificate.readAll(Array(setup.site.pem.utf8))
        #expect(authority.count == 1)
        #expect(!setup.site.pem.contains("PRIVATE"))
        let client = try ServedTalk.client(setup) { $0.verifyName = .dns("www.example.test") }
        let outcome = try await ServedTalk.talk(setup, client, [request])
        #expect(outcome.connection.outcome == .ok)
        #expect(outcome.attributes.peer.chain.count == 1)
        #expect(leaf(outcome)?.issuer.text == authority[0].subject.text)
        #expect(leaf(outcome)?.isSelfSigned == false)
    }

    private static let engines = [EngineSetting.libssl, .classic]

    /// Two files for one name each.
    private func files(_ files: TestFiles, _ names: [String]) throws -> [NamedIdentityFiles] {
        try names.map { name in
            let identity = try Identity.selfSigned(names: [name])
            let path = try files.write(identity.chainPEM + identity.key.secretPEM())
            return try NamedIdentityFiles(parsing: "\(name)=\(path)")
        }
    }

    @Test(
        "a client gets the certificate of the name it asks for",
        arguments: [
            ("a.example.test", "a.example.test"), ("A.EXAMPLE.test", "a.example.test"),
            ("b.wild.test", "*.wild.test"), ("x.b.wild.test", "localhost"), ("wild.test", "localhost"),
            ("localhost", "localhost"), ("other.test", "localhost"),
        ],
        [(EngineSetting.libssl, ProtocolVersion.tls12), (.libssl, .tls13), (.classic, .tls10), (.classic, .tls12)]
    )
    func names(
        pair: (asked: String, shown: String),
        server: (engine: EngineSetting, version: ProtocolVersion)
    ) async throws {
        let files = try TestFiles()
        let setup = try ServedTalk.setup {
            $0.protocols.engine = server.engine
            $0.protocols.legacy = true
            $0.namedIdentities = try self.files(files, ["a.example.test", "*.wild.test"])
        }
        let client = try ServedTalk.client(setup) {
            $0.serverName = pair.asked
            $0.protocols = [server.version]
            $0.legacy = true
            $0.verification = .none
        }
        let outcome = try await ServedTalk.talk(setup, client, [request])
        #expect(leaf(outcome)?.subject.commonName == PeerText(pair.shown))
        #expect(outcome.attributes.names.sniAcknowledged == (pair.shown != "localhost" || pair.asked == "localhost"))
    }

    @Test("--sni-strict refuses other names by unrecognized_name, and nobody who asks for none", arguments: engines)
    func strict(engine: EngineSetting) async throws {
        let files = try TestFiles()
        let setup = try ServedTalk.setup {
            $0.protocols.engine = engine
            $0.namedIdentities = try self.files(files, ["a.example.test"])
            $0.refusesUnknownNames = true
        }
        for (name, isKnown) in [("a.example.test", true), ("localhost", true), ("b.example.test", false)] {
            let client = try ServedTalk.client(setup) {
                $0.serverName = name
                $0.verification = .none
            }
            let outcome = try await ServedTalk.talk(setup, client, [request])
            #expect(outcome.connection.established == isKnown, "\(name)")
            guard !isKnown else { continue }
            #expect(outcome.attributes.close.alertsReceived.map(\.description) == [.unrecognized_name])
            #expect(outcome.report.status.hint?.contains("--sni") == true)
        }
        let nameless = try ServedTalk.client(setup) { $0.serverName = nil }
        #expect(try await ServedTalk.talk(setup, nameless, [request]).connection.established)
    }

    @Test(
        "what is no name with files is refused with a hint",
        arguments: ["", "a", "=b", "a=", "a=,k", "a=c,k,x", "127.0.0.1=c", "::1=c", "a b=c", "a..b=c", "*.=c", "é=c"]
    )
    func badNames(text: String) {
        do throws(RequestProblem) {
            _ = try NamedIdentityFiles(parsing: text)
            Issue.record("taken: \(text)")
        } catch {
            #expect(isOneClearLine(error.reason))
            #expect(error.hint != nil)
        }
    }

    @Test("a staple is sent to those who ask, with the default certificate only", arguments: engines)
    func staple(engine: EngineSetting) async throws {
        let files = try TestFiles()
        // status unauthorized (6): an OCSPResponse without a body.
        let response: [UInt8] = [0x30, 0x03, 0x0A, 0x01, 0x06]
        let setup = try ServedTalk.setup {
            $0.protocols.engine = engine
            $0.stapleFile = try files.write(response)
            $0.namedIdentities = try self.files(files, ["a.example.test"])
        }
        for version in engine == .classic ? [ProtocolVersion.tls12] : [.tls12, .tls13] {
            let client = try ServedTalk.client(setup) { $0.protocols = [version] }
            let outcome = try await ServedTalk.talk(setup, client, [request])
            #expect(outcome.attributes.peer.stapledOCSP?.bytes == response)
            let other = try ServedTalk.client(setup) {
                $0.protocols = [version]
                $0.serverName = "a.example.test"
                $0.verification = .none
            }
            #expect(try await ServedTalk.talk(setup, other, [request]).attributes.peer.stapledOCSP == nil)
            let silent = try ServedTalk.client(setup) {
                $0.protocols = [version]
                $0.hello.omitted = [.status_request]
            }
            #expect(try await ServedTalk.talk(setup, silent, [request]).attributes.peer.stapledOCSP == nil)
        }
    }

    @Test("what is no OCSP response is a problem of the request", arguments: ["", "hello", "0\u{3}\u{2}\u{1}\u{0}"])
    func badStaple(content: String) throws {
        let files = try TestFiles()
        let path = try files.write(content)
        #expect(throws: RequestProblem.self) { try ServedTalk.setup { $0.stapleFile = path } }
    }
}
