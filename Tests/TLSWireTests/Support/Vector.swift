import TLSParameters
import Testing

@testable import TLSWire

/// Bytes of one structure and how to read and write them again.
struct Vector: Sendable, CustomTestStringConvertible {
    /// What the bytes are.
    enum Form: Sendable {
        /// A handshake message with its header, for a version and (where it matters) a suite.
        case handshake(ProtocolVersion, suite: UInt16)
        /// A ServerKeyExchange with its header, in a stated form.
        case keyExchange(ServerKeyExchange.Form, ProtocolVersion)
        /// An extension with its type and length, standing in a message.
        case element(ExtensionContext)
        /// A record with its header.
        case record
        /// An alert of two bytes.
        case alert
        /// An SSL 2.0 record with its header, and the message in it.
        case ssl2
    }

    let name: String
    let form: Form
    let bytes: [UInt8]

    init(_ name: String, _ form: Form, _ text: String) {
        self.name = name
        self.form = form
        bytes = hex(text)
    }

    var testDescription: String { name }

    /// Reads the vector's own bytes, or others, completely and writes them again.
    func roundTrip(_ input: [UInt8]? = nil) throws(WireError) -> [UInt8] {
        let bytes = input ?? self.bytes
        switch form {
        case .handshake(let version, let suite):
            let message = try HandshakeMessage(bytes: bytes)
            return try rewrite(message, version, CipherSuite(rawValue: suite)).bytes
        case .keyExchange(let form, let version):
            let message = try HandshakeMessage(bytes: bytes)
            return try ServerKeyExchange(message, form: form, version: version).handshakeMessage().bytes
        case .element(let context):
            var reader = ByteReader(bytes)
            let element = try Extension(parsing: &reader)
            try reader.finish()
            let again = rewrite(element, try element.decode(in: context))
            return written { again.encode(into: &$0) }
        case .record:
            var reader = ByteReader(bytes)
            let record = try TLSRecord(parsing: &reader)
            try reader.finish()
            return record.bytes
        case .alert:
            let alert = try Alert(fragment: bytes)
            return written { alert.encode(into: &$0) }
        case .ssl2:
            var reader = ByteReader(bytes)
            let record = try SSL2Record(parsing: &reader)
            try reader.finish()
            return try rewrite(record).bytes
        }
    }

    /// The extension again from its typed value; as it is if it has none.
    private func rewrite(_ element: Extension, _ payload: (any ExtensionPayload)?) -> Extension {
        guard let payload else { return element }
        return Extension(type: element.type, data: written { payload.encode(into: &$0) })
    }

    private func rewrite(_ list: [Extension]?, _ context: ExtensionContext) throws(WireError) -> [Extension]? {
        guard let list else { return nil }
        var result: [Extension] = []
        for element in list { result.append(rewrite(element, try element.decode(in: context))) }
        return result
    }

    private func rewrite(_ record: SSL2Record) throws(WireError) -> SSL2Record {
        var copy: SSL2Record
        switch record.payload.first {
        case 0: copy = try SSL2Error(record).record()
        case 1: copy = try SSL2ClientHello(record).record()
        default: copy = try SSL2ServerHello(record).record()
        }
        copy.padding = record.padding
        copy.isEscape = record.isEscape
        copy.data += record.data.suffix(Int(record.padding ?? 0))
        return copy
    }

    private func rewrite(
        _ message: HandshakeMessage,
        _ version: ProtocolVersion,
        _ suite: CipherSuite
    ) throws(WireError) -> HandshakeMessage {
        switch message.type {
        case .client_hello:
            var hello = try ClientHello(message)
            hello.extensions = try rewrite(hello.extensions, .clientHello)
            return hello.handshakeMessage()
        case .server_hello:
            var hello = try ServerHello(message)
            let context = hello.isHelloRetryRequest ? ExtensionContext.helloRetryRequest : .serverHello
            hello.extensions = try rewrite(hello.extensions, context)
            return hello.handshakeMessage()
        case .encrypted_extensions:
            let list = try EncryptedExtensions(message).extensions
            return EncryptedExtensions(extensions: try rewrite(list, .encryptedExtensions) ?? []).handshakeMessage()
        case .certificate:
            var certificate = try CertificateMessage(message, version: version)
            for index in certificate.entries.indices {
                let list = certificate.entries[index].extensions
                certificate.entries[index].extensions = try rewrite(list, .certificate) ?? []
            }
            return certificate.handshakeMessage()
        case .certificate_request:
            return try CertificateRequest(message, version: version).handshakeMessage()
        case .certificate_status: return try CertificateStatus(message).handshakeMessage()
        case .server_key_exchange:
            return try ServerKeyExchange(message, suite: suite, version: version).handshakeMessage()
        case .certificate_verify: return try CertificateVerify(message, version: version).handshakeMessage()
        case .server_hello_done: return try ServerHelloDone(message).handshakeMessage()
        case .hello_request: return try HelloRequest(message).handshakeMessage()
        case .end_of_early_data: return try EndOfEarlyData(message).handshakeMessage()
        case .new_session_ticket:
            return try NewSessionTicket(message, version: version).handshakeMessage()
        case .key_update: return try KeyUpdate(message).handshakeMessage()
        case .finished: return try Finished(message).handshakeMessage()
        default: return message
        }
    }
}

func written(_ body: (inout ByteWriter) -> Void) -> [UInt8] {
    var writer = ByteWriter()
    body(&writer)
    return writer.bytes
}
