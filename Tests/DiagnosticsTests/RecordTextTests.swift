import Testing

@testable import Diagnostics

@Suite("DNS records as text")
struct RecordTextTests {
    @Test("CAA (RFC 8659 §4.1)")
    func caa() {
        #expect(RecordText.caa([128, 5] + Array("issueca.example".utf8)) == "128 issue \"ca.example\"")
        #expect(RecordText.caa([0, 5] + Array("issue".utf8)) == "0 issue \"\"")
        for bad: [UInt8] in [[], [0], [0, 0], [0, 9, 0x69]] { #expect(RecordText.caa(bad) == nil) }
    }

    @Test("TLSA (RFC 6698 §2.1)")
    func tlsa() {
        #expect(RecordText.tlsa([3, 1, 1, 0xab, 0x01]) == "3 1 1 ab01")
        #expect(RecordText.tlsa([3, 1, 1]) == nil)
    }

    @Test("Text in several strings (RFC 1035 §3.3.14)")
    func txt() {
        #expect(RecordText.txt([3] + Array("v=S".utf8) + [4] + Array("TSv1".utf8)) == "v=STSv1")
        #expect(RecordText.txt([9, 0x61]) == nil)
        #expect(RecordText.txt([]) == "")
    }

    @Test("HTTPS with the parameters that are known, and others (RFC 9460 §2.2)")
    func https() {
        let alpn: [UInt8] = [0, 1, 0, 6, 2] + Array("h2".utf8) + [2] + Array("h3".utf8)
        #expect(RecordText.https([0, 1, 0] + alpn + [0, 3, 0, 2, 0x20, 0xfb]) == "1 . alpn=h2,h3 port=8443")
        let host: [UInt8] = [3] + Array("www".utf8) + [7] + Array("example".utf8) + [0]
        #expect(RecordText.https([0, 0] + host) == "0 www.example")
        #expect(RecordText.https([0, 1, 0, 0, 5, 0, 2, 1, 2, 2, 0, 0, 0]) == "1 . ech (2 bytes) key512 (0 bytes)")
        for bad: [UInt8] in [[], [0, 1], [0, 1, 9, 1], [0, 1, 0, 0, 1, 0, 9, 1], [0, 1, 0, 0]] {
            #expect(RecordText.https(bad) == nil, "\(bad)")
        }
    }
}
