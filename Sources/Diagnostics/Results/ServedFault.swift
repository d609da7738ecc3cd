/// A fault that was asked for, and what came of it on one connection.
public struct ServedFault: Codable, Hashable, Sendable {
    /// The fault as it is written for `--fault`, such as `rst@2`.
    public var fault: String
    /// Whether it happened: a connection may end before its time comes, or be of a version that can't have it.
    public var happened: Bool
    /// What was done, such as `reset at leg 2, after 1 record`; null if it didn't happen.
    @Nullable public var detail: String?

    init(fault: String, detail: String?) {
        self.fault = fault
        happened = detail != nil
        self.detail = detail
    }

    /// One line: `fault: reset at leg 2, after 1 record`.
    public var text: String {
        detail.map { "fault: \($0)" } ?? "fault: \(fault) did not come about"
    }
}
