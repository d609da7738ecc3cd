import Foundation
import TLSParameters
import Testing

/// The suites against the `openssl` command of the machine: every suite it can be made to list, with both names, version,
/// key exchange, authentication, cipher, strength and MAC. No difference is known.
@Suite("Suites against openssl ciphers")
struct OpenSSLOracleTests {
    @Test("everything that openssl ciphers -V -stdname says of a suite is what we say")
    func agree() throws {
        let data = try Oracle.run(["openssl", "ciphers", "-V", "-stdname", "ALL:COMPLEMENTOFALL:eNULL:@SECLEVEL=0"])
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
        try #require(lines.count > 100, "openssl lists too few suites to be a witness")
        var comparison = Comparison(known: [])
        for line in lines {
            let words = line.split(separator: " ").filter { $0 != "-" }.map(String.init)
            try #require(words.count == 8, "\(line)")
            let suite = try #require(CipherSuite(named: words[0]))
            let facts = try #require(suite.facts, "\(line)")
            let code = UInt32(suite.rawValue)
            comparison.compare(code, "name", ours: facts.ianaName, theirs: words[1])
            comparison.compare(code, "OpenSSL name", ours: facts.openSSLName, theirs: words[2])
            comparison.compare(code, "version", ours: facts.firstVersion, theirs: ProtocolVersion(id: words[3]))
            comparison.compare(code, "key exchange", ours: "Kx=" + openSSLKeyExchange(facts), theirs: words[4])
            comparison.compare(
                code,
                "authentication",
                ours: "Au=" + (facts.isAnonymous ? "None" : facts.authentication.description),
                theirs: words[5]
            )
            comparison.compare(code, "cipher", ours: "Enc=" + openSSLCipher(facts), theirs: words[6])
            comparison.compare(code, "MAC", ours: "Mac=" + facts.mac, theirs: words[7])
        }
        comparison.finish()
    }

    private func openSSLKeyExchange(_ facts: CipherSuiteFacts) -> String {
        switch facts.keyExchange {
        case .dhe: "DH"
        case .ecdhe: "ECDH"
        default: facts.keyExchange.description.replacingOccurrences(of: "-", with: "")
        }
    }

    private func openSSLCipher(_ facts: CipherSuiteFacts) -> String {
        if facts.isNULL { return "None" }
        let parts = facts.cipher.split(separator: "-").map(String.init)
        switch parts[0] {
        case "AES", "CAMELLIA", "ARIA":
            let family = parts[0] == "CAMELLIA" ? "Camellia" : parts[0]
            return family + (parts[2] == "CBC" ? "" : parts[2]) + "(\(facts.strengthBits))"
        case "CHACHA20": return "CHACHA20/POLY1305(256)"
        // OpenSSL prints the length of 3DES keys, not their strength.
        case "3DES": return "3DES(168)"
        case "SEED", "IDEA", "RC4": return "\(parts[0])(\(facts.strengthBits))"
        default: return "\(facts.cipher)(\(facts.strengthBits))"
        }
    }
}
