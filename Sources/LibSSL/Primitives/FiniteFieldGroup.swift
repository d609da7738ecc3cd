import COpenSSL

/// Diffie-Hellman over a finite field, with whatever group a peer sends: as numbers, for libcrypto's own keys refuse the small
/// and odd groups that old servers have.
package struct FiniteFieldGroup: Hashable, Sendable {
    /// The prime modulus, big-endian.
    package let p: [UInt8]
    /// The generator, big-endian.
    package let g: [UInt8]

    /// A group from its numbers.
    package init(p: [UInt8], g: [UInt8]) {
        self.p = p
        self.g = g
    }

    /// The group of RFC 7919 with this many bits (2048, 3072, 4096), or the one of RFC 2409 and 3526 (1024, 1536); nil for others.
    package init?(bits: Int) {
        let prime: OpaquePointer? =
            switch bits {
            case 1024: BN_get_rfc2409_prime_1024(nil)
            case 1536: BN_get_rfc3526_prime_1536(nil)
            case 2048: BN_get_rfc3526_prime_2048(nil)
            case 3072: BN_get_rfc3526_prime_3072(nil)
            case 4096: BN_get_rfc3526_prime_4096(nil)
            default: nil
            }
        guard let prime else { return nil }
        defer { BN_free(prime) }
        self.init(p: Self.bytes(of: prime), g: [2])
    }

    /// The size of the modulus in bits.
    package var bitCount: Int {
        let trimmed = p.drop { $0 == 0 }
        guard let first = trimmed.first else { return 0 }
        return trimmed.count * 8 - first.leadingZeroBitCount
    }

    /// A new private value and the public one that belongs to it, both big-endian; the public one is as long as p.
    ///
    /// - Throws: for a group that is none: an even or tiny modulus, or one of more than 16384 bits.
    package func makeKeyPair() throws(LibraryError) -> (privateValue: [UInt8], publicValue: [UInt8]) {
        try requireUsable()
        // 256 bits more than hide the secret from any attack on a group of up to 15360 bits (RFC 7919 section 5.2).
        var secret = try RandomBytes.make(min(p.count, 40))
        secret[0] |= 1
        return (secret, try power(g, secret))
    }

    /// g^xy: as long as p, or without its leading zeros, which TLS leaves out up to 1.2 (RFC 5246 section 8.1.2).
    ///
    /// - Throws: for a public value of 0, 1, p-1 or beyond, which would make the secret known.
    package func sharedSecret(privateValue: [UInt8], peer: [UInt8]) throws(LibraryError) -> [UInt8] {
        try requireUsable()
        guard isPossible(peer) else { throw LibraryError(entries: []) }
        return Array(try power(peer, privateValue).drop { $0 == 0 })
    }

    /// Whether a public value lies between 1 and p-1, both excluded.
    package func isPossible(_ publicValue: [UInt8]) -> Bool {
        let value = Array(publicValue.drop { $0 == 0 })
        let modulus = Array(p.drop { $0 == 0 })
        guard value.count > 1 || value.first ?? 0 > 1 else { return false }
        guard value.count == modulus.count else { return value.count < modulus.count }
        var below = modulus
        below[below.count - 1] -= 1
        return value.lexicographicallyPrecedes(below)
    }

    private func requireUsable() throws(LibraryError) {
        guard let last = p.last, last & 1 == 1, (64...16_384).contains(bitCount), g.count <= p.count else {
            throw LibraryError(entries: [])
        }
    }

    private func power(_ base: [UInt8], _ exponent: [UInt8]) throws(LibraryError) -> [UInt8] {
        let work = try ErrorQueue.checkPointer { BN_CTX_new() }
        let modulus = BN_bin2bn(p, Int32(p.count), nil)
        let base = BN_bin2bn(base, Int32(base.count), nil)
        let exponent = BN_bin2bn(exponent, Int32(exponent.count), nil)
        let result = BN_new()
        defer {
            BN_clear_free(exponent)
            BN_clear_free(result)
            BN_free(base)
            BN_free(modulus)
            BN_CTX_free(work)
        }
        try ErrorQueue.check { BN_mod_exp_mont_consttime(result, base, exponent, modulus, work, nil) }
        var out = [UInt8](repeating: 0, count: p.count)
        try ErrorQueue.check { BN_bn2binpad(result, &out, Int32(out.count)) }
        return out
    }

    /// A number big-endian, without leading zeros. C type: `BIGNUM *`.
    static func bytes(of number: OpaquePointer) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: Int(BN_num_bits(number) + 7) / 8)
        BN_bn2bin(number, &out)
        return out
    }
}
