extension HTTP2Connection {
    /// A request whose head has come; its content, if any, is thrown away.
    struct Request: Hashable, Sendable {
        var stream: UInt32
        var method: [UInt8]
        /// The `:path`, what HTTP/1 calls the request target.
        var target: [UInt8]
        var accept: String

        /// Whether the answer has no content.
        var isHead: Bool { method.elementsEqual("HEAD".utf8) }
    }
}

extension HTTP2Connection.Request {
    /// RFC 9113 §8.3.1: pseudo-fields first, each once, and nothing in upper case.
    init?(_ stream: UInt32, _ fields: [HPACKDecoder.Field]) {
        var pseudo: [String: [UInt8]] = [:]
        var accept = ""
        var hasRegular = false
        for field in fields {
            guard !field.name.isEmpty, !field.name.contains(where: { (0x41...0x5A).contains($0) || $0 <= 0x20 }),
                !field.value.contains(where: { $0 == 0 || $0 == 0x0A || $0 == 0x0D })
            else { return nil }
            let name = String(decoding: field.name, as: UTF8.self)
            if name.hasPrefix(":") {
                guard !hasRegular, pseudo.updateValue(field.value, forKey: name) == nil,
                    [":method", ":path", ":scheme", ":authority"].contains(name)
                else { return nil }
                continue
            }
            hasRegular = true
            switch name {
            // Of HTTP/1's connection, forbidden here (RFC 9113 §8.2.2).
            case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade": return nil
            case "accept": accept += (accept.isEmpty ? "" : ",") + String(decoding: field.value, as: UTF8.self)
            default: break
            }
        }
        guard let method = pseudo[":method"], !method.isEmpty, let target = pseudo[":path"], !target.isEmpty,
            pseudo[":scheme"] != nil
        else { return nil }
        self.init(stream: stream, method: method, target: target, accept: accept)
    }
}
