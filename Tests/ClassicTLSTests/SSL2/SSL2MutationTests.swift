import LibSSL
import TLSParameters
import TLSWire
import Testing

@testable import ClassicTLS

/// Handshakes of which one record arrives changed, and recorded ones that are played to an end that never saw them.
@Suite struct SSL2MutationTests {
    private static let kinds: [SSL2CipherKind] = .ofTheEngine

    private func pair(
        _ kind: SSL2CipherKind,
        session: ClassicSession?,
        _ sessions: ClassicSessionCache
    ) throws -> SSL2Pair {
        var clientSide = try SSL2Pair.configuration(.client, [kind])
        clientSide.identities = [try TestIdentity.client()]
        var serverSide = try SSL2Pair.configuration(.server, Self.kinds)
        serverSide.sessions = sessions
        serverSide.clientAuthentication = .request
        return try SSL2Pair(clientSide, serverSide, session: session)
    }

    /// Changes a record, its header included, or what stands in it, with the header made right again.
    private func mutate(_ record: [UInt8], _ random: inout SplitMix) -> [[UInt8]] {
        let headerCount = record[0] & 0x80 == 0 ? 3 : 2
        var bytes = record
        let isFramed = Bool.random(using: &random)
        if isFramed { bytes.removeFirst(headerCount) }
        random.mutate(&bytes)
        guard isFramed else { return [bytes] }
        let padding = headerCount == 3 ? UInt8(min(Int(record[2]), bytes.count)) : nil
        return [SSL2Record(data: bytes, padding: padding).bytes]
    }

    @Test func changedRecordsEndWellOrBadly() throws {
        var random = SplitMix(state: 1_995)
        let sessions = ClassicSessionCache()
        var known: [SSL2CipherKind: ClassicSession] = [:]
        for kind in Self.kinds {
            let pair = try pair(kind, session: nil, sessions)
            #expect(pair.handshake() == (.done, .done))
            known[kind] = pair.client.session
        }
        var failures = 0
        for round in 0..<1_500 {
            let kind = Self.kinds[round % Self.kinds.count]
            let pair = try pair(kind, session: round % 2 == 0 ? known[kind] : nil, sessions)
            let target = Int.random(in: 0..<8, using: &random)
            var isChanged = false
            var isProtected = false
            // Which end got a record twice.
            var copiedToServer: Bool?
            var generator = random
            pair.onTheWay = { index, fromClient, record in
                guard index == target else { return [record] }
                let arriving: [[UInt8]]
                switch Int.random(in: 0..<8, using: &generator) {
                case 0: arriving = []
                case 1:
                    copiedToServer = fromClient
                    arriving = [record, record]
                default: arriving = self.mutate(record, &generator)
                }
                isChanged = arriving != [record]
                isProtected = fromClient ? pair.server.records.isOpening : pair.client.records.isOpening
                return arriving
            }
            let outcome = pair.handshake()
            _ = random.next()
            let isDone = outcome == (.done, .done)
            if !isDone { failures += 1 }
            if !isChanged { #expect(isDone) }
            if isDone, let copiedToServer {
                // The message that ends the handshake leaves its copy to be read as data, in a place that it doesn't fit.
                #expect(pair.transfer([1], toServer: copiedToServer).outcome.error != nil)
            } else if isChanged, isProtected {
                // Nothing but the hellos and the key can be changed unnoticed: SSL 2.0 protects none of them.
                #expect(!isDone)
            }
            #expect(pair.flight.count < 20 && pair.flight.reduce(0) { $0 + $1.bytes.count } < 8_192)
            #expect(pair.clientEvents.count < 64 && pair.serverEvents.count < 64)
        }
        #expect(failures > 750)
    }

    @Test func recordedFlightsAreOfNoUse() throws {
        var random = SplitMix(state: 2_000)
        let sessions = ClassicSessionCache()
        var flights: [[(fromClient: Bool, bytes: [UInt8])]] = []
        for kind in Self.kinds {
            let pair = try pair(kind, session: nil, sessions)
            pair.handshake()
            _ = pair.transfer(counting(200), toServer: true)
            _ = pair.transfer(counting(200), toServer: false)
            flights.append(pair.flight)
        }
        for round in 0..<2_000 {
            let kind = Self.kinds[round % Self.kinds.count]
            let pair = try pair(kind, session: nil, sessions)
            let isClient = round % 2 == 0
            let end = isClient ? pair.client : pair.server
            var records = flights[round % flights.count].filter { $0.fromClient != isClient }.map(\.bytes)
            if round >= 100 {
                let index = Int.random(in: 0..<records.count, using: &random)
                records.replaceSubrange(index...index, with: mutate(records[index], &random))
            }
            var plaintext: [UInt8] = []
            var outcome = end.handshake()
            var written = 0
            for record in records {
                end.feed(record)
                outcome = end.handshake()
                _ = end.read(into: &plaintext)
                written += end.takeOutput().count
            }
            #expect(outcome != .done && !end.isEstablished && plaintext.isEmpty)
            #expect(written < 4_096)
        }
    }

    @Test func dataThatIsChangedIsNotRead() throws {
        var random = SplitMix(state: 3_000)
        for round in 0..<400 {
            let pair = try pair(Self.kinds[round % Self.kinds.count], session: nil, ClassicSessionCache())
            pair.handshake()
            let data = counting(Int.random(in: 1...300, using: &random))
            var isSame = false
            var arrivingCount = 0
            var generator = random
            pair.onTheWay = { _, _, record in
                let arriving = self.mutate(record, &generator)
                isSame = arriving == [record]
                arrivingCount = arriving[0].count
                return arriving
            }
            let arrived = pair.transfer(data, toServer: round % 2 == 0)
            _ = random.next()
            guard !isSame else { continue }
            // The count of padding is not protected, so a few bytes may come or go at the end of a block; nothing else may.
            if arrived.outcome.error == nil {
                let shorter = min(arrived.data.count, data.count)
                #expect(arrived.data.prefix(shorter) == data.prefix(shorter))
                #expect(abs(arrived.data.count - data.count) < 8 && arrivingCount > 16)
            } else {
                #expect(arrived.data.isEmpty)
            }
        }
    }
}
