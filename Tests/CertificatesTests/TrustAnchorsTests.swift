import Certificates
import Foundation
import Testing

@Suite struct TrustAnchorsTests {
    private func failure(_ anchors: TrustAnchors) -> CertificateError? {
        do {
            _ = try anchors.acquire()
            return nil
        } catch {
            return error
        }
    }

    @Test func unreadableAnchorsAreErrors() throws {
        let missing = failure(TrustAnchors(system: false, files: ["/nonexistent/ca.pem"]))
        #expect(missing?.kind == .unreadableTrust && missing?.text.contains("/nonexistent/ca.pem") == true)
        let noCertificates = try failure(TrustAnchors(system: false, files: [Vectors.path("key-p256.pem")]))
        #expect(noCertificates?.kind == .unreadableTrust)
        #expect(failure(TrustAnchors(system: false, directories: ["/nonexistent"]))?.kind == .unreadableTrust)
        #expect(failure(TrustAnchors(system: false, files: ["/\u{1B}[31m"]))?.text.contains("\u{1B}") == false)
    }

    @Test func hashedDirectory() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("sechan-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        #expect(failure(TrustAnchors(system: false, directories: [directory.path]))?.text.contains("rehash") == true)
        // The name OpenSSL looks for: `openssl x509 -hash` of the root.
        let root = try Vectors.certificate("root")
        let hash = String(decoding: try Vectors.bytes("root.hash"), as: UTF8.self).trimmingCharacters(in: .newlines)
        try Data(root.pem.utf8).write(to: directory.appendingPathComponent(hash + ".0"))
        let store = try TrustAnchors(system: false, directories: [directory.path]).acquire()
        let chain = try [Vectors.certificate("rsa"), Vectors.certificate("intermediate")]
        #expect(ChainValidator.validate(chain: chain, trust: store, at: testTime).isTrusted)
        #expect(store.sources == [directory.path])
    }

    @Test func filesInDER() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("sechan-\(UUID().uuidString).der")
        try Data(Vectors.certificate("root").der).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(failure(TrustAnchors(system: false, files: [file.path])) == nil)
    }

    @Test func encodes() throws {
        let anchors = TrustAnchors(system: true, files: ["a"], certificates: [try Vectors.certificate("root")])
        #expect(try JSONDecoder().decode(TrustAnchors.self, from: JSONEncoder().encode(anchors)) == anchors)
    }
}
