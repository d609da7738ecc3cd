import Transport

extension Proxy {
    /// Reads `http://[name:password@]host:port`, `socks5://…` or `socks5h://…`, which is the same: names are the proxy's to look up.
    ///
    /// - Throws: `RequestProblem`, which repeats nothing of the text: it may hold a password.
    init(parsing text: String) throws(RequestProblem) {
        let form = "write http://host:port or socks5://host:port, with name:password@ before the host if need be"
        guard let mark = text.firstRange(of: "://") else {
            throw RequestProblem(reason: "--proxy: that is no URL", hint: form)
        }
        let kind: Kind
        let defaultPort: Int
        switch text[..<mark.lowerBound].lowercased() {
        case "http": (kind, defaultPort) = (.http, 3128)
        case "socks5", "socks5h": (kind, defaultPort) = (.socks5, 1080)
        default: throw RequestProblem(reason: "--proxy: there is no such kind of proxy", hint: form)
        }
        var rest = text[mark.upperBound...]
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        var credentials: Credentials?
        if let at = rest.lastIndex(of: "@") {
            credentials = try Self.credentials(rest[..<at], for: kind)
            rest = rest[rest.index(after: at)...]
        }
        do throws(RequestProblem) {
            guard !rest.contains("://"), !rest.hasPrefix("unix:"),
                case .network(let host, let port) = try Target(parsing: String(rest), defaultPort: defaultPort).place
            else { throw RequestProblem(reason: "it names no host", hint: form) }
            self.init(kind: kind, host: host, port: UInt16(clamping: port), credentials: credentials)
        } catch {
            // A '/' or '@' in a password that isn't percent-encoded ends up in the host.
            throw RequestProblem(
                reason: credentials == nil && !rest.contains("/")
                    ? "--proxy: \(error.reason)" : "--proxy: the host or port is wrong",
                hint: form
            )
        }
    }

    private static func credentials(_ text: Substring, for kind: Kind) throws(RequestProblem) -> Credentials {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.first.flatMap { decoded($0) }
        let password = parts.count == 2 ? decoded(parts[1]) : ""
        guard let name, let password, !name.isEmpty else {
            throw RequestProblem(
                reason: "--proxy: the name or the password can't be read",
                hint: "percent-encode what is special in a URL, as in %40 for an at sign"
            )
        }
        // RFC 1929 §2; RFC 7617 §2.
        let isTooLong = kind == .socks5 && max(name.utf8.count, password.utf8.count) > 255
        let isCut = kind == .http && name.contains(":")
        guard !isTooLong, !isCut, !(name + password).utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
            throw RequestProblem(
                reason: "--proxy: the name or the password is none that the proxy's protocol can carry",
                hint:
                    "SOCKS takes at most 255 bytes of each, HTTP no colon in the name, and neither takes control characters"
            )
        }
        return Credentials(name: name, password: password)
    }

    /// Percent-decoded (RFC 3986 §2.1); nil if it's no UTF-8 then, or encoded wrongly.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let value = UInt8(Substring(digits), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
