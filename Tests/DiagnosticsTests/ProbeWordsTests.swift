import TLSParameters
import Testing

@testable import Diagnostics

/// The first bytes of hellos and answers, in words.
@Suite struct ProbeWordsTests {
    /// A handshake message in one record.
    private func record(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
        let message = [type, 0, UInt8(body.count >> 8), UInt8(body.count & 255)] + body
        return [22, 3, 1, UInt8(message.count >> 8), UInt8(message.count & 255)] + message
    }

    /// TLS 1.2 or, by an extension, 1.3.
    private func hello(_ suites: [UInt8], versions: [UInt8] = []) -> [UInt8] {
        let supported: [UInt8] = [0, 43, 0, UInt8(versions.count + 1), UInt8(versions.count)] + versions
        let extensions = [0, 23, 0, 0] + (versions.isEmpty ? [] : supported)
        var body: [UInt8] = [3, 3] + [UInt8](repeating: 7, count: 32) + [0, 0, UInt8(suites.count)]
        body += suites + [1, 0, 0, UInt8(extensions.count)] + extensions
        return record(1, body)
    }

    @Test func saysWhatIsAsked() {
        #expect(ProbeRecord.words(hello: hello([0xc0, 0x2f])) == "tls1.2, 0xC02F; extended_master_secret")
        let many = hello([0, 1, 0, 2, 0, 3, 0, 4], versions: [3, 3, 3, 4])
        #expect(ProbeRecord.words(hello: many) == "tls1.3, 4 suites; extended_master_secret, supported_versions")
        let ssl2: [UInt8] = [0x80, 0x2e, 1, 0, 2, 0, 6, 0, 0, 0, 16, 1, 0, 0x80, 7, 0, 0xc0]
        #expect(ProbeRecord.words(hello: ssl2) == "ssl2 in the format of SSL 2.0, 2 kinds")
    }

    @Test func saysWhatIsAnswered() {
        let body: [UInt8] = [3, 3] + [UInt8](repeating: 7, count: 32) + [0, 0, 0x2f, 0]
        #expect(ProbeRecord.words(answer: record(2, body)) == "tls1.2, TLS_RSA_WITH_AES_128_CBC_SHA")
        #expect(ProbeRecord.words(answer: [21, 3, 1, 0, 2, 1, 112, 21, 3, 1, 0, 2, 2, 40]) == "handshake_failure")
        #expect(ProbeRecord.words(answer: Array("HTTP/1.1 400 Bad Request".utf8)) == nil)
        #expect(ProbeRecord.words(answer: []) == nil)
    }

    /// Only the beginning of long hellos is kept, and a peer may break off anywhere.
    @Test func marksWhatIsCutOff() {
        let whole = hello([0, 1, 0, 2, 0, 3, 0, 4], versions: [3, 3, 3, 4])
        for count in 0..<whole.count {
            let words = ProbeRecord.words(hello: Array(whole.prefix(count)))
            #expect(words?.hasSuffix("…") ?? (count < 11), "\(count): \(words ?? "nothing")")
        }
    }
}
