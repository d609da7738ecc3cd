import LibSSL

extension Certificate {
    /// Its RSA key without any padding, for those who bring their own.
    public struct RawRSA: Sendable {
        /// The length of the modulus in bytes.
        public let byteCount: Int
        private let der: [UInt8]

        /// The key of a certificate in DER; nil if it has no RSA key, or can't be read.
        public init?(certificate der: [UInt8]) {
            guard let count = (try? X509Handle(der: der))?.rsaByteCount else { return nil }
            byteCount = count
            self.der = der
        }

        /// A block as long as the modulus, raised to the public exponent; nil if it isn't below the modulus.
        public func encrypt(_ block: [UInt8]) -> [UInt8]? {
            guard block.count == byteCount else { return nil }
            return try? X509Handle(der: der).rawRSA(block)
        }
    }
}
