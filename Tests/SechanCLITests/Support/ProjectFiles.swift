import Foundation

/// The files of the checkout that these tests were built from.
enum ProjectFiles {
    /// The directory of Package.swift.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The path of a file, from the directory of Package.swift.
    static func path(_ file: String) -> String { root.appendingPathComponent(file).path }

    /// A file's text.
    static func text(_ file: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
    }

    /// The Swift files under a directory, as paths from the directory of Package.swift.
    static func swiftFiles(under directory: String) throws -> [String] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: path(directory))
        return paths.filter { $0.hasSuffix(".swift") }.map { "\(directory)/\($0)" }
    }
}
