extension KeyEncryption {
    /// Refuses PKCS#12 files whose contents would take minutes or gigabytes to decrypt. Only what is in DER is looked at:
    /// files in BER, and those encrypted as a whole within another layer, pass.
    ///
    /// - Throws: `malformed-key`.
    static func refuseExcess(inPKCS12 bytes: [UInt8]) throws(CertificateError) {
        guard let contents = try? safeContents(bytes) else { return }
        for content in contents {
            if let encrypted = try? algorithm(ofEncrypted: content) { try refuse(encrypted) }
            for bag in (try? shroudedKeys(in: content)) ?? [] { try refuse(bag) }
        }
    }

    private static func refuse(_ algorithm: DERReader) throws(CertificateError) {
        do {
            try checkAlgorithm(algorithm)
        } catch {
            throw CertificateError(.malformedKey, "the PKCS#12 file can't be read: \(error.text)", offset: error.offset)
        }
    }

    /// ```
    /// PFX ::= SEQUENCE { version INTEGER, authSafe ContentInfo, macData MacData OPTIONAL }
    /// ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] ANY }
    /// AuthenticatedSafe ::= SEQUENCE OF ContentInfo
    /// ```
    private static func safeContents(_ bytes: [UInt8]) throws(DERError) -> [DERReader] {
        var file = DERReader(bytes[...])
        var pfx = try file.inside("PFX")
        _ = try pfx.element("the version")
        var safe = try pfx.inside("the safe")
        var list = try data(&safe)
        var contents = try list.inside("the safe's contents")
        var found: [DERReader] = []
        while !contents.isAtEnd, found.count < 64 { found.append(try contents.inside("a safe's content")) }
        return found
    }

    /// What is inside a ContentInfo of type data.
    private static func data(_ info: inout DERReader) throws(DERError) -> DERReader {
        let start = info.offset
        guard try info.oid("the content's type").dotted == "1.2.840.113549.1.7.1" else {
            throw DERError("the content is not plain", at: start)
        }
        var wrapped = try info.inside(tag: DERTag.constructed(0), "the content")
        return try wrapped.inside(tag: DERTag.octetString, "the content")
    }

    /// `EncryptedData ::= SEQUENCE { version, SEQUENCE { contentType, contentEncryptionAlgorithm, … } }`
    private static func algorithm(ofEncrypted content: DERReader) throws(DERError) -> DERReader {
        var info = content
        _ = try info.oid("the content's type")
        var wrapped = try info.inside(tag: DERTag.constructed(0), "the content")
        var encrypted = try wrapped.inside("the encrypted content")
        _ = try encrypted.element(tag: DERTag.integer, "the version")
        var description = try encrypted.inside("the encrypted content")
        _ = try description.oid("the content's type")
        return try description.inside("the encryption's algorithm")
    }

    /// `SafeBag ::= SEQUENCE { bagId OBJECT IDENTIFIER, bagValue [0] EncryptedPrivateKeyInfo, … }`
    private static func shroudedKeys(in content: DERReader) throws(DERError) -> [DERReader] {
        var info = content
        var list = try data(&info)
        var bags = try list.inside("the bags")
        var found: [DERReader] = []
        while !bags.isAtEnd, found.count < 64 {
            var bag = try bags.inside("a bag")
            guard try bag.oid("the bag's type").dotted == "1.2.840.113549.1.12.10.1.2" else { continue }
            var value = try bag.inside(tag: DERTag.constructed(0), "the bag's value")
            var key = try value.inside("EncryptedPrivateKeyInfo")
            found.append(try key.inside("the encryption's algorithm"))
        }
        return found
    }
}
