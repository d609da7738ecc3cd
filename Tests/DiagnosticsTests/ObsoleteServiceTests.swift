import Testing

@testable import Diagnostics
@testable import SecureChannel

/// What protects nothing is served to this machine only, and named.
@Suite("serve: obsolete versions")
struct ObsoleteServiceTests {
    private static func request(_ listen: String, _ protocols: String) -> ServeRequest {
        var request = ServeRequest(listen: listen)
        request.protocols.protocols = protocols
        request.protocols.legacy = true
        return request
    }

    @Test("To the network only when told twice", arguments: ["ssl2", "ssl3", "ssl3,tls1.2"])
    func exposure(_ protocols: String) throws {
        for host in ["0.0.0.0", "[::]", "192.0.2.1", "127.example.org"] {
            var request = Self.request("\(host):0", protocols)
            let problem = #expect(throws: RequestProblem.self) { _ = try ServeOperation(request) }
            #expect(problem?.hint?.contains("--expose-obsolete") == true)
            request.exposesObsolete = true
            _ = try ServeOperation(request)
        }
        for place in ["0", "127.0.0.1:0", "127.8.8.8:0", "[::1]:0", "localhost:0", "unix:/tmp/s"] {
            _ = try ServeOperation(Self.request(place, protocols))
        }
        _ = try ServeOperation(Self.request("0.0.0.0:0", "tls1.0-tls1.2"))
    }

    @Test("A key that SSL 2.0 knows is made")
    func madeKey() throws {
        #expect(try ServeOperation(Self.request("0", "ssl2")).certificatePEM.split(separator: "BEGIN CERT").count == 2)
        #expect(
            try ServeOperation(Self.request("0", "ssl2,tls1.2")).certificatePEM.split(separator: "BEGIN CERT").count
                == 3
        )
    }

    @Test("The warning names versions and suites")
    func warning() throws {
        func warning(_ versions: [String], _ suites: [String]) -> String? {
            let codes = suites.map { NamedCode(codePoint: $0, name: $0) }
            return BrokenProtection.warning(versions: versions, suites: codes)
        }
        #expect(warning(["tls1.0", "tls1.2"], ["0xC02F", "0x000A"]) == nil)
        #expect(warning(["ssl2", "ssl3", "tls1.0"], ["0x010080"]) == "SSL 2.0 and SSL 3.0")
        // RC4, export, NULL, anonymous, DES.
        for suite in ["0x0005", "0x0003", "0x0002", "0x0018", "0x0009"] {
            #expect(warning(["tls1.2"], [suite]) == suite)
        }
        #expect(warning(["tls1.2"], ["0x0005", "0x0009"]) == "0x0005 and 1 more like it")
    }
}
