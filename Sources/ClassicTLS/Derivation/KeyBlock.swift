package import LibSSL
package import TLSParameters

/// What one direction of a connection is protected with.
package struct DirectionKeys: Hashable, Sendable {
    /// The secret of the MAC; empty with GCM.
    package var mac: [UInt8]
    /// The cipher's key.
    package var key: [UInt8]
    /// The first IV of CBC up to TLS 1.0, the implicit part of the nonce of GCM; meaningless otherwise.
    package var iv: [UInt8]
}

/// The keys of both directions (RFC 6101 section 6.2.2, RFC 2246 section 6.3, RFC 5246 section 6.3).
package struct KeyBlock: Hashable, Sendable {
    /// What the client sends is protected with these.
    package var client: DirectionKeys
    /// What the server sends is protected with these.
    package var server: DirectionKeys

    /// Derives the keys of a session for one connection.
    package init(
        version: ProtocolVersion,
        function: PseudorandomFunction,
        spec: CipherSpec,
        masterSecret: [UInt8],
        clientRandom: [UInt8],
        serverRandom: [UInt8]
    ) throws(LibraryError) {
        let macCount = spec.mac?.byteCount ?? 0
        let seed = serverRandom + clientRandom
        let count = 2 * (macCount + spec.keyMaterial + spec.ivCount)
        var block =
            version > .ssl3
            ? try function.output(secret: masterSecret, label: "key expansion", seed: seed, count: count)[...]
            : try SSL3Derivation.expand(secret: masterSecret, seed: seed, count: count)[...]
        func take(_ count: Int) -> [UInt8] {
            defer { block = block.dropFirst(count) }
            return Array(block.prefix(count))
        }
        let macs = (take(macCount), take(macCount))
        let keys = (take(spec.keyMaterial), take(spec.keyMaterial))
        let ivs = (take(spec.ivCount), take(spec.ivCount))
        client = DirectionKeys(mac: macs.0, key: keys.0, iv: ivs.0)
        server = DirectionKeys(mac: macs.1, key: keys.1, iv: ivs.1)
        guard spec.isExport else { return }
        if version > .ssl3 {
            try expandForExport(function, spec, clientRandom + serverRandom)
        } else {
            try expandForExport(spec, clientRandom, serverRandom)
        }
    }

    /// RFC 2246 section 6.3.1.
    private mutating func expandForExport(
        _ function: PseudorandomFunction,
        _ spec: CipherSpec,
        _ seed: [UInt8]
    ) throws(LibraryError) {
        client.key = try function.output(
            secret: client.key,
            label: "client write key",
            seed: seed,
            count: spec.keyCount
        )
        server.key = try function.output(
            secret: server.key,
            label: "server write key",
            seed: seed,
            count: spec.keyCount
        )
        let ivs = try function.output(secret: [], label: "IV block", seed: seed, count: 2 * spec.ivCount)
        client.iv = Array(ivs.prefix(spec.ivCount))
        server.iv = Array(ivs.suffix(spec.ivCount))
    }

    /// RFC 6101 section 6.2.2.1.
    private mutating func expandForExport(
        _ spec: CipherSpec,
        _ clientRandom: [UInt8],
        _ serverRandom: [UInt8]
    ) throws(LibraryError) {
        let md5 = HashFunction.md5
        client.key = Array(try md5.hash(client.key, clientRandom, serverRandom).prefix(spec.keyCount))
        server.key = Array(try md5.hash(server.key, serverRandom, clientRandom).prefix(spec.keyCount))
        client.iv = Array(try md5.hash(clientRandom, serverRandom).prefix(spec.ivCount))
        server.iv = Array(try md5.hash(serverRandom, clientRandom).prefix(spec.ivCount))
    }
}
