import Foundation

/// A manual page in mdoc, as far as these tests read it.
struct ManualPage {
    /// `sechan`, `sechan-connect`, …
    let name: String
    private let lines: [String]

    /// Reads `man/NAME.1`.
    init(_ name: String) throws {
        self.name = name
        lines = try ProjectFiles.text("man/\(name).1").split(separator: "\n").map(String.init)
    }

    /// All pages of commands.
    static func all() throws -> [ManualPage] {
        try FileManager.default.contentsOfDirectory(atPath: ProjectFiles.path("man")).filter { $0.hasSuffix(".1") }
            .sorted()
            .map { try ManualPage(String($0.dropLast(".1".count))) }
    }

    /// The titles of its sections.
    var sections: [String] {
        lines.filter { $0.hasPrefix(".Sh ") }.map { String($0.dropFirst(".Sh ".count)) }
    }

    /// The lines of a section, without its title.
    func section(_ title: String) -> [String] {
        let rest = lines.drop { $0 != ".Sh \(title)" }.dropFirst()
        return Array(rest.prefix { !$0.hasPrefix(".Sh ") })
    }

    /// The options that the page has an entry for, spelt as on the command line: `.It Fl o , Fl -output Ar file`.
    var options: Set<String> {
        var options: Set<String> = []
        for line in section("OPTIONS") where line.hasPrefix(".It Fl ") {
            var words = line.split(separator: " ").dropFirst()
            while let word = words.popFirst() {
                if word == "Fl", let name = words.first { options.insert("-\(name)") }
            }
        }
        return options
    }

    /// What the page says of each exit status: `.It 2`, then text.
    var statuses: [(status: String, text: String)] {
        var statuses: [(status: String, text: String)] = []
        for line in section("EXIT STATUS") {
            if line.hasPrefix(".It ") {
                statuses.append((String(line.dropFirst(".It ".count)), ""))
            } else if let last = statuses.indices.last, !line.hasPrefix(".El") {
                statuses[last].text += line + "\n"
            }
        }
        return statuses
    }

    /// The other pages that it refers to, such as `sechan-connect`.
    var references: Set<String> {
        let words = lines.filter { $0.hasPrefix(".Xr ") || $0.hasPrefix(".It Xr ") }
            .compactMap { $0.split(separator: " ").drop { !$0.hasSuffix("Xr") }.dropFirst().first }
        return Set(words.map(String.init))
    }
}
