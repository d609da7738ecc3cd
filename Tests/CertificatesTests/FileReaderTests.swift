import Certificates
import TLSParameters
import Testing

/// Files that hold anything.
@Suite struct FileReaderTests {
    private static func der(_ label: String, _ pem: [UInt8]) throws -> [UInt8] {
        try #require(try PEM.blocks(in: pem) { $0 == label }.found.first?.bytes)
    }

    /// One of each kind, DER.
    private static func samples() throws -> [(name: String, kind: FileKind, der: [UInt8])] {
        let key = try PrivateKey(pem: Vectors.bytes("key-p256.pem"))
        return [
            ("certificate", .certificate, try Vectors.certificate("rsa").der),
            ("list", .revocationList, RevocationVectors.list),
            ("response", .ocspResponse, RevocationVectors.goodByRoot),
            ("PKCS#12", .pkcs12, PKCS12Vectors.plain),
            ("key", .privateKey, try Vectors.bytes("key-p256.der")),
            ("public key", .publicKey, key.subjectPublicKeyInfo),
        ]
    }

    @Test func shapesTellTheKinds() throws {
        for (name, kind, der) in try Self.samples() {
            #expect(FileKind(shapeOf: der) == kind, "\(name)")
            let reader = try FileReader(der)
            #expect(reader.contents.items.map(\.kind) == [kind], "\(name)")
            #expect(reader.contents.items.first?.isPEM == false)
        }
    }

    @Test func everyPrefixThrowsWithAPlace() throws {
        for (name, _, der) in try Self.samples() {
            for length in 0..<der.count {
                do {
                    _ = try FileReader(Array(der.prefix(length)))
                    Issue.record("\(name): \(length) bytes of \(der.count) were taken")
                } catch {
                    #expect(error.offset != nil, "\(name), \(length): \(error)")
                }
            }
        }
    }

    @Test func flippedBitsNeverTrap() throws {
        for (_, _, der) in try Self.samples() {
            for place in der.indices {
                for mask: UInt8 in [0x01, 0x20, 0x80, 0xFF] {
                    var damaged = der
                    damaged[place] ^= mask
                    _ = try? FileReader(damaged)
                }
            }
        }
    }

    /// The line of the character that is wrong, not that of the block.
    @Test func wrongCharactersHaveTheirLine() throws {
        let good = String(decoding: try Vectors.bytes("ec.pem"), as: UTF8.self)
        var lines = good.split(separator: "\n").map(String.init)
        lines[2] = "$" + lines[2].dropFirst()
        let text = "# two certificates\n" + good + lines.joined(separator: "\n") + "\n"
        let first = good.split(separator: "\n", omittingEmptySubsequences: false).count
        do {
            _ = try FileReader(Array(text.utf8))
            Issue.record("the file was taken")
        } catch {
            #expect(error.line == first + 3 && error.text == "expected base 64 text", "\(error)")
        }
    }

    @Test func severalKindsInOneFile() throws {
        let text =
            try Vectors.bytes("key-p256.pem") + Vectors.bytes("ec.pem") + Vectors.bytes("root.pem")
            + Array(PEM.encode(RevocationVectors.list, label: "X509 CRL").utf8)
            + Array(PEM.encode([1, 2, 3], label: "SOMETHING ELSE").utf8)
        let reader = try FileReader(text)
        #expect(
            reader.contents.items.map(\.kind) == [.privateKey, .certificate, .certificate, .revocationList, .other]
        )
        #expect(reader.certificates.count == 2)
        #expect(reader.contents.items[1].certificates == [0] && reader.contents.items[2].certificates == [1])
        let lines = reader.contents.items.compactMap(\.line)
        #expect(lines == lines.sorted() && lines.first == 1)
        #expect(reader.contents.items.last?.problem != nil)
    }

    @Test func keysAreComparedWithEverythingBesides() throws {
        let key = try PrivateKey(pem: Vectors.bytes("key-p256.pem"))
        let text =
            try Vectors.bytes("key-p256.pem")
            + Array(PEM.encode(key.subjectPublicKeyInfo, label: "PUBLIC KEY").utf8) + Vectors.bytes("rsa.pem")
        let reader = try FileReader(text)
        #expect(reader.contents.items[0].key?.items == [1])
        #expect(reader.contents.items[0].key?.certificates.isEmpty == true)
        #expect(reader.keys(of: reader.certificates[0]) == [false, false])
        let combined = try FileReader(try Vectors.bytes("combined.pem"))
        #expect(combined.contents.items.first { $0.kind == .privateKey }?.key?.certificates == [0])
    }

    @Test func passwordsOpenWhatIsEncrypted() throws {
        let closed = try FileReader(try Vectors.bytes("key-p256-encrypted.pem"))
        #expect(closed.contents.items.first?.key?.publicKey == nil)
        #expect(closed.contents.items.first?.problem != nil)
        for file in ["key-p256-encrypted.pem", "key-p256-encrypted.der", "key-p256-traditional-encrypted.pem"] {
            #expect(throws: CertificateError.self, "\(file)") {
                try FileReader(try Vectors.bytes(file)) { Array("wrong".utf8) }
            }
        }
        let open = try FileReader(PKCS12Vectors.modern) { PKCS12Vectors.password }
        #expect(open.contents.items.first?.key?.certificates == [0])
        #expect(open.certificates.count == 2)
        #expect(throws: CertificateError.self) { try FileReader(PKCS12Vectors.modern) }
    }

    @Test func aListSaysWhomItRevokesAndWhoSignedIt() throws {
        let text =
            [RevocationVectors.root, RevocationVectors.good, RevocationVectors.revoked]
            .map { PEM.encode($0, label: "CERTIFICATE") }.joined()
            + PEM.encode(RevocationVectors.list, label: "X509 CRL")
        let reader = try FileReader(Array(text.utf8))
        let list = try #require(reader.contents.items.last?.list)
        #expect(list.signedBy == [0])
        #expect(list.revokes == [2])
        #expect(list.count == 1)
    }

    @Test func aResponseIsJudgedByTheChainBesideIt() throws {
        let text =
            [RevocationVectors.good, RevocationVectors.root].map { PEM.encode($0, label: "CERTIFICATE") }.joined()
            + PEM.encode(RevocationVectors.goodByRoot, label: "OCSP RESPONSE")
            + PEM.encode(RevocationVectors.goodByStranger, label: "OCSP RESPONSE")
        var reader = try FileReader(Array(text.utf8))
        let now = try #require(reader.contents.items[2].response?.answers.first?.thisUpdate.unixSeconds)
        reader.judgeResponses(chain: reader.certificates, now: now)
        #expect(reader.contents.items[2].response?.judgement?.isUsable == true)
        #expect(reader.contents.items[3].response?.judgement?.isUsable == false)
        #expect(reader.contents.items[2].response?.answers.first?.status == "good")
    }

    @Test(arguments: [
        ("xn--mnchen-3ya.de", "münchen.de"), ("xn--bcher-kva.example", "bücher.example"),
        ("www.xn--fiqs8s", "www.中国"), ("XN--MNCHEN-3YA.de", "MüNCHEN.de"),
    ])
    func internationalisedNames(written: String, meant: String) {
        #expect(GeneralName(kind: .dns, value: PeerText(written)).unicode == PeerText(meant))
    }

    @Test(arguments: ["example.com", "xn--.de", "xn--a\u{0}-.de", "xn--99999999999999999999999.de", "xn--\u{e9}.de"])
    func otherNamesAreLeftAlone(written: String) {
        #expect(GeneralName(kind: .dns, value: PeerText(written)).unicode == nil)
    }
}
