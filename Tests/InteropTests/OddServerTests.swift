import Testing

extension Interop {
    /// Servers that misbehave: what `sechan ciphers` says of them is right, or it says what it doesn't know and why.
    @Suite("odd servers", .tags(.binary, .odd))
    struct OddServerTests {
        /// Surveys a server of a mode, and hands over what was found after it held against the schema.
        private func survey(
            _ mode: String,
            _ options: [String] = [],
            sourceLocation: SourceLocation = #_sourceLocation
        ) async throws -> SurveyReport {
            try await withPeer(try await OddServer.start(mode)) { server in
                let report = try await Sechan.report(
                    "ciphers",
                    [server.target] + options,
                    timeout: .seconds(90),
                    sourceLocation: sourceLocation
                )
                try await report.expectValid(sourceLocation: sourceLocation)
                return SurveyReport(report)
            }
        }

        @Test(
            "Right in spite of what the server does",
            arguments: [
                "plain", "warn-first", "split-alert", "split-records", "big-flight 300", "fin", "rst", "rate 20",
                "close-long 255", "reset-long 255", "no-empty-share", "no-retry", "serial 50", "pct",
            ]
        )
        func right(mode: String) async throws {
            let survey = try await survey(mode)
            survey.expectExactly(OddServer.suites)
            for version in OddServer.suites.keys {
                #expect(survey.versions[version]?.order == "server", survey.report.transcript)
            }
        }

        @Test(
            "Right with a server that knows nothing newer than TLS 1.2",
            arguments: ["ignore-extensions", "intolerant-legacy", "intolerant-13"]
        )
        func rightWithoutTLS13(mode: String) async throws {
            try await survey(mode).expectExactly(OddServer.suitesBefore13)
        }

        @Test("An answer in an older version is none in the version that was asked for")
        func older() async throws {
            try await survey("older").expectExactly(["tls1.0": OddServer.suites["tls1.0", default: []]])
        }

        @Test("Nothing false of a server that takes no extension")
        func refuseExtensions() async throws {
            try await survey("refuse-extensions").expectHonest(OddServer.suitesBefore13)
        }

        @Test("What a server breaks at hides nothing", arguments: ["break-dhe 0", "break-dhe 80"])
        func breakage(mode: String) async throws {
            let survey = try await survey(mode)
            survey.expectExactly(["tls1.2": ["0xC030", "0x009D", "0x002F"]])
            #expect(survey.versions["tls1.2"]?.isComplete == true, survey.report.transcript)
            #expect(survey.report.run.stdout.contains("nothing but suites of DHE-RSA"), survey.report.transcript)
        }

        @Test("One answer of a balancer is no no")
        func balancer() async throws {
            let survey = try await survey("busy 7")
            survey.expectHonest(OddServer.suites)
            for version in OddServer.suites.keys {
                #expect(survey.versions[version]?.verdict != "rejected", survey.report.transcript)
            }
        }

        @Test("A server of TLS 1.3 alone that refuses what TLS 1.3 doesn't know")
        func strict13() async throws {
            let survey = try await survey("strict13")
            survey.expectExactly(["tls1.3": OddServer.suites["tls1.3", default: []]])
            #expect(!survey.report.run.stdout.contains("short hellos"), survey.report.transcript)
        }

        @Test("A server that wants RFC 7919 groups named before it does DHE")
        func strictFFDHE() async throws {
            let survey = try await survey("strict-ffdhe")
            survey.expectExactly(["tls1.2": ["0x009F", "0x009E", "0x0039"]])
            for suite in survey.report.result["versions"].array.flatMap({ $0["suites"].array }) {
                #expect(suite["group"].string == "ffdhe2048", survey.report.transcript)
                #expect(suite["groupBits"].int == 2048, survey.report.transcript)
            }
        }

        @Test("A weak Diffie-Hellman group is a finding")
        func weakDH() async throws {
            let survey = try await survey("weak-dh 1024")
            survey.expectExactly(["tls1.2": ["0x009F", "0x0039", "0x002F"]])
            let bits = survey.report.result["versions"].array.flatMap { $0["suites"].array }.map { $0["groupBits"].int }
            #expect(bits == [1024, 1024, nil], survey.report.transcript)
            let findings = survey.report.json["findings"].array.compactMap { $0["id"].string }
            #expect(findings.contains("key-exchange.weak-dh"), survey.report.transcript)
        }

        @Test("A suite that was not offered stops the line", arguments: ["unoffered", "stubborn"])
        func violations(mode: String) async throws {
            try await withPeer(try await OddServer.start(mode)) { server in
                let report = try await Sechan.report("ciphers", [server.target])
                try await report.expectValid()
                let survey = SurveyReport(report)
                let favourites =
                    mode == "unoffered"
                    ? ["tls1.0": ["0x0005"], "tls1.2": ["0x0005"]]
                    : OddServer.suites.mapValues { Array($0.prefix(1)) }
                for (name, version) in survey.versions {
                    #expect(Set(version.suites).isSubset(of: favourites[name, default: []]), report.transcript)
                }
                // What it would take besides can't be known, and is said so.
                #expect(survey.versions["tls1.2"]?.isComplete == false, report.transcript)
                #expect(survey.versions["tls1.2"]?.reason?.contains("not offered") == true, report.transcript)
                #expect(server.log.split(separator: "\n").count < 80, report.transcript)
            }
        }

        @Test(
            "Nothing false of a server that goes quiet",
            arguments: ["hang-long 255", "hang-long 400"]
        )
        func quiet(mode: String) async throws {
            let survey = try await survey(mode, ["--probe-timeout", "1s"])
            survey.expectHonest(OddServer.suites)
        }

        @Test(
            "Nothing false of a server that wants little",
            arguments: [
                "many-suites 8", "many-suites 30", "flaky 2", "flaky 5", "quota 8", "serial 200", "silent-refusal",
            ]
        )
        func frugal(mode: String) async throws {
            try await survey(mode, ["--probe-timeout", "1s"]).expectHonest(OddServer.suites)
        }

        @Test("Twenty connections a second are enough")
        func rate() async throws {
            let survey = try await survey("rate 20")
            survey.expectHonest(OddServer.suites)
        }

        @Test("A silent server costs one probe's time", arguments: ["silent", "trickle"])
        func silent(mode: String) async throws {
            let survey = try await survey(mode, ["--probe-timeout", "1s"])
            #expect(survey.report.exit == 6, survey.report.transcript)
            // A busy machine lets a second byte or a third through: a record of TLS that nobody finished.
            let kinds = ["incomplete:timeout"] + (mode == "trickle" ? ["incomplete:unanswered"] : [])
            #expect(survey.report.kind.map(kinds.contains) == true, survey.report.transcript)
            // Two rounds of eight at once: no version waits for another's silence.
            survey.expectConnections(atMost: 16)
        }

        @Test(
            "What isn't TLS is called by its name",
            arguments: [
                ("http", "HTTP"), ("smtp 220", "SMTP"), ("smtp 421", "SMTP"), ("garbage", "unknown bytes"),
            ]
        )
        func notTLS(mode: String, name: String) async throws {
            let survey = try await survey(mode)
            #expect(survey.report.kind == "not-tls", survey.report.transcript)
            #expect(survey.report.json["status"]["reason"].string?.contains(name) == true, survey.report.transcript)
        }

        @Test("Five runs, one answer", arguments: ["plain", "rst"])
        func repeated(mode: String) async throws {
            try await withPeer(try await OddServer.start(mode)) { server in
                var answers: Set<[String]> = []
                for _ in 0..<5 {
                    let report = try await Sechan.report("ciphers", [server.target])
                    let survey = SurveyReport(report)
                    survey.expectHonest(OddServer.suites)
                    answers.insert(
                        survey.versions.sorted { $0.key < $1.key }.map { name, version in
                            "\(name) \(version.verdict) \(version.order ?? "") \(version.isComplete) \(version.suites)"
                        }
                    )
                }
                #expect(answers.count == 1)
            }
        }
    }
}
