import LibSSL
import Testing

@Suite("The table of suites of this libssl")
struct CipherTableTests {
    @Test func countsOfTheSpecification() throws {
        let entries = try table()
        let names = entries.map(\.cipher.name)
        #expect(Set(names).count == names.count)
        // lifecycle 1.1 and 5.4: NULL 18 suites, anonymous 13, PSK 60; none of RC4, single DES, 3DES, IDEA.
        let old = entries.filter { !$0.cipher.isTLS13 }
        #expect(old.filter { $0.cipher.strengthBits == 0 }.count == 18)
        #expect(!names.contains { $0.contains("RC4") || $0.contains("DES") || $0.contains("IDEA") })
        #expect(names.filter { $0.contains("PSK") }.count >= 50)
        #expect(entries.filter(\.cipher.isTLS13).count == 5)
    }

    @Test func nullSuitesNeedLevelZero() throws {
        for entry in try table() where entry.cipher.strengthBits == 0 && !entry.cipher.isTLS13 {
            #expect(entry.highestSecurityLevel == 0)
        }
        let entries = try table()
        #expect(entries.first { $0.cipher.codePoint == 0xC02F }?.highestSecurityLevel == 3)
        #expect(entries.first { $0.cipher.codePoint == 0x1302 }?.highestSecurityLevel == 5)
        #expect(entries.first { $0.cipher.codePoint == 0x002F }?.highestSecurityLevel == 2)
    }

    @Test func theVersionTextNamesOpenSSL3() {
        #expect(Library.versionText.hasPrefix("OpenSSL 3."))
        #expect(Library.versionText.hasPrefix("OpenSSL 3."))
        #expect(Library.providerNames.contains("default"))
    }
}

/// The table of this machine's libssl.
private func table() throws -> [CipherTable.Entry] {
    try CipherTable.entries(with: SSLContextHandle(role: .client))
}
