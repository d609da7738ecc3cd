import TLSParameters
import Testing

@testable import Certificates

@Suite struct RevocationTests {
    private let root: Certificate
    private let good: Certificate
    private let revoked: Certificate
    private let trust: TrustStore

    init() throws {
        root = try Certificate(der: RevocationVectors.root)
        good = try Certificate(der: RevocationVectors.good)
        revoked = try Certificate(der: RevocationVectors.revoked)
        trust = try TrustAnchors(system: false, certificates: [root]).acquire()
    }

    private func judge(
        _ leaf: Certificate,
        _ mode: RevocationMode,
        lists: [[UInt8]] = [RevocationVectors.list],
        at time: Int64 = RevocationVectors.moment,
        _ change: (inout RevocationPolicy) -> Void = { _ in }
    ) throws -> ChainValidation {
        var policy = RevocationPolicy()
        policy.mode = mode
        policy.lists = try lists.map { try RevocationList(der: $0) }
        change(&policy)
        return ChainValidator.validate(chain: [leaf], trust: trust, at: time, revocation: policy)
    }

    @Test func nothingIsLookedUpUnlessAskedFor() throws {
        let validation = try judge(revoked, .none)
        #expect(validation.isTrusted)
        #expect(validation.revocation?.certificates == [])
        #expect(validation.checks.first { $0.check == .revocation }?.outcome == .notChecked)
    }

    @Test(arguments: [RevocationMode.end, .chain, .excludeRoot])
    func aListTellsTheRevokedFromTheOthers(_ mode: RevocationMode) throws {
        let fine = try judge(good, mode)
        #expect(fine.isTrusted)
        #expect(fine.revocation?.certificates.allSatisfy { $0.status == .good && $0.source == "crl" } == true)
        #expect(fine.revocation?.certificates.count == (mode == .chain ? 2 : 1))
        #expect(fine.checks.first { $0.check == .revocation }?.outcome == .passed)

        let bad = try judge(revoked, mode)
        #expect(!bad.isTrusted)
        #expect(bad.problems.map(\.id) == ["revoked"])
        let entry = try #require(bad.revocation?.certificates.first)
        #expect(entry.status == .revoked)
        #expect(entry.source == "crl")
        #expect(entry.revokedAt?.text == "2026-11-01T12:00:00Z")
        #expect(entry.reason == "keyCompromise")
        #expect(bad.checks.first { $0.check == .revocation }?.depths == [0])
    }

    @Test func noListIsNoAnswer() throws {
        for mode in [RevocationMode.end, .chain, .excludeRoot] {
            let validation = try judge(good, mode, lists: [])
            #expect(!validation.isTrusted)
            #expect(validation.problems.allSatisfy { $0.id == "crl-unavailable" })
            #expect(validation.problems.count == (mode == .chain ? 2 : 1))
            let entry = try #require(validation.revocation?.certificates.first)
            #expect(entry.status == .unknown)
            #expect(entry.source == nil)
            #expect(entry.detail != nil)
        }
    }

    @Test func whatIsForgivenDependsOnWhetherThereIsAPlaceToAsk() throws {
        // The good one names none, the revoked one does.
        let missing: (inout RevocationPolicy) -> Void = { $0.ignoresMissingSource = true }
        let offline: (inout RevocationPolicy) -> Void = { $0.ignoresOffline = true }
        #expect(try judge(good, .end, lists: [], missing).isTrusted)
        #expect(try !judge(good, .end, lists: [], offline).isTrusted)
        #expect(try !judge(revoked, .end, lists: [], missing).isTrusted)
        #expect(try judge(revoked, .end, lists: [], offline).isTrusted)
        let entry = try #require(try judge(good, .end, lists: [], missing).revocation?.certificates.first)
        #expect(entry.status == .unknown)
        #expect(entry.detail?.hasSuffix("let pass") == true)
        // What is known is never forgiven.
        #expect(try judge(revoked, .end, offline).problems.map(\.id) == ["revoked"])
    }

    @Test func aListOfAnotherMomentDoesNotCount() throws {
        let early = try judge(good, .end, at: 1_795_300_000)
        #expect(early.problems.contains { $0.id == "crl-not-yet-valid" })
        #expect(early.revocation?.certificates.first?.status == .unknown)
    }

    @Test func aForgedListDoesNotCount() throws {
        var forged = RevocationVectors.list
        forged[forged.count - 1] ^= 1
        let validation = try judge(good, .end, lists: [forged])
        #expect(!validation.isTrusted)
        #expect(validation.problems.contains { $0.id == "crl-bad-signature" })
        #expect(validation.revocation?.certificates.first?.status == .unknown)
    }

    @Test func listsAreReadFromPEMAndDER() throws {
        let pem = PEM.encode(RevocationVectors.list, label: "X509 CRL")
        #expect(try RevocationList.readAll(Array((pem + pem).utf8)).count == 2)
        let list = try #require(try RevocationList.readAll(RevocationVectors.list).first)
        #expect(list.issuer.text == PeerText("CN=Revocation Root"))
        #expect(list.thisUpdate?.text.hasPrefix("2026-11-23T") == true)
        for bytes in [[], Array("noise".utf8), RevocationVectors.root, Array(root.pem.utf8), [0x30, 0]] {
            #expect(throws: CertificateError.self) { try RevocationList.readAll(bytes) }
        }
    }

    // MARK: Stapled responses

    private func staple(
        _ der: [UInt8],
        for leaf: Certificate,
        at time: Int64 = RevocationVectors.moment
    ) throws
        -> ChainValidation
    {
        try judge(leaf, .none, lists: [], at: time).judging(staple: der)
    }

    @Test(arguments: [RevocationVectors.goodByRoot, RevocationVectors.goodByResponder])
    func aGoodStapleCounts(_ der: [UInt8]) throws {
        let validation = try staple(der, for: good)
        #expect(validation.isTrusted)
        let answer = try #require(validation.revocation?.staple)
        #expect(answer.isUsable)
        #expect(answer.status == .good)
        #expect(answer.problem == nil)
        #expect(answer.thisUpdate != nil && answer.nextUpdate != nil && answer.producedAt != nil)
        #expect(validation.revocation?.certificates.first?.source == "stapled-ocsp")
    }

    @Test func aStapleAnswersWhatNoListDoes() throws {
        let open = try judge(good, .end, lists: [])
        #expect(open.awaitsStaple)
        let answered = open.judging(staple: RevocationVectors.goodByRoot)
        #expect(answered.isTrusted)
        #expect(answered.revocation?.certificates.map(\.status) == [.good])
        let chain = try judge(good, .chain, lists: [])
        #expect(!chain.awaitsStaple)
        #expect(!chain.judging(staple: RevocationVectors.goodByRoot).isTrusted)
    }

    @Test func aStapleThatSaysRevokedIsBelieved() throws {
        let validation = try staple(RevocationVectors.revokedByRoot, for: revoked)
        #expect(validation.problems.map(\.id) == ["revoked"])
        #expect(validation.revocation?.staple?.revokedAt?.text == "2026-11-01T12:00:00Z")
        #expect(validation.revocation?.staple?.reason == "keyCompromise")
        // Said once, though a list says so too.
        let both = try judge(revoked, .end).judging(staple: RevocationVectors.revokedByRoot)
        #expect(both.problems.map(\.id) == ["revoked"])
        #expect(both.revocation?.certificates.map(\.source) == ["crl"])
    }

    @Test func aStapleThatDoesNotCountChangesNothing() throws {
        var forged = RevocationVectors.goodByRoot
        forged[forged.count - 600] ^= 1
        let cases: [([UInt8], Certificate, Int64, String)] = [
            (RevocationVectors.goodByStranger, good, RevocationVectors.moment, "entitled"),
            (RevocationVectors.goodForMinutes, good, RevocationVectors.moment, "out of date"),
            (RevocationVectors.goodByRoot, revoked, RevocationVectors.moment, "another certificate"),
            (RevocationVectors.goodByRoot, good, 1_795_300_000, "entitled"),
            (forged, good, RevocationVectors.moment, ""),
            ([], good, RevocationVectors.moment, "not an OCSP response"),
            ([0x30, 0x03, 0x0a, 0x01, 0x03], good, RevocationVectors.moment, "tryLater"),
            (RevocationVectors.root, good, RevocationVectors.moment, "not an OCSP response"),
        ]
        for (der, leaf, time, problem) in cases {
            let before = try judge(leaf, .none, lists: [], at: time)
            let validation = before.judging(staple: der)
            let answer = try #require(validation.revocation?.staple)
            #expect(!answer.isUsable)
            #expect(answer.problem?.contains(problem) == true, "\(answer.problem ?? "nil") lacks \(problem)")
            #expect(validation.problems == before.problems)
            #expect(validation.revocation?.certificates == [])
            let open = try judge(leaf, .end, lists: [], at: time).judging(staple: der)
            #expect(!open.isTrusted, "\(problem)")
        }
    }

    @Test func everyFlippedByteOfAStapleIsSurvived() throws {
        let open = try judge(good, .end, lists: [])
        let der = RevocationVectors.goodByResponder
        for place in der.indices {
            var flipped = der
            flipped[place] ^= 0x55
            // What isn't signed may change, such as the certificate that came along; the answer must not.
            let answer = open.judging(staple: flipped).revocation?.staple
            if answer?.isUsable == true { #expect(answer?.status == .good) }
        }
        for length in der.indices { _ = open.judging(staple: Array(der[..<length])) }
    }

    @Test func withoutAnIssuerNobodyMaySign() throws {
        let strangers = try TrustAnchors(system: false, certificates: [good]).acquire()
        let alone = ChainValidator.validate(chain: [good], trust: strangers, at: RevocationVectors.moment)
        let answer = alone.judging(staple: RevocationVectors.goodByRoot).revocation?.staple
        #expect(answer?.isUsable == false)
    }
}
