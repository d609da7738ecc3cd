/// What makes a public key weak, as far as the key itself shows it.
public enum KeyWeakness: Hashable, Sendable {
    /// An RSA or DSA key with fewer than 2048 bits.
    case short(bits: Int)
    /// A curve with a field of fewer than 224 bits, or one whose parameters are spelled out.
    case curve(String)
    /// A DSA key, which no TLS 1.3 client and no browser takes.
    case dsa
    /// An RSA exponent of 1: what is encrypted is not.
    case exponentOfOne
    /// An even RSA exponent, which no private exponent belongs to.
    case evenExponent
    /// An RSA exponent below 65537, such as 3.
    case smallExponent(String)
    /// A modulus with a small prime in it.
    case smallFactor(Int)
    /// Made by the library of Infineon chips that is known as ROCA (CVE-2017-15361): its factors can be computed.
    case roca
    /// Two primes so close that anyone can find them (Fermat).
    case closePrimes
}

extension KeyWeakness {
    /// All that is found in a key.
    ///
    /// - Parameters:
    ///   - key: its facts.
    ///   - subjectPublicKeyInfo: its DER.
    public static func all(_ key: PublicKeyFacts, subjectPublicKeyInfo: [UInt8]) -> [KeyWeakness] {
        switch key.algorithm {
        case "RSA", "RSA-PSS":
            var found: [KeyWeakness] = []
            if let bits = key.bits, bits < 2048 { found.append(.short(bits: bits)) }
            switch key.exponent {
            case "1"?: found.append(.exponentOfOne)
            case let exponent?:
                let last = exponent.utf8.last.map { $0 > 0x39 ? $0 - 0x57 : $0 - 0x30 } ?? 1
                if last % 2 == 0 {
                    found.append(.evenExponent)
                } else if let value = UInt64(exponent), value < 65_537 {
                    found.append(.smallExponent(exponent))
                }
            case nil: break
            }
            if let modulus = modulus(subjectPublicKeyInfo) { found += weaknesses(ofModulus: modulus) }
            return found
        case "EC":
            if key.curve == "explicit" { return [.curve("explicit")] }
            if let bits = key.bits, bits < 224, let curve = key.curve { return [.curve(curve)] }
            return []
        case "DSA":
            return key.bits.map { $0 < 2048 ? [.short(bits: $0), .dsa] : [.dsa] } ?? [.dsa]
        default: return []
        }
    }

    private static func weaknesses(ofModulus modulus: [UInt8]) -> [KeyWeakness] {
        if let factor = smallFactor(of: modulus) { return [.smallFactor(factor)] }
        var found: [KeyWeakness] = []
        if isROCA(modulus) { found.append(.roca) }
        if ModulusCheck.hasClosePrimes(modulus) { found.append(.closePrimes) }
        return found
    }

    /// `SEQUENCE { algorithm, BIT STRING { SEQUENCE { modulus INTEGER, publicExponent INTEGER } } }`
    private static func modulus(_ subjectPublicKeyInfo: [UInt8]) -> [UInt8]? {
        func read() throws(DERError) -> [UInt8] {
            var reader = DERReader(subjectPublicKeyInfo[...])
            var info = try reader.inside("the public key")
            _ = try info.element("its algorithm")
            var key = DERReader(try info.bitString("the public key").bytes)
            var numbers = try key.inside("an RSA key")
            return Array(try numbers.element(tag: DERTag.integer, "the modulus").content)
        }
        // Longer than any library takes: what follows grows with the size.
        guard let modulus = try? read(), (1...2049).contains(modulus.count) else { return nil }
        return modulus
    }

    /// The remainder of a big-endian number.
    private static func remainder(_ number: [UInt8], _ divisor: Int) -> Int {
        number.reduce(0) { ($0 << 8 | Int($1)) % divisor }
    }

    /// The CA/Browser Forum wants no prime factor below 752 (Baseline Requirements §6.1.6).
    private static func smallFactor(of modulus: [UInt8]) -> Int? {
        (2..<752).first { remainder(modulus, $0) == 0 }
    }

    /// The test that the finders of ROCA published ("The Return of Coppersmith's Attack", CCS 2017, §2.3): modulo every small
    /// prime, the modulus of such a key is a power of 65537. It errs for one in 2^27 of other keys at most.
    private static func isROCA(_ modulus: [UInt8]) -> Bool {
        let primes = [
            3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107,
            109,
            113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
        ]
        return primes.allSatisfy { prime in
            let wanted = remainder(modulus, prime)
            var power = 1
            for _ in 0..<prime {
                if power == wanted { return true }
                power = power * 65_537 % prime
            }
            return false
        }
    }
}
