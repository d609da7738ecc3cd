import Certificates
import SecureChannel
import TLSParameters

@testable import Diagnostics

/// A name, its certificate, and a client that trusts it: what most tests of operations start from.
struct World {
    static let name = "server.test"
    let files: TestFiles
    let identity: Identity
    /// A file with the server's certificate.
    let trust: String

    /// A server with a certificate for `names`.
    init(names: [String] = [Self.name]) throws {
        try self.init(Identity.selfSigned(names: names))
    }

    /// A server with this identity.
    init(_ identity: Identity) throws {
        files = try TestFiles()
        self.identity = identity
        trust = try files.write(identity.chainPEM)
    }

    /// One whose certificate has the name as its common name only, as none has had for twenty years; it expires in 2126.
    static func withoutAlternativeNames() throws -> World {
        try World(Identity(certificatePEM: Array(namelessPEM.utf8)))
    }

    private static let namelessPEM = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4aAquf4t7E5k/pOw
        ZA4a99FnnXoHR9yzjHdJlNLu96ShRANCAATgOMIKHNVCXgQ7IjX2sDWdtiMO+Oce
        If9K7GiM9QsjR/EM0qvseZTnrvwxQ1bTwelnmnztil5My9O10sknDlx2
        -----END PRIVATE KEY-----
        -----BEGIN CERTIFICATE-----
        MIIBgzCCASmgAwIBAgIUE7ua7uiCoa7d0BRVAdPZl7BB9ogwCgYIKoZIzj0EAwIw
        FjEUMBIGA1UEAwwLc2VydmVyLnRlc3QwIBcNMjYxMTIzMDAwMzU1WhgPMjEyNjEw
        MzAwMDAzNTVaMBYxFDASBgNVBAMMC3NlcnZlci50ZXN0MFkwEwYHKoZIzj0CAQYI
        KoZIzj0DAQcDQgAE4DjCChzVQl4EOyI19rA1nbYjDvjnHiH/SuxojPULI0fxDNKr
        7HmU5678MUNW08HpZ5p87YpeTMvTtdLJJw5cdqNTMFEwHQYDVR0OBBYEFFrABS06
        fRLkaPDWLfVea2c8RidzMB8GA1UdIwQYMBaAFFrABS06fRLkaPDWLfVea2c8Ridz
        MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgQyPhRvMzahXE/89W
        KlLwzHVAdjmIi+jalPiEJsnI4QgCIQDsqNf3A3X2lTL83bCcJhLNqr1weKkll/YO
        hjHWlTggmg==
        -----END CERTIFICATE-----
        """

    /// A server's credential with that identity.
    func server(_ versions: [ProtocolVersion] = [.tls12, .tls13]) -> Credential {
        var credential = Credential(role: .server)
        credential.protocols = versions
        credential.identities = [identity]
        return credential
    }

    /// A session with the name, dialled on loopback.
    func request(
        _ peer: LoopbackPeer,
        timeout: Duration = .seconds(30),
        _ change: (inout ChannelRequest) -> Void = { _ in }
    ) throws -> ChannelRequest {
        try request(port: peer.port, timeout: timeout, change)
    }

    /// A session with the name, dialled on a port of loopback.
    func request(
        port: Int,
        timeout: Duration = .seconds(30),
        _ change: (inout ChannelRequest) -> Void = { _ in }
    ) throws -> ChannelRequest {
        var endpoint = EndpointSettings()
        endpoint.connectTo = "127.0.0.1:\(port)"
        var validation = ValidationSettings()
        validation.system = false
        validation.files = [trust]
        var request = ChannelRequest(
            target: try Target(parsing: "\(Self.name):\(port)"),
            endpoint: endpoint,
            protocols: ProtocolSettings(),
            validation: validation,
            limits: Limits(timeout: timeout, connectTimeout: .seconds(10))
        )
        change(&request)
        return request
    }

    /// The files of a client's identity, and its certificate for the server to trust.
    func clientIdentity() throws -> (files: IdentityFiles, certificate: Certificate) {
        let identity = try Identity.selfSigned(names: ["client.test"])
        let files = IdentityFiles(
            certificate: try files.write(identity.chainPEM),
            key: try files.write(try identity.key.secretPEM()),
            chain: nil,
            passphrase: nil
        )
        return (files, identity.certificate)
    }
}

/// A user's side of a relay: what to send, in pieces, and what came.
final class ScriptedEnds: RelayEnds {
    let showsData: Bool
    private let input: Mailbox<[UInt8]?>
    private let feeder: Task<Void, Never>
    private let received: Noted<[UInt8]>
    private let failsOnData: Bool
    private let problem: RequestProblem?

    struct Closed: Error {}

    /// Sends the pieces, then ends the input unless `ends` is false.
    init(
        _ pieces: [[UInt8]] = [],
        ends: Bool = true,
        showsData: Bool = true,
        failsOnData: Bool = false,
        problem: RequestProblem? = nil
    ) {
        self.problem = problem
        self.showsData = showsData
        self.failsOnData = failsOnData
        let input = Mailbox<[UInt8]?>()
        self.input = input
        received = Noted()
        feeder = Task {
            for piece in pieces { await input.put(piece) }
            if ends { await input.put(nil) }
        }
    }

    deinit {
        input.close()
        feeder.cancel()
    }

    /// What the peer sent.
    var bytes: [UInt8] { received.value ?? [] }

    func nextInput() async -> RelayInput? {
        (await input.next() ?? nil).map { .data($0) }
    }

    func deliver(_ bytes: [UInt8]) async throws {
        if let problem { throw problem }
        if failsOnData { throw Closed() }
        received.update {
            $0 = $0 ?? []
            $0?.append(contentsOf: bytes)
        }
    }
}

extension RelayLimits {
    /// Limits that no test reaches by accident.
    static let generous = RelayLimits(answer: .seconds(20), idle: nil, hold: false)
}

extension ConnectOperation {
    /// A whole run, as `connect` makes it.
    static func run(
        _ channel: ChannelRequest,
        relay ends: ScriptedEnds = ScriptedEnds(),
        limits: RelayLimits = .generous
    ) async throws -> Report<ConnectResult> {
        try await ConnectOperation(channel: channel, relay: limits, recordsBytes: true).run(relay: ends) { _ in }
    }
}
