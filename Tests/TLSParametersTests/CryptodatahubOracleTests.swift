import Foundation
import TLSParameters
import Testing

/// The registries against the PyPI package cryptodatahub, a collection of cryptographic data kept by other people for
/// other purposes. scripts/cryptodatahub-registry.py prints its tables. The differences we know of, with reasons, are in
/// CryptodatahubDifferences.swift.
@Suite("Registries against cryptodatahub")
struct CryptodatahubOracleTests {
    private let theirs: Tables

    init() throws {
        let script = Oracle.file("scripts/cryptodatahub-registry.py")
        theirs = try JSONDecoder().decode(Tables.self, from: Oracle.run([Oracle.python, script]))
    }

    @Test("suites: the same code points, names and algorithms")
    func suites() throws {
        try #require(theirs.suites.count > 400)
        var comparison = Comparison(known: CryptodatahubDifferences.suites)
        for entry in theirs.suites {
            let facts = try #require(CipherSuite(rawValue: UInt16(entry.code)).facts, "\(entry.name)")
            comparison.compare(entry.code, "name", ours: facts.name, theirs: entry.name)
            comparison.compare(entry.code, "OpenSSL name", ours: facts.openSSLName, theirs: entry.openSSL)
            comparison.compare(
                entry.code,
                "key exchange",
                ours: facts.keyExchange.description,
                theirs: entry.ourKeyExchange
            )
            comparison.compare(
                entry.code,
                "authentication",
                ours: facts.authentication.description,
                theirs: entry.ourAuthentication
            )
            comparison.compare(entry.code, "cipher", ours: facts.cipher, theirs: entry.ourCipher)
            comparison.compare(entry.code, "AEAD", ours: facts.isAEAD, theirs: entry.aead)
            if !facts.isAEAD { comparison.compare(entry.code, "MAC", ours: facts.mac, theirs: entry.ourMAC) }
        }
        let listed = Set(theirs.suites.map(\.code))
        for facts in CipherSuite.registry {
            let code = UInt32(facts.suite.rawValue)
            comparison.compare(code, "presence", ours: true, theirs: listed.contains(code))
        }
        comparison.finish()
    }

    @Test("SSL 2.0 kinds: the same code points and names")
    func kinds() {
        compare(
            ours: SSL2CipherKind.registry.map { ($0.kind.rawValue, $0.name) },
            theirs: theirs.ssl2Kinds.map { ($0.code, $0.name) },
            known: CryptodatahubDifferences.ssl2Kinds
        )
    }

    @Test("groups: the same code points and names")
    func groups() {
        // Experiments of liboqs with algorithms that were never standardised are no part of our table.
        let experiments = ["_R2", "_R3", "_R4", "FRODO", "BIKE", "HQC", "HRSS", "CPA", "ORACLE"]
        compare(
            ours: NamedGroup.all.map { (UInt32($0.rawValue), letters($0.name)) },
            theirs: theirs.groups.filter { group in !experiments.contains { group.name.contains($0) } }
                .map { ($0.code, letters($0.name)) },
            known: CryptodatahubDifferences.groups
        )
    }

    @Test("signature schemes: the same code points and names")
    func signatureSchemes() {
        func normalised(_ name: String) -> String {
            var name = name.uppercased()
            for word in ["_PKCS1", "_SECP256R1", "_SECP384R1", "_SECP521R1"] {
                name = name.replacingOccurrences(of: word, with: "")
            }
            return letters(name)
        }
        compare(
            ours: SignatureScheme.all.map { (UInt32($0.rawValue), normalised($0.name)) },
            // From 0xFE00 on stand liboqs's experiments, in the space for private use.
            theirs: theirs.signatureSchemes.filter { $0.code < 0xfe00 }.map { ($0.code, normalised($0.name)) },
            known: CryptodatahubDifferences.signatureSchemes
        )
    }

    @Test("extensions: the same code points and names")
    func extensions() {
        compare(
            ours: ExtensionType.all.map { (UInt32($0.rawValue), $0.name.uppercased()) },
            theirs: theirs.extensions.map { ($0.code, $0.name) },
            known: CryptodatahubDifferences.extensions
        )
    }

    /// Compares two tables of code points and names, both ways.
    private func compare(ours: [(UInt32, String)], theirs: [(UInt32, String)], known: [KnownDifference]) {
        let ours = Dictionary(uniqueKeysWithValues: ours)
        let theirs = Dictionary(uniqueKeysWithValues: theirs)
        #expect(theirs.count > 10)
        var comparison = Comparison(known: known)
        for code in Set(ours.keys).union(theirs.keys).sorted() {
            comparison.compare(code, "name", ours: ours[code], theirs: theirs[code])
        }
        comparison.finish()
    }

    private func letters(_ name: String) -> String {
        name.uppercased().filter { $0.isLetter || $0.isNumber }
    }
}

/// What scripts/cryptodatahub-registry.py prints.
private struct Tables: Decodable {
    let suites: [SuiteEntry]
    let ssl2Kinds: [Entry]
    let groups: [Entry]
    let signatureSchemes: [Entry]
    let extensions: [Entry]

    struct Entry: Decodable {
        let code: UInt32
        let name: String
    }
}

/// A suite in cryptodatahub's words, and the same in ours.
private struct SuiteEntry: Decodable {
    let code: UInt32
    let name: String
    let openSSL: String?
    let keyExchange: String?
    let authentication: String?
    let cipher: String?
    let mode: String?
    let mac: String?
    let aead: Bool

    var ourKeyExchange: String {
        switch (keyExchange, authentication) {
        case (nil, _): "any"
        case ("ADH", _): "DHE"
        case ("AECDH", _): "ECDHE"
        case ("PSK", _): "PSK"
        case ("FORTEZZA_KEA", _): "FORTEZZA"
        case ("SM9IBC", _): "SM9"
        case (let exchange?, "PSK"): exchange + "-PSK"
        case (let exchange?, _): exchange.hasPrefix("GOST_") ? "GOST" : exchange
        }
    }

    var ourAuthentication: String {
        switch authentication {
        case nil: "any"
        case "anonymous": "anon"
        // RSA_PSK proves the server by its certificate, which is what OpenSSL prints and we too.
        case "PSK" where keyExchange == "RSA": "RSA"
        case "GOST_R3410_94": "GOST94"
        case "GOST_R3410_12_256": "GOST2012"
        case let other?: other
        }
    }

    var ourCipher: String {
        switch (cipher, mode) {
        case (nil, _): "NULL"
        case ("CHACHA20", _): "CHACHA20-POLY1305"
        case ("TRIPLE_DES_EDE", _): "3DES-EDE-CBC"
        case ("DES40", _): "DES-CBC-40"
        case ("RC2", _): "RC2-CBC-128"
        case ("RC2_40", _): "RC2-CBC-40"
        case ("RC2_56", _): "RC2-CBC-56"
        case ("FORTEZZA", _): "SKIPJACK-CBC"
        case ("GOST2814789", _): "GOST28147-CNT"
        case ("GOST_R3412_15_128", "EAX"): "KUZNYECHIK-CTR"
        case ("GOST_R3412_15_64", "EAX"): "MAGMA-CTR"
        case ("GOST_R3412_15_128", _): "KUZNYECHIK-MGM-" + name.suffix(1)
        case ("GOST_R3412_15_64", _): "MAGMA-MGM-" + name.suffix(1)
        case (let cipher?, _) where cipher.hasPrefix("RC4"): cipher.replacingOccurrences(of: "_", with: "-")
        case (let cipher?, let mode):
            [cipher.replacingOccurrences(of: "_", with: "-"), mode?.replacingOccurrences(of: "_", with: "")]
                .compactMap(\.self).joined(separator: "-")
        }
    }

    var ourMAC: String {
        switch mac {
        case nil: cipher == nil ? "NULL" : "AEAD"
        case "SHA2_256": "SHA256"
        case "SHA2_384": "SHA384"
        case "IMIT_GOST28147": "GOST28147-IMIT"
        case "GOST_R3411_94": "GOSTR3411-94"
        case let other?: other.hasSuffix("_OMAC") ? "OMAC" : other
        }
    }
}
