import Foundation
import Testing

/// Real servers that carry a megabyte back and forth, each at one version of its own choosing, and end the session by themselves.
struct EchoPeer: Sendable, CustomTestStringConvertible {
    /// Whose TLS it is.
    enum Implementation: String, CaseIterable, Sendable {
        case openssl = "s_server"
        case python = "Python's ssl"
        case node = "Node.js"
        case jsse = "JSSE"
    }

    let implementation: Implementation
    /// In sechan's spelling.
    let version: String

    var testDescription: String { "\(implementation.rawValue), \(version)" }

    /// Every implementation at every version that it still has.
    static let all: [EchoPeer] = Implementation.allCases.flatMap { implementation in
        ["tls1.0", "tls1.1", "tls1.2", "tls1.3"].map { EchoPeer(implementation: implementation, version: $0) }
    }

    /// The options without which sechan can't speak with it.
    var options: [String] { version < "tls1.2" ? ["--legacy", "--protocol", version] : [] }

    /// Data of this size, in lines, since s_server sends back line by line. A line never spans two records: s_server takes
    /// what it has of one at the end of a record for the whole.
    static func data(_ count: Int) -> [UInt8] {
        (0..<count).map { (index: Int) -> UInt8 in
            guard index % 1_024 != 1_023 else { return 0x0a }
            let mixed = index &* 131 &+ (index >> 8)
            return UInt8(0x21 + mixed % 94)
        }
    }

    /// What comes back for that.
    func answer(to bytes: [UInt8]) -> [UInt8] {
        guard implementation == .openssl else { return bytes }
        return bytes.split(separator: 0x0a).flatMap { $0.reversed() + [0x0a] }
    }

    /// What is sent so that this comes back, and then an end.
    func request(for bytes: [UInt8]) -> [UInt8] {
        implementation == .openssl ? bytes + Array("CLOSE\n".utf8) : bytes
    }

    /// Starts it; it sends back `count` bytes.
    func start(_ count: Int) async throws -> any Peer {
        let pki = try await TestPKI.shared()
        let number = version.dropFirst("tls1.".count)
        switch implementation {
        case .openssl:
            return try await OpenSSLServer(
                identities: [pki.rsa],
                cipher: "DEFAULT@SECLEVEL=0",
                service: .reverse,
                options: [number == "0" ? "-tls1" : "-tls1_\(number)"]
            )
        case .python:
            return try await ScriptServer(
                ProjectPaths.python(),
                [
                    ScriptServer.path("ssl_echo_server.py"), pki.rsa.certificate, pki.rsa.key,
                    number == "0" ? "TLSv1" : "TLSv1_\(number)", String(count),
                ]
            )
        case .node:
            let name = number == "0" ? "TLSv1" : "TLSv1.\(number)"
            return try await NodeServer.start(
                identities: [pki.rsa],
                ciphers: number == "3" ? nil : "DEFAULT@SECLEVEL=0",
                minVersion: name,
                maxVersion: name,
                echo: count
            )
        case .jsse:
            let name = number == "0" ? "TLSv1" : "TLSv1.\(number)"
            return try await JSSEServer(identities: [pki.rsa], protocols: [name], echo: count)
        }
    }
}
