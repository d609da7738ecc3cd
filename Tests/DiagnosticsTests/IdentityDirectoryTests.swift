import Certificates
import SecureChannel
import TLSParameters
import Testing

@testable import Diagnostics

@Suite struct IdentityDirectoryTests {
    private let files: TestFiles
    private let alice: Identity
    private let bob: Identity

    init() throws {
        files = try TestFiles()
        alice = try Identity.selfSigned(names: ["alice.test"], days: 10)
        bob = try Identity.selfSigned(names: ["bob.test"], days: 20)
        _ = try files.write(alice.chainPEM, to: "a.pem")
        _ = try files.write(try alice.key.secretPEM(), to: "a.key")
        _ = try files.write(bob.chainPEM + bob.key.secretPEM(), to: "both")
        _ = try files.write("nothing of the kind", to: "README")
        _ = try files.write(Array(repeating: 0x30, count: 64), to: "noise.der")
        _ = try files.write(try Identity.selfSigned(names: ["keyless.test"]).certificate.der, to: "keyless.der")
    }

    private func search(_ wanted: IdentitySearch.Wanted) throws -> (entry: IdentityDirectory.Entry, note: String?) {
        try directory().entry(wanted)
    }

    private func directory(_ path: String? = nil) throws -> IdentityDirectory {
        try IdentityDirectory(IdentityDirectorySetting(path: path ?? files.path, passphrase: nil), Passphrases())
    }

    @Test func findsCertificatesThatHaveTheirKeys() throws {
        let entries = try directory().entries
        #expect(Set(entries.map(\.identity.certificate)) == [alice.certificate, bob.certificate])
        #expect(Set(entries.map { $0.file.split(separator: "/").last ?? "" }) == ["a.pem", "both"])
    }

    @Test func searchesBySubject() throws {
        #expect(try search(.subject("ALICE")).entry.identity.certificate == alice.certificate)
        #expect(try search(.subject("cn=bob.test")).note == nil)
        let several = try search(.subject(".test"))
        // Bob's is valid longer.
        #expect(several.entry.identity.certificate == bob.certificate)
        #expect(several.note?.contains("2 certificates") == true)
        #expect(several.note?.contains("CN=bob.test") == true)
    }

    @Test func searchesByThumbprint() throws {
        let certificate = bob.certificate
        let colons = stride(from: 0, to: 40, by: 2).map { offset in
            String(certificate.sha1.uppercased().dropFirst(offset).prefix(2))
        }
        for text in [certificate.sha1, certificate.sha256.uppercased(), colons.joined(separator: ":")] {
            #expect(try search(.thumbprint(text)).entry.identity.certificate == certificate)
        }
    }

    @Test func saysWhatIsWrong() throws {
        let empty = try TestFiles()
        let keyless = try TestFiles()
        _ = try keyless.write(alice.chainPEM)
        let locked = try TestFiles()
        _ = try locked.write(alice.chainPEM)
        _ = try locked.write(EncryptedKey.pem)
        let cases: [(() throws -> Void, String)] = [
            ({ _ = try search(.only) }, "holds 2 certificates"),
            ({ _ = try search(.subject("carol")) }, "'carol'"),
            ({ _ = try search(.subject("")) }, "--subject"),
            ({ _ = try search(.thumbprint("abcd")) }, "--thumbprint"),
            ({ _ = try search(.thumbprint(String(repeating: "g", count: 40))) }, "--thumbprint"),
            ({ _ = try search(.thumbprint(String(repeating: "0", count: 40))) }, "no certificate"),
            ({ _ = try directory("/no/such/directory") }, "/no/such/directory"),
            ({ _ = try directory("") }, "can't read"),
            ({ _ = try directory(empty.path) }, "no certificates"),
            ({ _ = try directory(keyless.path) }, "none with its private key"),
            ({ _ = try directory(locked.path) }, "can't be opened"),
        ]
        for (attempt, words) in cases {
            let problem = #expect(throws: RequestProblem.self) { try attempt() }
            #expect(problem?.reason.contains(words) == true, "\(problem?.reason ?? "nothing") lacks \(words)")
            #expect(problem.map { isOneClearLine($0.reason) } == true)
            #expect(problem?.hint != nil)
        }
    }

    // MARK: Answering a server

    private func choose(
        _ issuers: [DistinguishedName],
        _ schemes: [SignatureScheme] = [],
        now: Int64 = Timestamp.now
    ) throws -> (identity: Identity?, choice: CertificateChoice) {
        IdentityChooser(directory: try directory()).choose(.init(issuers: issuers, schemes: schemes), now: now)
    }

    @Test func choosesByIssuer() throws {
        let (identity, choice) = try choose([alice.certificate.issuer])
        #expect(identity?.certificate == alice.certificate)
        #expect(choice.reason == .issuerListed)
        #expect(choice.issuer == alice.certificate.issuer.text)
        #expect(choice.considered == 2)
        #expect(choice.identity?.sha256 == alice.certificate.sha256)
    }

    @Test func choosesAnyWhereNoIssuerIsNamed() throws {
        let (identity, choice) = try choose([])
        #expect(identity?.certificate == bob.certificate)
        #expect(choice.reason == .anyIssuer)
    }

    @Test func choosesAnAuthorityOnlyWhereThereIsNothingElse() throws {
        let key = try PrivateKey.generateP256()
        var builder = CertificateBuilder(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
        builder.subject = DERWriter.name([(OID(encoded: [0x55, 0x04, 0x03]), DERTag.utf8String, Array("CA".utf8))])
        builder.issuer = builder.subject
        builder.extensions = [CertificateBuilder.basicConstraints(isCA: true)]
        let authority = try builder.signed(by: key)
        _ = try files.write(Identity(chain: [authority], key: key).chainPEM + key.secretPEM(), to: "authority.pem")
        #expect(try choose([]).identity?.certificate == bob.certificate)
        #expect(try choose([authority.issuer]).identity?.certificate == authority)
    }

    @Test func choosesNoneThatCanNotBeAccepted() throws {
        let stranger = try Identity.selfSigned(names: ["stranger.test"]).certificate
        #expect(try choose([stranger.issuer]).identity == nil)
        #expect(try choose([alice.certificate.issuer], [.rsa_pkcs1_sha256]).identity == nil)
        #expect(try choose([alice.certificate.issuer], [.ecdsa_secp256r1_sha256]).identity != nil)
        #expect(try choose([alice.certificate.issuer], now: Timestamp.now + 15 * 86_400).identity == nil)
        #expect(try choose([stranger.issuer]).choice.reason == .noneFits)
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func aServerGetsTheCertificateItAsksFor(_ version: ProtocolVersion) async throws {
        let world = try World()
        for (accepted, fits) in [
            (alice.certificate, true), (try Identity.selfSigned(names: ["x.test"]).certificate, false),
        ] {
            var server = world.server([version])
            server.clientAuthentication = .request
            server.verifiesNobody()
            server.acceptedClientIssuers = [accepted]
            let report = try await LoopbackPeer.run(try Scripts.tls(server)) { peer in
                try await ConnectOperation.run(
                    try world.request(peer) {
                        $0.credentials.automatic = IdentityDirectorySetting(path: files.path, passphrase: nil)
                    }
                )
            }
            #expect(report.status == .ok)
            let client = try #require(report.result?.attributes?.clientAuthentication)
            #expect(client.requested)
            #expect(client.certificatesSent == (fits ? 1 : 0))
            #expect(client.choice?.reason == (fits ? .issuerListed : .noneFits))
            #expect(client.choice?.identity?.sha256 == (fits ? alice.certificate.sha256 : nil))
        }
    }
}

extension Credential {
    fileprivate mutating func verifiesNobody() {
        verification = .none
    }
}

/// A key that wants a password.
private enum EncryptedKey {
    static let pem = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHrMFYGCSqGSIb3DQEFDTBJMCgGCSqGSIb3DQEFDDAbBAgoioqsOXIPLQIBZDAM
        BggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQMzw7CgTvoOFB81ZGq9gOIASBkO04
        ibRI3JGcfjbueRraaNmWkb+hj78Ek5RDYqh7sN7vWcKTHNd1hMuRyyj3pztQDWQO
        VDhfwoIRm9N8uRACPG35GZcpdNzDPZQzohvey3Xx7tLpDHRNFaTMB6tDmRhIw4Al
        vEHwpm/eZh5vSU01FEPuqPjm7wsPs6c/sGnkVVrXwtWutGXkD30iloN+oR8OqQ==
        -----END ENCRYPTED PRIVATE KEY-----
        """
}
