/// Why a fixture could not do its work; a test that meets one fails with its text.
struct InteropError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
