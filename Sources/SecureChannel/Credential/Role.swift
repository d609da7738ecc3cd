/// Which end of the connection a credential or context serves. One credential can't serve both.
public enum Role: String, Codable, Hashable, Sendable {
    /// The end that connects and speaks first.
    case client
    /// The end that accepts.
    case server

    /// The other end.
    public var peer: Role { self == .client ? .server : .client }
}
