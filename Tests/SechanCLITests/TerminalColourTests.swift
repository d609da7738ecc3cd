import Testing

@testable import SechanCLI

/// The option comes first, then NO_COLOR, then CLICOLOR_FORCE, then the terminal.
@Suite("TerminalColour")
struct TerminalColourTests {
    private func isWanted(_ choice: ColourChoice, terminal: Bool, _ environment: [String: String] = [:]) -> Bool {
        TerminalColour.isWanted(choice, terminal: terminal) { environment[$0] }
    }

    @Test("the option beats everything")
    func option() {
        let loud = ["CLICOLOR_FORCE": "1"]
        let quiet = ["NO_COLOR": "1", "TERM": "dumb"]
        for terminal in [true, false] {
            #expect(isWanted(.always, terminal: terminal, quiet))
            #expect(!isWanted(.never, terminal: terminal, loud))
        }
    }

    @Test("on its own it follows the terminal")
    func terminal() {
        #expect(isWanted(.auto, terminal: true))
        #expect(isWanted(.auto, terminal: true, ["TERM": "xterm-256color"]))
        #expect(!isWanted(.auto, terminal: false))
        #expect(!isWanted(.auto, terminal: true, ["TERM": "dumb"]))
    }

    @Test("NO_COLOR wins over CLICOLOR_FORCE, and counts only if it is not empty")
    func noColour() {
        #expect(!isWanted(.auto, terminal: true, ["NO_COLOR": "1"]))
        #expect(!isWanted(.auto, terminal: true, ["NO_COLOR": "0"]))
        #expect(isWanted(.auto, terminal: true, ["NO_COLOR": ""]))
        #expect(!isWanted(.auto, terminal: true, ["NO_COLOR": "1", "CLICOLOR_FORCE": "1"]))
    }

    @Test("CLICOLOR_FORCE colours pipes too, unless it is empty or 0")
    func force() {
        #expect(isWanted(.auto, terminal: false, ["CLICOLOR_FORCE": "1"]))
        #expect(isWanted(.auto, terminal: false, ["CLICOLOR_FORCE": "1", "TERM": "dumb"]))
        #expect(!isWanted(.auto, terminal: false, ["CLICOLOR_FORCE": "0"]))
        #expect(!isWanted(.auto, terminal: false, ["CLICOLOR_FORCE": ""]))
    }
}
