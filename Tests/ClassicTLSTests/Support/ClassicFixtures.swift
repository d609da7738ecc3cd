import Certificates
import LibSSL

@testable import ClassicTLS

/// Certificates and configurations for both ends.
enum ClassicFixtures {
    static let rsa = made(.rsa)
    static let ecdsa = made(.ecdsa)
    static let ed25519 = made(.ed25519)
    static let dsa = made { try TestIdentity.dsa() }
    static let all = [rsa, ecdsa, dsa]
    static let preSharedKey = ClassicPreSharedKey(identity: Array("me".utf8), key: [1, 2, 3, 4, 5, 6, 7, 8])

    private static func made(_ kind: KeyKind) -> ClassicIdentity {
        made {
            let identity = try Identity.selfSigned(names: ["server.test"], kind: kind)
            return ClassicIdentity(chain: [identity.certificate.der], key: identity.key.handle)
        }
    }

    private static func made(_ make: () throws -> ClassicIdentity) -> ClassicIdentity {
        do {
            return try make()
        } catch {
            fatalError("no identity: \(error)")
        }
    }
}
