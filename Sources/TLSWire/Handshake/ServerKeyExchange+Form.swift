public import TLSParameters

extension ServerKeyExchange {
    /// Which parts a ServerKeyExchange has.
    public struct Form: Hashable, Sendable {
        /// The kind of parameters.
        public enum Content: String, Hashable, Sendable, CaseIterable {
            /// Hint only.
            case none
            /// p, g, Ys.
            case dhe
            /// Curve and point.
            case ecdhe
            /// Modulus and exponent.
            case rsa
            /// N, g, s, B.
            case srp
            /// Not read further.
            case opaque
        }

        /// A PSK identity hint comes first.
        public var hasHint: Bool
        /// The kind of parameters.
        public var content: Content
        /// A signature comes last.
        public var isSigned: Bool

        /// Makes a form.
        public init(hasHint: Bool = false, content: Content, isSigned: Bool) {
            self.hasHint = hasHint
            self.content = content
            self.isSigned = isSigned
        }

        /// The form that a suite's key exchange and authentication ask for; opaque for what is not known.
        public init(suite: CipherSuite) {
            guard let facts = suite.facts else {
                self.init(content: .opaque, isSigned: false)
                return
            }
            let isSigned = !facts.isAnonymous
            switch facts.keyExchange {
            case .dhe: self.init(content: .dhe, isSigned: isSigned)
            case .ecdhe: self.init(content: .ecdhe, isSigned: isSigned)
            // A non-export RSA suite must not send the message; if it comes, it has the export form.
            case .rsa: self.init(content: .rsa, isSigned: isSigned)
            case .psk, .rsaPSK: self.init(hasHint: true, content: .none, isSigned: false)
            case .dhePSK: self.init(hasHint: true, content: .dhe, isSigned: false)
            case .ecdhePSK: self.init(hasHint: true, content: .ecdhe, isSigned: false)
            // SRP_SHA authenticates by the password alone; SRP_SHA_RSA and SRP_SHA_DSS sign (RFC 5054 §2.3).
            case .srp:
                let signs = facts.authentication == .rsa || facts.authentication == .dss
                self.init(content: .srp, isSigned: signs)
            default: self.init(content: .opaque, isSigned: false)
            }
        }
    }
}
