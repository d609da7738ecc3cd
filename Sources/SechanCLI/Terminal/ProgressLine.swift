import Diagnostics
import Synchronization
import TLSParameters

/// One line on standard error that is written over again and again, and leaves nothing behind.
final class ProgressLine: Sendable {
    /// What is on the terminal now.
    private struct State {
        var shown = ""
        var isOver = false
    }

    /// The columns there are; nil where standard error is no terminal, and nothing is shown.
    private let columns: Int?
    private let write: @Sendable (String) -> Void
    private let state = Mutex(State())

    init(columns: Int?, write: @escaping @Sendable (String) -> Void = Streams.draw) {
        self.columns = columns
        self.write = write
    }

    /// Whether there is a terminal to show anything on.
    var isVisible: Bool { (columns ?? 0) > 1 }

    /// Shows `text` in the place of what was there, cut to the terminal's width.
    func show(_ text: String) {
        guard let columns, isVisible else { return }
        // Nothing but spaces and a return, so that it works on every terminal; a line that fills the last column wraps.
        let whole = PeerText(text).encoded(for: .terminal)
        let line = whole.count < columns ? whole : whole.prefix(columns - 2) + "…"
        state.withLock { state in
            guard !state.isOver, line != state.shown else { return }
            write("\r\(line)" + String(repeating: " ", count: max(0, state.shown.count - line.count)))
            state.shown = line
        }
    }

    /// Takes the line away for good.
    func clear() {
        state.withLock { state in
            state.isOver = true
            guard !state.shown.isEmpty else { return }
            write("\r" + String(repeating: " ", count: state.shown.count) + "\r")
            state.shown = ""
        }
    }
}

extension SurveyProgress {
    /// How far a survey of `target` is after so many seconds, in one line.
    func line(for target: String, seconds: Int64) -> String {
        var text = "\(target): "
        if !activity.isEmpty { text += "\(activity), " }
        text += "\(answered) answers, \(connections) connections"
        if isSlowed { text += ", slowed down for the server" }
        return text + ", \(seconds) s; Ctrl-C stops and shows what is known"
    }
}
