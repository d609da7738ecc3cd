import Certificates
import Testing

@Suite struct PKCS12Tests {
    private func error(_ bytes: [UInt8], password: [UInt8]? = PKCS12Vectors.password) -> CertificateError? {
        do {
            _ = try Identity(pkcs12: bytes, password: { password })
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [PKCS12Vectors.modern, PKCS12Vectors.legacy])
    func readsKeyCertificateAndChain(_ file: [UInt8]) throws {
        let identity = try Identity(pkcs12: file, password: { PKCS12Vectors.password })
        #expect(identity.certificate.der == RevocationVectors.good)
        #expect(identity.chain.map(\.der) == [RevocationVectors.good, RevocationVectors.root])
        #expect(identity.key.facts.algorithm == "EC")
        #expect(identity.includesRoot)
        #expect(identity.chain(withRoot: false).count == 1)
        #expect(identity.chain(withRoot: true).count == 2)
        #expect(throws: Never.self) { _ = try identity.key.secretPEM() }
    }

    @Test func asksForNoPasswordWhereNoneIsNeeded() throws {
        for file in [PKCS12Vectors.emptyPassword, PKCS12Vectors.plain] {
            let identity = try Identity(pkcs12: file) {
                Issue.record("asked")
                return nil
            }
            #expect(identity.certificate.der == RevocationVectors.good)
        }
    }

    /// PKCS12_parse(3) of OpenSSL 3.0 takes a MAC that isn't there for one that is wrong.
    @Test func saysThatAFileWithoutAMACCanNotBeOpened() {
        #expect(error(PKCS12Vectors.withoutMAC, password: nil)?.kind == .passwordRequired)
        #expect(error(PKCS12Vectors.withoutMAC)?.kind == .malformedKey)
        #expect(error(PKCS12Vectors.withoutMAC)?.text.contains("no MAC") == true)
    }

    @Test(arguments: [PKCS12Vectors.modern, PKCS12Vectors.legacy])
    func tellsAWrongPasswordFromAMissingOne(_ file: [UInt8]) {
        #expect(error(file, password: nil)?.kind == .passwordRequired)
        #expect(error(file, password: Array("falsch".utf8))?.kind == .wrongPassword)
        #expect(error(file, password: [0x61, 0, 0x62])?.kind == .wrongPassword)
    }

    @Test func saysWhatIsMissing() {
        #expect(error(PKCS12Vectors.withoutKey)?.kind == .noKey)
        #expect(error(PKCS12Vectors.withoutCertificate)?.kind == .noCertificate)
        #expect(error(Array("nothing of the kind".utf8))?.kind == .malformed)
        #expect(error(RevocationVectors.good)?.kind == .malformed)
        #expect(error([])?.kind == .malformed)
    }

    @Test func isRecognised() {
        for file in [PKCS12Vectors.modern, PKCS12Vectors.legacy, PKCS12Vectors.plain, PKCS12Vectors.withoutCertificate]
        {
            #expect(Identity.looksLikePKCS12(file))
        }
        for file in [RevocationVectors.good, RevocationVectors.list, [], [0x30], Array("-----BEGIN".utf8)] {
            #expect(!Identity.looksLikePKCS12(file))
        }
    }

    @Test func everyCutAndFlipIsAnErrorOrAnIdentity() {
        let file = PKCS12Vectors.modern
        for length in stride(from: 0, to: file.count, by: 37) {
            #expect(error(Array(file[..<length])) != nil)
        }
        for place in stride(from: 0, to: min(160, file.count), by: 3) {
            var flipped = file
            flipped[place] ^= 0x81
            _ = error(flipped)
        }
    }

    /// The count of iterations is in the MAC's last integer: made absurd, it is refused before anything is computed.
    @Test func refusesAbsurdIterations() throws {
        let file = PKCS12Vectors.withoutCertificate
        // INTEGER 2048, twice: of the key's encryption and of the MAC.
        let pattern: [UInt8] = [0x02, 0x02, 0x08, 0x00]
        let places = file.indices.dropLast(3).filter { Array(file[$0..<($0 + 4)]) == pattern }
        #expect(places.count == 2)
        for place in places {
            var absurd = file
            absurd.replaceSubrange((place + 2)..<(place + 4), with: [0x7f, 0xff])
            // Two bytes reach 32767, which is legal: it must be tried, and fail as any wrong password.
            #expect(error(absurd)?.kind == .wrongPassword)
        }
    }
}
