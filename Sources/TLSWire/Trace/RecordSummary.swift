import TLSParameters

/// What a trace shows of one record, or of bytes that are no record.
///
/// The keys are part of the report format; a key whose value does not apply is left out. Nothing here is peer text.
public struct RecordSummary: Codable, Hashable, Sendable {
    /// What the bytes were taken for.
    public enum Framing: String, Codable, Hashable, Sendable {
        /// A record of SSL 3.0 or later.
        case tls
        /// A record of SSL 2.0.
        case ssl2
        /// Bytes that follow no record framing, or whose framing is lost.
        case undecodable
        /// A record that has begun and not ended when the stream did.
        case incomplete
    }

    /// Offset of the first byte in this direction of the connection.
    public var offset: Int
    /// Bytes on the wire, header included.
    public var length: Int
    /// What the bytes were taken for.
    public var framing: Framing
    /// `handshake`, `alert`, …, in the registry's spelling.
    public var contentType: String?
    /// The content type's code.
    public var contentTypeCode: UInt8?
    /// The record's version field, for example `tls1.2`.
    public var version: String?
    /// The content can't be read because it is encrypted.
    public var encrypted: Bool
    /// The handshake messages, or pieces of them, in a record that is not encrypted.
    public var messages: [HandshakeSummary]
    /// The alert in a record that is not encrypted.
    public var alert: AlertSummary?
    /// Why the bytes could not be read, and where.
    public var problem: ProblemSummary?

    init(offset: Int, length: Int, framing: Framing) {
        self.offset = offset
        self.length = length
        self.framing = framing
        encrypted = false
        messages = []
    }
}

/// What a trace shows of a handshake message, or of the part of it in one record.
public struct HandshakeSummary: Codable, Hashable, Sendable {
    /// Which part of the message the record holds.
    public enum Part: String, Codable, Hashable, Sendable {
        /// All of it.
        case whole
        /// Its beginning.
        case first
        /// Neither its beginning nor its end.
        case middle
        /// Its end.
        case last
    }

    /// `client_hello`, …, in the registry's spelling; `hello_retry_request` where a server hello is one.
    public var name: String
    /// The message type's code; SSL 2.0 has its own.
    public var code: UInt8
    /// Bytes of the whole message's body, as its header says.
    public var length: Int
    /// Which part of the message the record holds.
    public var part: Part

    /// Makes a summary.
    public init(name: String, code: UInt8, length: Int, part: Part = .whole) {
        self.name = name
        self.code = code
        self.length = length
        self.part = part
    }
}

/// What a trace shows of an alert, or of an error of SSL 2.0 (which has no level).
public struct AlertSummary: Codable, Hashable, Sendable {
    /// `warning`, `fatal`, or a number; empty for SSL 2.0.
    public var level: String
    /// The level's code.
    public var levelCode: UInt8
    /// `handshake_failure`, …, in the registry's spelling.
    public var description: String
    /// The description's code.
    public var descriptionCode: UInt16

    /// Makes a summary of an alert.
    public init(_ alert: Alert) {
        level = alert.level.name
        levelCode = alert.level.rawValue
        description = alert.description.name
        descriptionCode = UInt16(alert.description.rawValue)
    }

    init(_ error: SSL2Error) {
        level = ""
        levelCode = 0
        description = error.errorCode.name
        descriptionCode = error.errorCode.rawValue
    }
}

/// Why bytes could not be read.
public struct ProblemSummary: Codable, Hashable, Sendable {
    /// A stable identifier: that of ``WireError/Kind/id``, of ``StreamOpening``, or `lost-framing`.
    public var id: String
    /// One line for people.
    public var text: String
    /// Offset of the trouble in this direction of the connection.
    public var offset: Int

    /// Makes a summary.
    public init(id: String, text: String, offset: Int) {
        self.id = id
        self.text = text
        self.offset = offset
    }
}

extension RecordSummary {
    /// One line for people, for example `handshake, TLS 1.2, 517 bytes: client_hello (508 bytes)`.
    public var text: String {
        var line: String
        switch framing {
        case .tls: line = "\(contentType ?? "record"), \(versionName)"
        case .ssl2: line = "SSL 2.0 record"
        case .undecodable: line = "not decodable"
        case .incomplete: line = "incomplete \(contentType ?? "record")"
        }
        line += ", \(length) byte\(length == 1 ? "" : "s")"
        var contents: [String] = messages.map(\.text)
        if let alert { contents.append(alert.text) }
        if encrypted { contents.append("encrypted") }
        if let problem { contents.append(problem.text) }
        return contents.isEmpty ? line : line + ": " + contents.joined(separator: ", ")
    }

    private var versionName: String {
        guard let version else { return "?" }
        return ProtocolVersion(id: version)?.name ?? version
    }
}

extension HandshakeSummary {
    /// For example `certificate (2471 bytes, begins)`.
    public var text: String {
        let suffix =
            switch part {
            case .whole: ""
            case .first: ", begins"
            case .middle: ", continues"
            case .last: ", ends"
            }
        return "\(name) (\(length) byte\(length == 1 ? "" : "s")\(suffix))"
    }
}

extension AlertSummary {
    /// For example `fatal handshake_failure (40)`.
    public var text: String {
        (level.isEmpty ? "" : level + " ") + "\(description) (\(descriptionCode))"
    }
}
