import Synchronization
import TLSParameters
import Transport

/// A user's side with an errand in the place of their input.
final class ErrandEnds: RelayEnds {
    private struct State {
        /// What is still to be asked.
        var request: [UInt8]?
        /// What came back, where that can be told.
        var answer: HTTPAnswer?
    }

    private let ends: any RelayEnds
    private let input: InputReader?
    private let state: Mutex<State>

    var showsData: Bool { ends.showsData }

    /// Once it is whole, or can't become so.
    var isAnswered: Bool {
        state.withLock { $0.answer?.hasEnded == true }
    }

    init(_ errand: Errand, _ channel: ChannelRequest, ends: any RelayEnds) {
        self.ends = ends
        switch errand.kind {
        case .get(let path):
            let request = channel.target.get(path, serverName: channel.reach.serverName)
            state = Mutex(State(request: request, answer: HTTPAnswer()))
            input = nil
        case .send(let descriptor):
            state = Mutex(State())
            input = InputReader(descriptor: descriptor)
        }
    }

    func nextInput() async -> RelayInput? {
        if let input {
            guard case .bytes(let bytes) = await input.read(deadline: .never) else { return nil }
            return .data(bytes)
        }
        return state.withLock { state in
            defer { state.request = nil }
            return state.request.map { .data($0) }
        }
    }

    func deliver(_ bytes: [UInt8]) async throws {
        state.withLock { $0.answer?.take(bytes) }
        try await ends.deliver(bytes)
    }

    func show(_ answer: SessionAnswer) async {
        await ends.show(answer)
    }

    /// What came of a GET, now that the session has ended in this way; nil for other errands.
    func summary(after ending: RelaySummary.Ending) -> AnswerSummary? {
        state.withLock { state in
            state.answer?.end(isClean: ending == .closeNotify)
            return state.answer.map(AnswerSummary.init)
        }
    }
}
