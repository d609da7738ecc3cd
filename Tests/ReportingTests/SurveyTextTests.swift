import TLSParameters
import Testing

@testable import Diagnostics
@testable import Reporting

/// What a survey shows beside versions and suites.
@Suite struct SurveyTextTests {
    private func lines(_ report: Report<CiphersResult>, columns: Int? = nil) -> [String] {
        CiphersText.document(report).text(TextStyle(colour: false, columns: columns))
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test func answersFirst() {
        let text = lines(Samples.survey())
        #expect(
            text.first
                == "server.test:443: ssl2, tls1.2 with 4 suites, weakest 112 bits, strongest 128 bits"
        )
        let wanted = [
            "versions", "expectation", "findings", "certificates", "groups", "signature schemes", "extensions",
            "tolerance",
            "downgrade", "fingerprints", "evidence", "spent",
        ]
        #expect(text.filter(wanted.contains) == wanted)
        #expect(text.contains("  tls1.3  rejected, alert protocol_version"))
    }

    @Test func showsTheKindsOfSSL2() {
        #expect(lines(Samples.survey()).contains { $0.contains("0x010080") && $0.contains("SSL_CK_RC4_128_WITH_MD5") })
    }

    @Test func showsGroupAndKeyOfEverySuite() {
        let text = lines(Samples.survey())
        #expect(text.contains { $0.contains("0xC02B") && $0.contains("x25519 ") && $0.contains("EC secp256r1") })
        #expect(
            text.contains {
                $0.contains("0x0016") && $0.contains("1024 (group 2)") && $0.contains("unreadable")
            }
        )
        #expect(text.contains { $0.contains("0x9999") })
        #expect(text.contains("  1  3 bytes: not a certificate: it ends early"))
    }

    @Test func versionsThatAreAlikeShareATable() {
        var report = Samples.survey()
        guard var older = report.result?.versions[1] else { return }
        older.version = "tls1.1"
        report.result?.versions.insert(older, at: 1)
        let title = "tls1.1 and tls1.2, in the server's order (a client's ChaCha20 first)"
        #expect(lines(report).contains(title))
        // With evidence every row rests on a hello of its own.
        report.result?.versions[1].suites[0].exchange.evidence = 7
        #expect(!lines(report).contains(title))
        report.result?.versions[1].suites[0].exchange.evidence = nil
        report.result?.versions[1].suites[1].exchange.groupBits = 2048
        #expect(!lines(report).contains(title))
    }

    @Test func keepsQuietOfAbsentPCT() {
        var report = Samples.survey()
        report.result?.aspects = []
        report.result?.features = [
            FeatureSupport(id: "pct1.0", name: "PCT 1.0", kind: .downgrade, version: nil, verdict: "rejected")
        ]
        #expect(!lines(report).contains("downgrade"))
        report.result?.features[0].verdict = "supported"
        #expect(lines(report).contains("downgrade"))
    }

    @Test func leavesTheKeyOutWhereThereIsOne() {
        var report = Samples.survey()
        report.result?.versions[1].suites.removeAll { $0.exchange.certificate == 1 }
        #expect(!lines(report).contains { $0.contains("0xC02B") && $0.contains("EC secp256r1") })
    }

    @Test func saysInWordsWhatResistsQuantumComputers() {
        var report = Samples.survey()
        func row() -> String? { lines(report).first { $0.hasPrefix("  post-quantum") } }
        #expect(row()?.contains("X25519MLKEM768, but never chosen where others are offered") == true)
        report.result?.groups[2].preferred = true
        #expect(row()?.contains("chosen where a client offers it") == true)
        report.result?.groups[2].verdict = "inconclusive"
        #expect(row()?.contains("not known") == true)
        report.result?.groups[2].verdict = "rejected"
        #expect(row()?.contains("none: ") == true)
    }

    @Test func keepsTheServersOrderOfGroups() {
        var report = Samples.survey()
        report.result?.groups[1].preferred = false
        report.result?.groups[2].preferred = true
        let row = lines(report).first { $0.hasPrefix("  tls1.3 ") && $0.contains("x25519") }
        #expect(
            row?.contains(
                "x25519, X25519MLKEM768 (the server's order without a share; with shares for all X25519MLKEM768); undecided: secp521r1; perhaps not all; an odd answer"
            ) == true
        )
    }

    @Test func saysWhyNothingIsProven() {
        var report = Samples.survey()
        func row() -> String? { lines(report).first { $0.hasPrefix("  tls1.2") && $0.contains("rsa_p") } }
        #expect(row() == "  tls1.2  rsa_pss_rsae_sha256, rsa_pkcs1_sha1")
        report.result?.signatureSchemes[0].verdict = "inconclusive"
        report.result?.signatureSchemes[0].reason = "it is encrypted"
        #expect(row() == "  tls1.2  rsa_pkcs1_sha1; undecided: rsa_pss_rsae_sha256 (it is encrypted)")
        report.result?.signatureSchemes[1].verdict = "inconclusive"
        report.result?.signatureSchemes[1].reason = "it is encrypted"
        report.result?.signatureLists[0].notes = ["it is encrypted"]
        report.result?.signatureLists[0].complete = false
        #expect(lines(report).contains("  tls1.2  nothing is known (it is encrypted)"))
    }

    @Test func tellsExtensionsFromTolerance() {
        let text = lines(Samples.survey())
        #expect(text.contains { $0.hasPrefix("  extended-master-secret") && $0.hasSuffix("  yes") })
        #expect(text.contains { $0.hasPrefix("  tolerates-hello-256") && $0.hasSuffix("  not tolerated: it hangs") })
        #expect(text.contains { $0.hasPrefix("  fallback-scsv") && $0.hasSuffix("  not known") })
        #expect(text.contains { $0.hasPrefix("  application protocols") && $0.hasSuffix("h2, server.test") })
    }

    @Test func saysOnceInWhichVersionItAsked() {
        var report = Samples.survey()
        for index in report.result?.features.indices ?? 0..<0 { report.result?.features[index].version = "tls1.2" }
        #expect(lines(report).contains("extensions (tls1.2)"))
        #expect(lines(report).contains { $0.hasPrefix("  compression  ") })
        report.result?.features[0].version = "tls1.1"
        #expect(lines(report).contains("extensions"))
        #expect(lines(report).contains { $0.hasPrefix("  compression (tls1.2)  ") })
    }

    @Test func listsFirstWhatIsNotAllowed() {
        let text = lines(Samples.survey())
        #expect(text.contains("  verdict             1 beyond allowed.txt"))
        #expect(text.contains("  not allowed         ssl2 SSL_CK_RC4_128_WITH_MD5 (0x010080)"))
        #expect(text.contains("  allowed, not there  TLS_CHACHA20_POLY1305_SHA256 (0x1303)"))
        var report = Samples.survey()
        report.result?.expectation?.beyond = []
        #expect(lines(report).contains("  verdict             met: nothing beyond allowed.txt"))
    }

    @Test func showsTheBytesThatClaimsRestOn() {
        let text = lines(Samples.survey())
        #expect(text.contains("  #0  asks for tls1.3, 19 suites; supported_versions, …"))
        #expect(text.contains("      alert: handshake_failure"))
        #expect(text.contains("      shows tls1.2 supported"))
        #expect(text.contains("      < 7 bytes 15030100020228"))
        #expect(text.contains { $0.hasPrefix("      > 300 bytes 1616") && $0.hasSuffix("16…") })
        #expect(text.contains { $0.hasPrefix("  tls1.2  supported") && $0.hasSuffix(" #0") })
        let narrow = lines(Samples.survey(), columns: 60)
        #expect(narrow.contains { $0.hasPrefix("      > 300 bytes 1616") && $0.hasSuffix("…") && $0.count == 60 })
    }

    @Test func namesTheEntryBehindEveryClaim() {
        var report = Samples.survey()
        #expect(!lines(report).contains { $0.hasPrefix("  code") && $0.contains("#") })
        report.result?.versions[1].suites[0].exchange.evidence = 0
        report.result?.features[0].evidence = 0
        let text = lines(report)
        #expect(text.contains { $0.contains("0xC02B") && $0.contains(" #0 ") })
        #expect(text.contains { $0.hasPrefix("  extended-master-secret") && $0.hasSuffix(" #0") })
        #expect(
            text.contains(
                "      shows tls1.2 supported; tls1.2 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256; extended-master-secret supported"
            )
        )
    }

    @Test func doesNotCallPartTheWhole() {
        var report = Samples.survey()
        report.status = RunStatus(
            exit: .incomplete,
            kind: "incomplete:connection-limit",
            reason: "not all is known of x"
        )
        #expect(lines(report).first?.hasSuffix("; incomplete: not all is known of x") == true)
        #expect(lines(report).first?.contains("at least") == false)
        report.result?.versions[1].complete = false
        #expect(lines(report).first?.contains(" with at least 4 suites, ") == true)
        // Whatever else a run ended with.
        report.status = RunStatus(exit: .violation, kind: "expectation", reason: "a suite too many")
        #expect(lines(report).first?.contains(" with at least 4 suites, ") == true)
        #expect(lines(report).first?.hasSuffix("; incomplete: not all that was asked for was answered") == true)
    }

    @Test func namesOpensslsNamesWhereTheyDiffer() {
        var report = Samples.survey()
        #expect(lines(report).contains { $0.hasPrefix("  code") && $0.hasSuffix("openssl") })
        for version in [0, 1] {
            for index in report.result?.versions[version].suites.indices ?? 0..<0 {
                report.result?.versions[version].suites[index].suite.openssl = nil
            }
        }
        #expect(!lines(report).contains { $0.hasPrefix("  code") && $0.hasSuffix("openssl") })
    }

    @Test func namesTheAlertOfAServerThatRefusesAll() {
        var report = Samples.survey()
        report.result?.versions.removeFirst(2)
        #expect(
            lines(report).first == "server.test:443: every version asked for is refused, with alert protocol_version"
        )
    }

    @Test func saysWhatElseCouldBeAsked() {
        #expect(!lines(Samples.survey()).contains("not asked for"))
        var report = Samples.survey()
        report.result?.aspects = []
        #expect(lines(report).contains { $0.hasSuffix("fingerprints: add --with all") })
        report.result?.everySuite = false
        #expect(!lines(report).contains("not asked for"))
        report.result?.everySuite = true
        report.result?.versions.removeFirst(2)
        #expect(!lines(report).contains("not asked for"))
    }

    @Test func fitsHundredColumns() {
        let text = lines(Samples.survey(), columns: 100)
        #expect(text.allSatisfy { $0.count <= 100 }, "\(text.filter { $0.count > 100 })")
    }

    @Test func saysWhyItWentSlowly() {
        var report = Samples.survey()
        func row() -> String? { lines(report).first { $0.hasPrefix("  slowed down") } }
        #expect(row() == "  slowed down  the server stopped taking connections after it had taken some")
        report.spent.slowedAfter = 21
        report.spent.rate = 17.4
        #expect(
            row()
                == "  slowed down  after 21 connections: the server stopped taking connections after it had taken some; "
                + "then 17 connections a second"
        )
        report.spent.rate = 0.25
        #expect(row()?.hasSuffix("then 0.3 connections a second") == true)
        report.spent.slowdowns = []
        #expect(row() == nil)
    }
}
