/// Why a certificate, a key or a trust store could not be used, with the place where reading stopped.
public struct CertificateError: Error, Hashable, Sendable {
    /// What went wrong, to switch on. An open set: later versions add kinds.
    public struct Kind: RawRepresentable, Hashable, Sendable {
        /// The stable spelling.
        public let rawValue: String

        /// A kind of that spelling.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The bytes are not the structure they should be.
        public static let malformed = Self(rawValue: "malformed")
        /// The input holds no certificate.
        public static let noCertificate = Self(rawValue: "no-certificate")
        /// The input holds no private key.
        public static let noKey = Self(rawValue: "no-key")
        /// The private key is there, but can't be read.
        public static let malformedKey = Self(rawValue: "malformed-key")
        /// The private key is encrypted and no password was given.
        public static let passwordRequired = Self(rawValue: "password-required")
        /// The private key is encrypted and the password does not open it.
        public static let wrongPassword = Self(rawValue: "wrong-password")
        /// The private key does not belong to the certificate.
        public static let keyMismatch = Self(rawValue: "key-mismatch")
        /// A file can't be read.
        public static let unreadableFile = Self(rawValue: "unreadable-file")
        /// A file or directory of trusted certificates can't be read.
        public static let unreadableTrust = Self(rawValue: "unreadable-trust")
        /// An argument makes no sense (an empty list of names, a bad host name).
        public static let badArgument = Self(rawValue: "bad-argument")
        /// libcrypto refused something it should have done.
        public static let library = Self(rawValue: "library")
    }

    /// What went wrong.
    public let kind: Kind
    /// One lower-case sentence without a full stop, in our own words; holds no text of the input.
    public let text: String
    /// The byte of the DER (or of the file) at which reading stopped, counted from 0.
    public let offset: Int?
    /// The line of the file at which reading stopped, counted from 1, for PEM.
    public let line: Int?

    /// An error of that kind.
    public init(_ kind: Kind, _ text: String, offset: Int? = nil, line: Int? = nil) {
        self.kind = kind
        self.text = text
        self.offset = offset
        self.line = line
    }
}

extension CertificateError: CustomStringConvertible {
    /// The sentence with its place.
    public var description: String {
        switch (line, offset) {
        case (let line?, let offset?): "\(text) (line \(line), byte \(offset) of what it encodes)"
        case (let line?, nil): "\(text) (line \(line))"
        case (nil, let offset?): "\(text) (byte \(offset))"
        case (nil, nil): text
        }
    }
}
