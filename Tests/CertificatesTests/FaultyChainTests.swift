import Testing

@testable import Certificates

/// Chains that are wrong on purpose are wrong in that way, and in no other.
@Suite("Faulty chains")
struct FaultyChainTests {
    private func chain(_ change: (inout ChainFaults) -> Void) throws -> FaultyChain {
        var faults = ChainFaults()
        change(&faults)
        return try FaultyChain(names: ["server.test"], faults: faults)
    }

    /// The ids of what is wrong for a client that trusts the root.
    private func problems(_ chain: FaultyChain) throws -> [String] {
        let trust = try TrustAnchors(system: false, certificates: [chain.root]).acquire()
        return ChainValidator.validate(chain: chain.identity.chain, trust: trust, name: .dns("server.test"))
            .problems.map(\.id)
    }

    @Test("nothing is wrong when nothing was asked for")
    func none() throws {
        let chain = try chain { _ in }
        #expect(try problems(chain) == [])
        #expect(chain.identity.chain.count == 2)
        #expect(chain.identity.chain.allSatisfy { $0.defects.isEmpty })
        #expect(ChainOrder(sent: chain.identity.chain).isTidy)
        #expect(chain.staple == nil)
    }

    @Test("dates")
    func validity() throws {
        #expect(try problems(chain { $0.validity = .past }) == ["expired"])
        #expect(try problems(chain { $0.validity = .future }) == ["not-yet-valid"])
    }

    @Test("a leaf that signed itself leads nowhere, whoever trusts the root")
    func selfSigned() throws {
        let chain = try chain { $0.isSelfSigned = true }
        #expect(try problems(chain) == ["self-signed"])
        #expect(chain.identity.chain.count == 1)
        #expect(chain.identity.certificate.isSelfSigned)
    }

    @Test("intermediates that are missing, or in the wrong order")
    func intermediates() throws {
        let missing = try chain { $0.omitsIntermediate = true }
        #expect(try problems(missing) == ["unknown-issuer"])
        #expect(missing.identity.chain.count == 1)
        let swapped = try chain { $0.swapsIntermediates = true }
        #expect(try problems(swapped) == [])
        #expect(swapped.identity.chain.count == 3)
        #expect(!ChainOrder(sent: swapped.identity.chain).isOrdered)
    }

    @Test("weak keys and hashes")
    func weakness() throws {
        let key = try chain { $0.hasWeakKey = true }
        #expect(try problems(key) == ["weak-key"])
        #expect(key.identity.certificate.publicKey.bits == 1024)
        let hash = try chain { $0.isSignedWithSHA1 = true }
        #expect(try problems(hash) == ["weak-signature"])
        #expect(hash.identity.certificate.signatureAlgorithm.hash?.uppercased().filter { $0 != "-" } == "SHA1")
    }

    @Test("staples that are demanded, and one that says revoked")
    func staples() throws {
        let demanding = try chain { $0.demandsStaple = true }
        #expect(demanding.identity.certificate.extensionFacts.mustStaple)
        #expect(demanding.staple == nil)
        let revoked = try chain { $0.isRevoked = true }
        #expect(revoked.staple != nil)
        #expect(try problems(revoked) == [])
    }

    @Test("padding is as large as asked for, and in nobody's way")
    func padding() throws {
        let chain = try chain { $0.padding = 100 * 1024 }
        #expect(chain.identity.chain.reduce(0) { $0 + $1.der.count } > 100 * 1024)
        #expect(try problems(chain) == [])
    }

    @Test("a name that can't stand in a certificate is refused")
    func badName() {
        #expect(throws: CertificateError.self) { try FaultyChain(names: ["no name"], faults: ChainFaults()) }
        #expect(throws: CertificateError.self) { try FaultyChain(names: [], faults: ChainFaults()) }
    }
}
