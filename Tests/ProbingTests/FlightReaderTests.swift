import Probing
import TLSParameters
import TLSWire
import Testing
import Transport

@Suite struct FlightReaderTests {
    static let hello12 = ServerHello(
        legacyVersion: .tls12,
        random: [UInt8](repeating: 1, count: 32),
        cipherSuite: .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        extensions: nil
    )
    static let exchange = ServerKeyExchange(
        parameters: .ecdhe(ECDHParameters(curve: .named(.x25519), point: [UInt8](repeating: 9, count: 32))),
        signed: DigitallySigned(scheme: .rsa_pkcs1_sha256, signature: [1, 2, 3])
    )
    static let certificate = CertificateMessage(entries: [.init(data: [0x30, 0x00])])

    static var flight: [UInt8] {
        hello12.record(version: .tls12) + certificate.handshakeMessage().records(version: .tls12)
            + exchange.handshakeMessage().records(version: .tls12)
    }

    static let answer = Observation.serverHello(
        hello12,
        FlightParts(certificates: [[0x30, 0x00]], keyExchange: exchange)
    )

    /// Feeds pieces of `size` bytes, then the ending.
    static func observe(
        _ bytes: [UInt8],
        size: Int = .max,
        goal: FlightReader.Goal = .keyExchange,
        ending: ReadOutcome = .end
    ) -> Observation {
        var reader = FlightReader(goal: goal)
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(size))
            rest = rest.dropFirst(piece.count)
            if let answer = reader.append(piece) { return answer }
        }
        return reader.end(ending)
    }

    static func alert(_ level: AlertLevel, _ description: AlertDescription) -> Alert {
        Alert(level: level, description: description)
    }

    @Test(arguments: [1, 2, 5, 7, 64, Int.max]) func anyFragmentationIsTheSame(_ size: Int) {
        #expect(Self.observe(Self.flight, size: size) == Self.answer)
        let alert = Self.alert(.fatal, .handshake_failure)
        #expect(Self.observe(alert.record(version: .tls12), size: size) == .alert(alert))
    }

    @Test func stopsAtWhatAnswers() {
        var reader = FlightReader(goal: .serverHello)
        #expect(reader.append(Self.hello12.record(version: .tls12)) == .serverHello(Self.hello12, FlightParts()))
    }

    @Test func manyMessagesInOneRecordAndOneMessageInMany() {
        let messages =
            Self.hello12.handshakeMessage().bytes + Self.certificate.handshakeMessage().bytes
            + Self.exchange.handshakeMessage().bytes
        let one = TLSRecord(type: .handshake, version: .tls12, fragment: messages).bytes
        #expect(Self.observe(one) == Self.answer)
        let many = TLSRecord.fragments(of: messages, type: .handshake, version: .tls12, fragmentSize: 3).flatMap(
            \.bytes
        )
        #expect(Self.observe(many, size: 4) == Self.answer)
    }

    @Test func warningsArePassedOver() {
        let warning = Self.alert(.warning, .unrecognized_name)
        #expect(
            Self.observe(warning.record(version: .tls12) + Self.flight)
                == .serverHello(
                    Self.hello12,
                    FlightParts(certificates: [[0x30, 0x00]], keyExchange: Self.exchange, warning: warning)
                )
        )
        let fatal = Self.alert(.fatal, .handshake_failure)
        #expect(Self.observe(warning.record(version: .tls12) + fatal.record(version: .tls12)) == .alert(fatal))
        // With nothing after it, the warning is all the answer there is.
        #expect(Self.observe(warning.record(version: .tls12), ending: .reset) == .alert(warning))
        let both = TLSRecord(type: .alert, version: .tls12, fragment: [1, 112, 2, 40]).bytes
        #expect(Self.observe(both) == .alert(fatal))
        let flood = (0..<64).flatMap { _ in warning.record(version: .tls12) }
        #expect(Self.observe(flood, ending: .timedOut).id == "no-progress")
    }

    @Test func splitAlerts() {
        let halves = TLSRecord.fragments(of: [2, 70], type: .alert, version: .tls10, fragmentSize: 1).flatMap(\.bytes)
        #expect(Self.observe(halves) == .alert(Self.alert(.fatal, .protocol_version)))
    }

    @Test func endingsAreToldApart() {
        #expect(Self.observe([], ending: .end) == .closed)
        #expect(Self.observe([], ending: .reset) == .reset)
        #expect(Self.observe([], ending: .timedOut) == .timedOut)
        let cancelled = TransportError(.cancelled, detail: "cancelled")
        #expect(Self.observe([], ending: .failed(cancelled)) == .notAsked(.cancelled))
        let half = Array(Self.flight.prefix(20))
        for (ending, meaning) in [(ReadOutcome.end, FlightEnding.closed), (.reset, .reset), (.timedOut, .timedOut)] {
            guard case .cutOff(let found, let error, let prefix) = Self.observe(half, ending: ending) else {
                Issue.record("not cut off")
                continue
            }
            #expect(found == meaning)
            #expect(prefix == half)
            #expect(error.kind.id == "truncated")
        }
    }

    @Test func whatFollowsTheHelloCannotUnsayIt() {
        let hello = Self.hello12.record(version: .tls12)
        let bare = Observation.serverHello(Self.hello12, FlightParts(isWhole: false))
        #expect(Self.observe(hello, ending: .reset) == bare)
        #expect(Self.observe(hello, ending: .timedOut) == bare)
        var alerted = FlightParts(isWhole: false)
        alerted.alert = Self.alert(.fatal, .internal_error)
        #expect(
            Self.observe(hello + Self.alert(.fatal, .internal_error).record(version: .tls12))
                == .serverHello(Self.hello12, alerted)
        )
        #expect(Self.observe(hello + [0x99, 3, 3, 0, 1, 0]) == bare)
        #expect(Self.observe(hello + [0x16, 0x50, 3, 0xFF, 0xFF]) == bare)
    }

    @Test(arguments: [
        "HTTP/1.1 400 Bad Request\r\n", "220 mail.example ESMTP\r\n", "SSH-2.0-x\r\n", "\u{1}\u{2}\u{3}", "x",
    ])
    func otherProtocolsAreNotTLS(_ text: String) {
        let bytes = Array(text.utf8)
        #expect(Self.observe(bytes) == .notTLS(prefix: bytes))
        #expect(Self.observe(bytes, size: 1, ending: .timedOut) == .notTLS(prefix: bytes))
    }

    @Test func helloRetryRequest() {
        let retry = ServerHello(
            legacyVersion: .tls12,
            random: ServerHello.helloRetryRequestRandom,
            cipherSuite: .TLS_AES_128_GCM_SHA256,
            extensions: [
                Extension(SelectedVersion(version: .tls13)), Extension(RetryKeyShare(group: .x25519)),
            ]
        )
        #expect(Self.observe(retry.record(version: .tls12)) == .helloRetryRequest(retry))
    }

    @Test func sizeIsBounded() {
        var reader = FlightReader(goal: .keyExchange)
        let record = TLSRecord(type: .handshake, version: .tls12, fragment: [UInt8](repeating: 0, count: 16_000)).bytes
        var hugeHello = record
        // A ServerHello that claims 1,048,575 bytes.
        hugeHello.replaceSubrange(5..<9, with: [2, 0x0F, 0xFF, 0xFF])
        var answer = reader.append(hugeHello)
        var count = 0
        while answer == nil, count < 200 {
            answer = reader.append(record)
            count += 1
        }
        #expect(answer?.id == "too-large")
        #expect(count < 70)
        let empty = (0..<100).flatMap { _ in TLSRecord(type: .handshake, version: .tls12, fragment: []).bytes }
        #expect(Self.observe(empty).id == "no-progress")
        let changes = (0..<100).flatMap { _ in [UInt8]([20, 3, 3, 0, 1, 1]) }
        #expect(Self.observe(changes).id == "no-progress")
    }

    @Test func largeCertificatesAreWaitedFor() {
        let large = CertificateMessage(entries: [.init(data: [UInt8](repeating: 0x30, count: 300_000))])
        let flight =
            Self.hello12.record(version: .tls12) + large.handshakeMessage().records(version: .tls12)
            + Self.exchange.handshakeMessage().records(version: .tls12)
        guard case .serverHello(_, let parts) = Self.observe(flight, size: 1_448) else {
            Issue.record("no answer")
            return
        }
        #expect(parts.keyExchange == Self.exchange)
        #expect(parts.certificates.first?.count == 300_000)
        #expect(parts.isWhole)
    }

    @Test func prefixesAndNoiseNeverTrap() {
        for length in 0...Self.flight.count {
            _ = Self.observe(Array(Self.flight.prefix(length)))
        }
        var random = Seeded(4)
        for round in 0..<2_000 {
            var bytes = Self.flight
            for _ in 0..<4 {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = Self.observe(bytes, size: round % 7 + 1)
        }
    }
}
