import Probing
import TLSParameters
import TLSWire
import Testing
import Transport

/// Answers that are no plain TLS flight: each has its own name, and however the bytes are cut the answer is the same.
@Suite struct FlightReaderOddTests {
    static let ssl2Hello = SSL2ServerHello(
        certificate: [0x30, 0x00],
        cipherKinds: [SSL2CipherKind(rawValue: 0x01_00_80), SSL2CipherKind(rawValue: 0x07_00_C0)],
        connectionID: [UInt8](repeating: 5, count: 16)
    )
    static let ssl2Error = SSL2Error(errorCode: SSL2ErrorCode(rawValue: 1))

    /// draft-benaloh-pct-00 §5.2.2: X.509, RSA, MD5, RC4-128, and a certificate of two bytes.
    static let pctHello: [UInt8] =
        [2, 0, 0x80, 0x01, 0, 0, 0, 4, 0x80, 0x40, 0, 1, 0, 1, 0, 1] + [UInt8](repeating: 6, count: 32)
        + [0, 2, 0, 0, 0, 0, 0, 0, 0x30, 0]
    /// draft-benaloh-pct-00 §5.4: SPECS_MISMATCH, and which.
    static let pctError: [UInt8] = [5, 0, 6, 0, 6, 1, 0, 0, 0, 0, 0]

    static let warning = FlightReaderTests.alert(.warning, .unrecognized_name)
    static let fatal = FlightReaderTests.alert(.fatal, .handshake_failure)

    static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// Every kind of answer: its bytes, its ending, its name.
    static let answers: [(bytes: [UInt8], ending: ReadOutcome, id: String)] = [
        ([], .end, "closed"),
        ([], .reset, "reset"),
        ([], .timedOut, "timed-out"),
        ([0x16], .timedOut, "cut-off-timed-out"),
        ([0x80], .end, "cut-off-closed"),
        (Array(FlightReaderTests.flight.prefix(30)), .end, "cut-off-closed"),
        (Array(FlightReaderTests.flight.prefix(30)), .reset, "cut-off-reset"),
        (Array(FlightReaderTests.flight.prefix(30)), .timedOut, "cut-off-timed-out"),
        (Array(ssl2Hello.record().bytes.prefix(20)), .timedOut, "cut-off-timed-out"),
        (FlightReaderTests.flight, .timedOut, "server-hello"),
        (warning.record(version: .tls12) + FlightReaderTests.flight, .timedOut, "server-hello"),
        (fatal.record(version: .tls12), .end, "alert"),
        (warning.record(version: .tls12), .timedOut, "cut-off-timed-out"),
        (warning.record(version: .tls12), .end, "alert"),
        (ssl2Hello.record().bytes, .timedOut, "ssl2-server-hello"),
        (SSL2Record(data: ssl2Hello.record().data, padding: 0).bytes, .timedOut, "ssl2-server-hello"),
        (ssl2Error.record().bytes, .end, "ssl2-error"),
        (SSL2Record(data: ssl2Error.record().data, padding: 0).bytes, .end, "ssl2-error"),
        (SSL2Record(data: pctHello).bytes, .timedOut, "pct-server-hello"),
        (SSL2Record(data: pctHello, padding: 0).bytes, .timedOut, "pct-server-hello"),
        (SSL2Record(data: pctError).bytes, .end, "pct-error"),
        (text("HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n"), .end, "http"),
        (text("220 mail.example ESMTP ready\r\n"), .timedOut, "smtp"),
        (text("220 files.example FTP ready\r\n"), .timedOut, "ftp"),
        (text("421 4.7.0 mail.example: too many connections\r\n"), .end, "busy"),
        (text("554-5.7.1 go away\r\n554 now\r\n"), .end, "busy"),
        (text("* BYE too many\r\n"), .end, "busy"),
        (text("HTTP/1.0 503 Service Unavailable\r\n"), .end, "busy"),
        (text("HTTP/1.1 429 Too Many Requests\r\n"), .end, "busy"),
        (text("Error: Too many connections from your host\n"), .end, "busy"),
        (text("HTTP/1.1 50"), .end, "http"),
        (text("* OK IMAP4rev1\r\n"), .timedOut, "imap"),
        (text("+OK pop\r\n"), .timedOut, "pop3"),
        (text("SSH-2.0-x\r\n"), .timedOut, "ssh"),
        (text("what?\n"), .timedOut, "text"),
        ([0xDE, 0xAD, 0xBE, 0xEF, 1, 2, 3, 4], .timedOut, "binary"),
        ([0x00, 0x00, 0x00, 0x00, 0x00, 0x00], .end, "binary"),
        ([0x16, 3, 3, 0xFF, 0xFF], .timedOut, "too-large"),
        ([0x16, 3, 3, 0, 4, 1, 0, 0, 0], .timedOut, "undecodable"),
        ([0x17, 3, 3, 0, 1, 0], .timedOut, "undecodable"),
        ([0x16, 3, 3, 0, 4, 2, 0xFF, 0xFF, 0xFF], .timedOut, "too-large"),
        ((0..<40).flatMap { _ in [UInt8]([22, 3, 3, 0, 0]) }, .timedOut, "no-progress"),
        ((0..<40).flatMap { _ in [UInt8]([20, 3, 3, 0, 1, 1]) }, .timedOut, "no-progress"),
        ((0..<40).flatMap { _ in warning.record(version: .tls12) }, .timedOut, "no-progress"),
        ((0..<40).flatMap { _ in [UInt8]([22, 3, 3, 0, 4, 0, 0, 0, 0]) }, .timedOut, "no-progress"),
    ]

    @Test(arguments: answers.indices) func everyAnswerHasItsName(_ index: Int) {
        let (bytes, ending, id) = Self.answers[index]
        let whole = FlightReaderTests.observe(bytes, ending: ending)
        #expect(whole.id == id)
        for size in [1, 2, 3, 7] {
            #expect(FlightReaderTests.observe(bytes, size: size, ending: ending) == whole, "in pieces of \(size)")
        }
        for length in 0...bytes.count {
            for ending in [ReadOutcome.end, .reset, .timedOut] {
                let prefix = Array(bytes.prefix(length))
                let answer = FlightReaderTests.observe(prefix, ending: ending)
                #expect(FlightReaderTests.observe(prefix, size: 1, ending: ending) == answer)
            }
        }
    }

    @Test func formatsOfTheAnswerNeedNotBeTheHellos() {
        #expect(FlightReaderTests.observe(Self.ssl2Hello.record().bytes) == .ssl2ServerHello(Self.ssl2Hello))
        #expect(FlightReaderTests.observe(Self.ssl2Error.record().bytes) == .ssl2Error(Self.ssl2Error))
        #expect(FlightReaderTests.observe(SSL2Record(data: Self.pctError).bytes) == .pctError(code: 6))
    }

    @Test func largeCertificateOfSSL2() {
        var hello = Self.ssl2Hello
        hello.certificate = [UInt8](repeating: 0x30, count: 32_000)
        #expect(FlightReaderTests.observe(hello.record().bytes, size: 1_448) == .ssl2ServerHello(hello))
        let cut = Array(hello.record().bytes.prefix(31_000))
        #expect(FlightReaderTests.observe(cut, ending: .reset).id == "cut-off-reset")
    }

    @Test func brokenSSL2() {
        var bytes = Self.ssl2Hello.record().bytes
        bytes[7] = 0xFF  // CERTIFICATE-LENGTH
        #expect(FlightReaderTests.observe(bytes).id == "undecodable")
    }

    @Test func firstLineIsKept() {
        let bytes = Self.text("421 too many connections\r\nmore\r\n")
        #expect(FlightReaderTests.observe(bytes) == .notTLS(prefix: Self.text("421 too many connections\r\n")))
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 100)
        #expect(FlightReaderTests.observe(long) == .notTLS(prefix: Array(long.prefix(FlightReader.prefixLimit))))
        var reader = FlightReader(goal: .serverHello)
        #expect(reader.append(Self.text("421 too")) == nil)
        #expect(reader.isForeign)
    }
}

/// How far each goal reads.
@Suite struct FlightReaderGoalTests {
    static let status = HandshakeMessage(type: .certificate_status, body: [1, 0, 0, 1, 0]).records(version: .tls12)
    static let request = HandshakeMessage(type: .certificate_request, body: [1, 1, 0, 0, 0, 0])
        .records(version: .tls12)
    static let done = HandshakeMessage(type: .server_hello_done, body: []).records(version: .tls12)
    static let certificate = FlightReaderTests.certificate.handshakeMessage().records(version: .tls12)
    static let exchange = FlightReaderTests.exchange.handshakeMessage().records(version: .tls12)

    static func hello(_ suite: CipherSuite) -> ServerHello {
        var hello = FlightReaderTests.hello12
        hello.cipherSuite = suite
        return hello
    }

    /// The parts that a goal finds in a flight, and whether it waits for more than there is.
    static func parts(_ goal: FlightReader.Goal, _ suite: CipherSuite, _ rest: [UInt8]) -> FlightParts? {
        let bytes = hello(suite).record(version: .tls12) + rest
        guard case .serverHello(_, let parts) = FlightReaderTests.observe(bytes, goal: goal, ending: .timedOut) else {
            return nil
        }
        return parts
    }

    @Test func goals() {
        let rest = Self.certificate + Self.status + Self.exchange + Self.request + Self.done
        let suite = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
        #expect(Self.parts(.serverHello, suite, rest) == FlightParts())
        #expect(Self.parts(.certificate, suite, rest) == FlightParts(certificates: [[0x30, 0x00]]))
        var expected = FlightParts(certificates: [[0x30, 0x00]], keyExchange: FlightReaderTests.exchange)
        expected.hasCertificateStatus = true
        #expect(Self.parts(.keyExchange, suite, rest) == expected)
        expected.hasCertificateRequest = true
        #expect(Self.parts(.helloDone, suite, rest) == expected)
    }

    @Test func suitesWithoutAPart() {
        let rsa = CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA
        let certified = FlightParts(certificates: [[0x30, 0x00]])
        #expect(Self.parts(.keyExchange, rsa, Self.certificate + Self.done) == certified)
        #expect(Self.parts(.helloDone, rsa, Self.certificate + Self.done) == certified)
        let psk = CipherSuite(rawValue: 0x008C)  // TLS_PSK_WITH_AES_128_CBC_SHA
        #expect(Self.parts(.certificate, psk, []) == FlightParts())
        #expect(Self.parts(.keyExchange, psk, Self.done) == FlightParts())
    }

    @Test func whatIsMissingIsSaid() {
        let suite = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
        #expect(Self.parts(.certificate, suite, []) == FlightParts(isWhole: false))
        #expect(
            Self.parts(.helloDone, suite, Self.certificate + Self.exchange)
                == FlightParts(
                    certificates: [[0x30, 0x00]],
                    keyExchange: FlightReaderTests.exchange,
                    isWhole: false
                )
        )
    }

    @Test func resumptionEndsTheFlight() {
        let change: [UInt8] = [20, 3, 3, 0, 1, 1]
        let suite = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
        #expect(Self.parts(.helloDone, suite, change) == FlightParts())
    }
}
