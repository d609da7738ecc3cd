import Foundation
import TLSParameters
import Testing

@testable import Diagnostics

/// The code, the catalogue and `docs/findings.md` know the same findings.
@Suite struct CheckCatalogueTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Families of which every member is a check of a server, a session or a client.
    private static let families = [
        "protocol", "suite", "key-exchange", "group", "attack", "downgrade", "intolerance", "renegotiation", "session",
        "ticket", "handshake", "alert", "key-update", "shutdown", "http", "starttls", "offer", "addresses", "chain",
        "dns",
    ]

    /// Families with members that only files have, or that are made from several parts.
    private static let looser = ["certificate", "request", "crl", "ocsp"]

    private static func isStrict(_ id: String) -> Bool { families.contains { id.hasPrefix("\($0).") } }

    /// Id and the other columns of every row of the documentation.
    private static func rows() throws -> [String: [String]] {
        let text = try String(contentsOf: root.appending(path: "docs/findings.md"), encoding: .utf8)
        var rows: [String: [String]] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            let parts = cells[1].split(separator: "`")
            guard let id = parts.first, id.contains(".") else { continue }
            #expect(rows[String(id)] == nil, "\(id) is there twice")
            rows[String(id)] = Array(cells[2...].dropLast())
        }
        return rows
    }

    /// Ids that stand in the sources as such.
    private static func made() throws -> Set<String> {
        var ids: Set<String> = []
        let directory = root.appending(path: "Sources/Diagnostics")
        let pattern = try Regex("\"((?:\((families + looser).joined(separator: "|")))\\.[a-z0-9-]+)\"")
        let files = try #require(FileManager.default.enumerator(at: directory, includingPropertiesForKeys: nil))
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: pattern) {
                if let id = match.output[1].substring { ids.insert(String(id)) }
            }
        }
        return ids
    }

    @Test func everyRowIsRead() {
        let all = CheckCatalogue.all
        #expect(all.count > 80)
        #expect(Set(all.map(\.id)).count == all.count)
        for need in CheckCatalogue.Need.allCases {
            #expect(all.contains { $0.need == need }, "\(need)")
        }
    }

    @Test func theDocumentationHasTheSame() throws {
        let documented = Set(try Self.rows().keys)
        let known = Set(CheckCatalogue.all.map(\.id))
        #expect(
            documented.filter(Self.isStrict).subtracting(known).sorted() == [],
            "documented, and not in the catalogue"
        )
        #expect(known.subtracting(documented).sorted() == [], "in the catalogue, and not documented")
    }

    @Test func theCodeHasTheSame() throws {
        let made = try Self.made()
        let known = Set(CheckCatalogue.all.map(\.id))
        #expect(made.filter(Self.isStrict).subtracting(known).sorted() == [], "made, and not in the catalogue")
        #expect(known.subtracting(made).sorted() == [], "in the catalogue, and nowhere made")
        // What validation finds is listed in docs/status.md, and only asked about in the code.
        let verified: Set = ["certificate.name-mismatch"]
        #expect(made.subtracting(try Self.rows().keys).subtracting(verified).sorted() == [], "made, and not documented")
    }

    @Test func everyRowSaysHowMuchItMattersAndWhy() throws {
        for (id, cells) in try Self.rows() {
            #expect(cells.count == 3, "\(id)")
            #expect(Finding.Severity.allCases.contains { cells[0].hasPrefix($0.rawValue) }, "\(id): \(cells[0])")
            #expect(cells[1].hasSuffix("."), "\(id)")
        }
    }

    @Test func attacksWithANumberHaveIt() throws {
        let rows = try Self.rows()
        for check in CheckCatalogue.all where check.id.hasPrefix("attack.") {
            #expect(rows[check.id]?[2].contains("CVE-") == true, "\(check.id)")
        }
    }

    @Test func intrusiveChecksAreMarked() throws {
        let text = try String(contentsOf: Self.root.appending(path: "docs/findings.md"), encoding: .utf8)
        let section = try #require(
            text.components(separatedBy: "## Intrusive checks").last?.components(separatedBy: "\n## ")[0]
        )
        for check in CheckCatalogue.all {
            #expect(section.contains("`\(check.id)`") == check.need.isIntrusive, "\(check.id)")
        }
    }

    @Test func whatSurveysShowIsAsDocumented() throws {
        let rows = try Self.rows()
        let surveys = [
            Surveys.survey("ssl2", SSL2Kinds.all), Surveys.survey("ssl3", .TLS_RSA_WITH_3DES_EDE_CBC_SHA),
            Surveys.survey("tls1.0", .TLS_RSA_EXPORT_WITH_RC4_40_MD5), Surveys.survey("tls1.0", .TLS_RSA_WITH_NULL_SHA),
            Surveys.survey("tls1.0", .TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA),
        ]
        var findings = surveys.flatMap(SupportFindings.all)
        findings += VulnerabilityChecks.ids.compactMap { VulnerabilityFindings.finding($0, evidence: "x") }
        findings += ["key-exchange.dh-reuse", "key-exchange.ecdh-reuse"].map {
            VulnerabilityFindings.reuse($0, kinds: [])
        }
        findings += [
            TicketFindings.sharedKey, TicketFindings.noResumption(evidence: "x"),
            HTTPFindings.noRedirect(evidence: PeerText("x")),
        ]
        findings += [NegotiationFindings.strippable]
        for finding in findings {
            let row = try #require(rows[finding.id])
            #expect(row[0].contains(finding.severity.rawValue), "\(finding.id)")
            #expect(finding.remedy != nil || finding.severity == .info, "\(finding.id)")
            #expect(!finding.references.isEmpty, "\(finding.id)")
            for reference in finding.references { #expect(row[2].contains(reference), "\(finding.id): \(reference)") }
        }
    }
}

private enum SSL2Kinds {
    static let all = SSL2CipherKind.registry.prefix(2).map { SuiteDescription($0.kind) }
}
