import Certificates
import Testing

@Suite struct ChainOrderTests {
    @Test func tidy() throws {
        let order = ChainOrder(sent: try [Vectors.certificate("rsa"), Vectors.certificate("intermediate")])
        #expect(order.path == [0, 1] && order.isTidy && !order.includesRoot)
        #expect(try order.missingIssuer?.text == Vectors.certificate("root").subject.text)
    }

    @Test func outOfOrder() throws {
        let order = ChainOrder(sent: try Certificate.readAll(Vectors.bytes("chain-out-of-order.pem")))
        #expect(order.path == [0, 2, 1] && !order.isOrdered && order.superfluous.isEmpty && order.includesRoot)
        #expect(order.issuers == [2, nil, 1] && order.missingIssuer == nil)
    }

    @Test func rootSent() throws {
        let order = ChainOrder(sent: try Certificate.readAll(Vectors.bytes("chain-with-root.pem")))
        #expect(order.path == [0, 1, 2] && order.isTidy && order.includesRoot)
    }

    @Test func superfluousAndDuplicate() throws {
        let leaf = try Vectors.certificate("rsa")
        let intermediate = try Vectors.certificate("intermediate")
        let other = try Vectors.certificate("negative")
        let order = ChainOrder(sent: [leaf, leaf, other, intermediate, intermediate])
        #expect(order.path == [0, 3] && !order.isOrdered)
        #expect(order.superfluous == [1, 2, 4] && order.duplicates == [1, 4])
    }

    @Test func selfSignedAloneAndMissingIntermediate() throws {
        let alone = ChainOrder(sent: [try Vectors.certificate("negative")])
        #expect(alone.isTidy && !alone.includesRoot && alone.missingIssuer == nil)
        let missing = ChainOrder(sent: [try Vectors.certificate("rsa")])
        #expect(missing.isTidy && missing.missingIssuer != nil)
        let nothing = ChainOrder(sent: [])
        #expect(nothing.path.isEmpty && nothing.isTidy)
    }

    /// Two certificates that name each other as issuer must not make the walk go round for ever.
    @Test func circle() throws {
        let key = try PrivateKey.generateP256()
        func one(_ subject: UInt8, _ issuer: UInt8) throws -> Certificate {
            var builder = CertificateBuilder(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
            builder.subject = DERWriter.name([(OID(encoded: [0x55, 4, 3]), 0x0C, [subject])])
            builder.issuer = DERWriter.name([(OID(encoded: [0x55, 4, 3]), 0x0C, [issuer])])
            return try builder.signed(by: key)
        }
        let order = ChainOrder(sent: [try one(0x61, 0x62), try one(0x62, 0x61)])
        #expect(order.path == [0, 1] && order.missingIssuer == nil)
    }
}
