import Certificates
import SecureChannel
import TLSParameters
import Testing

/// Every way to open a session, with every change on it and every end, whole and one byte at a time: what each leg's status is,
/// what each end knows, and that data gets through as long as it should.
@Suite("The matrix of openings, changes and ends")
struct LifecycleMatrixTests {
    /// One test for two engines, a version, an opening and a way to deliver; the changes and ends are too many for tests of
    /// their own.
    static let cases: [Lifecycle] = Lifecycle.Engines.allCases.flatMap { engines in
        engines.versions.flatMap { version in
            Lifecycle.openings(version, engines).flatMap { opening in
                [Int.max, 1].map { chunk in
                    Lifecycle(
                        engines: engines,
                        version: version,
                        opening: opening,
                        change: .none,
                        closing: .clientFirst,
                        chunk: chunk
                    )
                }
            }
        }
    }

    @Test(arguments: cases)
    func lifecycle(_ first: Lifecycle) throws {
        var cycle = first
        for change in Lifecycle.changes(cycle.version) {
            cycle.change = change
            let ends = try LifecycleEnds(cycle)
            for closing in cycle.closings {
                cycle.closing = closing
                let link = try ends.link(chunk: cycle.chunk)
                try open(link, cycle)
                try self.change(link, cycle)
                guard !cycle.breaks else {
                    broken(link, cycle)
                    break
                }
                try close(link, cycle)
            }
        }
    }

    // MARK: Opening

    private func open(_ link: Link, _ cycle: Lifecycle) throws {
        #expect(link.isEstablished, "\(cycle)")
        let (client, server) = Expected.opening(cycle.version, cycle.opening)
        #expect(link.client.legs() == client, "\(cycle)")
        #expect(link.server.legs() == server, "\(cycle)")
        if cycle.opening == .earlyData {
            var nothing: [UInt8] = []
            let early = link.server.plaintext + link.server.context.unprotect(&nothing).plaintext
            #expect(early == LifecycleEnds.earlyData, "\(cycle)")
            #expect(link.client.context.attributes.session.earlyData?.status == .accepted, "\(cycle)")
        }
        #expect(try link.echo(), "\(cycle)")
        for end in [link.client, link.server] {
            let session = end.context.attributes.session
            #expect(session.resumed == (cycle.opening != .full), "\(cycle)")
            let mechanism: ResumptionMechanism? =
                switch cycle.opening {
                case .full: nil
                case .sessionID: .sessionID
                case .ticket: .ticket
                case .psk, .earlyData: .psk
                }
            #expect(session.mechanism == mechanism, "\(cycle)")
        }
    }

    // MARK: Changes

    private func change(_ link: Link, _ cycle: Lifecycle) throws {
        let (client, server) = (link.client, link.server)
        let starts = (client.context.legs.count, server.context.legs.count)
        client.signals = []
        server.signals = []
        switch cycle.change {
        case .none: return
        case .renegotiationByTheClient, .refusedByTheServer:
            client.outbox += try client.context.renegotiate(.full)
        case .abbreviatedByTheClient: client.outbox += try client.context.renegotiate(.abbreviated)
        case .renegotiationByTheServer, .refusedByTheClient:
            server.outbox += try server.context.renegotiate(.full)
        case .certificateByRenegotiation, .postHandshakeAuthentication, .postHandshakeAuthenticationWithoutCertificate:
            server.outbox += try server.context.requestClientCertificate(required: false)
        case .keyUpdate: client.outbox += try client.context.updateKeys(requestPeer: false)
        case .keyUpdateRequested: client.outbox += try client.context.updateKeys(requestPeer: true)
        case .keyUpdateByTheServer: server.outbox += try server.context.updateKeys(requestPeer: false)
        }
        link.run()
        let (clientLegs, serverLegs) = Expected.change(cycle)
        #expect(client.legs(from: starts.0) == clientLegs, "\(cycle)")
        #expect(server.legs(from: starts.1) == serverLegs, "\(cycle)")
        let (clientSignals, serverSignals) = Expected.signals(cycle)
        #expect(client.signals == clientSignals, "\(cycle)")
        #expect(server.signals == serverSignals, "\(cycle)")
        guard !cycle.breaks else { return }
        #expect(try link.echo("after the change"), "\(cycle)")
        switch cycle.change {
        case .certificateByRenegotiation, .postHandshakeAuthentication:
            let shown = server.context.attributes.peer.chain.first?.bytes
            #expect(shown == LifecycleEnds.identity(cycle.version).certificate.der, "\(cycle)")
        case .keyUpdate, .keyUpdateRequested, .keyUpdateByTheServer: updates(client, cycle)
        default: break
        }
    }

    private func updates(_ client: End, _ cycle: Lifecycle) {
        let updates = client.context.attributes.security
        #expect(updates.keyUpdatesSent == (cycle.change == .keyUpdate || cycle.change == .keyUpdateRequested ? 1 : 0))
        let answered = cycle.change == .keyUpdateRequested || cycle.change == .keyUpdateByTheServer
        #expect(updates.keyUpdatesReceived == (answered ? 1 : 0), "\(cycle)")
    }

    /// After a refusal there is nothing left to close.
    private func broken(_ link: Link, _ cycle: Lifecycle) {
        let (refused, refusing) =
            cycle.change == .refusedByTheServer ? (link.client, link.server) : (link.server, link.client)
        #expect(refused.failure != nil, "\(cycle)")
        let alert: AlertDescription = cycle.version == .ssl3 ? .handshake_failure : .no_renegotiation
        #expect(refused.context.attributes.close.alertsReceived.map(\.description) == [alert], "\(cycle)")
        #expect(refusing.context.attributes.close.alertsSent.map(\.description) == [alert], "\(cycle)")
        #expect(refused.context.shutDown().isEmpty, "\(cycle)")
        #expect(refused.context.transportEnded() == .afterFailure, "\(cycle)")
    }

    // MARK: Ends

    private func close(_ link: Link, _ cycle: Lifecycle) throws {
        let (client, server) = (link.client, link.server)
        let starts = (client.context.legs.count, server.context.legs.count)
        var endings: (TransportEnding, TransportEnding) = (.clean, .clean)
        client.plaintext = []
        switch cycle.closing {
        case .clientFirst: close(link, client, server)
        case .serverFirst: close(link, server, client)
        case .atTheSameTime:
            client.outbox += client.context.shutDown()
            server.outbox += server.context.shutDown()
            link.run()
        case .onlyTheClient:
            client.outbox += client.context.shutDown()
            link.run()
            endings.0 = .truncated
        case .onlyTheServer:
            server.outbox += server.context.shutDown()
            link.run()
            endings.1 = .truncated
        case .lateData:
            client.outbox += client.context.shutDown()
            link.run()
            try server.send(Array("late".utf8))
            link.run()
            #expect(client.plaintext == Array("late".utf8), "\(cycle)")
            #expect(client.context.attributes.close.lateBytes == 4, "\(cycle)")
            server.outbox += server.context.shutDown()
            link.run()
        case .dataBehindCloseNotify:
            client.outbox += client.context.shutDown()
            link.run()
            server.outbox += server.context.shutDown() + [1, 2, 3]
            link.run()
            #expect(client.inbox == [1, 2, 3], "\(cycle): what is behind close_notify is nobody's")
        case .cutOffByTheServer, .cutOffByTheClient: endings = (.truncated, .truncated)
        }
        let (clientLegs, serverLegs) = Expected.closing(cycle.closing)
        #expect(client.legs(from: starts.0) == clientLegs, "\(cycle)")
        #expect(server.legs(from: starts.1) == serverLegs, "\(cycle)")
        // Whose end comes first makes no difference to what either knows.
        let order = cycle.closing == .cutOffByTheClient ? [server, client] : [client, server]
        for end in order {
            let expected = end === client ? endings.0 : endings.1
            #expect(end.context.transportEnded() == expected, "\(cycle)")
            #expect(end.context.attributes.failure == nil, "\(cycle): how a channel ends is no failure")
            let close = end.context.attributes.close
            #expect(close.closeNotifyReceived == (expected == .clean), "\(cycle)")
            #expect(end.context.shutDown().isEmpty, "\(cycle): there is nothing to close any more")
        }
        let first = Expected.first(cycle.closing)
        #expect(client.context.attributes.close.first == first.0, "\(cycle)")
        #expect(server.context.attributes.close.first == first.1, "\(cycle)")
    }

    private func close(_ link: Link, _ first: End, _ second: End) {
        first.outbox += first.context.shutDown()
        link.run()
        second.outbox += second.context.shutDown()
        link.run()
    }
}

/// What the legs have to say, seen from both ends (client, server).
private enum Expected {
    typealias Legs = (client: [String], server: [String])

    static func opening(_ version: ProtocolVersion, _ opening: Lifecycle.Opening) -> Legs {
        switch (version, opening) {
        case (.tls13, _):
            // The client is done with its Finished; the tickets come after it, and are a reason of their own.
            (
                [">continue-needed", "<established", ">established", "<renegotiate"],
                ["<continue-needed", ">continue-needed", "<established", ">established"]
            )
        case (_, .full):
            (
                [">continue-needed", "<continue-needed", ">continue-needed", "<established"],
                ["<continue-needed", ">continue-needed", "<established", ">established"]
            )
        default:
            // Abbreviated: the server's Finished comes first.
            (
                [">continue-needed", "<established", ">established"],
                ["<continue-needed", ">continue-needed", "<established"]
            )
        }
    }

    static func change(_ cycle: Lifecycle) -> Legs {
        switch cycle.change {
        case .none: ([], [])
        // The server's flight says nothing new to a client that asked for it; the end does. Our servers make every
        // renegotiation full, so that they can ask for a certificate in it.
        case .renegotiationByTheClient, .abbreviatedByTheClient:
            (
                [">continue-needed", "<established", ">established", "<renegotiate"],
                ["<renegotiate", ">renegotiate", "<renegotiate", ">renegotiate"]
            )
        case .renegotiationByTheServer, .certificateByRenegotiation:
            (
                ["<renegotiate", ">renegotiate", "<established", ">established", "<renegotiate"],
                [">continue-needed", "<renegotiate", ">renegotiate", "<renegotiate", ">renegotiate"]
            )
        case .refusedByTheServer where !cycle.breaks:
            ([">continue-needed", "<renegotiate"], ["<renegotiate", ">renegotiate"])
        case .refusedByTheClient where !cycle.breaks:
            (["<renegotiate", ">renegotiate"], [">continue-needed", "<renegotiate"])
        case .refusedByTheServer where cycle.version == .ssl3:
            ([">continue-needed", "<failed"], ["<failed", ">failed"])
        case .refusedByTheClient where cycle.version == .ssl3:
            (["<failed", ">failed"], [">continue-needed", "<failed"])
        // libssl takes the alert for the end, and says so to the other.
        case .refusedByTheServer:
            ([">continue-needed", "<failed", ">failed"], ["<renegotiate", ">renegotiate", "<failed"])
        case .refusedByTheClient:
            (["<renegotiate", ">renegotiate", "<failed"], [">continue-needed", "<failed", ">failed"])
        // The answer to a request waits for data.
        case .keyUpdate, .keyUpdateRequested: ([">continue-needed"], ["<renegotiate"])
        case .keyUpdateByTheServer: (["<renegotiate"], [">continue-needed"])
        case .postHandshakeAuthentication:
            (["<renegotiate", ">renegotiate", "<renegotiate"], [">continue-needed"] + judged(cycle))
        case .postHandshakeAuthenticationWithoutCertificate:
            (["<incomplete-credentials", ">established", "<renegotiate"], [">continue-needed"] + judged(cycle))
        }
    }

    /// How a server takes the client's answer: in pieces, the last of them is the Finished, which is no signal.
    private static func judged(_ cycle: Lifecycle) -> [String] {
        cycle.chunk == .max ? ["<renegotiate", ">renegotiate"] : ["<established", ">established"]
    }

    static func signals(_ cycle: Lifecycle) -> (client: [RenegotiationSignal], server: [RenegotiationSignal]) {
        switch cycle.change {
        case .none: return ([], [])
        case .renegotiationByTheClient, .abbreviatedByTheClient: return ([.completed], [.clientHello, .completed])
        case .renegotiationByTheServer, .certificateByRenegotiation:
            return ([.helloRequest, .completed], [.clientHello, .completed])
        case .refusedByTheServer: return (cycle.breaks ? [] : [.refused], [.clientHello])
        case .refusedByTheClient: return ([.helloRequest], cycle.breaks ? [] : [.refused])
        case .keyUpdate, .keyUpdateRequested: return ([], [.keyUpdate])
        case .keyUpdateByTheServer: return ([.keyUpdate], [])
        case .postHandshakeAuthentication, .postHandshakeAuthenticationWithoutCertificate:
            // A session that was resumed gets one new ticket, another two.
            let tickets = [RenegotiationSignal](repeating: .newSessionTicket, count: cycle.opening == .full ? 2 : 1)
            return ([.certificateRequest] + tickets, [.certificate])
        }
    }

    static func closing(_ closing: Lifecycle.Closing) -> Legs {
        switch closing {
        case .clientFirst, .dataBehindCloseNotify:
            ([">context-expired", "<context-expired"], ["<context-expired", ">context-expired"])
        case .serverFirst: (["<context-expired", ">context-expired"], [">context-expired", "<context-expired"])
        case .atTheSameTime: ([">context-expired", "<context-expired"], [">context-expired", "<context-expired"])
        case .onlyTheClient: ([">context-expired"], ["<context-expired"])
        case .onlyTheServer: (["<context-expired"], [">context-expired"])
        case .lateData: ([">context-expired", "<context-expired"], ["<context-expired", ">context-expired"])
        case .cutOffByTheServer, .cutOffByTheClient: ([], [])
        }
    }

    /// Who sent close_notify first, as each end knows it.
    static func first(_ closing: Lifecycle.Closing) -> (client: Direction?, server: Direction?) {
        switch closing {
        case .clientFirst, .onlyTheClient, .lateData, .dataBehindCloseNotify: (.sent, .received)
        case .serverFirst, .onlyTheServer: (.received, .sent)
        case .atTheSameTime: (.sent, .sent)
        case .cutOffByTheServer, .cutOffByTheClient: (nil, nil)
        }
    }
}
