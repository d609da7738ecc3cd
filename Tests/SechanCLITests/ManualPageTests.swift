import Diagnostics
import Testing

@testable import SechanCLI

/// The manual pages say what the parser knows: no more, no less.
@Suite("Manual pages")
struct ManualPageTests {
    @Test("there is a page for sechan and for every verb, and no other")
    func everyVerbHasItsPage() throws {
        let wanted = try ["sechan"] + CommandTree.verbs().map { "sechan-\($0.commandName)" }
        #expect(try Set(ManualPage.all().map(\.name)) == Set(wanted))
    }

    @Test("each page has an entry for every option of its verb, and for no other", arguments: Verb.allCases)
    func optionsAgree(_ verb: Verb) throws {
        let parser = try CommandTree.verb(verb.rawValue).options
        let page = try ManualPage("sechan-\(verb.rawValue)").options
        #expect(parser.subtracting(page).sorted() == [], "options without an entry in sechan-\(verb.rawValue).1")
        #expect(page.subtracting(parser).sorted() == [], "entries in sechan-\(verb.rawValue).1 without an option")
    }

    @Test("sechan(1) has the options that stand before a verb")
    func commonOptionsAgree() throws {
        #expect(try ManualPage("sechan").options == CommandTree.current().command.options)
    }

    @Test("every page lists every exit status, in order and in the same words")
    func exitStatusesAgree() throws {
        let documented = ExitStatus.documented.map { "\($0.code)" } + ["128+n"]
        let reference = try ManualPage("sechan").statuses
        for page in try ManualPage.all() {
            #expect(page.statuses.map(\.status) == documented, "\(page.name)")
            #expect(page.statuses.map(\.text) == reference.map(\.text), "\(page.name)")
            #expect(page.statuses.allSatisfy { !$0.text.isEmpty }, "\(page.name)")
        }
    }

    @Test("every page has the sections that a reader looks for")
    func sectionsAreThere() throws {
        let wanted = [
            "NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "ENVIRONMENT", "EXIT STATUS", "EXAMPLES", "SEE ALSO",
            "STANDARDS",
        ]
        for page in try ManualPage.all() {
            #expect(page.sections == wanted, "\(page.name)")
        }
    }

    @Test("every page names the variables of the environment that are read")
    func environmentIsDocumented() throws {
        for page in try ManualPage.all() {
            let names = page.section("ENVIRONMENT").filter { $0.hasPrefix(".It Ev ") }.map {
                $0.dropFirst(".It Ev ".count)
            }
            // Only a session has secrets to write.
            let keyLog = page.options.contains("--keylog") || page.name == "sechan" ? ["SSLKEYLOGFILE"] : []
            let wanted = ["SSL_CERT_FILE", "SSL_CERT_DIR"] + keyLog + ["NO_COLOR", "CLICOLOR_FORCE", "TERM"]
            #expect(names.map(String.init) == wanted, "\(page.name)")
        }
    }

    @Test("every page leads to every other")
    func pagesReferToEachOther() throws {
        let pages = try ManualPage.all()
        for page in pages {
            let others = Set(pages.map(\.name)).subtracting([page.name])
            #expect(others.subtracting(page.references).sorted() == [], "\(page.name)")
        }
    }

    @Test("mandoc finds nothing to complain about")
    func lintIsClean() throws {
        let pages = try ManualPage.all().map { ProjectFiles.path("man/\($0.name).1") }
        let lint = try RunningTool.run("mandoc", ["-T", "lint", "-W", "warning"] + pages)
        #expect(lint.status == 0)
        #expect(lint.output + lint.complaints == "")
    }
}
