import LibSSL
import TLSParameters
import TLSWire
import Testing

@testable import ClassicTLS

/// Handshakes of which one record arrives changed, and recorded flights that are played to an end that never saw them.
///
/// Whatever the change is: it never ends well at both ends, nothing is read, and little is said.
@Suite struct MutationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var version: ProtocolVersion
        var suite: CipherSuite
        var isResumed = false
        var testDescription: String { "\(version.name) \(suite.name)\(isResumed ? ", resumed" : "")" }
    }

    /// Suites whose handshakes cost little, of each kind of cipher; SSL 3.0 has no pre-shared keys.
    static let everywhere: [Case] =
        [
            Case(version: .tls10, suite: .TLS_PSK_WITH_AES_128_CBC_SHA),
            Case(version: .tls11, suite: .TLS_PSK_WITH_RC4_128_SHA),
            Case(version: .tls12, suite: .TLS_PSK_WITH_AES_128_GCM_SHA256),
            Case(version: .tls12, suite: .TLS_PSK_WITH_NULL_SHA),
        ]
        + [ProtocolVersion.ssl3, .tls10, .tls11, .tls12].map {
            Case(version: $0, suite: .TLS_RSA_WITH_AES_128_CBC_SHA, isResumed: true)
        }

    private func configurations(_ item: Case) -> (client: ClassicConfiguration, server: ClassicConfiguration) {
        ClassicConfiguration.pair(item.version, [item.suite])
    }

    private func session(
        _ item: Case,
        _ ends: (client: ClassicConfiguration, server: ClassicConfiguration)
    ) throws
        -> ClassicSession?
    {
        guard item.isResumed else { return nil }
        let link = try ClassicLink(ends.client, ends.server)
        _ = link.handshake()
        return try #require(link.client.standing?.session)
    }

    @Test(arguments: everywhere) func aByteChangedAnywhereIsNoticed(_ item: Case) throws {
        let ends = configurations(item)
        let session = try session(item, ends)
        func link() throws -> ClassicLink {
            // A session whose connection failed is forgotten; here it comes back.
            if let session { ends.server.sessions?.store(session) }
            return try ClassicLink(ends.client, ends.server, session: session)
        }
        var lengths: [Int] = []
        let whole = try link()
        whole.change = { _, record in
            lengths.append(record.count)
            return record
        }
        #expect(whole.handshake() == (.done, .done))
        #expect(whole.client.isResumed == item.isResumed)
        let firstOfTheServer = 1
        var random = SplitMix(state: 1_996)
        for (number, length) in lengths.enumerated() {
            for position in 0..<length {
                // Before a version is agreed on, a record may have any.
                if number <= firstOfTheServer, position == 1 || position == 2 { continue }
                let changed = try link()
                let difference = UInt8.random(in: 1...255, using: &random)
                changed.change = { count, record in
                    guard count == number else { return record }
                    var record = record
                    record[position] ^= difference
                    return record
                }
                let outcomes = changed.handshake()
                #expect(
                    outcomes != (.done, .done),
                    "record \(number), byte \(position) changed by \(difference)"
                )
                checkBounds(changed)
            }
        }
    }

    @Test func recordsChangedAtRandomAreNoticed() throws {
        var random = SplitMix(state: 2_246)
        let suites: [CipherSuite] = [
            .TLS_PSK_WITH_AES_128_CBC_SHA, .TLS_PSK_WITH_3DES_EDE_CBC_SHA, .TLS_PSK_WITH_RC4_128_SHA,
            .TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, .TLS_ECDH_anon_WITH_AES_128_CBC_SHA,
        ]
        var failures = 0
        for round in 0..<1_500 {
            let version = [ProtocolVersion.tls10, .tls11, .tls12][round % 3]
            let (client, server) = ClassicConfiguration.pair(version, [suites[round % suites.count]]) {
                client,
                server in
                client.identities = [ClassicFixtures.ecdsa]
                server.clientAuthentication = round % 2 == 0 ? .request : .none
            }
            let link = try ClassicLink(client, server)
            let target = Int.random(in: 0..<10, using: &random)
            var generator = random
            var isChanged = false
            link.change = { count, record in
                guard count == target else { return record }
                var fragment = Array(record.dropFirst(TLSRecord.headerLength))
                generator.mutate(&fragment)
                let arriving = TLSRecord(
                    type: ContentType(rawValue: record[0]),
                    version: version,
                    fragment: fragment
                ).bytes
                isChanged = fragment[...] != record.dropFirst(TLSRecord.headerLength)
                return arriving
            }
            let outcomes = link.handshake()
            _ = random.next()
            let isDone = outcomes == (.done, .done)
            #expect(isDone != isChanged, "round \(round), record \(target)")
            if !isDone { failures += 1 }
            checkBounds(link)
        }
        #expect(failures > 1_000)
    }

    private func checkBounds(_ link: ClassicLink) {
        for end in [link.client, link.server] {
            var data: [UInt8] = []
            _ = end.read(into: &data)
            #expect(data.isEmpty)
            #expect(end.takeOutput().count < 4_096)
        }
        #expect(link.clientEvents.count < 64 && link.serverEvents.count < 64)
    }

    // MARK: Recorded flights

    /// Each record that one end sent in a handshake with data, for the other.
    private func recorded(_ item: Case, by role: EndpointRole) throws -> [[UInt8]] {
        let ends = configurations(item)
        let link = try ClassicLink(ends.client, ends.server)
        var records: [[UInt8]] = []
        _ = link.client.handshake()
        for _ in 0..<4 {
            let toServer = link.client.takeOutput()
            let toClient = link.server.takeOutput()
            if role == .client { records += ClassicLink.records(toServer) }
            if role == .server { records += ClassicLink.records(toClient) }
            for record in ClassicLink.records(toServer) { link.server.feed(record) }
            for record in ClassicLink.records(toClient) { link.client.feed(record) }
            _ = (link.client.handshake(), link.server.handshake())
        }
        #expect(link.client.standing != nil && link.server.standing != nil)
        return records
    }

    static let flights: [Case] = [ProtocolVersion.ssl3, .tls10, .tls11, .tls12].map {
        Case(version: $0, suite: .TLS_RSA_WITH_AES_128_CBC_SHA)
    }

    @Test(arguments: flights, [EndpointRole.client, .server])
    func recordedFlightsAreOfNoUse(_ item: Case, _ sender: EndpointRole) throws {
        let flight = try recorded(item, by: sender)
        let ends = configurations(item)
        let configuration = sender == .client ? ends.server : ends.client
        var random = SplitMix(state: 5_246)
        for round in 0..<250 {
            var records = flight
            if round > 0 {
                let index = Int.random(in: 0..<records.count, using: &random)
                if round % 3 == 0 {
                    random.mutate(&records[index])
                } else {
                    var fragment = Array(records[index].dropFirst(TLSRecord.headerLength))
                    random.mutate(&fragment)
                    records[index] = ContentType(rawValue: records[index][0]).record(fragment, item.version)
                }
            }
            let end = try LoneEnd(configuration)
            let outcome = end.take(records)
            #expect(outcome != .done && outcome != .wantsVerdict && end.connection.standing == nil)
            #expect(end.read().data.isEmpty)
            #expect(end.sent.count < 8_192 && end.events.count < 64)
        }
    }
}

private func == (
    _ one: (client: ClassicOutcome, server: ClassicOutcome),
    _ other: (ClassicOutcome, ClassicOutcome)
) -> Bool {
    one.client == other.0 && one.server == other.1
}

private func != (
    _ one: (client: ClassicOutcome, server: ClassicOutcome),
    _ other: (ClassicOutcome, ClassicOutcome)
) -> Bool {
    !(one == other)
}
