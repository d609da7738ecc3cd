import Diagnostics

/// How good a suite is, at a glance.
enum SuiteTone {
    /// Bad below 112 bits or without authentication, weak without forward secrecy or AEAD, good otherwise.
    static func of(_ suite: SuiteDescription) -> Tone {
        guard let bits = suite.bits else { return .plain }
        if bits < 112 || suite.authentication == "anon" { return .bad }
        if bits < 128 || suite.forwardSecrecy != true || suite.mac != "AEAD" { return .weak }
        return .good
    }
}
