import TLSParameters
import TLSWire
import Testing
import Transport

@testable import Diagnostics

/// What the faults of a connection do to its bytes, record by record.
@Suite("faults: the bytes", .timeLimit(.minutes(1)))
struct FaultStreamTests {
    private static var patience: Deadline { .after(.seconds(60)) }

    private func record(_ size: Int, _ byte: UInt8) -> [UInt8] {
        TLSRecord(type: .application_data, version: .tls12, fragment: [UInt8](repeating: byte, count: size)).bytes
    }

    /// What a client gets after its hello and the server's records, and how that ends.
    private func answer(
        _ faults: [String],
        sending records: [[UInt8]]
    ) async throws -> (bytes: [UInt8], end: ReadOutcome, notes: [FaultKind: String]) {
        let (near, far) = InMemoryStream.pair()
        let stream = FaultyStream(wrapping: far, plan: try FaultPlan(parsing: faults))
        try await near.write([1], deadline: Self.patience)
        let heard = await stream.read(deadline: .after(.milliseconds(50)))
        if case .bytes = heard { for record in records { try await stream.write(record, deadline: Self.patience) } }
        var bytes: [UInt8] = []
        var end = ReadOutcome.timedOut
        while true {
            let outcome = await near.read(deadline: .after(.milliseconds(200)))
            guard case .bytes(let piece) = outcome else {
                end = outcome
                break
            }
            bytes += piece
        }
        await stream.close()
        return (bytes, end, stream.notes)
    }

    @Test("FIN, RST and silence in place of the server's first leg")
    func inPlace() async throws {
        let records = [record(10, 1), record(10, 2)]
        let fin = try await answer(["fin"], sending: records)
        #expect(fin.bytes.isEmpty && fin.end == .end)
        #expect(fin.notes[.fin] == "FIN at leg 2, after 0 records")
        let rst = try await answer(["rst"], sending: records)
        #expect(rst.bytes.isEmpty && rst.end == .reset)
        let silence = try await answer(["silence"], sending: records)
        #expect(silence.bytes.isEmpty && silence.end == .timedOut)
    }

    @Test("after some records, however they are written")
    func afterRecords() async throws {
        let (one, two) = (record(10, 1), record(10, 2))
        for pieces in [[one + two], [one, two]] {
            let answer = try await answer(["fin@2:1"], sending: pieces)
            #expect(answer.bytes == one && answer.end == .end)
            #expect(answer.notes[.fin] == "FIN at leg 2, after 1 record")
        }
    }

    @Test("half a record")
    func halfRecord() async throws {
        let (one, two) = (record(10, 1), record(20, 2))
        let answer = try await answer(["truncated-record@2:1"], sending: [one + two])
        #expect(answer.bytes == one + two.prefix(15) && answer.end == .end)
        #expect(answer.notes[.truncatedRecord]?.hasSuffix("15 of the 25 bytes of the next") == true)
    }

    @Test("at the client's first leg nothing is served")
    func clientsLeg() async throws {
        let answer = try await answer(["rst@1"], sending: [record(10, 1)])
        #expect(answer.bytes.isEmpty && answer.end == .reset)
        #expect(answer.notes[.rst] == "reset when leg 1 came")
    }

    @Test("a leg that is too short is cut when the next one comes")
    func shortLeg() async throws {
        var machine = WireFaultMachine(try FaultPlan(parsing: ["fin@2:5"]))
        let one = record(10, 1)
        #expect(machine.receive([1]) == nil)
        #expect(machine.send(one) == [.send(one)])
        #expect(machine.receive([1]) == .fin)
        #expect(machine.send(one) == [])
        #expect(machine.notes[.fin] == "FIN after all of leg 2")
    }

    @Test("legs are turns, however many pieces they come in")
    func legs() async throws {
        var machine = WireFaultMachine(try FaultPlan(parsing: ["rst@4"]))
        let one = record(1, 1)
        for _ in 0..<3 { #expect(machine.receive([1]) == nil) }
        for _ in 0..<3 { #expect(machine.send(one) == [.send(one)]) }
        #expect(machine.receive([1]) == nil)
        #expect(machine.leg == 3)
        #expect(machine.send(one) == [.cut(.rst)])
    }

    @Test("a flood goes before the first record, once")
    func flood() async throws {
        let one = record(10, 1)
        let answer = try await answer(["warning-flood:250"], sending: [one, one])
        #expect(answer.bytes.count == 250 * 7 + 2 * one.count)
        #expect(Array(answer.bytes.prefix(7)) == [21, 3, 3, 0, 2, 1, 90])
        #expect(Array(answer.bytes.suffix(2 * one.count)) == one + one)
        #expect(answer.notes[.warningFlood] == "250 warning alerts sent")
    }

    @Test("bytes come one at a time")
    func slow() async throws {
        let one = record(10, 1)
        let answer = try await answer(["slow:1"], sending: [one])
        #expect(answer.bytes == one)
        #expect(answer.notes[.slow] == "a byte every 1 ms from leg 2 on")
    }

    @Test("a client that takes nothing doesn't hold a flood for ever")
    func stalled() async throws {
        let (near, far) = InMemoryStream.pair()
        let stream = FaultyStream(wrapping: far, plan: try FaultPlan(parsing: ["warning-flood:10000"]))
        try await near.write([1], deadline: Self.patience)
        _ = await stream.read(deadline: Self.patience)
        await near.close()
        await #expect(throws: TransportError.self) {
            try await stream.write(record(10, 1), deadline: .after(.seconds(5)))
        }
    }

    // MARK: The ServerHello

    private func hello(_ versions: [ProtocolVersion]?, _ suites: [UInt16]) -> ClientHello {
        ClientHello(
            legacyVersion: .tls12,
            random: [UInt8](repeating: 7, count: 32),
            cipherSuites: suites.map(CipherSuite.init(rawValue:)),
            extensions: versions.map { [Extension(SupportedVersions(versions: $0))] }
        )
    }

    private func serverHello(_ version: ProtocolVersion, _ suite: UInt16) -> ServerHello {
        ServerHello(
            legacyVersion: .tls12,
            random: [UInt8](repeating: 9, count: 32),
            cipherSuite: CipherSuite(rawValue: suite),
            extensions: version == .tls13 ? [Extension(SelectedVersion(version: .tls13))] : nil
        )
    }

    private func rewritten(_ fault: String, _ client: ClientHello, _ server: ServerHello) throws -> ServerHello? {
        var machine = WireFaultMachine(try FaultPlan(parsing: [fault]))
        // The hello may come in any pieces.
        for byte in client.record(version: .tls10) { #expect(machine.receive([byte]) == nil) }
        let rest = record(5, 1)
        let actions = machine.send(server.record(version: .tls12) + rest)
        guard case .send(let bytes)? = actions.first, actions.count == 1 else { return nil }
        #expect(bytes.suffix(rest.count).elementsEqual(rest))
        var reader = ByteReader(bytes)
        return try ServerHello(HandshakeMessage(bytes: TLSRecord(parsing: &reader).fragment))
    }

    @Test("a version that was not offered")
    func version() throws {
        let modern = hello([.tls13, .tls12], [0x1301])
        #expect(try rewritten("wrong-version", modern, serverHello(.tls13, 0x1301))?.selectedVersion == .tls11)
        let older = hello(nil, [0xC02F])
        #expect(try rewritten("wrong-version", older, serverHello(.tls12, 0xC02F))?.selectedVersion == .tls13)
    }

    @Test("a suite that was not offered")
    func suite() throws {
        let modern = hello([.tls13], [0x1301, 0x1305])
        #expect(try rewritten("unoffered-suite", modern, serverHello(.tls13, 0x1301))?.cipherSuite.rawValue == 0x1304)
        let older = hello(nil, [0xC02F, 0x0004])
        #expect(try rewritten("unoffered-suite", older, serverHello(.tls12, 0xC02F))?.cipherSuite.rawValue == 0x0005)
    }

    @Test("a body that is cut off keeps its promise to the eye")
    func bodies() {
        let answer = HTTPResponse(status: 200, contentType: "text/plain", content: Array("0123456789".utf8))
        let length = String(decoding: answer.bytes(cutOff: .length).bytes, as: UTF8.self)
        #expect(length.contains("Content-Length: 10\r\n") && length.hasSuffix("\r\n\r\n01234"))
        let chunks = String(decoding: answer.bytes(cutOff: .chunks).bytes, as: UTF8.self)
        #expect(chunks.contains("Transfer-Encoding: chunked\r\n") && !chunks.contains("Content-Length"))
        #expect(chunks.hasSuffix("\r\n\r\na\r\n01234"))
    }
}
