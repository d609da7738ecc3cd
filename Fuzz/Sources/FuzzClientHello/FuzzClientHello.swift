import TLSParameters
import TLSWire

/// What `serve` and `connect` make of a peer's bytes: the opening of a stream, records however they are cut, hellos, their
/// extensions and fingerprints.
///
/// Beside not trapping, what was read has to be written again as the same bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzClientHello(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    _ = StreamOpening(bytes)
    let whole = messages(in: bytes, piece: max(1, bytes.count))
    check(
        whole == messages(in: bytes, piece: 1 + Int(bytes.last ?? 0)),
        "the way bytes arrive makes a difference"
    )
    for message in whole { read(message) }
    // The same bytes again without the layers around them, which a fuzzer finds hard to get right.
    if let message = try? HandshakeMessage(bytes: bytes) { read(message) }
    read(HandshakeMessage(type: .client_hello, body: bytes))
    var reader = ByteReader(bytes)
    if let element = try? Extension(parsing: &reader) {
        for context in ExtensionContext.allCases { read(element, in: context) }
    }
    readSSL2(bytes)
    _ = JARM.fingerprint(of: [JARM.Answer(bytes: bytes)])
    return 0
}

/// The whole handshake messages of a stream that arrives in pieces.
private func messages(in bytes: [UInt8], piece: Int) -> [HandshakeMessage] {
    var records = RecordParser()
    var assembler = HandshakeAssembler()
    var found: [HandshakeMessage] = []
    for start in stride(from: 0, to: bytes.count, by: piece) {
        records.append(Array(bytes[start..<min(start + piece, bytes.count)]))
        while let record = try? records.next() {
            check(record.fragment.count <= RecordLimit.ciphertext.rawValue, "a record above its limit")
            guard record.type == .handshake else { continue }
            assembler.append(record.fragment)
            while let message = try? assembler.next() { found.append(message) }
        }
    }
    return found
}

private func read(_ message: HandshakeMessage) {
    if let hello = try? ClientHello(message) {
        check(hello.handshakeMessage() == message, "a ClientHello is written otherwise than it was read")
        for element in hello.extensions ?? [] { read(element, in: .clientHello) }
        _ = (hello.serverName, hello.alpn, hello.groups, hello.signatureSchemes, hello.keyShareGroups)
        _ = hello.supportedVersions
        _ = hello.extensions?.duplicateTypes
        check(JA3(hello).hash.utf8.count == 32, "JA3 is an MD5")
        let fingerprint = JA4(hello)
        check(fingerprint.text.utf8.count == 36 && fingerprint.text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "JA4")
        _ = HandshakeMessage(type: .client_hello, body: message.body).records(version: .tls10, fragmentSize: 64)
    }
    if let hello = try? ServerHello(message) {
        check(hello.handshakeMessage() == message, "a ServerHello is written otherwise than it was read")
        check(JA3S(hello).hash.utf8.count == 32, "JA3S is an MD5")
        check(JARM.fingerprint(of: [.serverHello(hello)]).utf8.count == 62, "JARM")
    }
}

private func read(_ element: Extension, in context: ExtensionContext) {
    guard let payload = try? element.decode(in: context) else { return }
    var writer = ByteWriter()
    payload.encode(into: &writer)
    check(writer.bytes == element.data, "\(element.type) is written otherwise than it was read")
}

private func readSSL2(_ bytes: [UInt8]) {
    _ = SSL2Record.totalLength(of: bytes)
    var reader = ByteReader(bytes)
    guard let record = try? SSL2Record(parsing: &reader) else { return }
    check(
        record.bytes == Array(bytes.dropLast(reader.remaining)),
        "an SSL 2.0 record is written otherwise than it was read"
    )
    if let hello = try? SSL2ClientHello(record) {
        check(hello.record().payload == record.payload, "an SSL 2.0 hello is written otherwise than it was read")
        _ = (hello.cipherSuites, hello.random)
    }
    _ = try? SSL2ServerHello(record)
    _ = try? SSL2Error(record)
}

/// Like `precondition`, which says nothing in a release build.
private func check(_ holds: Bool, _ message: @autoclosure () -> String) {
    if !holds { fatalError(message()) }
}
