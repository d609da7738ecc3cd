import TLSParameters
import Testing

@testable import Diagnostics

/// Addresses that certificates name: somebody else chose every byte of them.
@Suite struct PlainURLTests {
    @Test func readsWhatCertificatesHave() throws {
        let cases = [
            ("http://ocsp.example.com", "ocsp.example.com", 80, "/"),
            ("HTTP://Example.com:8080/a/b.crl?x=1#part", "Example.com", 8080, "/a/b.crl?x=1"),
            ("http://192.0.2.1?q", "192.0.2.1", 80, "/?q"),
            ("http://[2001:db8::1]:81/", "2001:db8::1", 81, "/"),
        ]
        for (text, host, port, path) in cases {
            let url = try PlainURL(PeerText(text))
            #expect(url.server.host == host)
            #expect(url.server.port == port)
            #expect(url.path == path)
        }
    }

    @Test(arguments: [
        "", "example.com/a", "https://example.com/", "ldap://example.com/", "file:///etc/passwd", "http://",
        "http:///x",
        "http://unix:/socket", "http://user:secret@example.com/", "http://example.com:0/", "http://example.com:99999/",
        "http://example.com/a b", "http://example.com/\r\nHost: other", "http://example.com/\u{e4}",
        "http://exam\u{0}ple.com/", "http://http://example.com/",
    ])
    func refusesTheRest(_ text: String) {
        #expect(throws: PlainURL.Refusal.self) { try PlainURL(PeerText(text)) }
    }

    @Test func refusesWithoutEnd() {
        let long = "http://example.com/" + String(repeating: "a", count: 4_000)
        #expect(throws: PlainURL.Refusal.self) { try PlainURL(PeerText(long)) }
    }
}
