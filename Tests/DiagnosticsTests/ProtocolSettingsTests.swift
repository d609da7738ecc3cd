import SecureChannel
import TLSParameters
import Testing

@testable import Diagnostics

@Suite struct ProtocolSettingsTests {
    private func credential(_ change: (inout ProtocolSettings) -> Void) throws -> Credential {
        var settings = ProtocolSettings()
        change(&settings)
        var credential = Credential(role: .client)
        try settings.apply(to: &credential)
        return credential
    }

    @Test func defaultsToModernVersions() throws {
        let credential = try credential { _ in }
        #expect(credential.protocols == [.tls12, .tls13])
        #expect(credential.cipherList == nil)
        #expect(credential.groups == nil)
        #expect(credential.alpn.isEmpty)
        #expect(!credential.legacy)
    }

    @Test func legacyOpensTheOldVersions() throws {
        #expect(try credential { $0.legacy = true }.protocols == [.tls10, .tls11, .tls12, .tls13])
        let named = try credential {
            $0.legacy = true
            $0.protocols = "tls1.2"
        }
        #expect(named.protocols == [.tls12])
    }

    @Test func takesSuitesByAnyName() throws {
        for name in ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "0xC02F", "c02f"] {
            #expect(
                try credential { $0.ciphers = name }.olderSuites == [.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]
            )
        }
        let several = try credential { $0.ciphers = "0xC02F, TLS_RSA_WITH_AES_128_CBC_SHA" }
        #expect(
            several.olderSuites == [.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, .TLS_RSA_WITH_AES_128_CBC_SHA]
        )
    }

    @Test func handsOpenSSLsOwnStringsOn() throws {
        #expect(try credential { $0.ciphers = "HIGH:!aNULL:@STRENGTH" }.cipherList == "HIGH:!aNULL:@STRENGTH")
    }

    @Test func takesTheListsOfTLS13() throws {
        let credential = try credential {
            $0.ciphersuites = "TLS_AES_128_GCM_SHA256:0x1303"
            $0.groups = "X25519,secp256r1"
            $0.signatureSchemes = "rsa_pss_rsae_sha256 0x0403"
            $0.applicationProtocols = "h2,http/1.1"
        }
        #expect(credential.cipherSuites13?.map(\.rawValue) == [0x1301, 0x1303])
        #expect(credential.groups == [.x25519, .secp256r1])
        #expect(credential.signatureSchemes?.map(\.rawValue) == [0x0804, 0x0403])
        #expect(credential.alpn == ["h2", "http/1.1"])
    }

    @Test func refusesWhatItDoesNotKnow() {
        let cases: [(String, (inout ProtocolSettings) -> Void)] = [
            ("is not a version", { $0.protocols = "tls9" }),
            ("--ciphersuites: 'X'", { $0.ciphersuites = "X" }),
            ("--ciphersuites: the list is empty", { $0.ciphersuites = ":," }),
            ("--groups: 'P-999'", { $0.groups = "P-999" }),
            ("--groups: the list is empty", { $0.groups = "" }),
            ("--sigalgs: 'md5'", { $0.signatureSchemes = "md5" }),
            ("'x25591'", { $0.groups = "x25591" }),
            ("not a suite", { $0.ciphers = "HIGH:ECDHE-RSA-AES128-GCM-SHA265" }),
            ("is not KIND:ALGORITHM", { $0.disabled = ["CBC"] }),
            ("not a kind", { $0.disabled = ["mode:CBC"] }),
            ("not an algorithm", { $0.disabled = ["cipher:ASE"] }),
            ("not a range", { $0.disabled = ["cipher:AES:128"] }),
            ("not a range", { $0.disabled = ["cipher:AES:256-128"] }),
            ("not a range", { $0.disabled = ["cipher:AES:-"] }),
            ("no sizes", { $0.disabled = ["digest:SHA1:0-1"] }),
            ("only DHE and ECDHE", { $0.disabled = ["key-exchange:RSA:0-2047"] }),
            ("not a strength", { $0.minimumStrength = -1 }),
            (
                "is above",
                {
                    $0.minimumStrength = 256
                    $0.maximumStrength = 128
                }
            ),
            (
                "--null-cipher only",
                {
                    $0.nullSuites = .only
                    $0.ciphers = "HIGH"
                }
            ),
            ("belongs to TLS 1.3", { $0.ciphers = "TLS_AES_128_GCM_SHA256" }),
        ]
        for (reason, change) in cases {
            let problem = #expect(throws: RequestProblem.self) { _ = try credential(change) }
            #expect(problem?.reason.contains(reason) == true, "\(problem?.reason ?? "") lacks \(reason)")
            #expect(problem?.hint != nil)
        }
    }

    @Test func namesTheNearest() {
        let cases: [(String, (inout ProtocolSettings) -> Void)] = [
            ("'x25519'", { $0.groups = "x25591" }),
            ("'rsa_pss_rsae_sha256'", { $0.signatureSchemes = "rsa_pss_rsae_sha265" }),
            ("'TLS_AES_128_GCM_SHA256'", { $0.ciphersuites = "TLS_AES_128_GCM_SHA265" }),
            ("'ECDHE-RSA-AES128-GCM-SHA256'", { $0.ciphers = "HIGH:!ECDHE-RSA-AES128-GCM-SHA265" }),
            ("'SHA256'", { $0.disabled = ["digest:SHA265"] }),
            ("'CHACHA20'", { $0.disabled = ["cipher:CHACHA"] }),
        ]
        for (name, change) in cases {
            let problem = #expect(throws: RequestProblem.self) { _ = try credential(change) }
            #expect(problem?.hint?.hasPrefix("did you mean") == true, "\(problem?.hint ?? "nil")")
            #expect(problem?.hint?.contains(name) == true, "\(problem?.hint ?? "nil") lacks \(name)")
        }
    }

    @Test func takesStrengthsAndRules() throws {
        let credential = try credential {
            $0.minimumStrength = 128
            $0.maximumStrength = 256
            $0.nullSuites = .allow
            $0.disabled = ["cipher:cbc", "key-exchange:DHE:-2047", "group:P-256", "signature:RSA:4096-"]
        }
        #expect(credential.minimumStrength == 128 && credential.maximumStrength == 256)
        #expect(credential.nullSuites == .allowed)
        #expect(
            credential.disabled == [
                AlgorithmRule(.cipher, "CBC"), AlgorithmRule(.keyExchange, "DHE", bits: 0...2047),
                AlgorithmRule(.group, "P-256"), AlgorithmRule(.signature, "RSA", bits: 4096...(.max)),
            ]
        )
    }

    /// OpenSSL calls kinds of SSL 2.0 as it calls suites of SSL 3.0, so its names are kinds where there is no doubt.
    @Test func takesOpenSSLsNamesForKinds() throws {
        let alone = try credential {
            $0.protocols = "ssl2"
            $0.ciphers = "EXP-RC4-MD5,rc4-md5"
        }
        #expect(alone.kinds == [.SSL_CK_RC4_128_EXPORT40_WITH_MD5, .SSL_CK_RC4_128_WITH_MD5])
        let newer = try credential {
            $0.protocols = "ssl3"
            $0.ciphers = "RC4-MD5"
        }
        #expect(newer.kinds == nil && newer.olderSuites == [.TLS_RSA_WITH_RC4_128_MD5])
    }

    /// libssl itself says no more than that nothing matches.
    @Test(arguments: [EngineSetting.libssl, .classic])
    func namesTheWordThatMatchesNothing(_ engine: EngineSetting) throws {
        let world = try World()
        let request = try world.request(port: 1) {
            $0.protocols.protocols = "tls1.2"
            $0.protocols.ciphers = "RC4:!aNULL:EXP"
            $0.protocols.engine = engine
        }
        let problem = try #require(throws: RequestProblem.self) { _ = try Opening(request, recordsBytes: false) }
        #expect(problem.reason == "the cipher list is not understood: 'RC4', 'EXP' match no suite of libssl")
        #expect(problem.hint?.contains("by their names only") == true)
    }

    @Test func problemsOfACredentialNameTheOption() throws {
        let world = try World()
        let cases: [(String, (inout ProtocolSettings) -> Void)] = [
            ("once for each", { $0.protocols = "tls1.1,tls1.3" }),
            (
                "--engine",
                {
                    $0.protocols = "ssl3"
                    $0.engine = .libssl
                }
            ),
            ("sechan ciphers", { $0.ciphers = "TLS_DH_RSA_EXPORT_WITH_DES40_CBC_SHA:0xFFFE" }),
            (
                "sechan ciphers",
                {
                    $0.ciphers = "AES128-SHA:RC4-SHA"
                    $0.engine = .libssl
                }
            ),
            ("sechan ciphers", { $0.ciphers = "NO-SUCH-THING" }),
        ]
        for (hint, change) in cases {
            let request = try world.request(port: 1) { change(&$0.protocols) }
            let problem = #expect(throws: RequestProblem.self) { _ = try Opening(request, recordsBytes: false) }
            #expect(problem?.hint?.contains(hint) == true, "\(problem?.hint ?? "nil") lacks \(hint)")
            #expect(problem.map { isOneClearLine($0.reason) } == true)
        }
    }
}
