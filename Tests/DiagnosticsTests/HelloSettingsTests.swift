import SecureChannel
import TLSParameters
import Testing

@testable import Diagnostics

@Suite struct HelloSettingsTests {
    private static func credential(_ change: (inout HelloSettings) -> Void) throws -> Credential {
        var settings = HelloSettings()
        change(&settings)
        var credential = Credential(role: .client)
        try settings.apply(to: &credential)
        return credential
    }

    @Test func readsWhatAUserWrites() throws {
        let hello = try Self.credential {
            $0.added = ["0xffce:0102", "65487:"]
            $0.omitted = ["status_request", "0x0017"]
            $0.maximumFragment = 1_024
            $0.refusesRenegotiation = true
        }
        #expect(hello.refusesRenegotiation)
        #expect(hello.hello.added.map(\.type.rawValue) == [0xFFCE, 0xFFCF])
        #expect(hello.hello.added.map(\.content) == [[1, 2], []])
        #expect(hello.hello.omitted == [.status_request, .extended_master_secret])
        #expect(hello.hello.maximumFragmentLength == 1_024)
    }

    @Test(arguments: ["", "x", ":00", "0xffce", "0xffce:0", "0xffce:zz", "70000:00", "-1:00"])
    func refusesWhatIsNoExtension(_ text: String) {
        let problem = #expect(throws: RequestProblem.self) { _ = try Self.credential { $0.added = [text] } }
        #expect(problem?.reason.hasPrefix("--send-ext: ") == true)
        #expect(problem?.hint != nil)
    }

    @Test func refusesWhatCanNotBeLeftOutOrAskedFor() {
        for name in ["key_share", "nonsense", ""] {
            #expect(throws: RequestProblem.self) { _ = try Self.credential { $0.omitted = [name] } }
        }
        for length in [0, 100, 16_384, -1] {
            #expect(throws: RequestProblem.self) { _ = try Self.credential { $0.maximumFragment = length } }
        }
    }
}
