import Testing

@testable import SechanCLI

/// The parser's messages, cut to one line and a hint.
@Suite("UsageComplaint")
struct UsageComplaintTests {
    @Test("takes the suggestion as the hint")
    func suggestion() {
        let complaint = UsageComplaint(
            message: """
                Error: Unknown option '--formt'. Did you mean '--format'?
                Usage: sechan connect <target>
                  See 'sechan connect --help' for more information.
                """
        )
        #expect(complaint.reason == "unknown option '--formt'")
        #expect(complaint.hint == "did you mean '--format'?")
    }

    @Test("leads to the help of the verb where there is no suggestion")
    func help() {
        let complaint = UsageComplaint(
            message: """
                Error: Missing expected argument '<target>'
                Help:  <target>  host, host:port
                Usage: sechan connect <target>
                  See 'sechan connect --help' for more information.
                """
        )
        #expect(complaint.reason == "missing expected argument '<target>'")
        #expect(complaint.hint == "see 'sechan connect --help'")
    }

    @Test("leads to the help where that was asked for in other letters")
    func misspeltHelp() {
        let complaint = UsageComplaint(
            message: """
                Error: Unknown option '--hlep'. Did you mean '--hex'?
                Usage: sechan connect <target>
                  See 'sechan connect --help' for more information.
                """
        )
        #expect(complaint.reason == "unknown option '--hlep'")
        #expect(complaint.hint == "see 'sechan connect --help'")
    }

    @Test("keeps a message of our own as it is")
    func ownMessage() {
        let complaint = UsageComplaint(message: "Error: --sni and --no-sni exclude each other")
        #expect(complaint == UsageComplaint(message: "Error: --sni and --no-sni exclude each other.\n"))
        #expect(complaint.reason == "--sni and --no-sni exclude each other")
        #expect(complaint.hint == "see 'sechan --help'")
    }

    @Test(
        "does not put names in lower case",
        arguments: [("Error: TLS is gone", "TLS is gone"), ("Error: Gone", "gone")]
    )
    func names(_ message: String, _ reason: String) {
        #expect(UsageComplaint(message: message).reason == reason)
    }

    @Test("says something even to nothing", arguments: ["", "\n", "Error: ", "Usage:"])
    func degenerate(_ message: String) {
        let complaint = UsageComplaint(message: message)
        #expect(!complaint.hint.isEmpty)
        #expect(!complaint.reason.contains("\n"))
    }
}
