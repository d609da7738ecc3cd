import Testing

/// Output that can't be written: one line that says so, and a status of its own.
@Suite("Full disks")
struct FullDiskTests {
    @Test(
        arguments: [
            "ciphers", "ciphers --format json", "ciphers --help", "--version", "serve --fault list",
            "serve --listen 127.0.0.1:0", "serve --listen 127.0.0.1:0 --format json",
        ]
    )
    func standardOutput(_ command: String) throws {
        let run = try RunningTool.run("sh", ["-c", "exec '\(try RunningTool.sechan())' \(command) >/dev/full"])
        #expect(run.complaints == "sechan: can't write to standard output: No space left on device\n")
        #expect(run.status == 6)
    }

    @Test(arguments: ["connect", "inspect", "shutdown", "renegotiate", "ciphers"])
    func theRunsOwnStatusIsToldToo(_ verb: String) throws {
        let command = "\(verb) --connect-to 127.0.0.1:1 --format json localhost"
        let run = try RunningTool.run("sh", ["-c", "exec '\(try RunningTool.sechan())' \(command) >/dev/full"])
        let lines = run.complaints.split(separator: "\n")
        #expect(lines.first == "sechan: can't write to standard output: No space left on device")
        #expect(lines.dropFirst().first?.contains("refused") == true, "\(run.complaints)")
        #expect(run.status == 3)
    }

    @Test(arguments: ["connect", "inspect", "shutdown", "renegotiate", "ciphers"])
    func aFileThatCantBeMadeIsFoundBeforeTheRun(_ verb: String) throws {
        for place in ["/nowhere/report", "/"] {
            let run = try RunningTool.run(
                "sh",
                ["-c", "exec '\(try RunningTool.sechan())' \(verb) --connect-to 127.0.0.1:1 -o \(place) localhost"]
            )
            #expect(run.complaints.hasPrefix("sechan: can't write to '\(place)': "), "\(run.complaints)")
            #expect(run.status == 2)
        }
    }

    @Test(arguments: ["ciphers -o /dev/full", "ciphers --format json -o /dev/full"])
    func file(_ command: String) throws {
        let run = try RunningTool.run("sh", ["-c", "exec '\(try RunningTool.sechan())' \(command)"])
        #expect(run.complaints == "sechan: can't write to '/dev/full': No space left on device\n")
        #expect(run.status == 6)
    }

    @Test(arguments: ["ciphers", "ciphers --format json", "serve --listen 127.0.0.1:0"])
    func aReaderThatHasGoneIsNoError(_ command: String) throws {
        // The reader has ended before anything is written.
        let script = "{ sleep 1; '\(try RunningTool.sechan())' \(command); echo $? >&2; } | :"
        let run = try RunningTool.run("sh", ["-c", script])
        #expect(run.complaints == "0\n")
    }
}
