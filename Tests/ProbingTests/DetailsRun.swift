import TLSParameters
import TLSWire

@testable import Probing

/// An inquiry played to its end by way of a ``ConfirmationDesk``, as a survey does it.
struct DetailsRun<I: Inquiry> {
    var inquiry: I
    var requests: [ProbeRequest] = []
    /// Round trips, one after the other.
    var depth = 0
    var isFinished = false

    /// `seed`: the order in which answers come.
    init(_ inquiry: I, seed: Int = 0, limit: Int = 2_000, answer: (ProbeRequest) -> Observation) {
        self.inquiry = inquiry
        var desk = ConfirmationDesk(seed: 1)
        var random = Seeded(seed)
        // What the survey has found before serves as the control.
        let plain = HelloQuestion(draft: .template(ClientHelloTemplate(versions: [.tls12], cipherSuites: [])))
        desk.ask(plain, owner: 1, token: 0)
        for request in desk.requests() {
            _ = desk.observe(request.id, .serverHello(Self.control, FlightParts()))
        }
        var pending: [ProbeRequest] = []
        repeat {
            for (token, question) in self.inquiry.questions() { desk.ask(question, owner: 0, token: token) }
            for reply in desk.settleWithoutControl() where reply.owner == 0 {
                self.inquiry.answer(reply.token, reply.answer)
            }
            pending += desk.requests()
            guard !pending.isEmpty else { break }
            depth += 1
            var replies: [ConfirmationDesk.Reply] = []
            for request in pending.shuffled(using: &random) {
                requests.append(request)
                let observation: Observation =
                    request.isControl ? .serverHello(Self.control, FlightParts()) : answer(request)
                replies += desk.observe(request.id, observation)
            }
            pending = []
            for reply in replies where reply.owner == 0 { self.inquiry.answer(reply.token, reply.answer) }
        } while requests.count < limit
        isFinished = self.inquiry.isFinished && desk.isIdle
    }

    private static var control: ServerHello {
        ServerHello(
            legacyVersion: .tls12,
            random: SimulatedServer.random,
            cipherSuite: CipherSuite(rawValue: 0x9C),
            extensions: nil
        )
    }
}
