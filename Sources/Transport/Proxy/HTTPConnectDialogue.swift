/// `CONNECT` of HTTP/1.1 (RFC 9110 §9.3.6, RFC 9112 §3.2.3), with Basic credentials if there are any (RFC 7617).
struct HTTPConnectDialogue: Dialogue {
    private let host: String
    private let port: UInt16
    private let credentials: Proxy.Credentials?
    /// The status line whose header fields are being read.
    private var status: [UInt8]?

    init(host: String, port: UInt16, credentials: Proxy.Credentials?) {
        self.host = host
        self.port = port
        self.credentials = credentials
    }

    func opening() -> [UInt8] {
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        let place = "\(name):\(port)"
        var request = "CONNECT \(place) HTTP/1.1".line + "Host: \(place)".line
        if let credentials {
            let pair = Array("\(credentials.name):\(credentials.password)".utf8)
            request += "Proxy-Authorization: Basic \(Self.base64(pair))".line
        }
        return request + "".line
    }

    mutating func next(_ input: inout DialogueInput) -> DialogueStep {
        guard let line = input.line() else { return .needsMore }
        guard let status else {
            guard Self.code(line) != nil else {
                return .fails(DialogueFailure(kind: .proxyFailed, detail: "the proxy doesn't speak HTTP", said: line))
            }
            self.status = line
            return .goesOn([])
        }
        guard line.isEmpty else { return .goesOn([]) }
        switch Self.code(status) ?? 0 {
        case 100..<200:
            // Another response follows (RFC 9110 §15.2).
            self.status = nil
            return .goesOn([])
        case 200..<300:
            return .goAhead
        case 407:
            let detail =
                credentials == nil
                ? "the proxy wants a name and a password" : "the proxy doesn't take that name and password"
            return .fails(DialogueFailure(kind: .proxyRefused, detail: detail, said: status))
        default:
            return .fails(
                DialogueFailure(kind: .proxyRefused, detail: "the proxy did not make the connection", said: status)
            )
        }
    }

    /// The code of `HTTP/1.1 200 Connection established`; nil if the line is no status line.
    private static func code(_ line: [UInt8]) -> Int? {
        let words = line.words
        guard line.begins(with: "HTTP/1."), words.count >= 2, words[1].count == 3 else { return nil }
        let digits = words[1].compactMap(\.digit)
        return digits.count == 3 ? digits.reduce(0) { $0 * 10 + $1 } : nil
    }

    /// RFC 4648 §4.
    private static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << ((3 - group.count) * 8)
            for index in 0..<4 {
                text.append(index <= group.count ? alphabet[bits >> (18 - index * 6) & 63] : "=")
            }
        }
        return text
    }
}
