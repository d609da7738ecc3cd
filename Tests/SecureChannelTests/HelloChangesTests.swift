import LibSSL
import TLSParameters
import Testing

@testable import SecureChannel

/// What a client adds to its hello, and leaves out of it.
@Suite struct HelloChangesTests {
    private static func link(
        _ version: ProtocolVersion,
        suites: String? = nil,
        _ change: (inout HelloChanges) -> Void
    ) throws -> Link {
        var client = Fixtures.clientCredential([version])
        change(&client.hello)
        client.cipherList = suites
        var server = Fixtures.serverCredential([version])
        server.cipherList = suites
        let link = try Link(
            client: End(client.acquire().makeContext()),
            server: End(server.acquire().makeContext())
        )
        link.connect()
        return link
    }

    @Test(arguments: [ProtocolVersion.tls10, .tls12, .tls13])
    func anExtensionIsAdded(_ version: ProtocolVersion) throws {
        let link = try Self.link(version) {
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

    @Test func whatLibSSLMakesItselfIsNotAdded() {
        for type in [ExtensionType.server_name, .supported_versions, .key_share] {
            var credential = Fixtures.clientCredential()
            credential.hello.added = [HelloChanges.Extension(type, content: [])]
            let error = #expect(throws: CredentialError.self) { try credential.acquire() }
            #expect(error?.kind == .extensionUnavailable, "\(type)")
        }
        var twice = Fixtures.clientCredential()
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
}
