import TLSParameters
import Testing

@Suite("Groups")
struct NamedGroupTests {
    @Test("every group has facts that fit its kind", arguments: NamedGroup.all)
    func facts(group: NamedGroup) throws {
        let facts = try #require(group.facts)
        #expect(facts.group == group)
        #expect(!facts.reference.isEmpty)
        let lengths = facts.keyShareLengths
        switch facts.kind {
        case .explicit:
            #expect(facts.bits == 0 && lengths == nil)
        case .binaryCurve:
            #expect(lengths == nil && facts.isDeprecated)
        case .primeCurve:
            // An uncompressed point: a byte of form and two coordinates (RFC 8446, section 4.2.8.2).
            if let lengths { #expect(lengths.client == 1 + 2 * ((facts.bits + 7) / 8)) }
        case .gostCurve:
            // Two coordinates, nothing else (RFC 9367, section 4.2).
            #expect(lengths?.client == facts.bits / 4)
        case .finiteField:
            #expect(lengths?.client == facts.bits / 8)
        case .montgomeryCurve, .mlkem, .hybrid:
            #expect(lengths != nil)
        default:
            Issue.record("unknown kind \(facts.kind.rawValue)")
        }
        if let lengths, facts.kind.isEllipticCurve { #expect(lengths.client == lengths.server) }
        #expect(facts.isPostQuantum == (group.name.contains("KEM") || group.name.contains("Kyber") || group == .CECPQ2))
        if facts.kind != .explicit { #expect((80...256).contains(facts.strengthBits)) }
    }

    @Test("a hybrid's share is its parts' shares")
    func hybrids() throws {
        func client(_ group: NamedGroup) throws -> Int { try #require(group.facts?.keyShareLengths?.client) }
        func server(_ group: NamedGroup) throws -> Int { try #require(group.facts?.keyShareLengths?.server) }
        let hybrids: [(NamedGroup, NamedGroup, NamedGroup)] = [
            (.X25519MLKEM768, .x25519, .MLKEM768), (.SecP256r1MLKEM768, .secp256r1, .MLKEM768),
            (.SecP384r1MLKEM1024, .secp384r1, .MLKEM1024), (.curveSM2MLKEM768, .curveSM2, .MLKEM768),
        ]
        for (hybrid, curve, kem) in hybrids {
            #expect(try client(hybrid) == client(curve) + client(kem))
            #expect(try server(hybrid) == server(curve) + server(kem))
        }
    }

    @Test("names in wide use are understood, unknown groups have no facts")
    func names() {
        #expect(NamedGroup(named: "P-256") == .secp256r1)
        #expect(NamedGroup(named: "prime256v1") == .secp256r1)
        #expect(NamedGroup(named: "X25519") == .x25519)
        #expect(NamedGroup(named: "0x11ec") == .X25519MLKEM768)
        #expect(NamedGroup(named: "curve25519ish") == nil)
        #expect(NamedGroup(rawValue: 0x4242).facts == nil)
    }
}
