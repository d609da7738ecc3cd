import Transport

/// A proxy as a user names it, read once: the text, which may hold a password, isn't kept.
public struct ProxySetting: Sendable {
    /// The proxy, or what is wrong with the text.
    let proxy: Result<Proxy, RequestProblem>

    /// Reads `http://[name:password@]host:port`, `socks5://…` or `socks5h://…`. Whoever uses the setting is told what is
    /// wrong with it.
    public init(_ url: String) {
        proxy = Result { () throws(RequestProblem) in try Proxy(parsing: url) }
    }
}

extension ProxySetting: CustomStringConvertible, CustomReflectable {
    /// `http://proxy.example:3128`; never with the name or the password.
    public var description: String {
        switch proxy {
        case .success(let proxy): "\(proxy)"
        case .failure(let problem): problem.reason
        }
    }

    /// Nothing of the credentials.
    public var customMirror: Mirror { Mirror(self, children: ["proxy": description]) }
}
