import Foundation
import Testing

@testable import Certificates

/// The rules for certificates: each is found where it is broken, and a good certificate breaks none.
@Suite struct LintTests {
    /// 2026-01-01.
    private static let now: Int64 = 1_767_225_600

    /// A leaf as a public authority issues them, changed.
    private func broken(
        isPublic: Bool = true,
        key: PrivateKey? = nil,
        _ change: (inout CertificateBuilder) throws -> Void = { _ in }
    ) throws -> Set<String> {
        let key = try key ?? PrivateKey.generateP256()
        let authority = try PrivateKey.generateP256()
        var builder = CertificateBuilder(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
        builder.serial = [UInt8](repeating: 0x42, count: 16)
        builder.issuer = MadeCertificate.subject(["Authority"])
        builder.subject = MadeCertificate.subject(["www.example.com"])
        builder.notBefore = DERWriter.time(Self.now)
        builder.notAfter = DERWriter.time(Self.now + 90 * 86_400)
        builder.extensions = try extensions()
        try change(&builder)
        let certificate = try builder.signed(by: authority)
        return Set(LintResult.all(chain: [certificate], isPublic: isPublic).map(\.rule))
    }

    private static func item(_ oid: String, critical: Bool = false, _ value: [UInt8]) throws -> [UInt8] {
        DERWriter.extension(try #require(OID(oid)), critical: critical, value)
    }

    private static func url(_ text: String) -> [UInt8] { DERWriter.element(DERTag.context(6), Array(text.utf8)) }

    private func extensions(
        names: [(tag: UInt8, value: [UInt8])] = [(0x82, Array("www.example.com".utf8))],
        usage: UInt8 = 0x80,
        purposes: [String] = ["1.3.6.1.5.5.7.3.1"],
        responder: String = "http://ocsp.example.com/"
    ) throws -> [[UInt8]] {
        let access = { (method: String, place: String) in
            DERWriter.sequence(DERWriter.oid(try #require(OID(method))), Self.url(place))
        }
        return [
            CertificateBuilder.basicConstraints(isCA: false), CertificateBuilder.keyUsage(usage),
            CertificateBuilder.extendedKeyUsage(purposes), CertificateBuilder.alternativeNames(names),
            CertificateBuilder.authorityKeyIdentifier([1, 2, 3, 4]),
            CertificateBuilder.subjectKeyIdentifier([5, 6, 7]),
            try Self.item(
                "2.5.29.32",
                DERWriter.sequence(DERWriter.sequence(DERWriter.oid(try #require(OID("2.23.140.1.2.1")))))
            ),
            try Self.item(
                "1.3.6.1.5.5.7.1.1",
                DERWriter.sequence(
                    try access("1.3.6.1.5.5.7.48.1", responder),
                    try access("1.3.6.1.5.5.7.48.2", "http://ca.example.com/ca.der")
                )
            ),
        ]
    }

    @Test func aGoodOneBreaksNone() throws {
        #expect(try broken() == [])
    }

    @Test func rulesOfPublicAuthoritiesBindNobodyElse() throws {
        let found = try broken(isPublic: false) { $0.notAfter = DERWriter.time(Self.now + 3000 * 86_400) }
        #expect(found == [])
    }

    @Test func names() throws {
        let cases: [(String, String)] = [
            ("name-with-url", "https://www.example.com"), ("name-with-nul", "www.example.com\0.org"),
            ("name-with-address", "192.0.2.1"), ("name-syntax", "-a.example.com"), ("name-syntax", "a..example.com"),
            ("name-syntax", "a b.example.com"), ("name-with-underscore", "a_b.example.com"),
            ("name-not-ascii", "b\u{fc}cher.example.com"), ("a-label", "xn--\u{2d}.example.com"),
            ("wildcard", "w*.example.com"), ("wildcard", "*.*.example.com"), ("wildcard-too-wide", "*.com"),
            ("internal-name", "mail.local"), ("internal-name", "intranet"),
            ("common-name-not-alternative", "mail.example.com"),
        ]
        for (rule, name) in cases {
            let found = try broken { $0.extensions = try extensions(names: [(0x82, Array(name.utf8))]) }
            #expect(found.contains(rule), "\(name): \(found)")
        }
        let addresses: [(String, [UInt8])] = [
            ("internal-name", [10, 0, 0, 1]), ("internal-name", [192, 168, 1, 1]), ("address-length", [1, 2, 3]),
            ("internal-name", [0xFD] + [UInt8](repeating: 1, count: 15)),
        ]
        for (rule, address) in addresses {
            let names: [(tag: UInt8, value: [UInt8])] = [(0x82, Array("www.example.com".utf8)), (0x87, address)]
            #expect(try broken { $0.extensions = try extensions(names: names) }.contains(rule), "\(address)")
        }
        let mail: [(tag: UInt8, value: [UInt8])] = [
            (0x82, Array("www.example.com".utf8)), (0x81, Array("a@b.de".utf8)),
        ]
        #expect(try broken { $0.extensions = try extensions(names: mail) } == ["other-name-kinds"])
        #expect(try broken { $0.extensions.remove(at: 3) }.contains("no-alternative-name"))
    }

    @Test func fields() throws {
        #expect(try broken { $0.serial = [0] }.isSuperset(of: ["serial-not-positive", "serial-too-short"]))
        #expect(try broken { $0.serial = [0x80] + [UInt8](repeating: 1, count: 10) } == ["serial-not-positive"])
        #expect(try broken { $0.serial = [UInt8](repeating: 1, count: 21) } == ["serial-too-long"])
        #expect(try broken { $0.version = 0 }.isSuperset(of: ["version", "old-version"]))
        #expect(try broken { $0.notAfter = DERWriter.time(Self.now - 1) }.contains("validity-reversed"))
        #expect(try broken { $0.notAfter = DERWriter.generalizedTime(Self.now + 86_400) } == ["utc-time-after-2049"])
        #expect(
            try broken { $0.notAfter = DERWriter.element(DERTag.utcTime, Array("2602010000Z".utf8)) } == ["date-form"]
        )
        #expect(try broken { $0.issuer = DERWriter.name([]) }.contains("issuer-empty"))
        let teletex = DERWriter.name([(OID(encoded: [0x55, 4, 10]), 0x14, Array("A".utf8))])
        #expect(try broken { $0.subject = teletex } == ["directory-string"])
        let star = DERWriter.name([(OID(encoded: [0x55, 4, 10]), DERTag.printableString, Array("A*".utf8))])
        #expect(try broken { $0.subject = star } == ["printable-string"])
        let country = DERWriter.name([(OID(encoded: [0x55, 4, 6]), DERTag.utf8String, Array("Germany".utf8))])
        #expect(try broken { $0.subject = country } == ["country"])
        let long = DERWriter.name([
            (OID(encoded: [0x55, 4, 10]), DERTag.utf8String, [UInt8](repeating: 0x41, count: 65))
        ])
        #expect(try broken { $0.subject = long } == ["name-too-long"])
        let unit = DERWriter.name([(OID(encoded: [0x55, 4, 11]), DERTag.utf8String, Array(" IT".utf8))])
        #expect(try broken { $0.subject = unit } == ["name-blank", "organizational-unit"])
        #expect(try broken { $0.usesSHA1 = true } == ["weak-signature"])
        #expect(try broken { $0.subject = DERWriter.name([]) } == ["alternative-name-critical"])
    }

    @Test(
        arguments: [
            (1_514_764_800, 4000, false), (1_530_000_000, 825, false), (1_530_000_000, 826, true),
            (1_600_000_000, 398, false),
            (1_600_000_000, 399, true), (1_773_532_800, 200, false), (1_773_532_800, 201, true),
            (1_805_068_800, 101, true),
            (1_868_227_200, 47, false), (1_868_227_200, 48, true),
        ] as [(Int64, Int64, Bool)]
    )
    func lifetimes(first: Int64, days: Int64, isBroken: Bool) throws {
        let found = try broken {
            $0.notBefore = DERWriter.time(first)
            $0.notAfter = DERWriter.time(first + days * 86_400 - 1)
        }
        #expect(found.contains("lifetime") == isBroken)
    }

    @Test func extensionsAndUses() throws {
        #expect(try broken { $0.extensions.append($0.extensions[4]) } == ["extension-twice"])
        #expect(
            try broken { $0.extensions.append(try Self.item("1.2.3.4", critical: true, [5, 0])) }
                == ["unknown-critical-extension"]
        )
        #expect(
            try broken { $0.extensions[4] = try Self.item("2.5.29.35", critical: true, [0x30, 3, 0x80, 1, 1]) } == [
                "critical-flag"
            ]
        )
        #expect(try broken { $0.extensions.remove(at: 4) } == ["authority-key-identifier"])
        #expect(try broken { $0.extensions.remove(at: 2) } == ["extended-key-usage-missing"])
        #expect(try broken { $0.extensions.remove(at: 6) } == ["policies-missing"])
        #expect(try broken { $0.extensions.remove(at: 7) } == ["no-revocation-source", "issuer-url-missing"])
        #expect(try broken { $0.extensions = try extensions(responder: "ldap://x") } == ["revocation-url"])
        #expect(
            try broken { $0.extensions = try extensions(purposes: ["1.3.6.1.5.5.7.3.1", "2.5.29.37.0"]) } == [
                "extended-key-usage-any"
            ]
        )
        #expect(try broken { $0.extensions = try extensions(usage: 0x84) }.contains("leaf-cert-sign"))
        #expect(
            try broken { $0.extensions = try extensions(usage: 0x20) } == ["key-usage-of-ec", "key-usage-no-signature"]
        )
        #expect(
            try broken { $0.extensions[1] = try Self.item("2.5.29.15", [3, 2, 7, 0x80]) } == ["key-usage-critical"]
        )
        #expect(
            try broken { $0.extensions.append(try Self.item("2.5.29.30", [0x30, 0])) }.isSuperset(of: [
                "name-constraints-critical", "name-constraints-leaf",
            ])
        )
        #expect(
            try broken { $0.extensions.append(try Self.item("2.5.29.36", [0x30, 0])) } == [
                "policy-constraints-critical"
            ]
        )
        #expect(
            try broken { $0.extensions.append(try Self.item("2.16.840.1.113730.1.13", [0x16, 1, 0x61])) } == [
                "netscape-extension"
            ]
        )
        #expect(
            try broken { $0.extensions.append(try Self.item("1.3.6.1.4.1.11129.2.4.3", critical: true, [5, 0])) } == [
                "precertificate"
            ]
        )
        #expect(
            try broken { $0.extensions[0] = CertificateBuilder.basicConstraints(isCA: false, pathLength: 0) } == [
                "path-length-leaf"
            ]
        )
        #expect(try broken { $0.extensions[5] = try Self.item("2.5.29.14", [4, 9, 1]) } == ["malformed-extension"])
        let authority: Set = ["ca-key-usage", "basic-constraints-critical"]
        #expect(
            try broken { $0.extensions[0] = try Self.item("2.5.29.19", DERWriter.sequence([1, 1, 0xFF])) }
                .isSuperset(of: authority)
        )
    }

    @Test func keys() throws {
        #expect(try broken(key: PrivateKey.generateRSA(bits: 1024)) == ["rsa-size"])
        #expect(try broken(key: KeyKind.ed25519.generate()) == ["key-algorithm"])
        #expect(
            try broken(key: PrivateKey.generateRSA(bits: 2048)) { $0.extensions = try extensions(usage: 0x88) } == [
                "key-usage-of-rsa"
            ]
        )
    }

    @Test func everyRuleIsDocumentedAsItIs() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/lint.md")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("| `") }
        let wanted = LintRule.all.map { rule in
            let text = rule.text.prefix(1).uppercased() + rule.text.dropFirst()
            return
                "| `\(rule.id)` | \(rule.level.rawValue) | \(rule.scope == .public ? "public" : "all") | \(text). | \(rule.clause) |"
        }
        #expect(lines.map(String.init) == wanted)
        #expect(Set(LintRule.all.map(\.id)).count == LintRule.all.count)
        #expect(LintRule.all.count >= 60)
    }
}
