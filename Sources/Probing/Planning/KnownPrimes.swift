import TLSWire

/// Primes for Diffie-Hellman that many servers share, so that one precomputation breaks them all where they are short
/// (Adrian et al., "Imperfect Forward Secrecy", 2015).
enum KnownPrimes {
    private struct Prime: Sendable {
        var bits: Int
        var head: String
        var tail: String
        var name: String
    }

    /// The prime's name, such as "RFC 2409 group 2"; nil for a prime that isn't known. RFC 7919's have numbers of their own.
    static func name(of parameters: DHParameters) -> String? {
        let prime = parameters.p.drop { $0 == 0 }
        guard prime.count >= 32, prime.count <= 1_024 else { return nil }
        let candidates = table.filter { $0.bits == prime.count * 8 }
        guard !candidates.isEmpty else { return nil }
        let (head, tail) = (hex(prime.prefix(16)), hex(prime.suffix(16)))
        return candidates.first { $0.head == head && $0.tail == tail }?.name
    }

    private static func hex(_ bytes: ArraySlice<UInt8>) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static let table: [Prime] = text.split(separator: "\n").compactMap { line in
        let fields = line.split(separator: "|").map(String.init)
        guard fields.count == 4, let bits = Int(fields[0]) else { return nil }
        return Prime(bits: bits, head: fields[1], tail: fields[2], name: fields[3])
    }

    /// bits|first 16 bytes|last 16 bytes|name
    private static let text = """
        768|FFFFFFFFFFFFFFFFC90FDAA22168C234|F44C42E9A63A3620FFFFFFFFFFFFFFFF|RFC 2409 group 1
        1024|FFFFFFFFFFFFFFFFC90FDAA22168C234|49286651ECE65381FFFFFFFFFFFFFFFF|RFC 2409 group 2
        1536|FFFFFFFFFFFFFFFFC90FDAA22168C234|F1746C08CA237327FFFFFFFFFFFFFFFF|RFC 3526 group 5
        2048|FFFFFFFFFFFFFFFFC90FDAA22168C234|15728E5A8AACAA68FFFFFFFFFFFFFFFF|RFC 3526 group 14
        3072|FFFFFFFFFFFFFFFFC90FDAA22168C234|4B82D120A93AD2CAFFFFFFFFFFFFFFFF|RFC 3526 group 15
        4096|FFFFFFFFFFFFFFFFC90FDAA22168C234|4DF435C934063199FFFFFFFFFFFFFFFF|RFC 3526 group 16
        6144|FFFFFFFFFFFFFFFFC90FDAA22168C234|E694F91E6DCC4024FFFFFFFFFFFFFFFF|RFC 3526 group 17
        8192|FFFFFFFFFFFFFFFFC90FDAA22168C234|60C980DD98EDD3DFFFFFFFFFFFFFFFFF|RFC 3526 group 18
        1024|B10B8F96A080E01DDE92DE5EAE5D54EC|E68CFDA76D4DA708DF1FB2BC2E4A4371|RFC 5114 1024-bit with 160-bit subgroup
        2048|AD107E1E9123A9D0D660FAA79559C51F|CF9DE5384E71B81C0AC4DFFE0C10E64F|RFC 5114 2048-bit with 224-bit subgroup
        2048|87A8E61DB4B6663CFFBBD19C65195999|693877FAD7EF09CADB094AE91E1A1597|RFC 5114 2048-bit with 256-bit subgroup
        512|D87780E15FF50B4ABBE89870188B0494|A43DD89D1D90921C6328884461E0B6D3|JDK 512-bit
        512|9FDB8B8A004544F0045F1737D0BA2E0B|80A3030C6E4C3757D08F70E6AA871033|Apache mod_ssl 512-bit
        1024|D67DE440CBBBDC1936D693D34AFD0AD5|7DE0F4D6E2BD68B0E7393E0F24218EB3|Apache mod_ssl 1024-bit
        512|DA583C16D9852289D0E4AF756F4CCA92|E218F4DD1E084CF6D8003E7C4774E833|OpenSSL s_server 512-bit
        """
}
