import TLSParameters
import TLSWire
import Testing

@testable import Probing

@Suite struct DetailsToleranceTests {
    static let asked: [ServerFeature] = [
        .toleratesGREASE, .toleratesUnknownExtension, .toleratesHello255, .toleratesHello256, .toleratesHello512,
        .toleratesHello1500, .toleratesSplitHello, .toleratesLongSuiteList, .toleratesNewerVersion,
        .toleratesUnknownVersion,
    ]
    static let versions: [[ProtocolVersion]] = [
        [.tls12, .tls13], [.tls12], [.tls13], [.tls10], [.tls10, .tls11, .tls12], [.tls10, .tls13],
    ]

    static func server(_ versions: [ProtocolVersion]) -> DetailsServer {
        var server = DetailsServer()
        for version in versions {
            server.suites[version] =
                version == .tls13
                ? DetailsGroupTests.modernSuites
                : [0xC02F, 0xC013, 0x2F].map { CipherSuite(rawValue: $0) }
                    .filter { $0.facts?.mayAppear(in: version) ?? false }
        }
        server.schemes = HelloRecipe.allSchemes
        return server
    }

    @Test(arguments: versions) func aTolerantServerCostsSixConnections(_ versions: [ProtocolVersion]) {
        let server = Self.server(versions)
        let run = DetailsRun(ToleranceInquiry(suites: server.suites, serverName: "www.example.org")) {
            server.answer($0)
        }
        #expect(run.isFinished)
        #expect(run.requests.count == 6)
        #expect(run.depth == 1)
        #expect(run.inquiry.features.map(\.feature) == Self.asked)
        #expect(run.inquiry.features.allSatisfy { $0.verdict == .supported }, "\(run.inquiry.features)")
        let newest = versions.contains(.tls12) ? "TLS 1.2" : versions.contains(.tls10) ? "TLS 1.0" : "TLS 1.3"
        let picked = run.inquiry.features.first { $0.feature == .toleratesNewerVersion }?.detail
        #expect(picked == "the server answers with \(newest)")
    }

    /// Every one of them alone, and every way of saying no.
    @Test(arguments: asked, [Observation.closed, .reset, .alert(Alert(level: .fatal, description: .decode_error))])
    func oneIntolerance(_ feature: ServerFeature, _ refusal: Observation) {
        var server = Self.server([.tls12, .tls13])
        server.intolerances = [feature]
        server.intolerance = refusal
        let run = DetailsRun(ToleranceInquiry(suites: server.suites)) { server.answer($0) }
        #expect(run.isFinished)
        for outcome in run.inquiry.features {
            // A hello of 1,700 bytes is one of more than 512 as well.
            let isThat =
                outcome.feature == feature || feature == .toleratesHello1500 && outcome.feature == .toleratesSplitHello
                || feature == .toleratesHello512
                    && [.toleratesHello1500, .toleratesSplitHello].contains(outcome.feature)
                || feature == .toleratesHello512 && outcome.feature == .toleratesLongSuiteList
                || feature == .toleratesHello256 && outcome.feature == .toleratesGREASE
            if isThat, outcome.feature != feature { continue }
            #expect(outcome.verdict == (isThat ? .rejected : .supported), "\(outcome.feature)")
            if isThat { #expect(outcome.detail != nil) }
        }
        #expect(run.requests.count < 40)
    }

    /// Twice no answer to one oddity while plain hellos are answered is a finding; silence to several at once is none.
    @Test(arguments: asked) func silence(_ feature: ServerFeature) {
        var server = Self.server([.tls12, .tls13])
        server.intolerances = [feature]
        server.intolerance = .timedOut
        let run = DetailsRun(ToleranceInquiry(suites: server.suites)) { server.answer($0) }
        #expect(run.isFinished)
        for outcome in run.inquiry.features where outcome.verdict == .rejected {
            #expect(outcome.detail == "no answer, twice, while plain hellos were answered")
        }
        let outcome = run.inquiry.features.first { $0.feature == feature }
        let isAlone = [
            .toleratesHello255, .toleratesHello256, .toleratesHello512, .toleratesSplitHello, .toleratesNewerVersion,
        ].contains(feature)
        #expect(outcome?.verdict.id == (isAlone ? "rejected" : "inconclusive"))
        if !isAlone { #expect(outcome?.verdict.reason?.contains("no answer in time") == true) }
        #expect(run.requests.count <= 20)
    }

    /// Nobody who doesn't speak TLS 1.3 is shown what only TLS 1.3 has, but where that is the question.
    @Test func olderServersSeeNoVersions() throws {
        let odd = try #require(OddHello(suites: Self.server([.tls10, .tls12]).suites, groups: [], serverName: nil))
        for feature in Self.asked where feature != .toleratesUnknownVersion {
            let draft = try #require(odd.draft([feature]))
            let hello = try #require(SimulatedServer.hello(draft.encoded(random: [UInt8](repeating: 7, count: 64))))
            let types = hello.extensions?.map(\.type) ?? []
            #expect(!types.contains(.supported_versions) && !types.contains(.key_share), "\(feature)")
        }
    }

    @Test func refusingPlainHellosToo() {
        let alert = Observation.alert(Alert(level: .fatal, description: .handshake_failure))
        let server = Self.server([.tls12])
        let run = DetailsRun(ToleranceInquiry(suites: server.suites)) { _ in alert }
        #expect(run.isFinished)
        #expect(run.inquiry.features.allSatisfy { $0.verdict.id == "inconclusive" })
    }

    @Test func aNameThatIsTooLong() {
        let server = Self.server([.tls12, .tls13])
        let label = String(repeating: "a", count: 60)
        let name = "\(label).\(label).\(label).example"
        let run = DetailsRun(ToleranceInquiry(suites: server.suites, serverName: name)) { server.answer($0) }
        let verdict = run.inquiry.features.first { $0.feature == .toleratesHello255 }?.verdict
        #expect(
            verdict
                == .inconclusive(
                    reason: "the hello is longer even without anything odd, for its name, suites or key share"
                )
        )
    }

    @Test(arguments: [255, 384, 512, 1_700]) func sizesAreExact(_ size: Int) throws {
        let features: [Int: ServerFeature] = [
            255: .toleratesHello255, 384: .toleratesHello256, 512: .toleratesHello512, 1_700: .toleratesSplitHello,
        ]
        let feature = try #require(features[size])
        for versions in Self.versions {
            for name in [nil, "a.b", "www.example.org", "server.example.com", "abcdefghijk.example.net"] {
                let server = Self.server(versions)
                let odd = try #require(OddHello(suites: server.suites, groups: [], serverName: name))
                let draft = try #require(odd.draft([feature]))
                let hello = try #require(SimulatedServer.hello(draft.encoded(random: [UInt8](repeating: 7, count: 64))))
                #expect(hello.handshakeMessage().bytes.count == size)
            }
        }
    }

    @Test(arguments: versions, DetailsServer.Sentinel.allCases)
    func downgrades(_ versions: [ProtocolVersion], _ sentinel: DetailsServer.Sentinel) {
        for features: Set<ServerFeature> in [
            [], [.fallbackSCSV], [.ssl2FormatHello], [.fallbackSCSV, .ssl2FormatHello],
        ] {
            var server = Self.server(versions)
            server.sentinel = sentinel
            server.features = features
            let run = DetailsRun(DowngradeInquiry(suites: server.suites)) { server.answer($0) }
            #expect(run.isFinished)
            let outcomes = run.inquiry.features
            let fallback = outcomes.first { $0.feature == .fallbackSCSV }?.verdict
            let hasTwo = versions.count > 1
            #expect(fallback == (hasTwo ? features.contains(.fallbackSCSV) ? .supported : .rejected : nil))
            let older = versions.filter { $0 < versions.last ?? .tls10 }
            let sentinels = outcomes.filter { $0.feature == .downgradeSentinel }
            #expect(sentinels.map(\.version) == older)
            #expect(sentinels.allSatisfy { $0.verdict == (sentinel == .right ? .supported : .rejected) })
            let format = outcomes.first { $0.feature == .ssl2FormatHello }?.verdict
            let hasClassic = versions != [.tls13]
            #expect(format == (hasClassic ? features.contains(.ssl2FormatHello) ? .supported : .rejected : nil))
        }
    }

    @Test(arguments: [Observation.closed, .reset, .timedOut, .notTLS(prefix: Array("HTTP/1.1 400".utf8))])
    func refusingEverything(_ refusal: Observation) {
        let server = Self.server([.tls12, .tls13])
        let one = DetailsRun(ToleranceInquiry(suites: server.suites)) { _ in refusal }
        #expect(one.isFinished)
        #expect(one.requests.count < 60)
        #expect(one.inquiry.features.allSatisfy { $0.verdict.id == "inconclusive" })
        let other = DetailsRun(DowngradeInquiry(suites: server.suites)) { _ in refusal }
        #expect(other.isFinished)
        #expect(other.inquiry.features.allSatisfy { $0.verdict.id == "inconclusive" })
    }
}
