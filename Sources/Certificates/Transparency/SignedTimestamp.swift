import LibSSL
import TLSParameters

/// A log's promise to publish a certificate (a signed certificate timestamp, RFC 6962 §3.2), and whether the log made it.
public struct SignedTimestamp: Hashable, Sendable, Codable {
    /// How it came.
    public enum Delivery: String, Hashable, Sendable, Codable {
        /// In the certificate itself.
        case embedded
        /// In a TLS extension.
        case tlsExtension = "tls-extension"
        /// In the stapled OCSP response.
        case ocsp
    }

    /// What its signature turned out to be.
    public enum Verdict: String, Hashable, Sendable, Codable {
        /// The log made it for this certificate.
        case valid
        /// It is not the log's signature, or not for this certificate.
        case invalid
        /// The log is not in the list of logs.
        case unknownLog = "unknown-log"
        /// What was signed isn't known: the issuer's certificate is missing, or the version is.
        case undetermined = "not-determined"
    }

    /// 1; more for versions that nobody has defined.
    public var version: Int
    /// The SHA-256 of the log's key, in base 64 as the lists of logs have it.
    public var logID: String
    /// The log's name; nil for one that isn't in the list.
    public var log: String?
    /// Who runs it.
    public var logOperator: String?
    /// What browsers make of the log: `usable`, `readonly`, `retired`, …; nil for one that isn't in the list.
    public var logState: String?
    /// When the log saw the certificate.
    public var time: CertificateTime
    /// How it came.
    public var delivery: Delivery
    /// What its signature turned out to be.
    public var verdict: Verdict

    private enum CodingKeys: String, CodingKey {
        case version, logID, log
        case logOperator = "operator"
        case logState = "state"
        case time, delivery, verdict
    }

    /// All keys, `null` for what is not known of the log.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(version, forKey: .version)
        try container.encode(logID, forKey: .logID)
        try container.encode(log, forKey: .log)
        try container.encode(logOperator, forKey: .logOperator)
        try container.encode(logState, forKey: .logState)
        try container.encode(time, forKey: .time)
        try container.encode(delivery, forKey: .delivery)
        try container.encode(verdict, forKey: .verdict)
    }
}

extension SignedTimestamp {
    /// RFC 6962 §3.3: `opaque SerializedSCT<1..2^16-1>; SerializedSCT sct_list<1..2^16-1>`, in an OCTET STRING or bare.
    static func list(_ content: ArraySlice<UInt8>) throws(DERError) -> [ArraySlice<UInt8>] {
        var octets = DERReader(content)
        // The extension's value is itself an OCTET STRING inside the usual one; some encoders leave one out. A bare list of some
        // lengths begins with that tag's number, so what fits as a list is one.
        let isBare =
            content.count >= 2
            && Int(content[content.startIndex]) << 8 | Int(content[content.startIndex + 1]) == content.count - 2
        var list =
            !isBare && octets.nextTag == DERTag.octetString ? try octets.element("the timestamps").content : content
        func length() throws(DERError) -> Int {
            guard let high = list.popFirst(), let low = list.popFirst() else {
                throw DERError("the list of timestamps is cut off", at: list.startIndex)
            }
            return Int(high) << 8 | Int(low)
        }
        guard try length() == list.count else {
            throw DERError("the list of timestamps has a wrong length", at: content.startIndex)
        }
        var found: [ArraySlice<UInt8>] = []
        while !list.isEmpty {
            let size = try length()
            guard size <= list.count else { throw DERError("a timestamp is cut off", at: list.startIndex) }
            found.append(list.prefix(size))
            list = list.dropFirst(size)
        }
        return found
    }

    /// What a log signs: a certificate as it is, or what its authority showed the log beforehand.
    struct Entry {
        /// `LogEntryType` (RFC 6962 §3.1) and what follows it.
        var bytes: [UInt8]

        /// The certificate as it is.
        init(certificate: Certificate) {
            bytes = [0, 0] + Self.vector(certificate.der)
        }

        /// The certificate without its timestamps, and who signed it.
        init(precertificate: Certificate, issuer: Certificate) throws(DERError) {
            let key = (try? X509Digest.sha256(issuer.subjectPublicKeyInfo)) ?? []
            bytes = [0, 1] + key + Self.vector(try precertificate.withoutTimestamps())
        }

        private static func vector(_ bytes: [UInt8]) -> [UInt8] {
            [UInt8(truncatingIfNeeded: bytes.count >> 16), UInt8(truncatingIfNeeded: bytes.count >> 8)]
                + [UInt8(truncatingIfNeeded: bytes.count)] + bytes
        }
    }

    /// Reads one and checks its signature.
    ///
    /// ```
    /// struct { Version sct_version; LogID id; uint64 timestamp; CtExtensions extensions<0..2^16-1>;
    ///          digitally-signed struct { Version, SignatureType, timestamp, entry_type, signed_entry, extensions } }
    /// ```
    /// - Parameter entry: what should have been signed; nil when that isn't known.
    init?(_ bytes: ArraySlice<UInt8>, delivery: Delivery, entry: Entry?) {
        let bytes = Array(bytes)
        guard bytes.count >= 43 else { return nil }
        version = Int(bytes[0]) + 1
        let id = Array(bytes[1..<33])
        logID = Base64.encode(id)
        let milliseconds = bytes[33..<41].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        time = CertificateTime(unixSeconds: Int64(milliseconds / 1000))
        self.delivery = delivery
        let known = TransparencyLog.find(id: id)
        log = known?.name
        logOperator = known?.operator
        logState = known?.state
        verdict = .undetermined
        let extensionsEnd = 43 + (Int(bytes[41]) << 8 | Int(bytes[42]))
        guard version == 1, extensionsEnd + 4 <= bytes.count else { return }
        let signature = Array(bytes[(extensionsEnd + 4)...])
        let size = Int(bytes[extensionsEnd + 2]) << 8 | Int(bytes[extensionsEnd + 3])
        guard let known else {
            verdict = .unknownLog
            return
        }
        guard let entry else { return }
        // SHA-256 with RSA or with ECDSA on P-256, whose keys are short: a log uses no other (RFC 6962 §2.1.4).
        let algorithm: UInt8 = known.key.count < 130 ? 3 : 1
        guard size == signature.count, bytes[extensionsEnd] == 4, bytes[extensionsEnd + 1] == algorithm else {
            verdict = .invalid
            return
        }
        let message = [0, 0] + bytes[33..<41] + entry.bytes + bytes[41..<extensionsEnd]
        switch SignatureCheck.isValid(signature, over: message, subjectPublicKeyInfo: known.key) {
        case true?: verdict = .valid
        case false?: verdict = .invalid
        case nil: break
        }
    }
}

extension Certificate {
    /// All timestamps of a leaf, with their signatures checked.
    ///
    /// - Parameters:
    ///   - issuer: the certificate of who signed the leaf: logs sign that too.
    ///   - tls: what came in the TLS extension, each as serialised.
    ///   - staple: the stapled OCSP response.
    public func timestamps(issuer: Certificate?, tls: [[UInt8]] = [], staple: [UInt8]? = nil) -> [SignedTimestamp] {
        var found: [SignedTimestamp] = []
        if let item = extensions.first(where: { $0.name == "signedCertificateTimestampList" }) {
            let entry = issuer.flatMap { try? SignedTimestamp.Entry(precertificate: self, issuer: $0) }
            var octets = DERReader(item.value[...])
            let content = (try? octets.element(tag: DERTag.octetString, "the timestamps").content) ?? item.value[...]
            for one in (try? SignedTimestamp.list(content)) ?? [] {
                if let timestamp = SignedTimestamp(one, delivery: .embedded, entry: entry) { found.append(timestamp) }
            }
        }
        let entry = SignedTimestamp.Entry(certificate: self)
        found += tls.compactMap { SignedTimestamp($0[...], delivery: .tlsExtension, entry: entry) }
        for answer in staple.flatMap({ try? OCSPFacts(der: $0).answers }) ?? [] where answer.serial == serialHex {
            for one in (try? SignedTimestamp.list(answer.timestampList[...])) ?? [] {
                if let timestamp = SignedTimestamp(one, delivery: .ocsp, entry: entry) { found.append(timestamp) }
            }
        }
        return found
    }

    /// The part that is signed, without the list of timestamps: what the logs were shown (RFC 6962 §3.2).
    fileprivate func withoutTimestamps() throws(DERError) -> [UInt8] {
        var file = DERReader(der[...])
        var outer = try file.inside("a certificate")
        var tbs = try outer.inside("the part of the certificate that is signed")
        var kept: [UInt8] = []
        while !tbs.isAtEnd {
            let element = try tbs.element("a field")
            guard element.tag == DERTag.constructed(3) else {
                kept += element.whole
                continue
            }
            var explicit = DERReader(element)
            var list = try explicit.inside("the extensions")
            var others: [UInt8] = []
            while !list.isAtEnd {
                let one = try list.element("an extension")
                var inner = DERReader(one)
                let name = OID.extensionNames[try inner.oid("the identifier of an extension").dotted]
                if name != "signedCertificateTimestampList" { others += one.whole }
            }
            // A certificate has other extensions too: one without any would have none at all.
            guard !others.isEmpty else { continue }
            kept += DERWriter.element(DERTag.constructed(3), DERWriter.element(DERTag.sequence, others))
        }
        return DERWriter.element(DERTag.sequence, kept)
    }
}
