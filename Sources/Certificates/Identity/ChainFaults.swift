/// What is wrong on purpose with a chain that is made on the spot.
package struct ChainFaults: Hashable, Sendable {
    /// When the leaf is valid.
    package enum Validity: Hashable, Sendable {
        /// Now.
        case current
        /// Until a month ago.
        case past
        /// From a month ahead.
        case future
    }

    /// When the leaf is valid.
    package var validity = Validity.current
    /// Whether the leaf signs itself, and is no authority.
    package var isSelfSigned = false
    /// Whether the leaf alone is sent.
    package var omitsIntermediate = false
    /// Whether there are two intermediates, the one that signed the leaf sent last.
    package var swapsIntermediates = false
    /// Whether the leaf's key is RSA of 1024 bits.
    package var hasWeakKey = false
    /// Whether the leaf is signed with SHA-1.
    package var isSignedWithSHA1 = false
    /// Whether the leaf demands a stapled OCSP answer (RFC 7633).
    package var demandsStaple = false
    /// Whether the leaf is revoked, by an OCSP answer that comes with the chain.
    package var isRevoked = false
    /// How many bytes of certificates that nobody needs follow the chain, at least.
    package var padding = 0

    /// Nothing wrong.
    package init() {}
}
