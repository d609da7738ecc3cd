import LibSSL
import TLSParameters

/// Reads a file whatever it holds: certificates, requests, lists, bundles, keys, responses, PEM or DER.
public struct FileReader {
    /// What was found.
    public private(set) var contents = FileContents()
    /// All certificates, each in the place that the contents speak of.
    public private(set) var certificates: [Certificate] = []
    /// The lists of revoked certificates.
    public private(set) var lists: [RevocationList] = []
    /// The OCSP responses, DER.
    public private(set) var responses: [[UInt8]] = []
    private let password: () -> [UInt8]?

    /// Reads all of it.
    ///
    /// - Parameter password: asked only when something is encrypted; nil for none.
    /// - Throws: `malformed` and its like with the line and byte at which reading stopped, and what was expected there;
    ///   `password-required` for a PKCS#12 file, `wrong-password`.
    public init(_ bytes: [UInt8], password: @escaping () -> [UInt8]? = { nil }) throws(CertificateError) {
        self.password = password
        guard !bytes.isEmpty else { throw CertificateError(.noCertificate, "the input is empty", offset: 0) }
        if PEM.isPEM(bytes) {
            for segment in try PEM.segments(of: bytes) {
                do throws(CertificateError) {
                    try read(segment)
                } catch {
                    // What has a line counts it from the segment's first.
                    let line = segment.line + (error.line ?? 1) - 1
                    throw CertificateError(error.kind, error.text, offset: error.offset, line: line)
                }
            }
            guard contents.items.contains(where: { $0.kind != .other && $0.kind != .parameters }) else {
                throw CertificateError(
                    .noCertificate,
                    "expected a PEM block that is known here, such as CERTIFICATE, found others only",
                    line: contents.items.first?.line
                )
            }
        } else {
            try readDER(bytes)
        }
        relate()
    }

    private mutating func readDER(_ bytes: [UInt8]) throws(CertificateError) {
        guard let kind = FileKind(shapeOf: bytes) else { throw Self.unknown(bytes) }
        var item = FileItem(kind, isPEM: false, line: nil, label: nil)
        try read(bytes, &item)
        contents.items.append(item)
    }

    private mutating func read(_ segment: PEM.Segment) throws(CertificateError) {
        let kind = FileKind(label: segment.label)
        var item = FileItem(kind, isPEM: true, line: segment.line, label: segment.label)
        switch kind {
        case .privateKey:
            try readKey(segment.text, isEncrypted: segment.isEncrypted, isPEM: true, &item)
        case .other:
            item.problem = "blocks of this kind are not looked into"
        default:
            guard var der = try PEM.blocks(in: segment.text, wanted: { $0 == segment.label }).found.first?.bytes else {
                throw CertificateError(.malformed, "expected base 64 text")
            }
            if segment.label == "TRUSTED CERTIFICATE" {
                // OpenSSL's own form: the certificate, then its notes on trust, which are not ours to read.
                var reader = DERReader(der[...])
                if let first = try? reader.element("a certificate") { der = Array(first.whole) }
            }
            try read(der, &item)
        }
        contents.items.append(item)
    }

    private mutating func read(_ der: [UInt8], _ item: inout FileItem) throws(CertificateError) {
        switch item.kind {
        case .certificate:
            item.certificates = [add(try Certificate(der: der))]
        case .request:
            item.request = try CertificateRequest(der: der)
        case .revocationList:
            do {
                item.list = try RevocationListFacts(reading: der)
            } catch {
                let text = "not a list of revoked certificates: \(error.text)"
                throw CertificateError(.malformed, text, offset: error.offset)
            }
            lists.append(try RevocationList(der: der))
        case .bundle:
            let bundle = try CertificateBundle(der: der)
            item.certificates = bundle.certificates.map { add($0) }
        case .pkcs12:
            try readPKCS12(der, &item)
        case .privateKey:
            try readKey(der, isEncrypted: Self.isEncryptedKey(der), isPEM: false, &item)
        case .publicKey:
            item.key = try FileKey(publicKey: der)
        case .ocspResponse:
            item.response = try OCSPFacts(der: der)
            responses.append(der)
        default: break
        }
    }

    private mutating func readPKCS12(_ der: [UInt8], _ item: inout FileItem) throws(CertificateError) {
        // libcrypto says of a file that is cut off no more than that it can't read it.
        do throws(DERError) {
            var reader = DERReader(der[...])
            _ = try reader.element(tag: DERTag.sequence, "a PKCS#12 file")
        } catch  where error.text.hasSuffix("indefinite length") {
        } catch {
            throw CertificateError(.malformed, "not a PKCS#12 file: \(error.text)", offset: error.offset)
        }
        let found = try Identity.contents(of: der, password: password)
        if let key = found.key { item.key = FileKey(try PrivateKey(handle: key), isEncrypted: true) }
        for handle in [found.certificate].compactMap({ $0 }) + found.others {
            item.certificates.append(add(try Certificate(der: handle.der)))
        }
    }

    private func readKey(
        _ bytes: [UInt8],
        isEncrypted: Bool,
        isPEM: Bool,
        _ item: inout FileItem
    ) throws(CertificateError) {
        if !isPEM {
            // libcrypto doesn't say where it stopped.
            do throws(DERError) {
                var reader = DERReader(bytes[...])
                _ = try reader.element(tag: DERTag.sequence, "a private key")
                try reader.finish("the private key")
            } catch {
                throw CertificateError(.malformedKey, "not a private key: \(error.text)", offset: error.offset)
            }
        }
        do throws(CertificateError) {
            item.key = FileKey(try PrivateKey(pem: bytes, password: password), isEncrypted: isEncrypted)
        } catch  where error.kind == .passwordRequired {
            item.key = .closed
            item.problem = "it is encrypted, and there is no passphrase"
        }
    }

    /// `EncryptedPrivateKeyInfo` begins with a sequence, where the others have a version.
    private static func isEncryptedKey(_ der: [UInt8]) -> Bool {
        var reader = DERReader(der[...])
        return (try? reader.inside("a private key").nextTag) == DERTag.sequence
    }

    private mutating func add(_ certificate: Certificate) -> Int {
        if let place = certificates.firstIndex(of: certificate) { return place }
        certificates.append(certificate)
        return certificates.count - 1
    }

    private static func unknown(_ bytes: [UInt8]) -> CertificateError {
        let text: String
        switch bytes.first {
        case DERTag.sequence?:
            var reader = DERReader(bytes[...])
            do throws(DERError) {
                _ = try reader.element("a sequence")
            } catch {
                return CertificateError(.malformed, error.text, offset: error.offset)
            }
            text =
                "the DER has the shape of nothing that is known here: a certificate, a request, a CRL, PKCS#7, PKCS#12, "
                + "a key or an OCSP response"
        case 0xFF? where bytes.dropFirst().first == 0xFE, 0xFE? where bytes.dropFirst().first == 0xFF:
            text = "expected ASCII or DER, found text in UTF-16"
        case let first?:
            text = "expected PEM (-----BEGIN ...) or DER (first byte 0x30), found 0x\(hex(first))"
        case nil:
            text = "the input is empty"
        }
        return CertificateError(.noCertificate, text, offset: 0)
    }
}

extension FileReader {
    /// Finds out what belongs together: keys and certificates, lists and who signed them, a response and its issuer.
    private mutating func relate() {
        for index in contents.items.indices {
            if let pin = contents.items[index].key?.spkiPin {
                contents.items[index].key?.certificates = certificates.indices.filter {
                    certificates[$0].spkiPin == pin
                }
                let others = contents.items.indices.filter { other in
                    let item = contents.items[other]
                    return other != index && (item.key?.spkiPin == pin || item.request?.spkiPin == pin)
                }
                contents.items[index].key?.items = others
            }
        }
        let handles = certificates.map { try? $0.handle() }
        for (list, index) in zip(lists, contents.items.indices.filter { contents.items[$0].list != nil }) {
            // Names first: a file may hold thousands of both, and a signature costs a thousand comparisons.
            let signers = handles.indices.filter { place in
                certificates[place].subject.der == list.issuer.der
                    && (handles[place].map(list.handle.isSigned) ?? false)
            }
            contents.items[index].list?.signedBy = signers
            contents.items[index].list?.revokes = handles.indices.filter { place in
                certificates[place].issuer.der == list.issuer.der
                    && (handles[place].flatMap(list.handle.entry) != nil)
            }
        }
    }

    /// Judges the file's OCSP responses: they are about the first certificate of `chain`.
    public mutating func judgeResponses(chain: [Certificate], now: Int64) {
        guard chain.count > 1 else { return }
        let places = contents.items.indices.filter { contents.items[$0].response != nil }
        for (response, index) in zip(responses, places) {
            contents.items[index].response?.judgement = RevocationAnswer(der: response, chain: chain, now: now)
        }
    }

    /// Compares the file's keys with a certificate from elsewhere: for each key that was read, whether it is that one's.
    public func keys(of certificate: Certificate) -> [Bool] {
        contents.items.compactMap { item in
            (item.key?.spkiPin ?? item.request?.spkiPin).map { $0 == certificate.spkiPin }
        }
    }
}
