import SecureChannel

extension Tool {
    /// This program, with the libssl that it runs on.
    public static var current: Tool {
        Tool(name: "sechan", version: Version.current, libssl: ChannelLibrary.versionText)
    }

    /// `sechan 0.1.0 (OpenSSL 3.0.22 …)`.
    public var line: String {
        "\(name) \(version) (\(libssl))"
    }
}
