public import TLSParameters

// draft-hickman-netscape-ssl-00 §5.5 and §5.6: a code and data that reach to the end of the record
//
//     char MSG-CLIENT-FINISHED = 3      char CONNECTION-ID[]
//     char MSG-SERVER-VERIFY = 5        char CHALLENGE-DATA[]
//     char MSG-SERVER-FINISHED = 6      char SESSION-ID-DATA[]

/// What a client of SSL 2.0 says when it is satisfied with the server.
public struct SSL2ClientFinished: SSL2Message {
    /// The server's own connection id, now encrypted.
    public var connectionID: [UInt8]

    /// CLIENT-FINISHED
    public static var code: SSL2MessageType { .client_finished }

    /// Makes a message; nothing is checked.
    public init(connectionID: [UInt8]) { self.connectionID = connectionID }

    /// Reads what follows the code.
    public init(parsing reader: inout ByteReader) { connectionID = reader.readRest() }

    /// Writes what follows the code.
    public func encode(into writer: inout ByteWriter) { writer.writeBytes(connectionID) }
}

/// A server's proof in SSL 2.0 that it could read the master key.
public struct SSL2ServerVerify: SSL2Message {
    /// The client's own challenge, now encrypted.
    public var challenge: [UInt8]

    /// SERVER-VERIFY
    public static var code: SSL2MessageType { .server_verify }

    /// Makes a message; nothing is checked.
    public init(challenge: [UInt8]) { self.challenge = challenge }

    /// Reads what follows the code.
    public init(parsing reader: inout ByteReader) { challenge = reader.readRest() }

    /// Writes what follows the code.
    public func encode(into writer: inout ByteWriter) { writer.writeBytes(challenge) }
}

/// What a server of SSL 2.0 says when it is satisfied with the client: data may follow.
public struct SSL2ServerFinished: SSL2Message {
    /// The id under which the server remembers the session, 16 bytes.
    public var sessionID: [UInt8]

    /// SERVER-FINISHED
    public static var code: SSL2MessageType { .server_finished }

    /// Makes a message; nothing is checked.
    public init(sessionID: [UInt8]) { self.sessionID = sessionID }

    /// Reads what follows the code.
    public init(parsing reader: inout ByteReader) { sessionID = reader.readRest() }

    /// Writes what follows the code.
    public func encode(into writer: inout ByteWriter) { writer.writeBytes(sessionID) }
}
