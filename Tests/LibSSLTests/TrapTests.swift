import LibSSL
import Testing

@Suite("Traps of libssl that the channel is built around")
struct TrapTests {
    /// Two ends of a standing anonymous TLS 1.2 channel.
    private struct Pair {
        let client: SSLHandle
        let server: SSLHandle

        init(suite: String = "AECDH-AES128-SHA", options: SSLOptions = []) throws {
            let contexts = try [EndpointRole.client, .server].map { role in
                let context = try SSLContextHandle(role: role)
                context.setSecurityLevel(0)
                try context.setProtocolRange(minimum: 0x0303, maximum: 0x0303)
                try context.setCipherList(suite)
                context.setAutomaticDH()
                context.setOptions(options)
                context.setSessionCaching(true)
                return context
            }
            client = try SSLHandle(context: contexts[0])
            server = try SSLHandle(context: contexts[1])
            for _ in 0..<10 where client.isInHandshake || server.isInHandshake {
                _ = client.handshake()
                deliverToServer()
                _ = server.handshake()
                deliverToClient()
            }
            try #require(!client.isInHandshake && !server.isInHandshake)
        }

        func deliverToServer() { server.input.write(client.output.readAll()[...]) }
        func deliverToClient() { client.input.write(server.output.readAll()[...]) }
    }

    @Test func twoConnectionsTalkThroughTheirQueues() throws {
        let pair = try Pair(suite: "ADH-AES128-GCM-SHA256")
        #expect(pair.client.currentCipher?.name == "ADH-AES128-GCM-SHA256")
        #expect(pair.client.peerEphemeralKey?.type == "DH")
        #expect(pair.client.takeEvents().contains(.handshakeDone))
        #expect(pair.client.write([1, 2, 3]) == .done)
        pair.deliverToServer()
        var plaintext: [UInt8] = []
        #expect(pair.server.read(into: &plaintext) == .done)
        #expect(pair.server.read(into: &plaintext) == .wantsRead)
        #expect(plaintext == [1, 2, 3])
    }

    @Test func x25519IsReportedAs253Bits() throws {
        let pair = try Pair()
        #expect(pair.client.negotiatedGroup?.name == "X25519")
        #expect(pair.client.peerEphemeralKey?.bits == 253, "why the attributes print the nominal 255")
    }

    @Test func anUnexpectedEndSpoilsTheSessionInMemoryButNotItsCopy() throws {
        let pair = try Pair()
        let session = try #require(pair.client.session)
        let copy = session.serialised
        #expect(session.isResumable)
        pair.client.input.setEndsWhenEmpty(true)
        var nothing: [UInt8] = []
        guard case .failed(let error) = pair.client.read(into: &nothing) else {
            Issue.record("an end without close_notify went unnoticed")
            return
        }
        #expect(error.has(sslReason: 294))
        #expect(!session.isResumable)
        #expect(try SSLSessionHandle(deserialising: copy).isResumable)
    }

    @Test func drivingARenegotiationByHandshakeFailsOnDataInFlight() throws {
        for byReading in [false, true] {
            let pair = try Pair(options: .allowClientRenegotiation)
            #expect(pair.server.write([1, 2, 3]) == .done)
            try pair.client.startRenegotiation(abbreviated: false)
            var plaintext: [UInt8] = []
            if byReading {
                pair.deliverToClient()
                #expect(pair.client.read(into: &plaintext) == .done)
                #expect(plaintext == [1, 2, 3])
            } else {
                #expect(pair.client.handshake() == .wantsRead)
                pair.deliverToClient()
                guard case .failed(let error) = pair.client.handshake() else {
                    Issue.record("the data was no obstacle")
                    continue
                }
                #expect(error.text.contains("unexpected record"))
            }
        }
    }

    @Test func aSecondShutdownWithUnreadDataFails() throws {
        let pair = try Pair()
        #expect(pair.server.write([1, 2, 3]) == .done)
        #expect(pair.client.shutdown() == .wantsRead)
        pair.deliverToClient()
        guard case .failed(let error) = pair.client.shutdown() else {
            Issue.record("the unread data was no obstacle")
            return
        }
        #expect(error.text.contains("application data after close notify"))
    }

    @Test func renegotiationAndKeyUpdateKnowTheirVersions() throws {
        let pair = try Pair()
        #expect(throws: LibraryError.self) { try pair.client.startKeyUpdate(requestPeer: false) }
        try pair.client.startRenegotiation(abbreviated: true)
    }
}
