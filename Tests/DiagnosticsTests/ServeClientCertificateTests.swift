import Certificates
import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// Who clients say they are, and when they are asked.
@Suite("serve: client certificates", .timeLimit(.minutes(1)))
struct ServeClientCertificateTests {
    private let request = "GET / HTTP/1.0\r\n\r\n"

    @Test(
        "after the handshake a client is asked, and data waits for the answer",
        arguments: [ProtocolVersion.tls12, .tls13]
    )
    func postHandshake(version: ProtocolVersion) async throws {
        let identity = try Identity.selfSigned(names: ["alice.test"])
        let setup = try ServedTalk.setup { $0.clientAuthentication = .postHandshake }
        let named = try ServedTalk.client(setup) {
            $0.protocols = [version]
            $0.identities = [identity]
            $0.allowsPostHandshakeAuthentication = true
        }
        let outcome = try await ServedTalk.talk(setup, named, [request])
        #expect(outcome.text.hasPrefix("HTTP/1.1 200"))
        #expect(outcome.connection.clientCertificates == [identity.certificate])
        #expect(outcome.connection.attributes?.clientAuthentication.proved == true)
        let anonymous = try ServedTalk.client(setup) {
            $0.protocols = [version]
            $0.allowsPostHandshakeAuthentication = true
        }
        let nobody = try await ServedTalk.talk(setup, anonymous, [request])
        #expect(nobody.text.hasPrefix("HTTP/1.1 200"))
        #expect(nobody.connection.clientCertificates.isEmpty)
    }

    @Test("a client of TLS 1.3 that can't be asked is served, and that is said")
    func impossible() async throws {
        let setup = try ServedTalk.setup { $0.clientAuthentication = .postHandshake }
        let outcome = try await ServedTalk.talk(setup, try ServedTalk.client(setup), [request])
        #expect(outcome.text.hasPrefix("HTTP/1.1 200"))
        #expect(outcome.connection.notes.contains { $0.contains("can't be asked") })
    }

    @Test("once asks in the first handshake, and not when it is renegotiated", arguments: [true, false])
    func once(isOnce: Bool) async throws {
        let identity = try Identity.selfSigned(names: ["alice.test"])
        let setup = try ServedTalk.setup {
            $0.clientAuthentication = isOnce ? .once : .request
            $0.allowClientRenegotiation = true
        }
        let client = try ServedTalk.client(setup) {
            $0.protocols = [.tls12]
            $0.identities = [identity]
        }
        let outcome = try await ServedTalk.talk(setup, client, enough: 0) { session in
            #expect(session.context.attributes.clientAuthentication.requested)
            if let token = try? session.context.renegotiate(.full) {
                await session.send(token, deadline: .after(.seconds(45)))
            }
            for _ in 0..<20 where session.context.attributes.security.renegotiations == 0 {
                if await session.receive(deadline: .after(.seconds(45))) != nil { break }
                _ = await session.unprotect(deadline: .after(.seconds(45)))
            }
            #expect(session.context.attributes.clientAuthentication.requested == !isOnce)
            _ = await session.sendCloseNotify(deadline: .after(.seconds(45)))
            await session.stream.close()
        }
        #expect(outcome.attributes.security.renegotiations == 1)
        #expect(outcome.connection.outcome == .ok)
    }

    @Test("the authorities are named to clients, or not", arguments: [true, false], [ProtocolVersion.tls12, .tls13])
    func advertising(isAdvertised: Bool, version: ProtocolVersion) async throws {
        let files = try TestFiles()
        let authority = try ThrowawayAuthority()
        let path = try files.write(authority.certificate.pem)
        let setup = try ServedTalk.setup {
            $0.clientAuthentication = .request
            $0.clientAuthorities = [path]
            $0.advertisesAuthorities = isAdvertised
        }
        let identity = try authority.issue(names: ["alice.test"])
        let client = try ServedTalk.client(setup) {
            $0.protocols = [version]
            $0.identities = [identity]
        }
        let outcome = try await ServedTalk.talk(setup, client, [request])
        let named = outcome.attributes.clientAuthentication.acceptedIssuers
        #expect(named == (isAdvertised ? [authority.certificate.subject.text] : []))
        #expect(outcome.connection.attributes?.peer.validation?.isTrusted == true)
    }

    @Test("a certificate stands for whom the map says, if it was believed")
    func mapping() async throws {
        let files = try TestFiles()
        let authority = try ThrowawayAuthority()
        let identity = try authority.issue(names: ["alice.test"])
        let issuer = authority.certificate.subject.text.encoded(for: .json)
        let map = try files.write("issuer \(issuer) -> staff\nthumbprint \(identity.certificate.sha256) -> alice\n")
        let path = try files.write(authority.certificate.pem)
        let setup = try ServedTalk.setup {
            $0.clientAuthentication = .request
            $0.clientAuthorities = [path]
            $0.accountsFile = map
        }
        let client = try ServedTalk.client(setup) { $0.identities = [identity] }
        let alice = try await ServedTalk.talk(setup, client, [request]).connection.account
        #expect(alice == AccountMapping(accounts: ["alice"], method: .thumbprint))
        let colleague = try authority.issue(names: ["bob.test"])
        let bob = try await ServedTalk.talk(
            setup,
            try ServedTalk.client(setup) { $0.identities = [colleague] },
            [request]
        )
        #expect(bob.connection.account == AccountMapping(accounts: ["staff"], method: .manyToOne))
        let stranger = try ThrowawayAuthority().issue(names: ["alice.test"])
        let other = try await ServedTalk.talk(
            setup,
            try ServedTalk.client(setup) { $0.identities = [stranger] },
            [request]
        )
        #expect(other.connection.account == AccountMapping(accounts: [], method: nil))
        let nobody = try await ServedTalk.talk(setup, try ServedTalk.client(setup), [request])
        #expect(nobody.connection.account == nil)
    }
}

/// The lines of a map.
@Suite("serve: accounts")
struct AccountMapTests {
    private func map(_ text: String) throws -> AccountMap {
        let files = try TestFiles()
        return try AccountMap(contentsOf: files.write(text))
    }

    /// A certificate of alice, with a user principal name.
    private func certificate() throws -> Certificate {
        let key = try PrivateKey.generateP256()
        func name(_ common: String) -> [UInt8] {
            DERWriter.name([(OID(encoded: [0x55, 0x04, 0x03]), DERTag.utf8String, Array(common.utf8))])
        }
        var builder = CertificateBuilder(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
        builder.subject = name("Alice")
        builder.issuer = name("Example CA")
        let upn =
            DERWriter.oid(try #require(OID("1.3.6.1.4.1.311.20.2.3")))
            + DERWriter.element(
                DERTag.constructed(0),
                DERWriter.element(DERTag.utf8String, Array("alice@example.test".utf8))
            )
        builder.extensions = [CertificateBuilder.alternativeNames([(DERTag.constructed(0), upn)])]
        return try builder.signed(by: key)
    }

    @Test("each way to know a certificate, the surest first; space and case don't count")
    func methods() throws {
        let alice = try certificate()
        #expect(alice.userPrincipalNames == [PeerText("alice@example.test")])
        let lines: [(String, AccountMapping.Method)] = [
            ("issuer cn = example ca -> a", .manyToOne), ("subject-issuer CN=Alice | CN=Example CA -> a", .oneToOne),
            ("upn ALICE@example.test -> a", .upn), ("thumbprint \(alice.sha1.uppercased()) -> a", .thumbprint),
        ]
        for count in 1...lines.count {
            let text = "# who is who\n\n" + lines.prefix(count).map(\.0).joined(separator: "\r\n")
            #expect(try map(text).account(of: alice) == AccountMapping(accounts: ["a"], method: lines[count - 1].1))
        }
    }

    @Test("several accounts are all named; none is none")
    func several() throws {
        let alice = try certificate()
        let both = try map("issuer CN=Example CA -> a\nissuer CN=Example CA -> b\nissuer CN=Example CA -> a\n")
        #expect(both.account(of: alice) == AccountMapping(accounts: ["a", "b"], method: .manyToOne))
        let none = try map("issuer CN=Other CA -> a\nsubject-issuer CN=Alice | CN=Other CA -> a")
        #expect(none.account(of: alice) == AccountMapping(accounts: [], method: nil))
    }

    @Test(
        "a line that makes no sense is named",
        arguments: [
            "", "# nothing\n", "issuer\n", "issuer -> a", "issuer CN=x ->", "issuer CN=x a", "thumbprint 12 -> a",
            "thumbprint \(String(repeating: "g", count: 40)) -> a", "upn alice -> a", "subject-issuer CN=a -> a",
            "user CN=a -> a", "issuer nobody -> a", "-> a",
        ]
    )
    func badLines(text: String) {
        do {
            _ = try map(text)
            Issue.record("taken: \(text)")
        } catch let problem as RequestProblem {
            #expect(isOneClearLine(problem.reason))
            #expect(problem.hint != nil)
        } catch {
            Issue.record(error)
        }
    }
}
