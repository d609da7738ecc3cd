import Probing
import TLSParameters
import TLSWire
import Testing

/// TLS 1.3 with groups that only some servers know: nobody is refused for them, and nobody's suites are missed for want of them.
@Suite struct SurveyNationalTests {
    private static let ordinary: [[Int]] = [
        [0x1302, 0x1301], [0x1302, 0x1303, 0x1301], [0x1301, 0x1304, 0x1305], [0x1302, 0x1303, 0x1301, 0x1304],
        [0x1304],
        [0x1303, 0x1302, 0x1301, 0xC0B4],
    ]

    private static func lists(_ request: ProbeRequest) -> Bool {
        SimulatedServer.hello(request.bytes)?.groups.contains { (0x0022...0x0029).contains($0.rawValue) } ?? false
    }

    private static func isTLS13(_ request: ProbeRequest) -> Bool {
        SimulatedServer.hello(request.bytes)?.supportedVersions == [.tls13]
    }

    private static func suites(_ numbers: [Int]) -> [CipherSuite] {
        numbers.map { CipherSuite(rawValue: UInt16($0)) }
    }

    /// illegal_parameter for a group that isn't TLS 1.3's own.
    @Test(arguments: ordinary) func strictServer(_ numbers: [Int]) {
        let server = SimulatedServer(suites: [.tls13: Self.suites(numbers)])
        let survey = SimulatedSurvey { request in
            if Self.isTLS13(request), Self.lists(request) {
                return .alert(Alert(level: .fatal, description: .illegal_parameter))
            }
            return server.answer(request.bytes)
        }
        #expect(survey.isFinished)
        #expect(survey.found(.tls13) == Self.suites(numbers))
        #expect(survey[.tls13]?.isComplete == true)
        #expect(survey[.tls13]?.notes == [])
    }

    /// National suites only next to their groups.
    @Test(arguments: ordinary + [[]]) func nationalSuitesAreFound(_ numbers: [Int]) {
        let own = Self.suites(numbers + [0x00C6, 0xC103])
        let both = SimulatedServer(suites: [.tls13: own])
        let ordinary = SimulatedServer(suites: [.tls13: Self.suites(numbers)])
        let survey = SimulatedSurvey { request in
            (Self.lists(request) ? both : ordinary).answer(request.bytes)
        }
        #expect(survey.isFinished)
        #expect(Set(survey.found(.tls13)) == Set(own))
    }

    /// Who takes the three suites that everyone takes is asked nothing more.
    @Test func costsNothing() {
        let server = SurveyQuirkTests.nginx
        let survey = SimulatedSurvey(SurveyConfiguration(versions: [.tls13], seed: 1)) { server.answer($0.bytes) }
        #expect(survey.requests.contains(where: Self.lists))
        // Three suites, a refusal, and whose order it is.
        #expect(survey.requests.count <= 6)
        let few = SimulatedSurvey(SurveyConfiguration(versions: [.tls13], suites: SurveyQuirkTests.modern13, seed: 1)) {
            server.answer($0.bytes)
        }
        #expect(!few.requests.contains(where: Self.lists))
    }
}
