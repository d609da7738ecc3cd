import ClassicTLS
import LibSSL

extension SavedSession {
    /// The ticket as the server sent it; empty if there is none.
    public var ticket: [UInt8] {
        ClassicSession(serialised: bytes)?.ticket ?? (try? SSLSessionHandle(deserialising: bytes))?.ticket ?? []
    }
}
