public import TLSParameters

/// What an OCSP response (RFC 6960) holds, before anyone asks whether it is to be believed.
public struct OCSPFacts: Hashable, Sendable {
    /// `successful`, or the responder's error (RFC 6960 §4.2.1).
    public var responseStatus: String
    /// The responder's name, or the SHA-1 of its key in hexadecimal; nil where it reports an error.
    public var responder: PeerText?
    /// When it was signed.
    public var producedAt: CertificateTime?
    /// How it is signed.
    public var signatureAlgorithm: SignatureAlgorithm?
    /// The subjects of the certificates that came with it.
    public var certificates: [PeerText] = []
    /// Whether it repeats a number of the request's.
    public var hasNonce = false
    /// What it says of each certificate.
    public var answers: [Answer] = []
    /// Whether it is to be believed of the file's first certificate; nil when its issuer is not in the file.
    public var judgement: RevocationAnswer?
    /// What is wrong with the encoding.
    public var defects: [CertificateDefect] = []

    /// What it says of one certificate.
    public struct Answer: Hashable, Sendable {
        /// The serial number, upper-case hexadecimal.
        public var serial: String
        /// SHA-1 (usually) of the issuer's name, hexadecimal.
        public var issuerNameHash: String
        /// SHA-1 (usually) of the issuer's key, hexadecimal.
        public var issuerKeyHash: String
        /// `good`, `revoked` or `unknown`.
        public var status: String
        /// Since when it is revoked.
        public var revokedAt: CertificateTime?
        /// From when this holds.
        public var thisUpdate: CertificateTime
        /// Until when this holds.
        public var nextUpdate: CertificateTime?
        /// How many signed certificate timestamps came with it (RFC 6962 §3.3).
        public var timestamps: Int
        /// Those, as the extension holds them; not part of the encoded form.
        var timestampList: [UInt8] = []
    }

    /// Reads one response in DER.
    ///
    /// - Throws: `malformed` with the byte at which reading stopped.
    public init(der: [UInt8]) throws(CertificateError) {
        do {
            try self.init(reading: der)
        } catch {
            throw CertificateError(.malformed, "not an OCSP response: \(error.text)", offset: error.offset)
        }
    }
}

extension OCSPFacts {
    /// ```
    /// OCSPResponse ::= SEQUENCE { responseStatus ENUMERATED,
    ///      responseBytes [0] EXPLICIT SEQUENCE { responseType OBJECT IDENTIFIER, response OCTET STRING } OPTIONAL }
    /// BasicOCSPResponse ::= SEQUENCE { tbsResponseData, signatureAlgorithm, signature BIT STRING,
    ///      certs [0] EXPLICIT SEQUENCE OF Certificate OPTIONAL }
    /// ```
    private init(reading der: [UInt8]) throws(DERError) {
        var file = DERReader(der[...])
        var outer = try file.inside("an OCSP response")
        try file.finish("the OCSP response")
        let status = try outer.element(tag: 0x0A, "the status of the response")
        guard status.content.count == 1, let number = status.content.first else {
            throw DERError("expected a status of one byte", at: status.content.startIndex)
        }
        responseStatus = number == 0 ? "successful" : RevocationAnswer.errorName(Int(number))
        guard var explicit = try outer.element(ifTag: DERTag.constructed(0), "the response").map(DERReader.init) else {
            guard number != 0 else { throw DERError("expected the bytes of a successful response", at: outer.offset) }
            return
        }
        var typed = try explicit.inside("the response")
        let start = typed.offset
        guard try typed.oid("the type of the response").dotted == "1.3.6.1.5.5.7.48.1.1" else {
            throw DERError("expected a basic response, found another type", at: start)
        }
        var octets = try typed.inside(tag: DERTag.octetString, "the basic response")
        var basic = try octets.inside("the basic response")
        var data = try basic.inside("the part of the response that is signed")
        signatureAlgorithm = try SignatureAlgorithm(basic.element(tag: DERTag.sequence, "the signature algorithm"))
        _ = try basic.bitString("the signature")
        if var explicit = try basic.element(ifTag: DERTag.constructed(0), "the certificates").map(DERReader.init) {
            var list = try explicit.inside("the certificates")
            while !list.isAtEnd, certificates.count < 10 {
                let element = try list.element("a certificate of the response")
                if let certificate = try? Certificate(der: Array(element.whole)) {
                    certificates.append(certificate.subject.text)
                }
            }
        }
        try readData(&data)
    }

    /// ```
    /// ResponseData ::= SEQUENCE { version [0] EXPLICIT INTEGER DEFAULT v1, responderID CHOICE { [1] Name, [2] KeyHash },
    ///      producedAt GeneralizedTime, responses SEQUENCE OF SingleResponse, responseExtensions [1] EXPLICIT OPTIONAL }
    /// ```
    private mutating func readData(_ data: inout DERReader) throws(DERError) {
        _ = try data.element(ifTag: DERTag.constructed(0), "the version")
        let who = try data.element("the responder")
        var inner = DERReader(who)
        if who.tag == DERTag.constructed(1) {
            responder = try DistinguishedName(parsing: &inner, "responder", defects: &defects).text
        } else {
            responder = PeerText(
                "key \(hex(try inner.element(tag: DERTag.octetString, "the responder's key").content))"
            )
        }
        producedAt = CertificateTime(try data.element("producedAt"), "producedAt", defects: &defects)
        var responses = try data.inside("the answers")
        // A staple has one; what is behind a thousand is not looked at.
        while !responses.isAtEnd, answers.count < 1000 {
            var single = try responses.inside("an answer")
            answers.append(try Answer(&single, defects: &defects))
        }
        if var explicit = try data.element(ifTag: DERTag.constructed(1), "the extensions").map(DERReader.init) {
            var items = try explicit.inside("the extensions")
            hasNonce = try CertificateExtension.list(&items, defects: &defects)
                .contains { $0.oid.dotted == "1.3.6.1.5.5.7.48.1.2" }
        }
    }
}

extension OCSPFacts.Answer {
    /// ```
    /// SingleResponse ::= SEQUENCE { certID SEQUENCE { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber },
    ///      certStatus CHOICE { good [0] NULL, revoked [1] SEQUENCE, unknown [2] NULL }, thisUpdate GeneralizedTime,
    ///      nextUpdate [0] EXPLICIT GeneralizedTime OPTIONAL, singleExtensions [1] EXPLICIT Extensions OPTIONAL }
    /// ```
    init(_ single: inout DERReader, defects: inout [CertificateDefect]) throws(DERError) {
        var id = try single.inside("the identifier of a certificate")
        _ = try id.element(tag: DERTag.sequence, "the hash")
        issuerNameHash = hex(try id.element(tag: DERTag.octetString, "the hash of the issuer's name").content)
        issuerKeyHash = hex(try id.element(tag: DERTag.octetString, "the hash of the issuer's key").content)
        serial = hex(try id.element(tag: DERTag.integer, "the serial number").content.drop { $0 == 0 }).uppercased()
        let state = try single.element("the status of a certificate")
        switch state.tag {
        case DERTag.context(0): status = "good"
        case DERTag.constructed(1):
            status = "revoked"
            var info = DERReader(state)
            revokedAt = CertificateTime(try info.element("the date of a revocation"), "revokedAt", defects: &defects)
        default: status = "unknown"
        }
        thisUpdate = CertificateTime(try single.element("thisUpdate"), "thisUpdate", defects: &defects)
        if var explicit = try single.element(ifTag: DERTag.constructed(0), "nextUpdate").map(DERReader.init) {
            nextUpdate = CertificateTime(try explicit.element("nextUpdate"), "nextUpdate", defects: &defects)
        }
        timestamps = 0
        if var explicit = try single.element(ifTag: DERTag.constructed(1), "the extensions").map(DERReader.init) {
            var items = try explicit.inside("the extensions")
            for item in try CertificateExtension.list(&items, defects: &defects)
            where item.oid.dotted == "1.3.6.1.4.1.11129.2.4.5" {
                timestampList = item.value
                timestamps = (try? SignedTimestamp.list(item.value[...]).count) ?? 0
            }
        }
    }
}

extension OCSPFacts: Codable {
    private enum CodingKeys: CodingKey {
        case responseStatus, responder, producedAt, signatureAlgorithm, certificates, hasNonce, answers, judgement,
            defects
    }

    /// All keys, `null` where the responder reports an error.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(responseStatus, forKey: .responseStatus)
        try container.encode(responder, forKey: .responder)
        try container.encode(producedAt, forKey: .producedAt)
        try container.encode(signatureAlgorithm, forKey: .signatureAlgorithm)
        try container.encode(certificates, forKey: .certificates)
        try container.encode(hasNonce, forKey: .hasNonce)
        try container.encode(answers, forKey: .answers)
        try container.encode(judgement, forKey: .judgement)
        try container.encode(defects, forKey: .defects)
    }
}

extension OCSPFacts.Answer: Codable {
    private enum CodingKeys: CodingKey {
        case serial, issuerNameHash, issuerKeyHash, status, revokedAt, thisUpdate, nextUpdate, timestamps
    }

    /// All keys, `null` for what it doesn't say.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(serial, forKey: .serial)
        try container.encode(issuerNameHash, forKey: .issuerNameHash)
        try container.encode(issuerKeyHash, forKey: .issuerKeyHash)
        try container.encode(status, forKey: .status)
        try container.encode(revokedAt, forKey: .revokedAt)
        try container.encode(thisUpdate, forKey: .thisUpdate)
        try container.encode(nextUpdate, forKey: .nextUpdate)
        try container.encode(timestamps, forKey: .timestamps)
    }
}
