extension ExtensionType {
    /// Whether the value is one of those sent to see that unknown extensions are ignored (RFC 8701, section 2).
    public var isGREASE: Bool { isGREASEPattern(rawValue) }
}

extension SignatureScheme {
    /// Whether the value is one of those sent to see that unknown schemes are ignored (RFC 8701, section 2).
    public var isGREASE: Bool { isGREASEPattern(rawValue) }

    /// The first byte as TLS 1.2 reads it; meaningless for the schemes of TLS 1.3 (`0x08xx` and up).
    public var hash: HashAlgorithm { HashAlgorithm(rawValue: UInt8(truncatingIfNeeded: rawValue >> 8)) }

    /// The second byte as TLS 1.2 reads it; meaningless for the schemes of TLS 1.3.
    public var signature: SignatureAlgorithm { SignatureAlgorithm(rawValue: UInt8(truncatingIfNeeded: rawValue)) }

    /// A scheme from the two bytes of TLS 1.2 (RFC 5246, section 7.4.1.4.1).
    public init(hash: HashAlgorithm, signature: SignatureAlgorithm) {
        self.init(rawValue: UInt16(hash.rawValue) << 8 | UInt16(signature.rawValue))
    }
}
