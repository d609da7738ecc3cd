import Foundation
import Testing

@testable import Diagnostics

/// Our reader of TOML against Python's: what it takes means the same to both, and what Python refuses it refuses, too.
@Suite struct TOMLOracleTests {
    private static let script = """
        import datetime, json, sys, tomllib
        def plain(value):
            if isinstance(value, dict): return {"table": [[key, plain(item)] for key, item in value.items()]}
            if isinstance(value, list): return {"array": [plain(item) for item in value]}
            if isinstance(value, bool): return {"boolean": value}
            if isinstance(value, int): return {"integer": str(value)}
            if isinstance(value, datetime.date): return {"date": value.isoformat()}
            return {"string": str(value)}
        answers = []
        for text in json.load(sys.stdin):
            try: answers.append(plain(tomllib.loads(text)))
            except Exception: answers.append(None)
        print(json.dumps(answers, sort_keys=True))
        """

    private static let documents =
        BuiltInPolicy.allCases.map(\.text) + [
            "", "a = 1", "a = +1\nb = -0\nc = 1_000", "a = 01", "a = 1__0", "a = _1", "a = 1_",
            "a = \"\\u00e9\\t\\\\\"",
            "a = \"\\x\"", "a = '\\x'", "a = \"\\ud800\"", "a = \"\u{7f}\"", "a = \"b\" # c", "# only\r\na = 1\r\n",
            "a = [1, \"b\", [true, false],]\n", "a = [\n1 # c\n,\n2\n]", "a = [1 2]", "a = [,]",
            "a = {b = 1, 'c d' = \"x\"}",
            "a = {b = 1,}", "a = {b = 1\n}", "a = {}", "a = {b = 1, b = 2}", "\"a b\" = 1\n'c' = 2", "\"\" = 1", "= 1",
            "[t]\na = 1\n[u]\na = 2", "[t]\n[t]", "[[t]]\na = 1\n[[t]]\na = 2", "[[t]]\n[t]", "t = 1\n[t]",
            "t = [1]\n[[t]]",
            "t = []\n[[t]]", "[ t ]\n", "[[ t ]]\na=1", "[[t] ]", "[t] x = 1", "a = 2027-01-31", "a = 2027-02-29",
            "a = 2028-02-29",
            "a = true\na = true", "a = True", "a = 1 b = 2", "a", "a =", "a = \"x", "a\n= 1", "a = \"\"", "a = ''",
            "a = 9223372036854775807", "a = -9223372036854775808", "é = 1", "a = 1 # \u{1}", "\u{FEFF}a = 1",
            "a = 1\u{B}",
        ]

    private func plain(_ value: TOMLValue.Content) -> [String: Any] {
        switch value {
        case .string(let text): ["string": text]
        case .integer(let number): ["integer": "\(number)"]
        case .boolean(let value): ["boolean": value]
        case .date(let text): ["date": text]
        case .array(let elements): ["array": elements.map { plain($0.content) }]
        case .table(let table): ["table": table.entries.map { [$0.key, plain($0.value.content)] as [Any] }]
        }
    }

    @Test func agreesWithPython() throws {
        let answers = try ask(Self.documents)
        try #require(answers.count == Self.documents.count)
        var taken = 0
        for (text, answer) in zip(Self.documents, answers) {
            guard let ours = try? TOMLReader.read(Array(text.utf8)) else { continue }
            taken += 1
            // A mark of byte order at the beginning is the one thing that we take and Python doesn't.
            if text.hasPrefix("\u{FEFF}") { continue }
            let mine = plain(.table(ours)) as NSDictionary
            #expect((answer as? NSDictionary) == mine, "\(text)")
        }
        #expect(taken > BuiltInPolicy.allCases.count + 15)
    }

    private func ask(_ documents: [String]) throws -> [Any] {
        let python = ProcessInfo.processInfo.environment["SECHAN_TEST_PYTHON"] ?? "python3"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [python, "-c", Self.script]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // Python reads all of it before it writes anything.
        try input.fileHandleForWriting.write(contentsOf: JSONSerialization.data(withJSONObject: documents))
        try input.fileHandleForWriting.close()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return try #require(try JSONSerialization.jsonObject(with: data) as? [Any])
    }
}
