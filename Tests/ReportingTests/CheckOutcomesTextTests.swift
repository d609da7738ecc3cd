import Diagnostics
import Testing

@testable import Reporting

@Suite("checks as text")
struct CheckOutcomesTextTests {
    private func text(_ outcomes: [CheckOutcome], verbose: Bool) -> String {
        var document = TextDocument()
        CheckOutcomesText.add(outcomes, verbose: verbose, to: &document)
        return document.text(TextStyle(colour: false, columns: nil))
    }

    @Test("Many checks that were not determined for one reason are counted, few are named, and -v names all")
    func grouped() {
        var outcomes = (1...5).map {
            CheckOutcome(id: "suite.n\($0)", verdict: .undetermined, reason: "no session stood")
        }
        outcomes.append(CheckOutcome(id: "attack.other", verdict: .undetermined, reason: "silence"))
        outcomes.append(CheckOutcome(id: "suite.gone", verdict: .absent))
        let short = text(outcomes, verbose: false)
        #expect(
            short.contains("5 checks") && short.contains("no session stood") && !short.contains("suite.n1"),
            "\(short)"
        )
        #expect(short.contains("attack.other") && short.contains("silence"), "\(short)")
        #expect(short.contains("1 absent, 6 not determined"), "\(short)")
        #expect(!short.contains("not run"), "\(short)")
        let long = text(outcomes, verbose: true)
        #expect(long.contains("suite.n1") && long.contains("suite.n5") && long.contains("suite.gone"), "\(long)")
    }

    @Test("Each reason for which checks were not run is told, with their number")
    func left() {
        var outcomes = (1...3).map { CheckOutcome(id: "dns.n\($0)", verdict: .notRun, reason: "--dns asks for it") }
        outcomes.append(
            CheckOutcome(id: "attack.x", intrusive: true, verdict: .notRun, reason: "--intrusive allows it")
        )
        let short = text(outcomes, verbose: false)
        #expect(short.contains("3: --dns asks for it") && short.contains("1: --intrusive allows it"), "\(short)")
    }
}
