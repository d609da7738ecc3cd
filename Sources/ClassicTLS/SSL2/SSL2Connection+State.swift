import LibSSL
import TLSParameters
import TLSWire

extension SSL2Connection {
    /// Where the handshake stands, and what only that place knows.
    enum State {
        /// Nothing was sent or read.
        case start
        /// A client waits for SERVER-HELLO.
        case serverHello(offered: ClassicSession?)
        /// A client asks what to make of the server's certificate; then it chooses this kind.
        case serverVerdict(SSL2CipherKind, key: PKeyHandle)
        /// A client waits for SERVER-VERIFY.
        case serverVerify
        /// A client waits for SERVER-FINISHED, or to be asked for its certificate, once.
        case serverFinished(mayAsk: Bool)
        /// A client was asked for its certificate.
        case identity(SSL2RequestCertificate)
        /// A server waits for CLIENT-HELLO.
        case clientHello
        /// A server waits for CLIENT-MASTER-KEY with one of these kinds.
        case masterKey([SSL2CipherKind])
        /// A server waits for CLIENT-FINISHED.
        case clientFinished
        /// A server waits for the answer to its challenge.
        case clientCertificate(challenge: [UInt8])
        /// A server asks what to make of the client's certificate.
        case clientVerdict
        /// Data may flow.
        case established
        /// Nothing more is possible.
        case failed(ClassicError)
    }
}
