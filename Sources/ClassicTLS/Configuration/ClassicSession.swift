package import TLSParameters
import TLSWire

/// A session of SSL 2.0 to TLS 1.2: the secrets and parameters that let a later connection resume it.
package struct ClassicSession: Hashable, Sendable {
    /// The version it belongs to.
    package var version: ProtocolVersion
    /// The suite; in SSL 2.0 the cipher kind, whose code point has three bytes.
    package var suite: UInt32
    /// The id by which the server remembers it; empty with a ticket only.
    package var id: [UInt8]
    /// The master secret (SSL 2.0: the master key).
    package var masterSecret: [UInt8]
    /// Whether the master secret is bound to its handshake (RFC 7627).
    package var hasExtendedMasterSecret = false
    /// The IV that a client of SSL 2.0 chose (KEY-ARG); empty otherwise.
    package var keyArgument: [UInt8] = []
    /// The ticket (RFC 5077); empty without one.
    package var ticket: [UInt8] = []
    /// The server's hint for the ticket's life, in seconds.
    package var lifetimeHint: UInt32 = 0
    /// When it was made, in seconds since 1970.
    package var created: Int64
    /// How long it is good for, in seconds.
    package var timeout: Int
    /// The name that the client asked for; nil without SNI.
    package var serverName: [UInt8]?
    /// The application protocol it was made with; empty without ALPN.
    package var applicationProtocol: [UInt8] = []
    /// The peer's chain (DER), leaf first; a resumed handshake shows none.
    package var peerChain: [[UInt8]] = []

    /// A session from what every one has.
    package init(
        version: ProtocolVersion,
        suite: UInt32,
        id: [UInt8],
        masterSecret: [UInt8],
        created: Int64,
        timeout: Int
    ) {
        self.version = version
        self.suite = suite
        self.id = id
        self.masterSecret = masterSecret
        self.created = created
        self.timeout = timeout
    }

    /// The suite of SSL 3.0 to TLS 1.2; nil of a session of SSL 2.0.
    package var cipherSuite: CipherSuite? {
        version == .ssl2 ? nil : CipherSuite(rawValue: UInt16(truncatingIfNeeded: suite))
    }

    /// Whether it is still good at a moment.
    package func isAlive(at now: Int64) -> Bool {
        now >= created - 60 && now - created <= Int64(timeout)
    }
}

extension ClassicSession {
    /// What a serialised session begins with: not ASN.1, so that nobody takes it for one of libssl's.
    private static let magic = Array("sechan classic session 1\n".utf8)

    /// The session as bytes, secrets included: keep them as one keeps a key.
    package var serialised: [UInt8] {
        var writer = ByteWriter()
        writer.writeBytes(Self.magic)
        writer.writeUInt16(version.rawValue)
        writer.writeUInt32(suite)
        writer.writeOpaque(.one, id)
        writer.writeOpaque(.one, masterSecret)
        writer.writeUInt8(hasExtendedMasterSecret ? 1 : 0)
        writer.writeOpaque(.one, keyArgument)
        writer.writeOpaque(.two, ticket)
        writer.writeUInt32(lifetimeHint)
        writer.writeUInt32(UInt32(clamping: created))
        writer.writeUInt32(UInt32(clamping: timeout))
        writer.writeOpaque(.two, serverName ?? [])
        writer.writeOpaque(.one, applicationProtocol)
        writer.writeVector(.three) { writer in
            for certificate in peerChain { writer.writeOpaque(.three, certificate) }
        }
        return writer.bytes
    }

    /// Reads what ``serialised`` wrote; nil for anything else.
    package init?(serialised bytes: [UInt8]) {
        guard bytes.starts(with: Self.magic) else { return nil }
        var reader = ByteReader(Array(bytes.dropFirst(Self.magic.count)))
        do throws(WireError) {
            let field = "ClassicSession"
            self.init(
                version: ProtocolVersion(rawValue: try reader.readUInt16(field)),
                suite: try reader.readUInt32(field),
                id: try reader.readOpaque(.one, field),
                masterSecret: try reader.readOpaque(.one, field),
                created: 0,
                timeout: 0
            )
            hasExtendedMasterSecret = try reader.readUInt8(field) == 1
            keyArgument = try reader.readOpaque(.one, field)
            ticket = try reader.readOpaque(.two, field)
            lifetimeHint = try reader.readUInt32(field)
            created = Int64(try reader.readUInt32(field))
            timeout = Int(try reader.readUInt32(field))
            let name = try reader.readOpaque(.two, field)
            serverName = name.isEmpty ? nil : name
            applicationProtocol = try reader.readOpaque(.one, field)
            var chain = try reader.readVector(.three, field)
            while !chain.isEmpty { peerChain.append(try chain.readOpaque(.three, field)) }
            try reader.finish(field)
        } catch {
            return nil
        }
    }
}
