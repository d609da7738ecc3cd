import LibSSL

/// What takes arithmetic with large numbers to see of an RSA modulus.
enum ModulusCheck {
    /// As many steps as the CA/Browser Forum asks for (Baseline Requirements §6.1.1.3).
    private static let rounds = 100

    /// Whether the modulus is the product of two primes so close that Fermat's method finds them (CVE-2022-26320).
    static func hasClosePrimes(_ modulus: [UInt8]) -> Bool {
        FermatFactors.exist(modulus: modulus, rounds: rounds)
    }
}
