/// A server that opens connections for others.
public struct Proxy: Hashable, Sendable {
    /// How it's asked.
    public enum Kind: Hashable, Sendable {
        /// `CONNECT` of HTTP/1.1 (RFC 9110 §9.3.6).
        case http
        /// SOCKS version 5 (RFC 1928).
        case socks5
    }

    /// A name and a password.
    public struct Credentials: Hashable, Sendable {
        /// The name.
        public var name: String
        /// The password. It belongs into no output.
        public var password: String

        /// A name and a password.
        public init(name: String, password: String) {
            self.name = name
            self.password = password
        }
    }

    /// How it's asked.
    public var kind: Kind
    /// Its own name or address, without brackets.
    public var host: String
    /// Its port.
    public var port: UInt16
    /// What it's shown: Basic in HTTP (RFC 7617), name and password in SOCKS (RFC 1929); nil for nothing.
    public var credentials: Credentials?

    /// A proxy from its parts.
    public init(kind: Kind, host: String, port: UInt16, credentials: Credentials? = nil) {
        self.kind = kind
        self.host = host
        self.port = port
        self.credentials = credentials
    }

    /// A way through a proxy.
    public struct Tunnel: Sendable {
        /// Where the bytes for the target go. Its addresses are those of the proxy.
        public var stream: any ByteStream
        /// How many times we waited for the proxy.
        public var roundTrips: Int
    }

    /// Asks the proxy at the other end of `stream` for a connection to `host`, a name or an address, which it looks up itself.
    ///
    /// - Throws: `proxyRefused`, with the proxy's words in ``TransportError/said``, or `proxyFailed`, also for a name that
    ///   the proxy's protocol can't carry; or what reading and writing throw. The stream is closed then.
    public func connect(
        over stream: any ByteStream,
        to host: String,
        port: UInt16,
        deadline: Deadline
    ) async throws(TransportError) -> Tunnel {
        var machine: DialogueMachine
        let roundTrips: Int
        do throws(TransportError) {
            let dialogue: any Dialogue =
                switch kind {
                case .http: HTTPConnectDialogue(host: host, port: port, credentials: credentials)
                case .socks5: try SOCKSDialogue(host: host, port: port, credentials: credentials)
                }
            machine = DialogueMachine(dialogue, with: .proxy)
            roundTrips = try await machine.run(over: stream, deadline: deadline)
        } catch {
            await stream.close()
            throw error
        }
        // A target that speaks first may be quicker than the next read.
        let surplus = machine.surplus
        return Tunnel(
            stream: surplus.isEmpty ? stream : FramedStream(wrapping: stream, in: BareFraming(), waiting: surplus),
            roundTrips: roundTrips
        )
    }

    /// `error`, seen on the way to the proxy, as something that says nothing of the target.
    public static func failure(_ error: TransportError) -> TransportError {
        switch error.kind {
        case .localResources, .cancelled, .permission, .proxyRefused, .proxyFailed:
            return error
        default:
            var failure = error
            failure.kind = .proxyFailed
            failure.detail = "the proxy can't be reached: \(error.detail)"
            return failure
        }
    }
}

extension Proxy: CustomStringConvertible {
    /// `http://proxy.example:3128`, `socks5://[2001:db8::1]:1080`; never with the credentials.
    public var description: String {
        "\(kind == .http ? "http" : "socks5")://\(host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host):\(port)"
    }
}

extension Proxy: CustomReflectable {
    /// Nothing of the credentials.
    public var customMirror: Mirror { Mirror(self, children: ["proxy": description]) }
}

extension Proxy.Credentials: CustomStringConvertible, CustomReflectable {
    /// Neither the name nor the password.
    public var description: String { "(a name and a password)" }

    /// Nothing: whatever holds credentials may be dumped.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// No packets at all.
private struct BareFraming: TLSFraming {
    static let mayBeginAtOnce = true
    func wrap(_ bytes: [UInt8]) -> [UInt8] { bytes }
    func unwrap(_ bytes: [UInt8]) -> (bytes: [UInt8], answer: [UInt8]) { (bytes, []) }
}
