import TLSParameters
import Testing

@testable import Diagnostics

/// The suites that are known here, through filters.
@Suite struct LocalCiphersTests {
    @Test func listsTheWholeRegistry() throws {
        let report = try LocalCiphersOperation(filter: .everything).run()
        #expect(report.status == .ok)
        #expect(report.result?.suites.count == CipherSuite.registry.count + SSL2CipherKind.registry.count)
        #expect(report.result?.known == report.result?.suites.count)
        #expect(report.result?.suites.contains { $0.libssl == .yes } == true)
        #expect(report.result?.suites.contains { $0.libssl == .probe } == true)
    }

    @Test func saysThatNothingMatches() throws {
        let filter = try SuiteFilter(expression: "NOTHING", protocols: nil, minStrength: nil, maxStrength: nil)
        let report = try LocalCiphersOperation(filter: filter).run()
        #expect(report.status.exit == .violation)
        #expect(report.status.kind == "no-match")
        #expect(report.result == nil)
    }

    @Test func saysWhatKeepsTheConditionsApart() throws {
        func status(_ expression: String?, _ protocols: String? = nil, atLeast bits: Int? = nil) throws -> RunStatus {
            let filter = try SuiteFilter(
                expression: expression,
                protocols: protocols,
                minStrength: bits,
                maxStrength: nil
            )
            return try LocalCiphersOperation(filter: filter).run().status
        }
        let apart = try status("RC4", "tls1.3")
        #expect(apart.reason?.contains("belongs to the versions asked for") == true)
        #expect(apart.hint?.contains("versions") == true)
        #expect(try status("RC4", atLeast: 300).hint?.contains("strength") == true)
        #expect(try status("NOTHING").hint?.contains("'+'") == true)
    }

    @Test func hasTheKindsOfSSL2() throws {
        func kinds(_ expression: String?, _ protocols: String? = nil, _ most: Int? = nil) throws -> Set<String> {
            let filter = try SuiteFilter(
                expression: expression,
                protocols: protocols,
                minStrength: nil,
                maxStrength: most
            )
            let rows = try #require(try LocalCiphersOperation(filter: filter).run().result).suites
            return Set(rows.filter { $0.firstVersion == "ssl2" }.map(\.suite.name))
        }
        let every = Set(SSL2CipherKind.registry.map(\.name))
        #expect(try kinds(nil) == every)
        #expect(try kinds(nil, "ssl2") == every)
        #expect(try kinds(nil, "ssl3-tls1.3").isEmpty)
        #expect(try kinds("RC4", nil, 40) == ["SSL_CK_RC4_128_EXPORT40_WITH_MD5"])
        #expect(try kinds("EXPORT") == every.filter { $0.contains("EXPORT") })
        #expect(try kinds("NULL") == every.filter { $0.contains("NULL") })
        #expect(try kinds("SSL_CK_RC4_128_WITH_MD5:0x0700C0").count == 2)
        #expect(try kinds("ECDHE").isEmpty)
    }
}
