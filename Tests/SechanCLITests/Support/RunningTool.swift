import Foundation

/// A program that was run to its end, with nothing on standard input.
struct RunningTool {
    var status: Int32
    var output: String
    var complaints: String

    /// Runs a program; relative names are looked up in `PATH`.
    ///
    /// - Throws: `Missing` if it isn't installed: a test that can't run has failed.
    static func run(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws -> RunningTool
    {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try path(of: program))
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
        // Files instead of pipes: they can't fill up, so neither side waits for the other.
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let (out, err) = (directory.appendingPathComponent("out"), directory.appendingPathComponent("err"))
        for file in [out, err] { try Data().write(to: file) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        try process.run()
        process.waitUntilExit()
        return RunningTool(
            status: process.terminationStatus,
            output: try String(contentsOf: out, encoding: .utf8),
            complaints: try String(contentsOf: err, encoding: .utf8)
        )
    }

    /// The `sechan` that was built beside the test bundle, or what `SECHAN_BINARY` names.
    static func sechan() throws -> String {
        if let path = ProcessInfo.processInfo.environment["SECHAN_BINARY"] { return path }
        let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("sechan").path
    }

    private static func path(of program: String) throws -> String {
        let candidates =
            program.hasPrefix("/")
            ? [program] : ["/usr/bin/\(program)", "/bin/\(program)", "/usr/local/bin/\(program)"]
        guard let path = candidates.first(where: FileManager.default.isExecutableFile) else {
            throw Missing(what: "the program \(program) (install it, or run 'make test', which does)")
        }
        return path
    }
}
