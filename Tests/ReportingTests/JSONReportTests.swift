import Certificates
import Foundation
import SecureChannel
import TLSParameters
import Testing

@testable import Diagnostics
@testable import Reporting

@Suite struct JSONReportTests {
    private let hostile: Samples.Ends
    private let identity: Identity

    init() throws {
        identity = try Samples.identity(named: Samples.hostile)
        hostile = try Samples.session(identity: identity, text: Samples.hostile)
    }

    private func check<Outcome>(_ report: Report<Outcome>) throws {
        for pretty in [true, false] {
            let text = try JSONReport.render(report, pretty: pretty)
            #expect(forbidden(in: text).isEmpty, "\(report.verb): \(forbidden(in: text))")
            #expect(text.hasSuffix("}\n"))
            if !pretty { #expect(text.count { $0 == "\n" } == 1) }
            let read = try JSONDecoder().decode(Report<Outcome>.self, from: Data(text.utf8))
            #expect(try JSONReport.render(read, pretty: pretty) == text, "\(report.verb)")
            #expect(try JSONReport.render(report, pretty: pretty) == text, "\(report.verb)")
        }
    }

    @Test func isTheSameAfterARoundTrip() throws {
        let text = Samples.hostile
        try check(Samples.connect(hostile, input: text))
        try check(Samples.connect(hostile, status: RunStatus(exit: .noSession, kind: "closed"), ending: nil))
        try check(Samples.inspect(hostile))
        try check(Samples.shutdown(hostile))
        try check(Samples.renegotiate(hostile))
        try check(Samples.ciphers())
        try check(LocalCiphersOperation(filter: .everything).run())
        try check(Samples.listening(identity, credential: hostile.credential))
        try check(Samples.served(hostile, text: text))
        try check(Samples.report(.serve, ServeResult(ServeTotals())))
    }

    @Test func keepsAPeersTextForPrograms() throws {
        let json = try JSONReport.render(Samples.inspect(hostile), pretty: true)
        let read = try JSONDecoder().decode(Report<InspectResult>.self, from: Data(json.utf8))
        #expect(read.result?.attributes?.names.sni == PeerText(Samples.hostile))
        #expect(read.result?.certificates.first?.certificate == identity.certificate)
    }

    @Test func sortsKeys() throws {
        let json = try JSONReport.render(Samples.ciphers(), pretty: true)
        let keys = json.split(separator: "\n").filter { $0.hasPrefix("  \"") }.map {
            String($0.dropFirst(3).prefix { $0 != "\"" })
        }
        #expect(
            keys == [
                "events", "findings", "ownStatus", "result", "schema", "spent", "startedAt", "status", "target", "tool",
                "verb",
            ]
        )
    }

    @Test func leavesSlashesAlone() throws {
        #expect(try JSONReport.render(Samples.ciphers(), pretty: false).contains("\"schema\":\"sechan/1\""))
    }

    /// Beyond the first 65,536 code points JSON writes a character as two escapes.
    @Test func escapesInvisibleCharactersOutsideTheBasicPlane() throws {
        let report = Samples.report(.serve, ServeResult(ServeTotals()), input: "a\u{e0041}\u{1f600}é")
        let json = try JSONReport.render(report, pretty: false)
        #expect(json.contains("a\\udb40\\udc41\u{1f600}é"))
        let read = try JSONDecoder().decode(Report<ServeResult>.self, from: Data(json.utf8))
        #expect(read.target?.input == "a\u{e0041}\u{1f600}é")
    }
}
