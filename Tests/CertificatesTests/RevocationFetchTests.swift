import TLSParameters
import Testing

@testable import Certificates

/// What is asked of others, and what their answers count for.
@Suite struct RevocationFetchTests {
    private let good: Certificate
    private let revoked: Certificate
    private let trust: TrustStore
    private let url = PeerText("http://127.0.0.1:1/root.crl")

    init() throws {
        good = try Certificate(der: RevocationVectors.good)
        revoked = try Certificate(der: RevocationVectors.revoked)
        trust = try TrustAnchors(system: false, certificates: [Certificate(der: RevocationVectors.root)]).acquire()
    }

    private func judge(
        _ leaf: Certificate,
        name: VerifyName? = nil,
        trust other: TrustStore? = nil,
        _ change: (inout RevocationPolicy) -> Void = { _ in }
    ) -> ChainValidation {
        var policy = RevocationPolicy()
        policy.mode = .end
        policy.fetches = true
        change(&policy)
        return ChainValidator.validate(
            chain: [leaf],
            trust: other ?? trust,
            name: name,
            at: RevocationVectors.moment,
            revocation: policy
        )
    }

    @Test func onlyWhatIsOpenIsAsked() throws {
        let question = try #require(judge(revoked).questions.first)
        #expect(question.depth == 0)
        #expect(question.lists == [url])
        #expect(question.responders.isEmpty)
        // It names no place.
        #expect(judge(good).questions.isEmpty)
        let list = try RevocationList(der: RevocationVectors.list)
        #expect(judge(revoked) { $0.lists = [list] }.questions.isEmpty)
        #expect(judge(revoked) { $0.mode = .none }.questions.isEmpty)
        // What is forgiven is asked about all the same.
        #expect(judge(revoked) { $0.ignoresOffline = true }.questions.count == 1)
    }

    @Test func nobodyIsAskedAboutAChainThatIsNotTrusted() throws {
        #expect(judge(revoked, name: .dns("other.example")).questions.isEmpty)
        let strangers = try TrustAnchors(system: false, certificates: [good]).acquire()
        #expect(judge(revoked, trust: strangers).questions.isEmpty)
    }

    @Test func aFetchedListCounts() throws {
        let question = try #require(judge(revoked).questions.first)
        let fetch = question.list(RevocationVectors.list, from: url)
        #expect(fetch.isConclusive)
        #expect(fetch.problem == nil)
        #expect(fetch.bytes == RevocationVectors.list.count)
        let judged = judge(revoked) { $0.fetched = [fetch] }
        #expect(judged.problems.map(\.id) == ["revoked"])
        #expect(judged.revocation?.certificates.first?.reason == "keyCompromise")
        #expect(judged.revocation?.fetched == [fetch])
        // It is forgiven no more once it is known.
        #expect(!judge(revoked) { ($0.fetched, $0.ignoresOffline) = ([fetch], true) }.isTrusted)
    }

    /// Another place may have one that does.
    @Test func aListThatDoesNotCountDoesNotEndTheSearch() throws {
        let chain = judge(revoked).builtChain
        let later = RevocationVectors.moment + 100 * 365 * 86_400
        let late = try #require(RevocationQuestion(depth: 0, chain: chain, now: later))
        let old = late.list(RevocationVectors.list, from: url)
        #expect(!old.isConclusive)
        #expect(old.problem?.hasPrefix("it is out of date since 2") == true)
        let early = try #require(RevocationQuestion(depth: 0, chain: chain, now: 0))
        #expect(early.list(RevocationVectors.list, from: url).problem == "it is not valid yet")
        var forged = RevocationVectors.list
        forged[forged.count - 1] ^= 1
        let fetch = try #require(judge(revoked).questions.first).list(forged, from: url)
        #expect(!fetch.isConclusive)
        #expect(fetch.problem == "its issuer did not sign it")
        #expect(judge(revoked) { $0.fetched = [fetch] }.isTrusted == false)
    }

    @Test func whatIsNoListLeavesItUnknown() throws {
        let question = try #require(judge(revoked).questions.first)
        for bytes in [[], Array("<html>".utf8), RevocationVectors.goodByRoot] {
            let fetch = question.list(bytes, from: url)
            #expect(!fetch.isConclusive)
            #expect(fetch.problem != nil)
            let judged = judge(revoked) { $0.fetched = [fetch] }
            #expect(judged.problems.map(\.id) == ["crl-unavailable"])
            #expect(judged.revocation?.certificates.map(\.status) == [.unknown])
        }
    }

    /// The vectors' responses were made for nobody in particular, so they have no nonce.
    @Test func aResponseWithoutOurNonceCountsOnlyWhileItHolds() throws {
        // The place to ask comes from the revoked one; the good one's question is put together by hand.
        let open = judge(good)
        let question = try #require(
            RevocationQuestion(
                depth: 0,
                chain: [revoked] + open.builtChain.dropFirst(),
                now: RevocationVectors.moment
            )
        )
        let query = try question.query()
        #expect(query.der.first == 0x30)
        #expect(try question.query().der != query.der, "each query has a nonce of its own")
        let answer = try #require(question.answer(RevocationVectors.revokedByRoot, to: query, from: url).answer)
        #expect(answer.isUsable, "\(answer.problem ?? "")")
        #expect(answer.status == .revoked)
        let other = question.answer(RevocationVectors.goodByRoot, to: query, from: url)
        #expect(other.problem?.contains("another certificate") == true)
        #expect(!other.isConclusive)
    }

    @Test func anAnswerIsAboutItsCertificateOnly() throws {
        let question = try #require(judge(revoked).questions.first)
        let path = judge(revoked).builtChain
        let asked = try #require(
            RevocationQuestion(depth: 0, chain: path, now: RevocationVectors.moment)
        )
        let fetch = asked.answer(RevocationVectors.revokedByRoot, to: try asked.query(), from: url)
        #expect(question.depth == 0)
        #expect(judge(revoked) { $0.fetched = [fetch] }.problems.map(\.id) == ["revoked"])
        // The same place in another chain.
        #expect(judge(good) { $0.fetched = [fetch] }.problems.map(\.id) == ["crl-unavailable"])
    }
}
