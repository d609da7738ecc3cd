import LibSSL
import TLSParameters
import Testing

@testable import SecureChannel

/// What a client adds to its hello, and leaves out of it.
@Suite struct HelloChangesTests {
    private static func link(
        _ version: ProtocolVersion,
        suites: String? = nil,
        engines: (client: EngineChoice, server: EngineChoice) = (.libssl, .libssl),
        _ change: (inout HelloChanges) -> Void
    ) throws -> Link {
        var client = Fixtures.clientCredential([version])
        change(&client.hello)
        client.cipherList = suites
        client.engine = engines.client
        client.legacy = version < .tls12
        var server = Fixtures.serverCredential([version])
        server.cipherList = suites
        server.engine = engines.server
        server.legacy = version < .tls12
        let link = try Link(
            client: End(client.acquire().makeContext()),
            server: End(server.acquire().makeContext())
        )
        link.connect()
        return link
    }

    @Test(arguments: [
        (EngineChoice.libssl, ProtocolVersion.tls10), (.libssl, .tls12), (.libssl, .tls13), (.classic, .tls10),
        (.classic, .tls12),
    ])
    func anExtensionIsAdded(_ client: EngineChoice, _ version: ProtocolVersion) throws {
        let link = try Self.link(version, engines: (client, .libssl)) {
            $0.added = [
                HelloChanges.Extension(ExtensionType(rawValue: 0xFFCE), content: [1, 2, 3]),
                HelloChanges.Extension(ExtensionType(rawValue: 0xFFCF), content: []),
            ]
        }
        #expect(link.client.context.attributes.state == .established)
        let seen = link.server.context.attributes.extensions.client.map(\.codePoint)
        #expect(seen.contains("0xFFCE"))
        #expect(seen.contains("0xFFCF"))
    }

    @Test(arguments: [EngineChoice.libssl, .classic])
    func whatAnEngineMakesItselfIsNotAdded(_ engine: EngineChoice) {
        for type in [ExtensionType.server_name, .extended_master_secret, .signature_algorithms] {
            var credential = Fixtures.clientCredential()
            credential.engine = engine
            credential.hello.added = [HelloChanges.Extension(type, content: [])]
            let error = #expect(throws: CredentialError.self) { try credential.acquire() }
            #expect(error?.kind == .extensionUnavailable, "\(type)")
        }
        var twice = Fixtures.clientCredential()
        twice.engine = engine
        let added = HelloChanges.Extension(ExtensionType(rawValue: 0xFFCE), content: [])
        twice.hello.added = [added, added]
        #expect(throws: CredentialError.self) { try twice.acquire() }
    }

    @Test func extensionsAreLeftOut() throws {
        let whole = try Self.link(.tls12) { _ in }
        let bare = try Self.link(.tls12) { $0.omitted = Set(HelloChanges.omissible) }
        #expect(bare.client.context.attributes.state == .established)
        let named = whole.server.context.attributes.extensions.client.map(\.codePoint)
        let left = bare.server.context.attributes.extensions.client.map(\.codePoint)
        for type in HelloChanges.omissible {
            #expect(named.contains(type.codePointText), "\(type)")
            #expect(!left.contains(type.codePointText), "\(type)")
        }
        #expect(bare.client.context.attributes.security.extendedMasterSecret == false)
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13], HelloChanges.fragmentLengths)
    func shorterFragmentsAreAskedFor(_ version: ProtocolVersion, _ length: Int) throws {
        let link = try Self.link(version) { $0.maximumFragmentLength = length }
        #expect(link.client.context.attributes.security.maximumFragment == length)
        #expect(link.server.context.attributes.security.maximumFragment == length)
    }
    @Test(
        arguments: [(EngineChoice.classic, EngineChoice.libssl), (.libssl, .classic), (.classic, .classic)],
        [512, 4_096]
    )
    func shorterFragmentsHoldForTheClassicEngine(
        _ engines: (client: EngineChoice, server: EngineChoice),
        _ length: Int
    ) throws {
        for version in [ProtocolVersion.tls10, .tls12] {
            let link = try Self.link(version, engines: engines) { $0.maximumFragmentLength = length }
            for end in [link.client, link.server] {
                #expect(end.context.attributes.security.maximumFragment == length, "\(version)")
            }
            let data = (0..<10_000).map { UInt8(truncatingIfNeeded: $0) }
            try link.client.send(data)
            try link.server.send(data)
            link.run()
            #expect(link.client.plaintext == data, "\(version)")
            #expect(link.server.plaintext == data, "\(version)")
        }
    }

    @Test func theFormatOfSSL2LeavesNoRoomForExtensions() throws {
        let link = try Self.link(.tls10, engines: (.automatic, .libssl)) { $0.usesSSL2Format = true }
        #expect(link.client.context.attributes.state == .established)
        #expect(link.client.context.attributes.library.engine == "classic")
        #expect(link.server.context.attributes.extensions.client.isEmpty)
        var credential = Fixtures.clientCredential([.tls12])
        credential.hello.usesSSL2Format = true
        credential.hello.maximumFragmentLength = 512
        #expect(throws: CredentialError.self) { try credential.acquire() }
    }
}
