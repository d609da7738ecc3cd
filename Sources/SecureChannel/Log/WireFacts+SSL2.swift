import TLSParameters
import TLSWire

extension WireFacts {
    /// Takes a message of SSL 2.0 sent by `sender`, its code first. One that can't be decoded leaves the facts as they were.
    mutating func takeSSL2(_ bytes: [UInt8], from sender: Role) {
        switch SSL2MessageType(rawValue: bytes.first ?? 0) {
        case .client_hello: ssl2Hello = try? SSL2ClientHello(bytes: bytes)
        case .server_hello:
            guard let hello = try? SSL2ServerHello(bytes: bytes) else { return }
            ssl2ServerHello = hello
            // A resumed session shows none.
            if !hello.sessionIDHit { serverCertificate = hello.certificate }
        case .request_certificate: asksInSSL2 = true
        case .client_certificate:
            guard let message = try? SSL2ClientCertificate(bytes: bytes) else { return }
            provesInSSL2 = true
            clientCertificates = 1
            clientCertificateBytes = message.certificate.count
        case .error where sender == .client:
            guard (try? SSL2Error(bytes: bytes))?.errorCode == .no_certificate else { return }
            // The answer of a client that was asked for a certificate and has none.
            clientCertificates = 0
            clientCertificateBytes = 0
        default: break
        }
    }
}
