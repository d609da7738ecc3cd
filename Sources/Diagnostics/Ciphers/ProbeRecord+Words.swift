import TLSParameters
import TLSWire

extension ProbeRecord {
    /// What a hello offers: `tls1.2, 64 suites; server_name, supported_groups`. It ends in `…` where only the beginning of
    /// the hello was kept; nil for bytes that are no hello.
    static func words(hello bytes: [UInt8]) -> String? {
        if bytes.count > 6, bytes[0] & 0x80 != 0, bytes[2] == SSL2MessageType.client_hello.rawValue {
            let version = ProtocolVersion(rawValue: UInt16(bytes[3]) << 8 | UInt16(bytes[4]))
            let count = (Int(bytes[5]) << 8 | Int(bytes[6])) / 3
            return "\(version.id) in the format of SSL 2.0, \(count) \(count == 1 ? "kind" : "kinds")"
        }
        guard let glance = HelloGlance(bytes), glance.type == .client_hello else { return nil }
        var parts = [glance.version?.id].compactMap { $0 }
        switch glance.suiteCount {
        case 0: break
        case 1...3 where glance.suites.count == glance.suiteCount:
            parts.append(glance.suites.map(\.codePointText).joined(separator: " "))
        default: parts.append("\(glance.suiteCount) suites")
        }
        return join(parts, glance)
    }

    /// What an answer says: `tls1.2, TLS_RSA_WITH_AES_128_CBC_SHA; renegotiation_info` of a hello, the name of an alert; nil for
    /// any other.
    static func words(answer bytes: [UInt8]) -> String? {
        if let alert = AlertGlance.name(bytes) { return alert }
        guard let glance = HelloGlance(bytes), glance.type == .server_hello else { return nil }
        return join([glance.version?.id, glance.suites.first?.name].compactMap { $0 }, glance)
    }

    private static func join(_ parts: [String], _ glance: HelloGlance) -> String? {
        guard !parts.isEmpty else { return nil }
        let extensions = glance.extensions.map(\.name) + (glance.isCut ? ["…"] : [])
        return parts.joined(separator: ", ")
            + (extensions.isEmpty ? "" : "; " + extensions.joined(separator: ", "))
    }
}

/// The alert at the beginning of an answer.
enum AlertGlance {
    /// Its name: that of the fatal one where warnings go before it. An alert may be split over records, and several may share
    /// one (RFC 8446 §5.1).
    static func name(_ bytes: [UInt8]) -> String? {
        var rest = bytes[...]
        var alerts: [UInt8] = []
        while rest.count > 5, rest.first == ContentType.alert.rawValue {
            let header = Array(rest.prefix(5))
            let length = Int(header[3]) << 8 | Int(header[4])
            rest = rest.dropFirst(5)
            alerts += rest.prefix(length)
            rest = rest.dropFirst(length)
        }
        let pairs = stride(from: 0, to: alerts.count - alerts.count % 2, by: 2).map { (alerts[$0], alerts[$0 + 1]) }
        let fatal = pairs.first { $0.0 == AlertLevel.fatal.rawValue } ?? pairs.first
        return fatal.map { AlertDescription(rawValue: $0.1).name }
    }
}

/// What the first bytes of a client's or server's hello say, however few there are.
private struct HelloGlance {
    private(set) var type: HandshakeType
    private(set) var version: ProtocolVersion?
    private(set) var suites: [CipherSuite] = []
    /// How many there are, the ones that were cut off included.
    private(set) var suiteCount = 0
    private(set) var extensions: [ExtensionType] = []
    /// Whether the hello goes on behind these bytes.
    private(set) var isCut = false

    /// nil where the bytes don't begin with a handshake record.
    init?(_ bytes: [UInt8]) {
        var message: [UInt8] = []
        var rest = bytes[...]
        while rest.count > 5, rest.first == ContentType.handshake.rawValue {
            let header = Array(rest.prefix(5))
            let length = Int(header[3]) << 8 | Int(header[4])
            rest = rest.dropFirst(5)
            message += rest.prefix(length)
            rest = rest.dropFirst(length)
        }
        guard let first = message.first else { return nil }
        type = HandshakeType(rawValue: first)
        do throws(WireError) {
            var reader = ByteReader(message)
            _ = try reader.readUInt8()
            let length = Int(try reader.readUInt24())
            var body = try reader.child(min(length, reader.remaining))
            isCut = length > body.remaining
            try read(&body)
        } catch {
            isCut = true
        }
    }

    private mutating func read(_ reader: inout ByteReader) throws(WireError) {
        version = ProtocolVersion(rawValue: try reader.readUInt16())
        _ = try reader.readBytes(32)
        _ = try reader.readBytes(Int(try reader.readUInt8()))
        if type == .server_hello {
            suiteCount = 1
            suites = [CipherSuite(rawValue: try reader.readUInt16())]
            _ = try reader.readUInt8()
        } else {
            suiteCount = Int(try reader.readUInt16()) / 2
            for _ in 0..<suiteCount { suites.append(CipherSuite(rawValue: try reader.readUInt16())) }
            _ = try reader.readBytes(Int(try reader.readUInt8()))
        }
        guard !reader.isEmpty else { return }
        _ = try reader.readUInt16()
        while !reader.isEmpty {
            let type = ExtensionType(rawValue: try reader.readUInt16())
            extensions.append(type)
            var data = try reader.child(Int(try reader.readUInt16()))
            if type == .supported_versions { try readVersions(&data) }
        }
    }

    /// RFC 8446 §4.2.1: a list from a client, one version from a server.
    private mutating func readVersions(_ data: inout ByteReader) throws(WireError) {
        if type == .client_hello { _ = try data.readUInt8() }
        var versions: [ProtocolVersion] = []
        while !data.isEmpty { versions.append(ProtocolVersion(rawValue: try data.readUInt16())) }
        version = versions.filter(ProtocolVersion.all.contains).max() ?? versions.first ?? version
    }
}
