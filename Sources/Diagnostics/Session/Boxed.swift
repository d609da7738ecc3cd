/// A large value behind a reference.
///
/// A task reserves room for all that it will ever hold, and keeps it while it waits. Where thousands of them wait, what they
/// hand on in the end is better a reference.
final class Boxed<Value: Sendable>: Sendable {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }
}
