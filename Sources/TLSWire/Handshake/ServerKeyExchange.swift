public import TLSParameters

// RFC 5246 §7.4.3, RFC 8422 §5.4, RFC 4279 §2-4, RFC 5489 §2, RFC 5054 §2.8.2, RFC 6101 §5.6.3
//
//     struct {
//         opaque psk_identity_hint<0..2^16-1>;     PSK, DHE_PSK, ECDHE_PSK, RSA_PSK
//         ServerDHParams | ServerECDHParams | ServerSRPParams | ServerRSAParams params;   nothing for PSK, RSA_PSK
//         DigitallySigned signed_params;           unless anonymous or PSK
//     } ServerKeyExchange;

/// A server's ephemeral key exchange parameters, SSL 3.0 to TLS 1.2.
///
/// The message does not say which form it has: that follows from the suite (``Form/init(suite:)``) and the version.
public struct ServerKeyExchange: Hashable, Sendable {
    /// The key exchange parameters.
    public enum Parameters: Hashable, Sendable {
        /// Nothing: PSK and RSA_PSK send only a hint.
        case none
        /// Finite-field Diffie-Hellman.
        case dhe(DHParameters)
        /// Elliptic-curve Diffie-Hellman.
        case ecdhe(ECDHParameters)
        /// A temporary RSA key of an export suite.
        case rsa(RSAParameters)
        /// Secure Remote Password.
        case srp(SRPParameters)
        /// The whole body of a form that isn't read further (GOST, ECCPWD, FORTEZZA, SM2, unknown suites).
        case opaque([UInt8])
    }

    /// Nil unless the form has one; an empty hint means "none".
    public var pskIdentityHint: PeerText?
    /// The key exchange parameters.
    public var parameters: Parameters
    /// Nil for anonymous and PSK suites.
    public var signed: DigitallySigned?

    /// `server_key_exchange`
    public static var type: HandshakeType { .server_key_exchange }

    /// Makes a message.
    public init(pskIdentityHint: PeerText? = nil, parameters: Parameters, signed: DigitallySigned? = nil) {
        self.pskIdentityHint = pskIdentityHint
        self.parameters = parameters
        self.signed = signed
    }

    /// Reads the body of the message in the form of a suite and the layout of a version.
    public init(parsing reader: inout ByteReader, form: Form, version: ProtocolVersion) throws(WireError) {
        if form.hasHint {
            let hint = try reader.readOpaque(.two, "ServerKeyExchange.psk_identity_hint")
            pskIdentityHint = PeerText(bytes: hint)
        }
        switch form.content {
        case .none: parameters = .none
        case .dhe: parameters = .dhe(try DHParameters(parsing: &reader))
        case .ecdhe: parameters = .ecdhe(try ECDHParameters(parsing: &reader))
        case .rsa: parameters = .rsa(try RSAParameters(parsing: &reader))
        case .srp: parameters = .srp(try SRPParameters(parsing: &reader))
        case .opaque: parameters = .opaque(reader.readRest())
        }
        signed = form.isSigned ? try DigitallySigned(parsing: &reader, version: version) : nil
    }

    /// Reads a whole message that answers with `suite` in `version`.
    public init(
        _ message: HandshakeMessage,
        suite: CipherSuite,
        version: ProtocolVersion
    ) throws(WireError) {
        try self.init(message, form: Form(suite: suite), version: version)
    }

    /// Reads a whole message.
    public init(_ message: HandshakeMessage, form: Form, version: ProtocolVersion) throws(WireError) {
        try message.expect(Self.type)
        var reader = message.reader
        try self.init(parsing: &reader, form: form, version: version)
        try reader.finish("ServerKeyExchange")
    }

    /// The elliptic curve group if there is one and it is named.
    public var group: NamedGroup? {
        guard case .ecdhe(let ecdhe) = parameters else { return nil }
        return ecdhe.namedGroup
    }

    /// Writes the body of the message.
    public func encode(into writer: inout ByteWriter) {
        if let pskIdentityHint { writer.writeOpaque(.two, pskIdentityHint.bytes) }
        switch parameters {
        case .none: break
        case .dhe(let parameters): parameters.encode(into: &writer)
        case .ecdhe(let parameters): parameters.encode(into: &writer)
        case .rsa(let parameters): parameters.encode(into: &writer)
        case .srp(let parameters): parameters.encode(into: &writer)
        case .opaque(let bytes): writer.writeBytes(bytes)
        }
        signed?.encode(into: &writer)
    }

    /// The message with its type and length.
    public func handshakeMessage() -> HandshakeMessage {
        HandshakeMessage(type: Self.type) { encode(into: &$0) }
    }
}
