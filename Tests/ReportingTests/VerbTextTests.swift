import Certificates
import Foundation
import TLSParameters
import Testing

@testable import Diagnostics
@testable import Reporting
@testable import SecureChannel

/// The lines that people look for, in success and in failure.
@Suite struct VerbTextTests {
    private static let style = TextStyle(colour: false, columns: nil)
    private let ends: Samples.Ends

    init() throws {
        ends = try Samples.session()
    }

    private func lines(_ document: TextDocument) -> [String] {
        document.text(Self.style).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test func connectAnswersFirst() {
        let view = ConnectText(trace: false, hex: false)
        let text = lines(view.whole(Samples.connect(ends)))
        #expect(
            text.first?.hasPrefix("server.test:443: TLS 1.3 with TLS_AES_256_GCM_SHA384, certificate not accepted: ")
                == true
        )
        #expect(text.contains("credentials"))
        #expect(text.contains("channel"))
        #expect(text.contains("certificate 0 (leaf)"))
        #expect(text.contains("  ended by  the peer, with close_notify"))
        #expect(text.contains("  data      5 bytes sent, 7 received"))
    }

    @Test func connectSaysWhyThereIsNoSession() {
        let status = RunStatus(exit: .noSession, kind: "closed", reason: "it closed the connection")
        var failed = ends
        failed.client.suite = nil
        let report = Samples.connect(failed, status: status, ending: nil)
        let view = ConnectText(trace: false, hex: false)
        #expect(lines(view.whole(report)).first == "server.test:443: no session: it closed the connection")
        #expect(lines(view.closing(report)) == lines(view.opening(report)))
    }

    @Test func connectSaysHowItEnded() {
        let view = ConnectText(trace: false, hex: false)
        let endings: [(RelaySummary.Ending, String)] = [
            (.endOfInput, "us, at the end of input"), (.idle, "both sides were silent"),
            (.outputClosed, "standard output was closed"), (.interrupted, "we were interrupted"),
            (.deadline, "time was up"), (.closeNotify, "with close_notify"), (.truncated, "data may be missing"),
            (.reset, "with a reset"), (.failed, "an error"),
        ]
        for (ending, words) in endings {
            let text = view.closing(Samples.connect(ends, ending: ending)).text(Self.style)
            #expect(text.contains("ended by") && text.contains(words), "\(ending)")
        }
    }

    @Test func connectSpeaksOfNoAlertThatSSL2DoesNotHave() {
        var old = ends
        old.client.protocol?.version = "ssl2"
        for ending in [RelaySummary.Ending.endOfInput, .answered, .quit] {
            let text = ConnectText(trace: false, hex: false).whole(Samples.connect(old, ending: ending)).text(
                Self.style
            )
            #expect(text.contains("by closing the connection: SSL 2.0 has no close_notify"), "\(ending)")
            #expect(!text.contains("with close_notify"), "\(ending)")
        }
    }

    @Test func nothingIsShownWithoutAResult() {
        let report: Report<ConnectResult> = Samples.report(.connect, nil)
        #expect(ConnectText(trace: true, hex: true).whole(report).text(Self.style).isEmpty)
        #expect(ConnectText(trace: true, hex: true).closing(report).text(Self.style).isEmpty)
        #expect(
            InspectText(verbose: true, trace: true, hex: true).document(Samples.report(.inspect, nil)).text(Self.style)
                .isEmpty
        )
        #expect(ShutdownText(trace: true, hex: true).document(Samples.report(.shutdown, nil)).text(Self.style).isEmpty)
        #expect(
            RenegotiateText(trace: true, hex: true).document(Samples.report(.renegotiate, nil)).text(Self.style).isEmpty
        )
        #expect(CiphersText.document(Samples.report(.ciphers, nil)).text(Self.style).isEmpty)
        #expect(LocalCiphersText.document(Samples.report(.ciphers, nil)).text(Self.style).isEmpty)
        #expect(ServeText.document(Samples.report(.serve, nil)).text(Self.style).isEmpty)
    }

    @Test func inspectTellsFindingsFirst() {
        let text = lines(InspectText(verbose: true, trace: false, hex: false).document(Samples.inspect(ends)))
        #expect(text.first?.hasSuffix("; findings: 1 high") == true)
        #expect(text.firstIndex(of: "findings").map { $0 < 4 } == true)
        #expect(text.contains { $0.hasPrefix("  high  ") })
        #expect(text.contains { $0.hasPrefix("  valid until") && $0.contains("days left") })
        #expect(text.contains { $0.hasPrefix("  result") && $0.hasSuffix("not trusted") })
    }

    @Test(
        arguments: [
            (.closeNotifyThenFIN, "closed cleanly"), (.closeNotifyOnly, "left the connection open"),
            (.finOnly, "FIN and no close_notify"), (.reset, "reset the connection"), (.alert, "an alert"),
            (.nothing, "did nothing"), (.notWatched, "we reset the connection"),
        ] as [(ShutdownResult.Answer, String)]
    )
    func shutdownSaysWhoClosed(_ answer: ShutdownResult.Answer, words: String) {
        let text = lines(ShutdownText(trace: false, hex: false).document(Samples.shutdown(ends, answer: answer)))
        #expect(text.first?.hasPrefix("server.test:443: ") == true)
        #expect(text.first?.contains(words) == true)
        #expect(text.contains("     +0.0 ms  ->  close_notify"))
        #expect(text.contains("     +1.5 ms  <-  data, 12 bytes"))
        #expect(text.contains("     +1.50 s  <-  fin"))
        #expect(
            text.contains { $0.hasPrefix("  body") && $0.hasSuffix("cut short: 12 of 20 bytes, by content-length") }
        )
        #expect(text.contains { $0.hasPrefix("  cleanup") && $0.contains("9 descriptors before, 9 after") })
    }

    @Test func renegotiateHasARowAnAttempt() {
        let text = lines(RenegotiateText(trace: false, hex: false).document(Samples.renegotiate(ends)))
        #expect(text.first?.hasPrefix("server.test:443 (tls1.2): renegotiates when") == true)
        #expect(text.contains { $0.hasPrefix("  1  tls1.2   renegotiation  ClientHello") && $0.contains("honoured") })
        #expect(text.contains { $0.hasPrefix("  3  -        resumption") && $0.hasSuffix("handshake_failure") })
        #expect(text.contains { $0.hasPrefix("  verdict") && $0.hasSuffix("a client can make it renegotiate") })
        #expect(text.contains { $0.hasPrefix("  asked by") && $0.hasSuffix("signalling suite: rejected") })
        #expect(text.contains("  renegotiations  0       1"))
        #expect(text.contains("  secure renegotiation  yes (RFC 5746)"))
    }

    @Test func ciphersCountsAndTabulates() {
        let text = lines(CiphersText.document(Samples.ciphers()))
        #expect(text.first?.hasPrefix("server.test:443: tls1.2 with ") == true)
        #expect(text.first?.contains("weakest no encryption, strongest 256 bits") == true)
        #expect(text.contains("tls1.2, in the server's order"))
        #expect(text.contains { $0.contains("tls1.3") && $0.contains("inconclusive: no answer") })
        #expect(text.contains { $0.contains("(perhaps not all)") })
        #expect(text.contains("  -  closes every connection after the first"))
        #expect(text.contains { $0.contains("0xC02F") && $0.contains("ECDHE-RSA-AES128-GCM-SHA256") })
    }

    @Test func ciphersSaysWhoseOrderItIs() {
        var report = Samples.ciphers()
        report.result?.versions[1].order = "client"
        #expect(lines(CiphersText.document(report)).contains("tls1.2 (the client's order decides)"))
    }

    @Test func ciphersSaysThatNothingAskedForIsAccepted() {
        var report = Samples.ciphers()
        report.result?.versions[1].verdict = "none-accepted"
        report.result?.versions[1].reason = "none of the 6 suites asked for is accepted"
        report.result?.versions[1].suites = []
        report.result?.versions.removeLast()
        let text = lines(CiphersText.document(report))
        #expect(text.first == "server.test:443: none of the suites asked for is accepted")
        #expect(text.contains("  tls1.2  none of the 6 suites asked for is accepted"))
    }

    @Test func localCiphersTellsWhatCanBeSpoken() throws {
        let text = lines(LocalCiphersText.document(try LocalCiphersOperation(filter: .everything).run()))
        #expect(text.first?.contains("known suites") == true)
        #expect(text.contains { $0.contains("0x1301") && $0.contains(" libssl ") })
        #expect(text.contains("engine column"))
    }

    @Test func serveTellsWhereItListensAndWhoCame() throws {
        let identity = try Identity.selfSigned(names: ["localhost"])
        let start = lines(ServeText.document(Samples.listening(identity, credential: ends.credential)))
        #expect(start.first == "listening on https://127.0.0.1:4433 with a certificate made for this run")
        #expect(start.contains { $0.hasPrefix("  SHA-256") && $0.hasSuffix(identity.certificate.sha256) })
        #expect(start.contains("  curl --cacert x https://localhost:4433/"))
        let line = lines(ServeText.document(Samples.served(ends, text: "GET")))
        #expect(line.first?.hasPrefix("#1   127.0.0.1:50000") == true)
        #expect(line.first?.contains("TLS 1.3") == true)
        #expect(line.count == 2)
        let fingerprint = try #require(ends.server.fingerprints.ja4)
        #expect(line.joined().contains("JA4 \(fingerprint)"))
        let page = try ServePage.render(Samples.served(ends, text: "GET"), as: .text)
        #expect(page.contains(fingerprint))
        #expect(page.contains(try #require(ends.server.fingerprints.ja3)))
        let sum = lines(ServeText.document(Samples.report(.serve, ServeResult(ServeTotals()))))
        #expect(sum.first == "served 0 connections: 0 with a session, 0 without")
    }

    @Test func legsAreShownWhenAskedFor() {
        let report = Samples.connect(ends)
        let bare = ConnectText(trace: false, hex: false).whole(report).text(Self.style)
        #expect(!bare.contains("client_hello"))
        let traced = ConnectText(trace: true, hex: false).whole(report).text(Self.style)
        #expect(traced.contains("  1  ->  "))
        #expect(traced.contains("client_hello"))
        #expect(!traced.contains("0000  16"))
        let dumped = ConnectText(trace: false, hex: true).whole(report).text(Self.style)
        #expect(dumped.contains("0000  16 03"))
    }

    @Test func statusesAreExplainedWhenAskedFor() throws {
        let traced = ConnectText(trace: true, hex: false).whole(Samples.connect(ends)).text(Self.style)
        #expect(!traced.contains("SEC_"))
        let explained = ConnectText(trace: false, hex: false, explain: true).whole(Samples.connect(ends)).text(
            Self.style
        )
        #expect(explained.contains("continue-needed  SEC_I_CONTINUE_NEEDED 0x00090312"))
        #expect(explained.contains("established  SEC_E_OK 0x00000000"))
        var failed = ends
        failed.client.failure = ContextFailure(.alertReceived, "the peer sent an alert")
        failed.client.failure?.alertReceived = try JSONDecoder().decode(
            AlertFact.self,
            from: Data(#"{"levelCode": 2, "code": 40}"#.utf8)
        )
        let text = lines(ConnectText(trace: false, hex: false, explain: true).whole(Samples.connect(failed)))
        #expect(text.contains("failure, as Schannel has it"))
        #expect(text.contains { $0.hasSuffix("fatal(2) handshake_failure(40) ~ SEC_E_ILLEGAL_MESSAGE 0x80090326") })
    }

    @Test func everythingKnownIsShownWhenAskedFor() throws {
        let view = ConnectText(trace: false, hex: false, verbose: true)
        let new = lines(view.whole(Samples.connect(ends)))
        let titles = [
            "library", "transport", "protocol", "the client's offer", "protection", "session", "client authentication",
            "extensions", "fingerprints", "bindings", "sizes", "end",
        ]
        for title in titles { #expect(new.contains(title), "\(title)") }
        #expect(new.contains { $0.hasPrefix("  extended master secret") && $0.hasSuffix("n/a") })
        #expect(new.contains { $0.hasPrefix("  tls-unique") && $0.hasSuffix("n/a") })
        #expect(new.contains { $0.hasPrefix("  version") && $0.contains("0x0304, SP_PROT bit 0x2000 (client)") })
        #expect(new.contains { $0.contains("supported_versions (43)") })
        #expect(new.contains { $0.hasPrefix("  context flags") && $0.contains("confidentiality") })
        let old = lines(view.whole(Samples.connect(try Samples.session(.tls12))))
        #expect(old.contains { $0.hasPrefix("  key updates") && $0.hasSuffix("n/a") })
        #expect(old.contains { $0.hasPrefix("  secure renegotiation") && $0.hasSuffix("yes") })
        #expect(!lines(ConnectText(trace: false, hex: false).whole(Samples.connect(ends))).contains("library"))
    }

    @Test func whatWasDerivedIsShown() {
        var derived = ends
        derived.client.exports = [
            ExportAttributes(
                label: "EXPORTER-a",
                context: HexBytes([13]),
                isEarly: false,
                byteCount: 3,
                material: HexBytes([1, 2, 3]),
                problem: nil
            )
        ]
        derived.client.session.earlyData = EarlyDataAttributes(status: .rejected, byteCount: 5, maximum: 10)
        let text = lines(ConnectText(trace: false, hex: false).whole(Samples.connect(derived)))
        #expect(text.contains("  EXPORTER-a bound to 0x0d  010203 (AQID)"))
        #expect(
            text.contains {
                $0.hasPrefix("  early data")
                    && $0.hasSuffix("rejected, 5 of at most 10 bytes; it goes through the session")
            }
        )
        #expect(!text.contains { $0.hasPrefix("secrets") || $0 == "key log" })
        derived.client.secrets = SecretAttributes(
            clientRandom: HexBytes([1]),
            serverRandom: nil,
            masterSecret: nil,
            keyLog: ["CLIENT_RANDOM 01 02"]
        )
        let open = lines(ConnectText(trace: false, hex: false).whole(Samples.connect(derived)))
        #expect(open.contains { $0.hasPrefix("secrets") })
        #expect(open.contains("  CLIENT_RANDOM 01 02"))
    }

    @Test func legsSayWhatWasMissingAndLeft() {
        var leg = ends.legs[0]
        leg.wait = LegWait(calls: 3, missing: 112)
        leg.extra = LegExtra(byteCount: 537, parts: [.init(name: "new_session_ticket", count: 2)])
        var report = Samples.connect(ends)
        report.events = [leg]
        report.result?.attributes?.transport.missingBytes = 1
        let text = ConnectText(trace: true, hex: false).whole(report).text(Self.style)
        #expect(text.contains("; extra: 537 bytes (2 x new_session_ticket)"))
        #expect(text.contains("; before, 3 reads were too short, the first by 112 bytes"))
        #expect(text.contains("waiting: need 1 more byte\n"))
    }
}
