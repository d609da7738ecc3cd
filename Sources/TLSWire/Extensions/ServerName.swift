public import TLSParameters

// RFC 6066 §3
//
//     struct {
//         NameType name_type;            1 byte, host_name(0)
//         opaque HostName<1..2^16-1>;
//     } ServerName;
//     ServerName server_name_list<1..2^16-1>;

/// `server_name` of a ClientHello.
public struct ServerNameList: ExtensionPayload {
    /// One name; type 0 is a DNS name, the only one ever defined.
    public struct Entry: Hashable, Sendable {
        /// `name_type`
        public var nameType: ServerNameType
        /// The name as sent.
        public var name: PeerText

        /// Makes an entry.
        public init(nameType: ServerNameType = .host_name, name: PeerText) {
            self.nameType = nameType
            self.name = name
        }
    }

    /// Names as sent.
    public var entries: [Entry]

    /// `server_name`
    public static var type: ExtensionType { .server_name }

    /// Makes a list.
    public init(entries: [Entry]) { self.entries = entries }

    /// Makes a list of one DNS name.
    public init(hostName: String) { entries = [Entry(name: PeerText(hostName))] }

    /// The DNS names.
    public var hostNames: [PeerText] { entries.filter { $0.nameType == .host_name }.map(\.name) }

    /// Reads the list.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        var list = try reader.readVector(.two, minimum: 1, "server_name.server_name_list")
        entries = []
        while !list.isEmpty {
            let nameType = ServerNameType(rawValue: try list.readUInt8("server_name.name_type"))
            let name = try list.readOpaque(.two, minimum: 1, "server_name.HostName")
            entries.append(Entry(nameType: nameType, name: PeerText(bytes: name)))
        }
    }

    /// Writes the list.
    public func encode(into writer: inout ByteWriter) {
        writer.writeVector(.two) { writer in
            for entry in entries {
                writer.writeUInt8(entry.nameType.rawValue)
                writer.writeOpaque(.two, entry.name.bytes)
            }
        }
    }
}

/// Whether `name` is a DNS name that may be sent as SNI: never an IP literal (RFC 6066 §3), no control bytes, ASCII.
func isServerName(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard !bytes.isEmpty, bytes.count <= 253, bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return false }
    // A colon occurs in IPv6 literals only, and a name whose last label is all digits is an IPv4 literal.
    guard !bytes.contains(UInt8(ascii: ":")) else { return false }
    let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: true)
    guard let last = labels.last else { return false }
    return !last.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
}
