import Glibc

/// Where a passphrase comes from; it is never on a command line, where every user of the machine can read it.
enum Passphrase {
    /// The passphrase that `source` leads to: `env:NAME`, `file:PATH` (its first line) or `fd:NUMBER`.
    ///
    /// - Throws: `RequestProblem` if there is no such source, or nothing in it; it blames `option`.
    static func read(_ source: String, option: String = "--pass") throws(RequestProblem) -> [UInt8] {
        let parts = source.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, let kind = parts.first, let place = parts.last else { throw unknown(source, option) }
        switch kind {
        case "env":
            guard let value = getenv(place) else {
                throw RequestProblem(
                    reason: "\(option): the environment has no '\(place)'",
                    hint: "set it, or use file:PATH"
                )
            }
            return Array(String(cString: value).utf8)
        case "file":
            return firstLine(try InputFile.read(place))
        case "fd":
            guard let descriptor = Int32(place), descriptor >= 0 else { throw unknown(source, option) }
            return firstLine(try InputFile.read(descriptor: descriptor, name: source))
        default:
            throw unknown(source, option)
        }
    }

    private static func firstLine(_ bytes: [UInt8]) -> [UInt8] {
        Array(bytes.prefix { $0 != 0x0a && $0 != 0x0d })
    }

    private static func unknown(_ source: String, _ option: String) -> RequestProblem {
        RequestProblem(
            reason: "\(option): '\(source)' is not a source of a secret",
            hint: "write env:NAME, file:PATH or fd:NUMBER"
        )
    }
}
