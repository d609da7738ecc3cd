package import LibSSL

/// How SSL 3.0 makes secrets from secrets (RFC 6101 sections 6.1 and 6.2.2).
package enum SSL3Derivation {
    /// MD5(secret + SHA("A" + secret + seed)) + MD5(secret + SHA("BB" + secret + seed)) + …, so many bytes of it, at most 416.
    package static func expand(secret: [UInt8], seed: [UInt8], count: Int) throws(LibraryError) -> [UInt8] {
        var output: [UInt8] = []
        var letter: UInt8 = 0
        while output.count < count, letter < 26 {
            let label = [UInt8](repeating: UInt8(ascii: "A") + letter, count: Int(letter) + 1)
            output += try HashFunction.md5.hash(secret, HashFunction.sha1.hash(label, secret, seed))
            letter += 1
        }
        return Array(output.prefix(count))
    }
}
