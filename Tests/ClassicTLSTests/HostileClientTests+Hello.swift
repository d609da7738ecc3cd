import TLSParameters
import TLSWire
import Testing

@testable import ClassicTLS

/// What a server makes of hellos that are long, or hold extensions that can't be read.
extension HostileClientTests {
    private static let signed = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256

    /// A server whose one key can't make what the client takes.
    private func unsigning(prefersOwnOrder: Bool) throws -> LoneEnd {
        try LoneEnd(
            ClassicConfiguration.pair(.tls12, [Self.signed]) { _, server in
                server.identities = [ClassicFixtures.rsa]
                server.prefersOwnOrder = prefersOwnOrder
            }.server
        )
    }

    private func long(_ extensions: [Extension]) -> [[UInt8]] {
        let suites = [CipherSuite](repeating: Self.signed, count: 32_000)
        return ClassicLink.records(hello(suites: suites, extensions: extensions).record(version: .tls12))
    }

    // Each has as much as a hello holds. What takes the product of two lists does not end within anybody's patience.
    @Test(arguments: [false, true]) func repetitionsAreLookedAtOnce(_ prefersOwnOrder: Bool) throws {
        let schemes = [SignatureScheme](repeating: .ecdsa_secp256r1_sha256, count: 32_000)
        try expect(
            .handshake_failure,
            unsigning(prefersOwnOrder: prefersOwnOrder),
            after: long([Extension(SignatureAlgorithms(schemes: schemes))])
        )
        let groups = [NamedGroup](repeating: NamedGroup(rawValue: 0x0A0A), count: 32_000)
        try expect(
            .handshake_failure,
            unsigning(prefersOwnOrder: prefersOwnOrder),
            after: long([Extension(SupportedGroups(groups: groups))])
        )
        // Of what fits, the first place still decides.
        let fitting =
            [SignatureScheme](repeating: .ecdsa_secp256r1_sha256, count: 31_000) + [
                .rsa_pkcs1_sha512, .rsa_pkcs1_sha256,
            ]
        let server = try unsigning(prefersOwnOrder: prefersOwnOrder)
        let outcome = server.take(long([Extension(SignatureAlgorithms(schemes: fitting))]))
        #expect(outcome == .wantsRead)
        #expect(server.connection.machine?.exchange.ownSignature == SignatureForm(scheme: .rsa_pkcs1_sha512))
    }

    @Test func manyExtensionsAreCountedOnce() throws {
        let twice = (0..<8_000).map { Extension(type: ExtensionType(rawValue: 0x4000 + UInt16($0)), data: []) }
        try expect(.decode_error, server(), after: long(twice + twice))
    }

    @Test func extensionsHaveToBeWhole() throws {
        let broken: [(ExtensionType, [UInt8])] = [
            (.server_name, [0]), (.supported_groups, [0, 2, 0]), (.signature_algorithms, []),
            (.application_layer_protocol_negotiation, [0, 9]), (.max_fragment_length, []),
            (.max_fragment_length, [1, 1]),
            (.encrypt_then_mac, [1]), (.extended_master_secret, [1]),
        ]
        for (type, data) in broken {
            let message = hello(extensions: [Extension(type: type, data: data)]).handshakeMessage()
            try expect(.decode_error, server(), after: [message.record()])
        }
        // SSL 3.0 has no extensions: they are bytes that nobody reads.
        let old = hello(.ssl3, extensions: [Extension(type: .extended_master_secret, data: [1])]).handshakeMessage()
        #expect(try server(.ssl3).take([old.record(.ssl3)]) == .wantsRead)
    }
}
