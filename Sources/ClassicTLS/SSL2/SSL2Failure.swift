import LibSSL
import TLSParameters
import TLSWire

/// Why a connection of SSL 2.0 ends, and the ERROR that tells the peer.
struct SSL2Failure: Error {
    let error: ClassicError
    /// The code of the ERROR that goes out; nil sends none. The draft knows four; a record that is damaged, or keys that are wrong,
    /// end the connection without a word, like an error of the network (draft-hickman-netscape-ssl-00 section 4).
    let code: SSL2ErrorCode?

    init(_ text: String, kind: ClassicError.Kind = .protocolError, code: SSL2ErrorCode? = nil) {
        error = ClassicError(kind, text, alert: nil)
        self.code = code
    }

    init(_ error: LibraryError) {
        self.init("libcrypto can't do what SSL 2.0 needs: \(error.text)", kind: .unsupported)
    }

    init(_ error: WireError) {
        self.init("the peer's message can't be read: \(error)")
    }
}

extension SSL2Failure {
    /// Calls libcrypto, or reads a message, and says of its failure that it ends the connection.
    static func wrap<Result>(_ body: () throws(LibraryError) -> Result) throws(SSL2Failure) -> Result {
        do { return try body() } catch { throw SSL2Failure(error) }
    }

    static func reading<Result>(_ body: () throws(WireError) -> Result) throws(SSL2Failure) -> Result {
        do { return try body() } catch { throw SSL2Failure(error) }
    }
}
