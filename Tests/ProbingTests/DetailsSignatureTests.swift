import TLSParameters
import TLSWire
import Testing

@testable import Probing

@Suite struct DetailsSignatureTests {
    static let suites = DetailsGroupTests.classicSuites
    static let modernSuites = DetailsGroupTests.modernSuites

    static func found(_ outcome: SignaturesOutcome?) -> [SignatureScheme] {
        outcome?.schemes.filter { $0.verdict == .supported }.map(\.scheme) ?? []
    }

    @Test(arguments: 0..<100) func tls12IsExact(_ seed: Int) {
        var random = Seeded(seed)
        var server = DetailsServer()
        let suites = Self.suites.shuffled(using: &random)
        server.suites[.tls12] = suites
        server.finiteFields = [.ffdhe2048]
        server.schemesAreServers = Bool.random(using: &random)
        server.refusesLate = Bool.random(using: &random)
        // One of each kind, so that the suites are what a server really accepts.
        let others = SignatureScheme.all.shuffled(using: &random).prefix(Int.random(in: 0...20, using: &random))
        let sure: [SignatureScheme] = [.rsa_pkcs1_sha256, .ecdsa_secp256r1_sha256]
        server.schemes = (sure + others.filter { !sure.contains($0) }).shuffled(using: &random)
        let run = DetailsRun(SignatureInquiry(suites: suites), seed: seed) { server.answer($0) }
        let outcome = run.inquiry.outcome
        let truth = server.schemes.filter {
            DetailsServer.fitting[.rsa]?.contains($0) ?? false || DetailsServer.fitting[.ecdsa]?.contains($0) ?? false
        }
        #expect(run.isFinished)
        #expect(Set(Self.found(outcome)) == Set(truth))
        #expect(outcome?.schemes.count == SignatureScheme.all.count)
        #expect(outcome?.schemes.allSatisfy { $0.verdict == .supported || $0.verdict == .rejected } == true)
        #expect(outcome?.isComplete == true)
        for kind in [Authentication.rsa, .ecdsa] {
            let own = truth.filter { DetailsServer.fitting[kind]?.contains($0) ?? false }
            guard own.count > 1 else { continue }
            #expect(outcome?.order == (server.schemesAreServers ? .server : .client))
            let found = Self.found(outcome).filter(own.contains)
            if server.schemesAreServers { #expect(found == own) }
        }
        #expect(run.requests.count <= 2 * truth.count + 14)
    }

    @Test func aSchemeThatWasNotOffered() {
        var server = DetailsServer()
        server.suites[.tls12] = Self.suites
        server.stubbornScheme = .rsa_pkcs1_sha1
        let run = DetailsRun(SignatureInquiry(suites: Self.suites)) { server.answer($0) }
        #expect(run.isFinished)
        #expect(run.requests.count < 16)
        #expect(Self.found(run.inquiry.outcome) == [.rsa_pkcs1_sha1])
        #expect(run.inquiry.outcome?.isComplete == false)
        #expect(run.inquiry.outcome?.notes.contains { $0.contains("rsa_pkcs1_sha1, which was not offered") } == true)
    }

    @Test func withoutSignedSuites() {
        let inquiry = SignatureInquiry(suites: [.TLS_RSA_WITH_AES_128_CBC_SHA, .TLS_PSK_WITH_AES_128_CBC_SHA])
        #expect(inquiry.isFinished)
        #expect(inquiry.outcome == nil)
    }

    @Test(arguments: 0..<200) func tls13RefusalsAreExact(_ seed: Int) {
        var random = Seeded(seed)
        var server = DetailsServer()
        server.suites[.tls13] = Self.modernSuites
        server.modernGroups = [[.secp521r1], [.x25519], [.ffdhe2048, .x448]].randomElement(using: &random) ?? []
        let own = SignatureScheme.all.shuffled(using: &random).prefix(Int.random(in: 0...12, using: &random))
        server.modernSchemes = Array(own)
        let groups = Bool.random(using: &random) ? server.modernGroups : []
        let inquiry = ModernSignatureInquiry(suites: Self.modernSuites, groups: groups)
        let run = DetailsRun(inquiry, seed: seed) { server.answer($0) }
        let outcome = run.inquiry.outcome
        #expect(run.isFinished)
        #expect(Self.found(outcome).isEmpty)
        let possible = outcome.schemes.filter {
            $0.verdict == .inconclusive(reason: ModernSignatureInquiry.unprovenReason)
        }
        let asked = Set(outcome.schemes.map(\.scheme))
        #expect(Set(possible.map(\.scheme)) == Set(own).intersection(asked))
        #expect(outcome.schemes.allSatisfy { possible.contains($0) || $0.verdict == .rejected })
        #expect(outcome.isComplete)
        #expect(run.requests.count <= 16 + own.count * 12)
    }

    /// As JSSE does: any scheme that it knows will do.
    @Test func aServerThatLooksAtNoKeys() {
        var server = DetailsServer()
        server.suites[.tls13] = Self.modernSuites
        server.modernSchemes = [
            .ecdsa_secp256r1_sha256, .ecdsa_secp384r1_sha384, .ecdsa_secp521r1_sha512,
            .rsa_pss_rsae_sha256, .rsa_pss_rsae_sha384, .rsa_pss_rsae_sha512, .ed25519, .rsa_pss_pss_sha256,
        ]
        let run = DetailsRun(ModernSignatureInquiry(suites: Self.modernSuites)) { server.answer($0) }
        #expect(run.isFinished)
        #expect(run.requests.count == 9)
        #expect(run.inquiry.outcome.schemes.allSatisfy { $0.verdict.id == "inconclusive" })
        #expect(!run.inquiry.outcome.isComplete)
    }

    @Test func aServerThatDoesNotLook() {
        var server = DetailsServer()
        server.suites[.tls13] = Self.modernSuites
        server.modernSchemes = nil
        let run = DetailsRun(ModernSignatureInquiry(suites: Self.modernSuites)) { server.answer($0) }
        #expect(run.requests.count == 2)
        #expect(run.inquiry.outcome.schemes.allSatisfy { $0.verdict.id == "inconclusive" })
        #expect(!run.inquiry.outcome.isComplete)
    }

    @Test(arguments: [Observation.closed, .reset, .timedOut, .notTLS(prefix: Array("HTTP/1.1 400".utf8))])
    func refusingEverything(_ refusal: Observation) {
        let one = DetailsRun(SignatureInquiry(suites: Self.suites)) { _ in refusal }
        #expect(one.isFinished)
        #expect(one.inquiry.outcome?.schemes.allSatisfy { $0.verdict.id == "inconclusive" } == true)
        #expect(one.inquiry.outcome?.isComplete == false)
        let other = DetailsRun(ModernSignatureInquiry(suites: Self.modernSuites)) { _ in refusal }
        #expect(other.isFinished)
        #expect(Self.found(other.inquiry.outcome).isEmpty)
    }

    /// It wants another share each time.
    @Test func anotherShareForEver() {
        var count: UInt16 = 0
        let groups: [NamedGroup] = [.x448, .secp521r1, .ffdhe2048]
        let run = DetailsRun(ModernSignatureInquiry(suites: Self.modernSuites)) { _ in
            count += 1
            return .helloRetryRequest(
                ServerHello(
                    legacyVersion: .tls12,
                    random: ServerHello.helloRetryRequestRandom,
                    cipherSuite: Self.modernSuites[0],
                    extensions: [
                        Extension(SelectedVersion(version: .tls13)),
                        Extension(RetryKeyShare(group: groups[Int(count) % 3])),
                    ]
                )
            )
        }
        #expect(run.isFinished)
        #expect(run.requests.count < 12)
    }

    @Test(arguments: 0..<40) func anyChoiceAtAllEnds(_ seed: Int) {
        var random = Seeded(seed)
        func chaos(_ request: ProbeRequest) -> Observation {
            var server = DetailsServer()
            server.suites = [.tls12: Self.suites.shuffled(using: &random), .tls13: Self.modernSuites]
            server.modernGroups = [.x448, .secp521r1, .x25519, .ffdhe2048].shuffled(using: &random)
            server.groupsAreServers = Bool.random(using: &random)
            server.finiteFields = [.ffdhe2048]
            server.schemes = SignatureScheme.all.shuffled(using: &random)
            server.modernSchemes = Array(SignatureScheme.all.shuffled(using: &random).prefix(5))
            server.stubbornScheme = Int.random(in: 0..<20, using: &random) == 0 ? .dsa_md5 : nil
            if Int.random(in: 0..<20, using: &random) == 0 { return .timedOut }
            if Int.random(in: 0..<20, using: &random) == 0 { return .reset }
            return server.answer(request)
        }
        let one = DetailsRun(SignatureInquiry(suites: Self.suites), seed: seed, answer: chaos)
        #expect(one.isFinished)
        #expect(one.requests.count < 400)
        let other = DetailsRun(ModernSignatureInquiry(suites: Self.modernSuites), seed: seed, answer: chaos)
        #expect(other.isFinished)
        #expect(other.requests.count < 400)
    }
}
