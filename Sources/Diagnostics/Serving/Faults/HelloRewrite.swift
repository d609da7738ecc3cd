import TLSParameters
import TLSWire

/// Reads the client's hello off the front of what it sends; nothing more, and nothing larger than a hello may be.
struct HelloCapture {
    /// The hello; nil before it is there, and for one that can't be read.
    private(set) var hello: ClientHello?
    private var parser = RecordParser()
    private var assembler = HandshakeAssembler(maximumMessageSize: 1 << 17)
    private var isOver = false
    private var taken = 0

    mutating func take(_ bytes: [UInt8]) {
        guard !isOver else { return }
        taken += bytes.count
        parser.append(bytes)
        do throws(WireError) {
            while let record = try parser.next() {
                guard record.type == .handshake else { continue }
                assembler.append(record.fragment)
                if let message = try assembler.next() {
                    hello = try? ClientHello(message)
                    return stop()
                }
            }
        } catch {
            return stop()
        }
        if taken > 1 << 18 { stop() }
    }

    private mutating func stop() {
        isOver = true
        parser = RecordParser()
        assembler = HandshakeAssembler()
    }
}

/// Puts a choice into the ServerHello that the client did not offer.
struct HelloRewrite {
    private let version: Bool
    private let suite: Bool
    /// What was changed, in words; nil as long as nothing was.
    private(set) var change: String?

    /// A rewriting of the version, or of the suite.
    init(version: Bool, suite: Bool) {
        self.version = version
        self.suite = suite
    }

    /// A record, with another choice in it if it holds the ServerHello. A HelloRetryRequest stays as it is.
    mutating func apply(to record: [UInt8], client: ClientHello?) -> [UInt8] {
        guard change == nil else { return record }
        var reader = ByteReader(record)
        guard var plain = try? TLSRecord(parsing: &reader), plain.type == .handshake else { return record }
        var fragment = ByteReader(plain.fragment)
        guard let message = try? HandshakeMessage(parsing: &fragment), message.type == .server_hello,
            var hello = try? ServerHello(message), !hello.isHelloRetryRequest
        else { return record }
        let rest = plain.fragment.dropFirst(message.bytes.count)
        if version { setVersion(&hello, client) }
        if suite { setSuite(&hello, client) }
        plain.fragment = hello.handshakeMessage().bytes + rest
        return plain.bytes
    }

    private mutating func setVersion(_ hello: inout ServerHello, _ client: ClientHello?) {
        let before = hello.selectedVersion
        let known: [ProtocolVersion] = [.tls13, .tls12, .tls11, .tls10, .ssl3]
        var after = ProtocolVersion.ssl3
        if (try? client?.extensions?.decode(SupportedVersions.self)) != nil {
            let offered = client?.supportedVersions ?? []
            after = known.first { !offered.contains($0) } ?? .ssl3
        } else if let highest = client?.legacyVersion {
            // Without the list everything below the highest one counts as offered (RFC 5246 appendix E.1).
            after = known.last { $0 > highest } ?? .tls13
        }
        let selected = Extension(SelectedVersion(version: after))
        if let index = hello.extensions?.firstIndex(where: { $0.type == .supported_versions }) {
            hello.extensions?[index] = selected
        } else {
            hello.legacyVersion = after
        }
        change = "ServerHello changed from \(before.name) to \(after.name), which was not offered"
    }

    private mutating func setSuite(_ hello: inout ServerHello, _ client: ClientHello?) {
        let before = hello.cipherSuite
        let modern: [CipherSuite] = [0x1305, 0x1304, 0x1303, 0x1302, 0x1301].map(CipherSuite.init(rawValue:))
        let older: [CipherSuite] = [0x0004, 0x0005, 0x000A, 0x0007, 0x0096].map(CipherSuite.init(rawValue:))
        let offered = client?.cipherSuites ?? []
        let candidates = hello.selectedVersion == .tls13 ? modern : older
        guard let after = candidates.first(where: { !offered.contains($0) && $0 != before }) else { return }
        hello.cipherSuite = after
        change = "ServerHello changed from \(before.name) to \(after.name), which was not offered"
    }
}
