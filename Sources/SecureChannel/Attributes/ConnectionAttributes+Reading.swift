import LibSSL
import TLSParameters
import TLSWire

extension ProtocolAttributes {
    init(_ version: ProtocolVersion, facts: WireFacts, role: Role) {
        let code = NamedCode(version)
        let bit = version.schannelBit(for: role)
        self.init(
            version: version.id,
            name: version.name,
            codePoint: code.codePoint,
            schannelBit: "0x" + String(bit, radix: 16),
            helloFormat: facts.ssl2Hello == nil ? "tls" : "ssl2",
            helloRetryRequest: facts.helloRetryRequest != nil,
            helloRetryGroup: facts.helloRetryRequest?.selectedGroup.map { NamedCode($0) },
            downgradeSentinel: facts.serverHello?.downgradeSentinel?.rawValue
        )
    }
}

extension SuiteAttributes {
    init(_ suite: CipherSuite, version: ProtocolVersion?) {
        let facts = suite.facts
        // Before TLS 1.2 every suite derives its keys with MD5 and SHA-1 (RFC 4346 section 5).
        let isOld = version.map { $0 < .tls12 } ?? false
        self.init(
            codePoint: suite.codePointText,
            name: suite.name,
            openssl: facts?.openSSLName,
            schannel: facts?.schannelName,
            keyExchange: facts?.keyExchange.rawValue,
            authentication: facts?.authentication.rawValue,
            cipher: facts?.cipher,
            strengthBits: facts?.strengthBits,
            blockBytes: facts?.blockSize,
            mac: facts?.mac,
            macBits: facts.flatMap { $0.isAEAD ? nil : SizeAttributes.macBytes[$0.mac].map { $0 * 8 } },
            isAEAD: facts?.isAEAD,
            prfHash: isOld ? "MD5-SHA1" : facts?.prfHash,
            forwardSecrecy: facts?.forwardSecrecy,
            recommended: facts?.recommended.rawValue,
            reference: facts?.reference
        )
    }
}

extension SizeAttributes {
    /// The sizes of lifecycle table 1.9, measured against libssl.
    init(version: ProtocolVersion, suite: CipherSuiteFacts, fragmentCode: UInt8) {
        // RFC 6066 section 4: 2^9 to 2^12.
        let maximum = (1...4).contains(fragmentCode) ? 256 << Int(fragmentCode) : 16_384
        let trailer = Self.trailer(version: version, suite: suite)
        self.init(
            header: 5,
            maximumTrailer: trailer,
            // RFC 5246 section 6.2.3.2: at least the byte that says how much padding there is.
            minimumTrailer: suite.isCBC ? trailer - suite.blockSize + 1 : trailer,
            maximumToken: 5 + maximum + trailer,
            maximumMessage: maximum,
            block: suite.isCBC ? max(1, suite.blockSize) : 1
        )
    }

    /// Sizes of the MACs that suites name.
    static let macBytes = ["NULL": 0, "MD5": 16, "SHA1": 20, "SHA256": 32, "SHA384": 48]

    private static func trailer(version: ProtocolVersion, suite: CipherSuiteFacts) -> Int {
        // RFC 6655 section 4: the suites named CCM_8 cut the tag to 8 bytes.
        let tag = suite.name.contains("CCM_8") ? 8 : 16
        // RFC 8446 section 5.2: the inner type, and the tag.
        if version == .tls13 { return 1 + tag }
        if suite.isAEAD {
            // RFC 7905 has no nonce on the wire; GCM and CCM have 8 bytes of it (RFC 5288 section 3).
            return suite.cipher.contains("CHACHA20") || suite.cipher.contains("ChaCha20") ? tag : 8 + tag
        }
        let mac = macBytes[suite.mac] ?? 0
        guard suite.isCBC else { return mac }
        let vector = version >= .tls11 ? suite.blockSize : 0
        return vector + mac + suite.blockSize
    }
}

extension NamedGroupFacts {
    /// Bits as they are usually named: 255 for X25519, where libssl says 253.
    var nominalBits: Int {
        group == .x25519 ? 255 : bits
    }
}

extension FingerprintAttributes {
    /// Adds what the client's hello looks like.
    mutating func take(_ hello: ClientHello) {
        let (older, newer) = (JA3(hello), JA4(hello))
        (ja3, ja3Text) = (older.hash, older.text)
        (ja4, ja4Raw) = (newer.text, newer.raw)
    }

    /// Adds what the server's hello looks like.
    mutating func take(_ hello: ServerHello) {
        let answer = JA3S(hello)
        (ja3s, ja3sText) = (answer.hash, answer.text)
    }
}

extension WireFacts {
    /// What the client offered.
    var offer: OfferAttributes? {
        if let ssl2Hello, clientHello == nil {
            return OfferAttributes(
                versions: [NamedCode(ssl2Hello.version)],
                suites: ssl2Hello.cipherKinds.map { NamedCode($0) },
                groups: [],
                keyShares: [],
                signatureSchemes: [],
                alpn: [],
                compression: []
            )
        }
        guard let hello = clientHello else { return nil }
        return OfferAttributes(
            versions: hello.supportedVersions.map { NamedCode($0) },
            suites: hello.cipherSuites.map { NamedCode($0) },
            groups: hello.groups.map { NamedCode($0) },
            keyShares: (hello.keyShareGroups ?? []).map { NamedCode($0) },
            signatureSchemes: hello.signatureSchemes.map { NamedCode($0) },
            alpn: hello.alpn,
            compression: hello.compressionMethods.map { NamedCode($0) }
        )
    }

    /// The extensions in both directions.
    var extensions: ExtensionAttributes {
        func names(_ list: [Extension]?) -> [NamedCode] { (list ?? []).map { NamedCode($0.type) } }
        var result = ExtensionAttributes()
        result.client = names(lastClientHello?.extensions)
        result.server = names(serverHello?.extensions)
        result.serverEncrypted = names(encryptedExtensions)
        result.serverCertificate = names(serverCertificateExtensions)
        result.helloRetryRequest = names(helloRetryRequest?.extensions)
        if case .tls13(_, let extensions)? = certificateRequest { result.certificateRequest = names(extensions) }
        result.clientCertificate = names(clientCertificateExtensions)
        result.newSessionTicket = names(ticketExtensions)
        return result
    }
}
