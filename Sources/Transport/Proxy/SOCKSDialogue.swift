import Glibc

/// SOCKS 5 (RFC 1928), with name and password if there are any (RFC 1929). A name is the proxy's to look up.
struct SOCKSDialogue: Dialogue {
    private enum Phase {
        case method
        case password
        case reply
    }

    private static let version: UInt8 = 5
    /// A length is one byte there (RFC 1928 §5, RFC 1929 §2).
    private static let longestText = 255
    private let host: String
    private let port: UInt16
    private let credentials: Proxy.Credentials?
    private var phase = Phase.method

    /// - Throws: `proxyFailed` if a text is too long for the protocol; cut, it would be another one.
    init(host: String, port: UInt16, credentials: Proxy.Credentials?) throws(TransportError) {
        guard host.utf8.count <= Self.longestText else {
            throw TransportError(.proxyFailed, detail: "the target's name is too long for SOCKS")
        }
        if let credentials, max(credentials.name.utf8.count, credentials.password.utf8.count) > Self.longestText {
            throw TransportError(.proxyFailed, detail: "the name or the password for the proxy is too long for SOCKS")
        }
        self.host = host
        self.port = port
        self.credentials = credentials
    }

    /// The methods: 0, no authentication; 2, name and password.
    func opening() -> [UInt8] {
        credentials == nil ? [Self.version, 1, 0] : [Self.version, 2, 0, 2]
    }

    mutating func next(_ input: inout DialogueInput) -> DialogueStep {
        guard let first = input.bytes.first else { return .needsMore }
        // RFC 1929 §2: the answer to a password has a version of its own.
        guard first == (phase == .password ? 1 : Self.version) else {
            let said = Array(input.bytes.prefix(256))
            return .fails(DialogueFailure(kind: .proxyFailed, detail: "the proxy doesn't speak SOCKS 5", said: said))
        }
        switch phase {
        case .method:
            guard let answer = input.take(2) else { return .needsMore }
            return method(answer[1])
        case .password:
            guard let answer = input.take(2) else { return .needsMore }
            guard answer[1] == 0 else { return Self.refused("the proxy doesn't take that name and password") }
            phase = .reply
            return .goesOn(request)
        case .reply:
            return reply(&input)
        }
    }

    private mutating func method(_ chosen: UInt8) -> DialogueStep {
        switch (chosen, credentials) {
        case (0, _):
            phase = .reply
            return .goesOn(request)
        case (2, let credentials?):
            phase = .password
            return .goesOn([1] + Self.counted(credentials.name) + Self.counted(credentials.password))
        case (255, nil):
            return Self.refused("the proxy wants to know who asks")
        case (255, _):
            return Self.refused("the proxy takes neither a password nor nothing")
        default:
            return Self.refused("the proxy chose a method that it was not offered")
        }
    }

    /// CONNECT, to an address or to a name.
    private var request: [UInt8] {
        // Wide enough for either family.
        var binary = [UInt8](repeating: 0, count: 16)
        let literal = String(host.prefix { $0 != "%" })
        let address: [UInt8]
        if inet_pton(AF_INET, literal, &binary) == 1 {
            address = [1] + binary.prefix(4)
        } else if inet_pton(AF_INET6, literal, &binary) == 1 {
            address = [4] + binary
        } else {
            address = [3] + Self.counted(host)
        }
        return [Self.version, 1, 0] + address + [UInt8(port >> 8), UInt8(port & 0xff)]
    }

    /// `text` behind its length, which the initializer has checked.
    private static func counted(_ text: String) -> [UInt8] {
        [UInt8(clamping: text.utf8.count)] + text.utf8
    }

    private func reply(_ input: inout DialogueInput) -> DialogueStep {
        guard input.count >= 2 else { return .needsMore }
        // Some proxies put little or nothing behind a refusal.
        guard input.bytes[1] == 0 else { return Self.refused(Self.reason(input.bytes[1])) }
        guard input.count >= 5 else { return .needsMore }
        // version, reply, reserved, then the address that the proxy uses: its type decides its length.
        let size: Int
        switch input.bytes[3] {
        case 1: size = 4 + 4 + 2
        case 3: size = 4 + 1 + Int(input.bytes[4]) + 2
        case 4: size = 4 + 16 + 2
        default:
            let said = Array(input.bytes.prefix(256))
            return .fails(DialogueFailure(kind: .proxyFailed, detail: "the proxy's reply has no address", said: said))
        }
        guard input.take(size) != nil else { return .needsMore }
        return .goAhead
    }

    private static func refused(_ detail: String) -> DialogueStep {
        .fails(DialogueFailure(kind: .proxyRefused, detail: detail, said: []))
    }

    /// RFC 1928 §6.
    private static func reason(_ reply: UInt8) -> String {
        switch reply {
        case 1: "the proxy says that it failed"
        case 2: "the proxy's rules don't allow the connection"
        case 3: "the proxy says that the target's network can't be reached"
        case 4: "the proxy says that the target's host can't be reached"
        case 5: "the proxy says that the target refused the connection"
        case 6: "the proxy says that the way to the target is too long"
        case 7: "the proxy knows no CONNECT"
        case 8: "the proxy can't use that kind of address"
        default: "the proxy refuses with reply \(reply)"
        }
    }
}
