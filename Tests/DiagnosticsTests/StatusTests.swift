import Foundation
import SecureChannel
import Testing
import Transport

@testable import Diagnostics

@Suite struct ExitStatusTests {
    @Test func hasTheDocumentedNumbers() {
        #expect(ExitStatus.documented.map(\.code) == [0, 1, 2, 3, 4, 5, 6, 70])
        #expect(ExitStatus.ok.code == 0)
        #expect(ExitStatus.violation.code == 1)
        #expect(ExitStatus.usage.code == 2)
        #expect(ExitStatus.unreachable.code == 3)
        #expect(ExitStatus.noSession.code == 4)
        #expect(ExitStatus.certificate.code == 5)
        #expect(ExitStatus.incomplete.code == 6)
        #expect(ExitStatus.internalFault.code == 70)
        #expect(ExitStatus.interrupted(signal: 15).code == 143)
    }

    @Test func goesToItsNumberAndBack() {
        for status in ExitStatus.documented + [.interrupted(signal: 2), .interrupted(signal: 64)] {
            #expect(ExitStatus(code: status.code) == status)
        }
        for code: Int32 in [-1, 7, 69, 71, 128, 193, .max, .min] { #expect(ExitStatus(code: code) == nil) }
    }

    @Test func isANumberInJSON() throws {
        let data = try JSONEncoder().encode([ExitStatus.certificate, .interrupted(signal: 2)])
        #expect(String(decoding: data, as: UTF8.self) == "[5,130]")
        #expect(try JSONDecoder().decode([ExitStatus].self, from: data) == [.certificate, .interrupted(signal: 2)])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([ExitStatus].self, from: Data("[99]".utf8)) }
    }

    /// 70, 2, 5, 4, 3, 1, 6: the first that applies, and a signal before all of them.
    @Test func combinesSeveralTargets() {
        let order: [ExitStatus] = [
            .interrupted(signal: 15), .internalFault, .usage, .certificate, .noSession, .unreachable, .violation,
            .incomplete, .ok,
        ]
        for (index, status) in order.enumerated() {
            #expect(ExitStatus.combined(order[index...].shuffled()) == status)
            #expect(ExitStatus.combined([status]) == status)
        }
        #expect(ExitStatus.combined([]) == .ok)
    }
}

@Suite struct TransportStatusTests {
    @Test(
        arguments: [
            (.dns, "dns", .unreachable), (.refused, "refused", .unreachable),
            (.unreachable, "unreachable", .unreachable),
            (.timedOut, "timeout", .unreachable), (.reset, "reset", .noSession), (.closed, "closed", .unreachable),
            (.permission, "permission", .unreachable), (.other, "other", .unreachable),
            (.localResources, "local-resources", .internalFault), (.cancelled, "incomplete:cancelled", .incomplete),
            (.negotiationRefused, "starttls:refused", .noSession), (.busy, "busy", .incomplete),
            (.negotiationFailed, "starttls:failed", .noSession),
            (.negotiationTimedOut, "incomplete:timeout", .incomplete),
            (.proxyRefused, "proxy:refused", .unreachable), (.proxyFailed, "proxy:failed", .unreachable),
        ] as [(TransportError.Kind, String, ExitStatus)]
    )
    func namesEveryKind(_ kind: TransportError.Kind, text: String, exit: ExitStatus) throws {
        let error = TransportError(kind, detail: "something happened")
        let status = RunStatus(unreachable: error, target: try Target(parsing: "example.com"))
        #expect(status.kind == text)
        #expect(status.exit == exit)
        #expect(status.reason.map(isOneClearLine) == true)
        #expect(status.hint.map(isOneClearLine) != false)
    }

    @Test func quotesWhatAPeerSaidSafely() throws {
        var error = TransportError(.negotiationRefused, detail: "the server refuses STARTTLS")
        error.said = Array("454 \u{1b}[2Jno\r\n".utf8)
        let status = RunStatus(unreachable: error, target: try Target(parsing: "example.com:25"))
        #expect(status.reason == "example.com:25: the server refuses STARTTLS: \"454 \\u{1B}[2Jno\"")
        error.said = [UInt8](repeating: 0x61, count: 2_000)
        let long = RunStatus(unreachable: error, target: try Target(parsing: "example.com:25"))
        #expect(long.reason.map { $0.utf8.count < 300 } == true)
    }

    @Test func knowsAllKinds() {
        #expect(TransportError.Kind.allCases.count == 16)
    }
}

@Suite struct HandshakeStatusTests {
    @Test(
        arguments: [
            (.finished, "closed", .noSession), (.reset, "reset", .noSession),
            (.timedOut, "incomplete:timeout", .incomplete),
            (.failed(TransportError(.cancelled, detail: "x")), "incomplete:cancelled", .incomplete),
            (.failed(TransportError(.reset, detail: "x")), "reset", .noSession),
            (.failed(TransportError(.closed, detail: "x")), "closed", .noSession),
            (.failed(TransportError(.timedOut, detail: "x")), "incomplete:timeout", .incomplete),
            (.failed(TransportError(.other, detail: "x")), "other", .noSession),
            (.failed(TransportError(.localResources, detail: "x")), "local-resources", .internalFault),
        ] as [(Session.StreamEnd, String, ExitStatus)]
    )
    func namesEveryEnd(_ end: Session.StreamEnd, kind: String, exit: ExitStatus) throws {
        let world = try World()
        let request = try world.request(port: 1)
        let context = try request.credential().acquire().makeContext()
        let status = RunStatus(
            handshake: .ended(end),
            request: request,
            attributes: context.attributes,
            received: 0
        )
        #expect(status.kind == kind)
        #expect(status.exit == exit)
        #expect(status.reason.map(isOneClearLine) == true)
    }
}

extension HandshakeStatusTests {
    @Test func tellsSilenceFromAStop() throws {
        let world = try World()
        let request = try world.request(port: 1)
        let attributes = try request.credential().acquire().makeContext().attributes
        func reason(_ received: Int) -> String? {
            RunStatus(handshake: .ended(.timedOut), request: request, attributes: attributes, received: received).reason
        }
        #expect(reason(0)?.contains("said nothing") == true)
        #expect(reason(7)?.contains("stopped in the middle of the handshake") == true)
        withExtendedLifetime(world) {}
    }
}

/// `docs/status.md` promises the kinds: every kind that the sources write must be there.
@Suite struct StatusDocumentTests {
    @Test func documentsEveryKind() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let document = root.appending(path: "docs/status.md")
        let text = try String(contentsOf: document, encoding: .utf8)
        let sources = root.appending(path: "Sources/Diagnostics").path
        var kinds: Set<String> = []
        for case let file as String in try #require(FileManager.default.enumerator(atPath: sources))
        where file.hasSuffix(".swift") {
            let source = try String(contentsOfFile: "\(sources)/\(file)", encoding: .utf8)
            for match in source.matches(of: /kind: "([a-z:-]+)"/) { kinds.insert(String(match.1)) }
        }
        #expect(kinds.count > 12)
        for kind in kinds where !kind.hasSuffix(":") {
            // The ids behind verify: have a table of their own.
            let word = kind.hasPrefix("verify:") ? String(kind.dropFirst("verify:".count)) : kind
            #expect(text.contains("`\(word)`"), "\(kind) is not documented")
        }
    }
}
