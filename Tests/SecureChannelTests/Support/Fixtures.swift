import Certificates
import LibSSL
import SecureChannel
import TLSParameters

/// Keys and certificates made once in memory: an authority, and leaves of each key type signed by it.
enum Fixtures {
    static let authority: Identity = make("Test Authority", key: .ec, isCA: true, issuer: nil)
    static let otherAuthority: Identity = make("Other Authority", key: .ec, isCA: true, issuer: nil)
    static let rsa: Identity = make("server.test", key: .rsa, isCA: false, issuer: authority)
    static let ecdsa: Identity = make("server.test", key: .ec, isCA: false, issuer: authority)
    static let client: Identity = make("client.test", key: .ec, isCA: false, issuer: authority)
    static let strangeClient: Identity = make("stranger.test", key: .ec, isCA: false, issuer: otherAuthority)
    static let expired: Identity = make("server.test", key: .ec, isCA: false, issuer: authority, until: 1_000_000_000)

    enum KeyKind {
        case rsa
        case ec
    }

    private static func make(
        _ name: String,
        key kind: KeyKind,
        isCA: Bool,
        issuer: Identity?,
        until: Int64 = 4_102_444_799
    ) -> Identity {
        do {
            let handle = try kind == .rsa ? PKeyHandle.generate(rsaBits: 2048) : PKeyHandle.generate(curve: "P-256")
            let key = try PrivateKey(handle: handle)
            let commonName = OID(encoded: [0x55, 0x04, 0x03])
            let subject = DERWriter.name([(commonName, DERTag.utf8String, Array(name.utf8))])
            var builder = CertificateBuilder(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
            builder.serial = [0x40] + Array(name.utf8.prefix(8)) + (kind == .rsa ? [1] : [2])
            builder.subject = subject
            builder.issuer = issuer?.certificate.subject.der ?? subject
            builder.notAfter = DERWriter.time(until)
            builder.extensions = [CertificateBuilder.basicConstraints(isCA: isCA)]
            builder.extensions.append(CertificateBuilder.keyUsage(isCA ? 0x06 : 0xA0))
            if !isCA {
                builder.extensions.append(
                    CertificateBuilder.alternativeNames([(tag: DERTag.context(2), value: Array(name.utf8))])
                )
            }
            let certificate = try builder.signed(by: issuer?.key ?? key)
            return try Identity(chain: [certificate], key: key)
        } catch {
            // A fixture that can't be made is a broken test build, not a result.
            preconditionFailure("fixture \(name): \(error)")
        }
    }

    /// A client that trusts the authority and expects `server.test`.
    static func clientCredential(_ versions: [ProtocolVersion] = [.tls12, .tls13]) -> Credential {
        var credential = Credential(role: .client)
        credential.protocols = versions
        credential.trust = TrustAnchors(system: false, certificates: [authority.certificate])
        credential.verifyName = .dns("server.test")
        credential.serverName = "server.test"
        return credential
    }

    /// A server with a certificate of that key type.
    static func serverCredential(
        _ versions: [ProtocolVersion] = [.tls12, .tls13],
        identity: Identity? = Fixtures.ecdsa
    ) -> Credential {
        var credential = Credential(role: .server)
        credential.protocols = versions
        credential.identities = identity.map { [$0] } ?? []
        credential.trust = TrustAnchors(system: false, certificates: [authority.certificate])
        return credential
    }
}
