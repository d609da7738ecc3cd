import Foundation
import Testing

/// Programs that aren't ours, which read what we write. One that is missing, or refuses a report, fails the test.
enum ForeignReader {
    /// The Python that has the packages of scripts/test-requirements.txt.
    private static var python: String {
        ProcessInfo.processInfo.environment["SECHAN_TEST_PYTHON"] ?? "\(root)/.build-tests/venv/bin/python"
    }

    private static var root: String { directory.appendingPathComponent("../../..").standardizedFileURL.path }

    private static var directory: URL { URL(fileURLWithPath: #filePath).deletingLastPathComponent() }

    /// What a reader of the format took from the text: an object for each entry.
    static func read(_ text: String, as format: String) throws -> [[String: Any]] {
        let script = directory.appendingPathComponent("../Readers/read_report.py").standardizedFileURL.path
        let output = try withFile(text, named: "report.\(format == "html" ? "html" : "txt")") { file in
            try run([python, script, format, file])
        }
        return try #require(JSONSerialization.jsonObject(with: Data(output.utf8)) as? [[String: Any]])
    }

    /// What `jq` makes of the text.
    static func jq(_ filter: String, _ text: String) throws -> String {
        try withFile(text, named: "report.json") { try run(["jq", "-r", filter, $0]) }
    }

    /// Demands that `xmllint` has nothing to say.
    static func xmllint(_ text: String) throws {
        _ = try withFile(text, named: "report.xml") { try run(["xmllint", "--noout", "--nonet", "--huge", $0]) }
    }

    /// SHA-256 of the text in base 64, by the `openssl` command.
    static func sha256(_ text: String) throws -> String {
        try withFile(text, named: "report.txt") { file in
            try run(["sh", "-c", "openssl dgst -sha256 -binary '\(file)' | base64 -w0"])
        }
    }

    private static func withFile<Result>(
        _ text: String,
        named name: String,
        _ body: (String) throws -> Result
    ) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sechan-report-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return try body(file.path)
    }

    private static func run(_ command: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        // Nothing here takes long; what hangs must not hang the tests.
        process.arguments = ["timeout", "180"] + command
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self)
        try #require(process.terminationStatus == 0, "\(command.joined(separator: " "))\n\(text.prefix(2_000))")
        return text
    }
}
