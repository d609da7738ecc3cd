import Diagnostics
import Synchronization
import Testing

@testable import SechanCLI

/// What a terminal shows of a survey on its way.
@Suite("The line of progress")
struct ProgressLineTests {
    /// Collects what is written.
    private final class Screen: Sendable {
        private let pieces = Mutex<[String]>([])
        var text: String { pieces.withLock { $0.joined() } }

        @Sendable func write(_ text: String) { pieces.withLock { $0.append(text) } }
    }

    @Test("a longer line leaves nothing of itself behind a shorter one")
    func writesOver() {
        let screen = Screen()
        let line = ProgressLine(columns: 80, write: screen.write)
        line.show("abcdef")
        line.show("abcdef")
        line.show("xy")
        line.clear()
        #expect(screen.text == "\rabcdef\rxy    \r  \r")
    }

    @Test("it never wraps, and what a user typed can't steer the terminal")
    func staysOneLine() {
        let screen = Screen()
        let line = ProgressLine(columns: 10, write: screen.write)
        line.show("abcdefghijklmnop")
        line.show("\u{1b}[2J\n")
        #expect(screen.text == "\rabcdefgh…\r\\u{1B}[2…")
    }

    @Test("pipes see nothing, and nothing comes after the end")
    func keepsQuiet() {
        let screen = Screen()
        let pipe = ProgressLine(columns: nil, write: screen.write)
        pipe.show("text")
        pipe.clear()
        let line = ProgressLine(columns: 80, write: screen.write)
        line.clear()
        line.show("late")
        #expect(screen.text == "")
    }

    @Test("it says how far the survey is")
    func says() {
        var progress = SurveyProgress(connections: 12, answered: 9, activity: "tls1.2")
        #expect(
            progress.line(for: "example.com", seconds: 2)
                == "example.com: tls1.2, 9 answers, 12 connections, 2 s; Ctrl-C stops and shows what is known"
        )
        progress.isSlowed = true
        progress.activity = ""
        #expect(
            progress.line(for: "x", seconds: 2).hasPrefix(
                "x: 9 answers, 12 connections, slowed down for the server, 2 s"
            )
        )
    }
}
