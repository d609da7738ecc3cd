import Foundation
import Testing

/// The `sechan` that was built together with these tests.
enum Sechan {
    /// Its path: beside the test bundle, or what `SECHAN_BINARY` says.
    static func path() throws -> String {
        if let path = ProcessInfo.processInfo.environment["SECHAN_BINARY"] { return path }
        let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("sechan").path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw InteropError("\(path) was not found: run `swift build` before `swift test`")
        }
        return path
    }

    /// Runs it to its end, with no terminal and an environment of its own.
    static func run(
        _ arguments: [String],
        input: ChildProcess.Input = .none,
        environment: [String: String] = [:],
        timeout: Duration = .seconds(60)
    ) async throws -> Finished {
        try await Finished.running(
            path(),
            arguments,
            input: input,
            environment: ChildProcess.plainEnvironment.merging(environment) { $1 },
            timeout: timeout
        )
    }

    /// Starts it, for what has to be looked at while it runs.
    static func start(
        _ arguments: [String],
        input: ChildProcess.Input = .none,
        environment: [String: String] = [:]
    ) throws -> ChildProcess {
        try ChildProcess(
            path(),
            arguments,
            input: input,
            environment: ChildProcess.plainEnvironment.merging(environment) { $1 }
        )
    }

    /// Runs a verb with `--format json` and checks the envelope: that it is JSON, names the verb and the schema, and tells the
    /// exit status that the process really had.
    static func report(
        _ verb: String,
        _ arguments: [String],
        input: ChildProcess.Input = .none,
        environment: [String: String] = [:],
        timeout: Duration = .seconds(60),
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Report {
        let run = try await run(
            [verb] + arguments + ["--format", "json"],
            input: input,
            environment: environment,
            timeout: timeout
        )
        let json: JSONValue
        do {
            json = try JSONValue(parsing: run.stdout)
        } catch {
            throw InteropError("\(error)\n\(run.transcript)")
        }
        let report = Report(run: run, json: json)
        #expect(json["schema"] == .string("sechan/1"), "\(run.transcript)", sourceLocation: sourceLocation)
        #expect(json["verb"] == .string(verb), "\(run.transcript)", sourceLocation: sourceLocation)
        #expect(report.exit == Int(run.status), "\(run.transcript)", sourceLocation: sourceLocation)
        return report
    }
}

/// A run of one verb on one target, with its JSON report.
struct Report: Sendable {
    let run: Finished
    let json: JSONValue

    /// `status.exit`.
    var exit: Int? { json["status"]["exit"].int }
    /// `status.kind`.
    var kind: String? { json["status"]["kind"].string }
    /// The verb's own part.
    var result: JSONValue { json["result"] }
    /// For the comment of an expectation.
    var transcript: Comment { Comment(rawValue: run.transcript) }

    /// Holds the report against the published schema with an independent validator.
    func expectValid(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let validation = try await SchemaValidator.validate(run.stdout)
        #expect(validation.status == 0, "\(validation.transcript)\n\(run.transcript)", sourceLocation: sourceLocation)
    }
}
