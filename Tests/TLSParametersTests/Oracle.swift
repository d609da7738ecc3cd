import Foundation
import TLSParameters
import Testing

/// Runs a program that knows better than we do and returns what it prints.
///
/// A program that is missing, fails or prints nothing fails the test: an oracle is never skipped.
enum Oracle {
    /// The Python that has the packages of scripts/test-requirements.txt: `SECHAN_TEST_PYTHON`, or plain `python3`.
    static var python: String { ProcessInfo.processInfo.environment["SECHAN_TEST_PYTHON"] ?? "python3" }

    /// A file of this repository.
    static func file(_ path: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../" + path)
            .standardizedFileURL.path
    }

    static func run(_ command: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(command.joined(separator: " ")) failed")
        try #require(!data.isEmpty)
        return data
    }
}

/// A difference from an oracle that is known, with the reason why our table keeps its own value.
struct KnownDifference {
    let codes: Set<UInt32>
    let field: String
    let reason: String

    init(_ codes: some Sequence<UInt32>, _ field: String, because reason: String) {
        self.codes = Set(codes)
        self.field = field
        self.reason = reason
    }
}

/// Collects differences, then holds them against the known ones: an unknown difference fails, and so does a known one
/// that has gone away.
struct Comparison {
    private var found: [String: Set<UInt32>] = [:]
    private var texts: [String] = []
    private let known: [KnownDifference]

    init(known: [KnownDifference]) {
        self.known = known
    }

    mutating func compare<Value: Equatable>(_ code: UInt32, _ field: String, ours: Value, theirs: Value) {
        guard ours != theirs else { return }
        found[field, default: []].insert(code)
        guard !known.contains(where: { $0.field == field && $0.codes.contains(code) }) else { return }
        texts.append("0x\(String(code, radix: 16, uppercase: true)) \(field): ours \(ours), theirs \(theirs)")
    }

    func finish(sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(texts == [], "differences not known", sourceLocation: sourceLocation)
        for difference in known {
            let stale = difference.codes.subtracting(found[difference.field] ?? [])
                .map { String($0, radix: 16, uppercase: true) }
            #expect(stale == [], "no longer different: \(difference.reason)", sourceLocation: sourceLocation)
        }
    }
}
