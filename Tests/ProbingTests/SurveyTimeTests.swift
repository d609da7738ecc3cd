import Probing
import TLSParameters
import Testing

/// What surveys of well-known servers cost, in connections and round trips.
@Suite struct SurveyTimeTests {
    /// All that OpenSSL 3.0 has for an RSA and an ECDSA certificate and a pre-shared key
    /// (`ALL:eNULL:aNULL:@SECLEVEL=0`), in its order.
    static let openSSL: [CipherSuite] = suites(
        """
        C02C C030 009F CCA9 CCA8 CCAA C0AF C0AD C0A3 C09F C05D C061 C053 00A7 C02B C02F 009E C0AE C0AC C0A2
        C09E C05C C060 C052 00A6 C024 C028 006B C073 C077 00C4 006D 00C5 C023 C027 0067 C072 C076 00BE 006C
        00BF C00A C014 0039 0088 C019 003A 0089 C009 C013 0033 0045 C018 0034 0046 00AD 00AB CCAE CCAD CCAC
        C0AB C0A7 C06F C06D 009D C0A1 C09D C051 00A9 CCAB C0A9 C0A5 C06B 00AC 00AA C0AA C0A6 C06E C06C 009C
        C0A0 C09C C050 00A8 C0A8 C0A4 C06A 003D 00C0 003C 00BA C038 C036 00B7 00B3 0095 0091 C09B C099 C097
        0035 0084 00AF 008D C095 C037 C035 00B6 00B2 0094 0090 C09A C098 C096 002F 0041 00AE 008C C094 C006
        C010 C015 003B C03B C03A C039 00B9 00B8 00B5 00B4 002E 002D 0002 0001 00B1 00B0 002C
        """
    )

    /// What JDK 17 has with nothing disabled (and every kind of certificate), in its order.
    static let jsse: [CipherSuite] = suites(
        """
        C02C C02B CCA9 C030 CCA8 C02F 009F CCAA 00A3 009E 00A2 C024 C028 C023 C027 006B 006A 0067 0040 C02E C032
        C02D C031 C026 C02A C025 C029 C00A C014 C009 C013 0039 0038 0033 0032 C005 C00F C004 C00E 009D 009C 003D
        003C 0035 002F C008 C012 0016 0013 C003 C00D 000A 00A7 00A6 006D C019 003A 006C C018 0034 C017 001B C007
        C011 0005 C002 C00C 0004 C016 0018 0009 0015 0012 001A 0008 0014 0011 0019 0003 0017 003B C006 C010 0002
        C001 C00B C015 0001
        """
    )

    private static func suites(_ text: String) -> [CipherSuite] {
        text.split(whereSeparator: \.isWhitespace).compactMap { UInt16($0, radix: 16) }.map(CipherSuite.init(rawValue:))
    }

    static let five13: [CipherSuite] = [0x1302, 0x1303, 0x1301, 0x1304, 0x1305].map(CipherSuite.init(rawValue:))

    static func everything(_ order: SimulatedServer.Order) -> SimulatedServer {
        let old = openSSL.filter { $0.facts.map { $0.firstVersion < .tls12 } ?? false }
        var server = SimulatedServer(suites: [.tls10: old, .tls11: old, .tls12: openSSL, .tls13: five13])
        server.order = order
        return server
    }

    @Test func modern() {
        let clock = SimulatedClock { SurveyQuirkTests.nginx.answer($0.bytes) }
        #expect(clock.outcome.isComplete)
        #expect(clock.connections <= 32)
        #expect(clock.roundTrips <= 8)
    }

    @Test(arguments: [(8, 80), (16, 50)]) func everythingInClientOrder(_ concurrency: Int, _ limit: Int) {
        let server = Self.everything(.client)
        let clock = SimulatedClock(concurrency: concurrency) { server.answer($0.bytes) }
        #expect(clock.accepted == 260)
        #expect(clock.outcome.isComplete)
        #expect(clock.connections <= clock.accepted + 40)
        #expect(clock.roundTrips <= limit)
    }

    @Test(arguments: [(8, 80), (16, 50)]) func everythingInServerOrder(_ concurrency: Int, _ limit: Int) {
        let server = Self.everything(.server)
        let clock = SimulatedClock(concurrency: concurrency) { server.answer($0.bytes) }
        #expect(clock.accepted == 260)
        #expect(clock.outcome.versions.filter { $0.verdict == .supported }.allSatisfy { $0.order == .server })
        #expect(clock.outcome.isComplete)
        #expect(clock.connections <= clock.accepted + 60)
        #expect(clock.roundTrips <= limit)
    }

    @Test(arguments: [8, 16]) func jdk(_ concurrency: Int) {
        let old = Self.jsse.filter { $0.facts.map { $0.firstVersion < .tls12 } ?? false }
        let server = SimulatedServer(
            suites: [.tls10: old, .tls11: old, .tls12: Self.jsse, .tls13: SurveyQuirkTests.modern13]
        )
        let clock = SimulatedClock(concurrency: concurrency) { server.answer($0.bytes) }
        #expect(clock.outcome.isComplete)
        #expect(clock.outcome.versions.filter { $0.verdict == .supported }.allSatisfy { $0.order == .server })
        #expect(clock.outcome.versions.first { $0.version == .tls12 }?.suites.map(\.suite) == Self.jsse)
        #expect(clock.connections <= clock.accepted + 100)
    }
}
