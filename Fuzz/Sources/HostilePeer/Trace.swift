import Glibc

/// Tells on standard error what a session comes to, if `SECHAN_FUZZ_TRACE` is set: to look at a finding with.
enum Trace {
    private static let isOn = getenv("SECHAN_FUZZ_TRACE") != nil

    static func note(_ line: @autoclosure () -> String) {
        guard isOn else { return }
        let text = Array((line() + "\n").utf8)
        _ = write(STDERR_FILENO, text, text.count)
    }

    static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
