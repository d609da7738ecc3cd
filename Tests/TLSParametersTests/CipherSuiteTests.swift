import TLSParameters
import Testing

@Suite("Cipher suites")
struct CipherSuiteTests {
    @Test("the whole registry is there, in order, each with one row")
    func completeness() {
        let registry = CipherSuite.registry
        #expect(registry.filter { $0.ianaName != nil }.count == 354, "IANA's 356 names less two signals")
        #expect(registry.map(\.suite.rawValue) == registry.map(\.suite.rawValue).sorted())
        #expect(Set(registry.map(\.suite)).count == registry.count)
        #expect(Set(registry.map(\.name)).count == registry.count)
    }

    @Test("a single look-up agrees with the registry, and finds nothing that isn't there")
    func lookUp() {
        let registry = Dictionary(uniqueKeysWithValues: CipherSuite.registry.map { ($0.suite, $0) })
        // Every suite, its neighbours on both sides, and a sample of everything else.
        let values = Set(registry.keys.flatMap { [$0.rawValue &- 1, $0.rawValue, $0.rawValue &+ 1] })
            .union(stride(from: UInt16.min, to: UInt16.max, by: 29)).union([UInt16.max])
        let wrong = values.map(CipherSuite.init(rawValue:)).filter { suite in
            if suite.facts != registry[suite] { return true }
            if suite.facts != nil || suite.isSignaling { return false }
            return suite.registeredName != nil
                || suite.name != (suite.isGREASE ? "GREASE_" : "") + suite.codePointText
        }
        #expect(wrong == [])
        #expect(CipherSuite(rawValue: 0x1234).name == "0x1234")
    }

    @Test("every name leads back to its suite", arguments: CipherSuite.registry)
    func roundTrip(facts: CipherSuiteFacts) {
        #expect(CipherSuite(named: facts.name) == facts.suite)
        #expect(CipherSuite(named: facts.name.lowercased()) == facts.suite)
        #expect(CipherSuite(named: facts.suite.codePointText) == facts.suite)
        #expect(facts.suite.name == facts.name)
        if let name = facts.openSSLName { #expect(CipherSuite(named: name) == facts.suite) }
        if let name = facts.schannelName { #expect(CipherSuite(named: name) == facts.suite) }
    }

    @Test("other spellings are understood, nonsense isn't")
    func spellings() {
        #expect(CipherSuite(named: "C02F") == .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
        #expect(CipherSuite(named: "0xc0,0x2f") == .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
        #expect(CipherSuite(named: "0x00, 0x2F") == .TLS_RSA_WITH_AES_128_CBC_SHA)
        #expect(
            CipherSuite(named: "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384") == .TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384
        )
        #expect(CipherSuite(named: "SSL_RSA_WITH_RC4_128_MD5") == .TLS_RSA_WITH_RC4_128_MD5)
        #expect(CipherSuite(named: "EDH-RSA-DES-CBC3-SHA") == .TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA)
        #expect(CipherSuite(named: "TLS_FALLBACK_SCSV") == .TLS_FALLBACK_SCSV)
        #expect(CipherSuite(named: "0xABCD") == CipherSuite(rawValue: 0xabcd))
        for text in [
            "", "AES", "TLS_", "0x", "0x12345", "C0", "TLS_RSA_WITH_AES_128_CBC_SHA_P256",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P999", "0xC0,", ",0x2F", "0xC0,0x2F,0x00", "+12F",
        ] {
            #expect(CipherSuite(named: text) == nil, "\(text)")
        }
    }

    @Test("signals are no suites")
    func signals() {
        #expect(CipherSuite.TLS_FALLBACK_SCSV.isSignaling)
        #expect(CipherSuite.TLS_EMPTY_RENEGOTIATION_INFO_SCSV.isSignaling)
        #expect(CipherSuite.TLS_FALLBACK_SCSV.facts == nil)
        #expect(CipherSuite.TLS_FALLBACK_SCSV.name == "TLS_FALLBACK_SCSV")
    }
}

@Suite("What follows from a cipher suite")
struct CipherSuiteFactsTests {
    @Test("strength, block and MAC fit the cipher", arguments: CipherSuite.registry)
    func cipher(facts: CipherSuiteFacts) {
        #expect(facts.isNULL == (facts.cipher == "NULL"))
        #expect(facts.isNULL == (facts.blockSize == 0))
        #expect([0, 40, 56, 80, 112, 128, 256].contains(facts.strengthBits))
        #expect([0, 1, 8, 16].contains(facts.blockSize))
        if facts.cipher.hasPrefix("3DES") { #expect(facts.strengthBits == 112 && facts.blockSize == 8) }
        if facts.cipher.hasPrefix("AES-") {
            #expect(facts.strengthBits == (facts.cipher.contains("256") ? 256 : 128) && facts.blockSize == 16)
        }
        if facts.isExport { #expect(facts.strengthBits <= 56 && facts.name.contains("EXPORT")) }
        #expect(facts.isExport == facts.name.contains("_EXPORT"))
        if facts.isAEAD { #expect(!facts.isCBC && !facts.isNULL) }
        if facts.cipher.contains("GCM") || facts.cipher.contains("CCM") { #expect(facts.isAEAD) }
        #expect(facts.cipher != "" && facts.mac != "" && facts.prfHash != "" && facts.reference != "")
    }

    @Test("versions fit the construction", arguments: CipherSuite.registry)
    func versions(facts: CipherSuiteFacts) {
        #expect(facts.firstVersion <= facts.lastVersion)
        if facts.keyExchange == .any {
            #expect(facts.firstVersion == .tls13 && facts.lastVersion == .tls13 && facts.authentication == .any)
        } else {
            #expect(facts.lastVersion <= .tls12)
        }
        // Chinese TLCP has versions of its own.
        guard facts.firstVersion != ProtocolVersion(rawValue: 0x0101) else { return }
        if facts.isAEAD { #expect(facts.firstVersion >= .tls12) }
        // RFC 5487 (section 3.1), 5489 and 6367 let their suites be used in any version of TLS.
        let usableEarlier = facts.keyExchange.usesPSK && !facts.cipher.hasPrefix("ARIA")
        if ["SHA256", "SHA384"].contains(facts.mac), !usableEarlier { #expect(facts.firstVersion >= .tls12) }
        if facts.isExport { #expect(facts.lastVersion == .tls10) }
        if facts.lastVersion < .tls12 { #expect(facts.prfHash == "MD5-SHA1") }
        if facts.lastVersion >= .tls12 { #expect(facts.prfHash != "MD5-SHA1") }
    }

    @Test("key exchange, authentication and forward secrecy fit the name", arguments: CipherSuite.registry)
    func keyExchange(facts: CipherSuiteFacts) {
        if facts.name.contains("_anon_") { #expect(facts.isAnonymous && facts.forwardSecrecy) }
        if facts.name.hasPrefix("TLS_RSA_") || facts.name.hasPrefix("TLS_PSK_WITH") {
            #expect(!facts.forwardSecrecy)
        }
        if facts.name.hasPrefix("TLS_ECDH_RSA") || facts.name.hasPrefix("TLS_DH_RSA") {
            #expect(!facts.forwardSecrecy && facts.authentication == .rsa)
        }
        if facts.name.contains("DHE_") { #expect(facts.forwardSecrecy) }
        if facts.keyExchange == .null { #expect(facts.suite.rawValue == 0) }
    }

    @Test("what is recommended is strong; RFC 10015 counts", arguments: CipherSuite.registry)
    func recommended(facts: CipherSuiteFacts) {
        if facts.recommended == .yes { #expect(facts.isAEAD && facts.forwardSecrecy && facts.strengthBits >= 128) }
        #expect((facts.recommended == .unlisted) == (facts.ianaName == nil))
        if facts.ianaName != nil, [.rsa, .dh, .dhe, .rsaPSK, .dhePSK].contains(facts.keyExchange) {
            #expect(facts.recommended == .discouraged)
        }
    }

    @Test("a suite as it should read")
    func example() throws {
        let facts = try #require(CipherSuite(rawValue: 0xc02f).facts)
        #expect(facts.ianaName == "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
        #expect(facts.openSSLName == "ECDHE-RSA-AES128-GCM-SHA256")
        #expect(facts.schannelName == "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
        #expect(facts.keyExchange == .ecdhe && facts.authentication == .rsa)
        #expect(facts.cipher == "AES-128-GCM" && facts.strengthBits == 128 && facts.blockSize == 16)
        #expect(facts.mac == "AEAD" && facts.prfHash == "SHA256" && facts.forwardSecrecy)
        #expect(facts.firstVersion == .tls12 && facts.lastVersion == .tls12)
        #expect(facts.recommended == .yes && facts.reference == "RFC 5289" && facts.isForDTLS)
        #expect(facts.isDefined(for: .tls12) && !facts.isDefined(for: .tls13) && !facts.mayAppear(in: .tls11))
    }

    @Test("withdrawn suites may still appear, but never in TLS 1.3 or SSL 2.0")
    func mayAppear() throws {
        let export = try #require(CipherSuite(rawValue: 0x0003).facts)
        #expect(!export.isDefined(for: .tls12))
        #expect(export.mayAppear(in: .ssl3) && export.mayAppear(in: .tls12))
        #expect(!export.mayAppear(in: .tls13) && !export.mayAppear(in: .ssl2))
        let curves = try #require(CipherSuite(rawValue: 0xC013).facts)
        #expect(curves.mayAppear(in: .ssl3) && !curves.isDefined(for: .ssl3))
        let tls13 = try #require(CipherSuite.TLS_AES_128_GCM_SHA256.facts)
        #expect(tls13.mayAppear(in: .tls13) && !tls13.mayAppear(in: .tls12))
        #expect(CipherSuite(rawValue: 0).facts?.mayAppear(in: .tls12) == false)
    }
}

@Suite("SSL 2.0 cipher kinds")
struct SSL2CipherKindTests {
    @Test("kinds round trip", arguments: SSL2CipherKind.registry)
    func roundTrip(facts: SSL2CipherFacts) {
        #expect(SSL2CipherKind(named: facts.name) == facts.kind)
        #expect(SSL2CipherKind(named: facts.kind.codePointText) == facts.kind)
        #expect(facts.kind.facts == facts)
        #expect(facts.isNULL == (facts.cipher == "NULL"))
        #expect(facts.isExport == (facts.strengthBits == 40))
    }

    @Test("a later suite in an SSL 2.0 hello, and unknown values")
    func others() {
        let later = SSL2CipherKind(.TLS_RSA_WITH_RC4_128_MD5)
        #expect(later.codePointText == "0x000004" && later.name == "TLS_RSA_WITH_RC4_128_MD5")
        #expect(later.suite == .TLS_RSA_WITH_RC4_128_MD5)
        #expect(SSL2CipherKind.SSL_CK_RC4_128_WITH_MD5.suite == nil)
        #expect(SSL2CipherKind(rawValue: 0x123456).name == "0x123456")
        #expect(SSL2CipherKind(rawValue: 0xff01_0080) == .SSL_CK_RC4_128_WITH_MD5)
        #expect(SSL2CipherKind(named: "RC4-MD5") == nil)
    }
}
