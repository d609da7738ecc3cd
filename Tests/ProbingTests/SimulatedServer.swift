import Probing
import TLSParameters
import TLSWire

/// A server as a pure function: the bytes of a hello in, what a prober would observe out.
struct SimulatedServer: Sendable {
    enum Refusal: CaseIterable, Sendable {
        case alert
        case close
        case reset
        case silence
        case http

        var observation: Observation {
            switch self {
            case .alert: .alert(Alert(level: .fatal, description: .handshake_failure))
            case .close: .closed
            case .reset: .reset
            case .silence: .timedOut
            case .http: .notTLS(prefix: Array("HTTP/1.1 400 Bad Request\r\n".utf8))
            }
        }
    }

    enum VersionRefusal: CaseIterable, Sendable {
        case protocolVersion
        case likeSuites
        /// Answers with the newest version below the one that was offered.
        case olderVersion
    }

    enum Order: CaseIterable, Sendable {
        case server
        case serverUnlessChaCha
        case client
    }

    /// What becomes of a hello in the SSL 2.0 format where neither SSL 2.0 nor PCT is spoken.
    enum OldFormatRefusal: CaseIterable, Sendable {
        case alert
        case error
        case tlsHello
        case close
        case silence
        case http
    }

    /// Kinds of SSL 2.0, in the server's order; nil where it isn't spoken.
    var kinds: [SSL2CipherKind]?
    var speaksPCT = false
    var oldFormatRefusal = OldFormatRefusal.alert
    /// Suites by version, in the server's order.
    var suites: [ProtocolVersion: [CipherSuite]] = [:]
    var order = Order.server
    var refusal = Refusal.alert
    var versionRefusal = VersionRefusal.protocolVersion
    /// A hello with more suites is refused as `intolerance` says.
    var suiteLimit = Int.max
    /// A longer hello is refused as `intolerance` says.
    var byteLimit = Int.max
    var intolerance = Refusal.alert
    var needsKeyShare = false
    /// RFC 7919 §4: DHE only if the client lists no group, for its own is another.
    var refusesListedFiniteFields = false
    /// Where one of these key exchanges would be chosen, the server breaks.
    var broken: [KeyExchange] = []
    var breakage = Observation.closed
    /// Chosen, whatever was offered.
    var unoffered: CipherSuite?
    /// Chosen again and again.
    var repeats = false
    var isNoisy = false

    /// What of a hello this server looks at.
    struct Offer {
        var version: ProtocolVersion
        /// Without those that only signal.
        var suites: [CipherSuite]
        var listsFiniteFields = false
        var share: NamedGroup?
    }

    func answer(_ bytes: [UInt8]) -> Observation {
        if let hello = Self.ssl2Hello(bytes) { return answer(hello.version, hello.cipherKinds) }
        guard let hello = Self.hello(bytes) else { return .alert(Alert(level: .fatal, description: .decode_error)) }
        if bytes.count > byteLimit { return intolerance.observation }
        return answer(
            Offer(
                version: hello.supportedVersions.first { $0 == .tls13 } ?? hello.legacyVersion,
                suites: hello.cipherSuites.filter { !$0.isSignaling },
                listsFiniteFields: hello.groups.contains(.ffdhe2048),
                share: hello.keyShareGroups?.first
            )
        )
    }

    func answer(_ offer: Offer) -> Observation {
        let (asked, offered) = (offer.version, offer.suites)
        if offered.count > suiteLimit { return intolerance.observation }
        guard let own = suites[asked] else { return refuse(asked, offered) }
        if asked == .tls13, needsKeyShare, offer.share == nil {
            return .alert(Alert(level: .fatal, description: .illegal_parameter))
        }
        if let unoffered { return choice(unoffered, asked, offer.share) }
        let known = Set(offered)
        if repeats, let first = own.first, !known.contains(first) { return choice(first, asked, offer.share) }
        let isStrict = refusesListedFiniteFields && offer.listsFiniteFields
        let shared = own.filter { known.contains($0) && !(isStrict && Self.isDHE($0)) }
        guard let picked = pick(shared, offered) else { return refusal.observation }
        if let exchange = picked.facts?.keyExchange, broken.contains(exchange) { return breakage }
        return choice(picked, asked, offer.share)
    }

    func answer(_ version: ProtocolVersion, _ offered: [SSL2CipherKind]) -> Observation {
        if version == .ssl2, let kinds {
            let shared = kinds.filter(offered.contains)
            return .ssl2ServerHello(
                SSL2ServerHello(certificate: [0x30, 0x02], cipherKinds: shared, connectionID: Self.random)
            )
        }
        if version.rawValue == 0x8001, speaksPCT { return .pctServerHello }
        switch oldFormatRefusal {
        case .alert: return .alert(Alert(level: .fatal, description: .protocol_version))
        case .error: return .ssl2Error(SSL2Error(errorCode: .no_cipher))
        case .tlsHello: return choice(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA, .tls10, nil)
        case .close: return .closed
        case .silence: return .timedOut
        case .http: return .notTLS(prefix: Array("HTTP/1.1 400 Bad Request\r\n".utf8))
        }
    }

    private func pick(_ shared: [CipherSuite], _ offered: [CipherSuite]) -> CipherSuite? {
        switch order {
        case .server: return shared.first
        case .client:
            let shared = Set(shared)
            return offered.first(where: shared.contains)
        case .serverUnlessChaCha:
            if let first = offered.first, Self.isChaCha(first), let chaCha = shared.first(where: Self.isChaCha) {
                return chaCha
            }
            return shared.first
        }
    }

    private func refuse(_ asked: ProtocolVersion, _ offered: [CipherSuite]) -> Observation {
        switch versionRefusal {
        case .protocolVersion: return .alert(Alert(level: .fatal, description: .protocol_version))
        case .likeSuites: return refusal.observation
        case .olderVersion:
            guard let older = suites.keys.filter({ $0 < asked }).max(),
                let picked = suites[older]?.first(where: offered.contains)
            else { return .alert(Alert(level: .fatal, description: .protocol_version)) }
            return .serverHello(
                ServerHello(legacyVersion: older, random: Self.random, cipherSuite: picked, extensions: nil),
                FlightParts()
            )
        }
    }

    private func choice(_ suite: CipherSuite, _ version: ProtocolVersion, _ share: NamedGroup?) -> Observation {
        guard version == .tls13 else {
            let exchange = Self.isDHE(suite) ? Self.dhe : nil
            return .serverHello(
                ServerHello(legacyVersion: version, random: Self.random, cipherSuite: suite, extensions: nil),
                FlightParts(keyExchange: exchange)
            )
        }
        let version = Extension(SelectedVersion(version: .tls13))
        if let share {
            let entry = KeyShareEntry(group: share, keyExchange: [1])
            return .serverHello(
                ServerHello(
                    legacyVersion: .tls12,
                    random: Self.random,
                    cipherSuite: suite,
                    extensions: [version, Extension(ServerKeyShare(entry: entry))]
                ),
                FlightParts()
            )
        }
        return .helloRetryRequest(
            ServerHello(
                legacyVersion: .tls12,
                random: ServerHello.helloRetryRequestRandom,
                cipherSuite: suite,
                extensions: [version, Extension(RetryKeyShare(group: .secp256r1))]
            )
        )
    }

    static let random = [UInt8](repeating: 7, count: 32)

    static let dhe = ServerKeyExchange(
        parameters: .dhe(DHParameters(p: [0x80] + [UInt8](repeating: 1, count: 127), g: [2], ys: [3]))
    )

    static func isDHE(_ suite: CipherSuite) -> Bool { dheSuites.contains(suite) }

    private static let dheSuites = Set(
        CipherSuite.registry.filter { $0.keyExchange == .dhe || $0.keyExchange == .dhePSK }.map(\.suite)
    )

    static func isChaCha(_ suite: CipherSuite) -> Bool { chaChaSuites.contains(suite) }

    private static let chaChaSuites = Set(
        CipherSuite.registry.filter { $0.name.uppercased().contains("CHACHA20") }.map(\.suite)
    )

    /// The versions with suites of their own.
    static let versions: [ProtocolVersion] = [.ssl3, .tls10, .tls11, .tls12, .tls13]

    /// Every suite that may appear in a version.
    static let possible: [ProtocolVersion: [CipherSuite]] = Dictionary(
        uniqueKeysWithValues: versions.map { version in
            (version, CipherSuite.registry.filter { $0.mayAppear(in: version) }.map(\.suite))
        }
    )

    /// A hello in the format of SSL 2.0.
    static func ssl2Hello(_ bytes: [UInt8]) -> SSL2ClientHello? {
        guard let first = bytes.first, first & 0x80 != 0, bytes.count > 2 else { return nil }
        let message = Array(bytes.dropFirst(2))
        guard message.first == SSL2MessageType.client_hello.rawValue else { return nil }
        var reader = ByteReader(Array(message.dropFirst()))
        return try? SSL2ClientHello(parsing: &reader)
    }

    /// The hello in one or more records.
    static func hello(_ bytes: [UInt8]) -> ClientHello? {
        var records = RecordParser()
        var messages = HandshakeAssembler()
        records.append(bytes)
        do {
            while let record = try records.next() { messages.append(record.fragment) }
            guard let message = try messages.next() else { return nil }
            return try ClientHello(message)
        } catch {
            return nil
        }
    }
}

/// A random source that gives the same numbers for the same seed.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x2545_F491_4F6C_DD1D &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
