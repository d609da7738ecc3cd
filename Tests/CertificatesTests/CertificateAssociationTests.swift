import Testing

@testable import Certificates

@Suite("TLSA records and certificates")
struct CertificateAssociationTests {
    @Test("Usage says which certificate is meant, selector which part of it, matching type how")
    func fits() throws {
        let authority = try ThrowawayAuthority()
        let leaf = try authority.issue(names: ["localhost"]).certificate
        let root = authority.certificate
        let chain = [leaf, root]
        func record(
            _ usage: UInt8,
            _ selector: UInt8,
            _ matching: UInt8,
            _ data: [UInt8]
        ) throws -> CertificateAssociation {
            try #require(CertificateAssociation([usage, selector, matching] + data))
        }
        #expect(try record(3, 0, 0, leaf.der).fits(chain))
        #expect(try record(3, 1, 0, leaf.subjectPublicKeyInfo).fits(chain))
        #expect(try !record(3, 0, 0, root.der).fits(chain))
        #expect(try record(2, 0, 0, root.der).fits(chain))
        #expect(try !record(2, 0, 0, leaf.der).fits(chain))
        let digest = stride(from: 0, to: 64, by: 2).compactMap { place in
            UInt8(leaf.sha256.dropFirst(place).prefix(2), radix: 16)
        }
        #expect(try record(3, 0, 1, digest).fits(chain))
        #expect(try record(1, 0, 1, digest).fits(chain))
        #expect(try !record(3, 0, 2, digest).fits(chain))
        #expect(try !record(3, 2, 0, leaf.der).fits(chain))
        #expect(try !record(9, 0, 0, leaf.der).fits(chain))
        #expect(try !record(3, 0, 0, leaf.der).fits([]))
        #expect(CertificateAssociation([3, 1, 1]) == nil)
    }
}
