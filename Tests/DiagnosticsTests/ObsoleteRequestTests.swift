import Foundation
import SecureChannel
import TLSParameters
import Testing

@testable import Diagnostics

/// What SSL 2.0 and 3.0 don't have is refused before anything is sent.
@Suite struct ObsoleteRequestTests {
    private let world: World

    init() throws {
        world = try World()
    }

    @Test func sendsNoAlertWhereThereIsNone() throws {
        let alert = try ChosenAlert(parsing: "unexpected_message")
        func prepare(_ version: String) throws {
            let request = try world.request(port: 9) { $0.protocols.protocols = version }
            _ = try ShutdownOperation(channel: request, alert: alert, answerTimeout: .seconds(1), recordsBytes: false)
        }
        let problem = try #require(throws: RequestProblem.self) { try prepare("ssl2") }
        #expect(problem.reason == "--alert has no effect: SSL 2.0 has no alerts")
        try prepare("ssl3")
    }

    @Test func keyLogsAndExportsNeedAVersionThatHasThem() throws {
        let path = "\(world.files.path)/keys"
        func prepare(_ version: String, _ change: (inout SessionSettings) -> Void) throws {
            let request = try world.request(port: 9) {
                $0.protocols.protocols = version
                change(&$0.session)
            }
            _ = try Opening(request, recordsBytes: false)
        }
        let log = try #require(throws: RequestProblem.self) { try prepare("ssl2") { $0.keyLog = path } }
        #expect(log.reason.hasPrefix("--keylog has no effect"))
        #expect(!FileManager.default.fileExists(atPath: path))
        for version in ["ssl2", "ssl3"] {
            let export = try #require(throws: RequestProblem.self) {
                try prepare(version) { $0.exports = ["LABEL:32"] }
            }
            #expect(export.reason.hasPrefix("--export has no effect"), "\(version)")
        }
        try prepare("ssl3") { $0.keyLog = path }
        try prepare("ssl3,tls1.0") { $0.exports = ["LABEL:32"] }
    }
}
