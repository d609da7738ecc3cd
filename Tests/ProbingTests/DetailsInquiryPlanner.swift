import TLSParameters
import TLSWire

@testable import Probing

/// Several inquiries at once against one peer, all started together.
struct InquiryPlanner: ProbePlanner {
    private(set) var inquiries: [any Inquiry]
    private var desk = ConfirmationDesk(seed: 1)
    /// By request: how many answers had to be there first, and one.
    private var depths: [ProbeRequest.ID: Int] = [:]
    private var depthNow = 0
    private(set) var requestCount = 0

    init(_ inquiries: [any Inquiry]) { self.inquiries = inquiries }

    mutating func requests() -> [ProbeRequest] {
        var unsettled: [ConfirmationDesk.Reply] = []
        repeat {
            for index in inquiries.indices {
                for (token, question) in inquiries[index].questions() { desk.ask(question, owner: index, token: token) }
            }
            unsettled = desk.settleWithoutControl()
            for reply in unsettled { inquiries[reply.owner].answer(reply.token, reply.answer) }
        } while !unsettled.isEmpty
        let requests = desk.requests()
        for request in requests { depths[request.id] = depthNow + 1 }
        requestCount += requests.count
        return requests
    }

    mutating func observe(_ id: ProbeRequest.ID, _ observation: Observation) {
        depthNow = depths[id] ?? 0
        for reply in desk.observe(id, observation) { inquiries[reply.owner].answer(reply.token, reply.answer) }
    }

    var isFinished: Bool { inquiries.allSatisfy(\.isFinished) && desk.isIdle }

    var outcome: InquiryPlanner { self }

    /// Round trips one after the other, the longest chain.
    var depth: Int { depths.values.max() ?? 0 }

    /// The inquiry of a kind.
    func find<I: Inquiry>(_: I.Type) -> I? { inquiries.lazy.compactMap { $0 as? I }.first }
}

extension InquiryPlanner {
    /// Everything there is to ask of a server that accepts these suites.
    init(everythingOf suites: [ProtocolVersion: [CipherSuite]], serverName: String? = nil) {
        let classic = suites.filter { $0.key <= .tls12 }.keys.max()
        let classicSuites = classic.flatMap { suites[$0] } ?? []
        var inquiries: [any Inquiry] = [
            ToleranceInquiry(suites: suites, serverName: serverName),
            DowngradeInquiry(suites: suites, serverName: serverName),
            ExtensionInquiry(version: classic, suites: classicSuites, serverName: serverName),
        ]
        if let classic {
            inquiries.append(ClassicGroupInquiry(version: classic, suites: classicSuites, serverName: serverName))
            inquiries.append(SignatureInquiry(suites: suites[.tls12] ?? [], serverName: serverName))
            inquiries.append(
                ApplicationProtocolInquiry(version: classic, suites: classicSuites, serverName: serverName)
            )
        }
        if let modern = suites[.tls13] {
            inquiries.append(GroupInquiry(suites: modern, serverName: serverName))
            inquiries.append(ModernSignatureInquiry(suites: modern, serverName: serverName))
            if classic == nil {
                inquiries.append(ApplicationProtocolInquiry(tls13Suites: modern, serverName: serverName))
            }
        }
        self.init(inquiries)
    }
}
