/// `openssl s_server`. It serves one connection at a time.
struct OpenSSLServer: Peer {
    /// The cipher string that opens everything this libssl has, down to what needs neither certificate nor key.
    static let everyCipher = "ALL:eNULL:aNULL:@SECLEVEL=0"
    /// All TLS 1.3 suites; libssl's own default leaves the CCM ones out.
    static let everyCipherSuite =
        "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256"
    /// The pre-shared key of `psk`, in hex.
    static let presharedKey = "00112233445566778899aabbccddeeff"

    let port: Int
    private let process: ChildProcess
    var log: String { process.stdout + process.stderr }

    /// What it does with a connection after the handshake.
    enum Service: String, Sendable {
        /// Prints what it receives and stays silent.
        case print
        /// Answers an HTTP GET with a page about the connection.
        case www = "-www"
        /// Sends every line back reversed.
        case reverse = "-rev"
    }

    /// - Parameters:
    ///   - identities: one or two certificates, of different key types.
    ///   - place: the address and port to listen on, of loopback.
    ///   - options: more options of `s_server`, for instance `-tls1_2`, `-Verify 1`, `-no_renegotiation`.
    init(
        identities: [TestPKI.Entity],
        cipher: String? = nil,
        cipherSuites: String? = nil,
        psk: Bool = false,
        service: Service = .print,
        place: String = "127.0.0.1:0",
        options: [String] = []
    ) async throws {
        var arguments = ["s_server", "-accept", place]
        for (identity, options) in zip(identities, [("-cert", "-key"), ("-dcert", "-dkey")]) {
            arguments += [options.0, identity.certificate, options.1, identity.key]
        }
        if identities.isEmpty { arguments.append("-nocert") }
        if let cipher { arguments += ["-cipher", cipher] }
        if let cipherSuites { arguments += ["-ciphersuites", cipherSuites] }
        if psk { arguments += ["-psk", Self.presharedKey] }
        if service != .print { arguments.append(service.rawValue) }
        // Its standard input stays open: end of file there would end a connection.
        process = try ChildProcess(Tool.openssl.path(), arguments + options, input: .open)
        // Asked for a port of its own, it says which it got, and otherwise nothing.
        if let port = Int(place.split(separator: ":").last ?? ""), port > 0 {
            try await process.waitForOutput { $0.stdout.contains("ACCEPT\n") }
            self.port = port
            return
        }
        try await process.waitForOutput { Self.port(in: $0.stdout) != nil }
        guard let port = Self.port(in: process.stdout) else { throw InteropError("s_server named no port") }
        self.port = port
    }

    func stop() async { await process.stop() }

    /// Waits until it has printed what is expected.
    func waitForLog(_ condition: (String) -> Bool) async throws {
        try await process.waitForOutput { condition($0.stdout) }
    }

    /// Types a line into s_server: it goes to the client, but for `Q`, `q`, `r`, `R`, `k` and their like at a line's start.
    func type(_ line: String) throws { try process.write(Array("\(line)\n".utf8)) }

    /// "ACCEPT 127.0.0.1:40123" → 40123.
    private static func port(in text: String) -> Int? {
        for line in text.split(separator: "\n").dropLast(text.hasSuffix("\n") ? 0 : 1) where line.hasPrefix("ACCEPT ") {
            return line.split(separator: ":").last.flatMap { Int($0) }
        }
        return nil
    }
}
