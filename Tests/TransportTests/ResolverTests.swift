import Foundation
import Testing

@testable import Transport

@Suite(.timeLimit(.minutes(1)))
struct ResolverTests {
    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1"), ("::1", "::1"), ("[::1]", "::1"), ("2001:DB8:0::1", "2001:db8::1"),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.1"), ("fe80::1%lo", "fe80::1%lo"), ("[fe80::1%1]", "fe80::1%lo"),
    ])
    func literalsResolveToThemselves(_ text: String, _ host: String) async throws {
        let endpoints = try await Dialer.resolve(host: text, port: 443, deadline: .after(.zero))
        #expect(endpoints == [.ip(host: host, port: 443)])
    }

    @Test func localhostHasAnAddress() async throws {
        let endpoints = try await Dialer.resolve(host: "localhost", port: 1, deadline: patience)
        #expect(!endpoints.isEmpty)
        #expect(Set(endpoints).count == endpoints.count)
        let old = try await Dialer.resolve(host: "localhost", port: 1, family: .ipv4, deadline: patience)
        #expect(old == [.ip(host: "127.0.0.1", port: 1)])
    }

    @Test(arguments: [
        "does-not-exist.invalid", "", "a b", "a\u{0}b", "a\u{1B}[31m", "[]", String(repeating: "a", count: 300),
    ])
    func badNames(_ name: String) async throws {
        let error = await #expect(throws: TransportError.self) {
            try await Dialer.resolve(host: name, port: 443, deadline: patience)
        }
        #expect(error?.kind == .dns)
    }

    @Test func aLiteralOfTheOtherFamily() async throws {
        let error = await #expect(throws: TransportError.self) {
            try await Dialer.resolve(host: "127.0.0.1", port: 443, family: .ipv6, deadline: patience)
        }
        #expect(error?.kind == .dns)
        #expect(error?.detail == "not an IPv6 address")
    }

    @Test func aSlowResolverIsLeftBehind() async throws {
        let began = ContinuousClock.now
        let error = await #expect(throws: TransportError.self) {
            try await Resolver.onThread(deadline: .after(.milliseconds(50))) { Thread.sleep(forTimeInterval: 5) }
        }
        #expect(error?.kind == .timedOut)
        #expect(ContinuousClock.now - began < .seconds(4))
    }

    @Test func endpointsAreWrittenAsInURLs() {
        #expect("\(SocketEndpoint.ip(host: "192.0.2.1", port: 443))" == "192.0.2.1:443")
        #expect("\(SocketEndpoint.ip(host: "::1", port: 443))" == "[::1]:443")
        #expect("\(SocketEndpoint.unix(path: "/run/a.sock"))" == "unix:/run/a.sock")
    }
}
