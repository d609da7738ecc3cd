import TLSParameters
import TLSWire

extension Answer {
    /// The connection ended without an answer, whatever that means.
    var isWordless: Bool {
        switch self {
        case .closes, .unknown(.noControl), .unknown(.otherKindsOnly): true
        default: false
        }
    }

    /// A "no" that is about the version, whatever suites were offered.
    var isAboutVersion: Bool {
        switch self {
        case .refused(let alert): alert.description == .protocol_version
        case .otherVersion: true
        default: false
        }
    }

    /// What to note of a server that refuses without an alert.
    static let closesNote = "the server \(SuiteRefusal.wordless.text) instead of sending an alert"

    /// What to say of a suite that was chosen without having been offered.
    static func violationText(_ suite: CipherSuite) -> String {
        "the server chose \(suite.name) (\(suite.codePointText)), which was not offered"
    }
}
