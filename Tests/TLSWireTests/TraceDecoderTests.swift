import Foundation
import TLSParameters
import Testing

@testable import TLSWire

private func trace(_ stream: [UInt8], pieces size: Int = .max) -> [RecordSummary] {
    var decoder = TraceDecoder()
    var summaries: [RecordSummary] = []
    var start = 0
    while start < stream.count {
        let end = size < stream.count - start ? start + size : stream.count
        summaries += decoder.feed(Array(stream[start..<end]))
        start = end
    }
    if let last = decoder.finish() { summaries.append(last) }
    return summaries
}

@Suite("Traces")
struct TraceDecoderTests {
    @Test("a TLS 1.2 server's flight is named up to its ChangeCipherSpec")
    func tls12Server() {
        let lines = trace(CapturedStreams.tls12Server).map(\.text)
        #expect(
            lines.first == "handshake, TLS 1.2, 83 bytes: server_hello (74 bytes)",
            "\(lines.joined(separator: "\n"))"
        )
        let names = trace(CapturedStreams.tls12Server).flatMap(\.messages).map(\.name)
        #expect(
            names == [
                "server_hello", "certificate", "certificate_status", "server_key_exchange", "certificate_request",
                "server_hello_done", "new_session_ticket",
            ]
        )
        #expect(trace(CapturedStreams.tls12Server).last { $0.contentType == "handshake" }?.encrypted == true)
    }

    @Test("hellos in the clear are seen after TLS 1.3's meaningless ChangeCipherSpec")
    func retry() {
        let server = trace(CapturedStreams.retryServer)
        #expect(server.flatMap(\.messages).map(\.name) == ["hello_retry_request", "server_hello"])
        #expect(server.filter(\.encrypted).allSatisfy { $0.contentType == "application_data" })
        let client = trace(CapturedStreams.retryClient)
        #expect(client.flatMap(\.messages).map(\.name) == ["client_hello", "client_hello"])
    }

    @Test("an alert is named")
    func alert() {
        let summary = trace(CapturedStreams.refusal)
        #expect(summary.map(\.text) == ["alert, TLS 1.2, 7 bytes: fatal handshake_failure (40)"])
    }

    @Test(
        "summaries do not depend on how the bytes arrive",
        arguments: [CapturedStreams.tls12Server, CapturedStreams.tls12Client, CapturedStreams.retryServer]
    )
    func pieces(_ stream: [UInt8]) {
        let whole = trace(stream)
        #expect(trace(stream, pieces: 1) == whole)
        #expect(trace(stream, pieces: 5) == whole)
        #expect(whole.map(\.length).reduce(0, +) == stream.count)
    }

    @Test("a message over several records is named in each")
    func split() {
        let message = HandshakeMessage(type: .certificate, body: counting(20))
        let stream = message.records(version: .tls12, fragmentSize: 10)
        let parts = trace(stream).flatMap(\.messages)
        #expect(parts.map(\.part) == [.first, .middle, .last])
        #expect(parts.allSatisfy { $0.length == 20 && $0.name == "certificate" })
        let header = message.records(version: .tls12, fragmentSize: 3)
        #expect(trace(header).map(\.messages.count) == [0, 1, 1, 1, 1, 1, 1, 1])
    }

    @Test("a message of no bytes ends where it begins")
    func emptyMessage() {
        let parts = trace(hex("16 0303 0008 0e000000 0e000000")).flatMap(\.messages)
        #expect(parts.map(\.part) == [.whole, .whole])
        let cut = trace(hex("16 0303 0002 0e00  16 0303 0002 0000")).flatMap(\.messages)
        #expect(cut.map(\.part) == [.whole])
    }

    @Test("what is no TLS is named, and so is what follows")
    func notTLS() {
        var decoder = TraceDecoder()
        let first = decoder.feed(Array("HTTP/1.1 400 Bad\r\n".utf8))
        #expect(first.first?.framing == .undecodable)
        #expect(first.first?.problem?.id == "http")
        #expect(first.first?.text == "not decodable, 18 bytes: an HTTP response")
        let second = decoder.feed(Array("Server: x\r\n".utf8))
        #expect(second.first?.problem?.id == "lost-framing")
        #expect(second.first?.offset == 18)
        #expect(decoder.finish() == nil)
    }

    @Test("lost framing is reported with its offset")
    func lost() {
        let summaries = trace(hex("15 0303 0002 0100 17 0303 ffff 00"))
        #expect(summaries.count == 2)
        #expect(summaries.last?.problem?.id == "too-large")
        #expect(summaries.last?.problem?.offset == 10)
        #expect(summaries.last?.length == 6)
    }

    @Test("a record that the stream cuts off is reported")
    func cutOff() {
        let summaries = trace(hex("15 0303 0002 0100 16 0303 0010 0e"))
        #expect(summaries.last?.framing == .incomplete)
        #expect(summaries.last?.text == "incomplete handshake, 6 bytes: ends 15 bytes early")
        #expect(trace(hex("16")).last?.framing == .incomplete)
    }

    @Test("SSL 2.0 is followed, and left where a later version takes over")
    func ssl2() throws {
        let hello = HandBuiltVectors.ssl2.map(\.bytes)
        let own = trace(hello[0] + hex("8005 02 010080 00") + hex("8004 deadbeef"))
        #expect(own.map(\.messages.first?.name) == ["client_hello", "client_master_key", nil])
        #expect(own.map(\.encrypted) == [false, false, true])
        let later = trace(hello[2] + CapturedStreams.refusal)
        #expect(later.map(\.framing) == [.ssl2, .tls])
        #expect(later.first?.version == "tls1.2")
        #expect(trace(hello[2] + CapturedStreams.refusal, pieces: 1) == later)
        let error = trace(hello[5])
        #expect(error.first?.text == "SSL 2.0 record, 5 bytes: error (2 bytes), no_cipher (1)")
    }

    @Test("no corruption of a captured stream traps or loses a byte")
    func corruption() {
        let stream = CapturedStreams.retryServer
        for position in stride(from: 0, to: stream.count, by: 3) {
            for value in [0, 1, 0x7F, 0xFF] as [UInt8] {
                var bytes = stream
                bytes[position] = value
                let summaries = trace(bytes, pieces: 700)
                #expect(summaries.map(\.length).reduce(0, +) == stream.count)
            }
        }
    }

    @Test("the JSON keys are stable")
    func json() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(trace(CapturedStreams.refusal))
        #expect(
            String(decoding: data, as: UTF8.self) == """
                [{"alert":{"description":"handshake_failure","descriptionCode":40,"level":"fatal","levelCode":2},\
                "contentType":"alert","contentTypeCode":21,"encrypted":false,"framing":"tls","length":7,\
                "messages":[],"offset":0,"version":"tls1.2"}]
                """
        )
        let again = try JSONDecoder().decode([RecordSummary].self, from: data)
        #expect(again == trace(CapturedStreams.refusal))
    }
}
