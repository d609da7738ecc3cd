import Foundation

/// Where things are in the checkout that these tests were built from.
enum ProjectPaths {
    /// The directory of Package.swift.
    static let root = URL(fileURLWithPath: #filePath).pathComponents.dropLast(4).joined(separator: "/")
        .replacingOccurrences(of: "//", with: "/")

    /// The script in `Oracles` with this name.
    static func oracle(_ name: String) -> String { "\(root)/Tests/InteropTests/Oracles/\(name)" }

    /// The JSON Schema of reports.
    static let schema = "\(root)/docs/schema/sechan-1.schema.json"

    /// A Python with the packages of scripts/test-requirements.txt.
    static func python() throws -> String {
        let path = ProcessInfo.processInfo.environment["SECHAN_TEST_PYTHON"] ?? "\(root)/.build-tests/venv/bin/python"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw InteropError("\(path) was not found: run scripts/install-test-needs")
        }
        return path
    }
}
