import ClassicTLS
import LibSSL
import TLSParameters

/// The configurations of both ends that a script asks for.
struct Setup {
    let script: Script
    /// The end under test.
    let role: EndpointRole

    /// The time everywhere.
    static let now: Int64 = 1_000_000

    /// Suites with every kind of key exchange, cipher and MAC.
    static let suites: [CipherSuite] = [
        .TLS_RSA_WITH_AES_128_CBC_SHA, .TLS_RSA_WITH_RC4_128_MD5, .TLS_RSA_WITH_3DES_EDE_CBC_SHA,
        .TLS_RSA_WITH_NULL_SHA, .TLS_RSA_EXPORT_WITH_RC4_40_MD5, .TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5,
        .TLS_DHE_RSA_WITH_AES_128_CBC_SHA, .TLS_DHE_DSS_WITH_AES_128_CBC_SHA, .TLS_DH_anon_WITH_AES_128_CBC_SHA,
        .TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA, .TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
        .TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, .TLS_ECDH_ECDSA_WITH_AES_128_CBC_SHA,
        .TLS_ECDH_anon_WITH_AES_128_CBC_SHA, .TLS_PSK_WITH_AES_128_CBC_SHA, .TLS_PSK_WITH_RC4_128_SHA,
        .TLS_DHE_PSK_WITH_AES_128_CBC_SHA, .TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA, .TLS_RSA_PSK_WITH_AES_128_CBC_SHA,
        .TLS_RSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        .TLS_RSA_WITH_AES_256_CBC_SHA256, .TLS_PSK_WITH_AES_128_GCM_SHA256, .TLS_PSK_WITH_NULL_SHA256,
    ]

    /// What both ends have, before one of them turns hostile.
    private func common(_ role: EndpointRole) throws -> ClassicConfiguration {
        var configuration = ClassicConfiguration(role: role)
        switch script.version {
        case .ssl2: configuration.versions = [.ssl2]
        case .ssl3: configuration.versions = [.ssl3]
        case .tls10: configuration.versions = [.tls10]
        case .tls11: configuration.versions = [.tls11]
        case .tls12: configuration.versions = [.tls12]
        case .any, .oldHello: configuration.versions = [.ssl3, .tls10, .tls11, .tls12]
        }
        let number = script.suite % (Self.suites.count + 1)
        configuration.suites = number < Self.suites.count ? [Self.suites[number]] : Self.suites
        let kinds = ClassicConfiguration.allKinds
        configuration.kinds = number < kinds.count ? [kinds[number]] : kinds
        if script.options.contains(.draftDES) { configuration.desDerivation = .withoutDigit }
        configuration.preSharedKey = ClassicPreSharedKey(identity: Array("me".utf8), key: counting(8))
        configuration.finiteFieldBits = 1_024
        if script.options.contains(.usesALPN) { configuration.applicationProtocols = [[0x61], [0x62, 0x63]] }
        switch role {
        case .client:
            configuration.serverName = "server.test"
            configuration.asksForStaple = script.options.contains(.staples)
            configuration.usesSSL2Hello = script.version == .oldHello
            guard script.options.contains(.hasCertificate) else { break }
            configuration.identities = [try TestIdentity.client(), try TestIdentity.dsa()]
            let first = script.options.contains(.ellipticCertificate) ? 0 : configuration.identities.count
            configuration.identities.insert(try TestIdentity.elliptic(), at: first)
        case .server:
            configuration.identities = [
                try TestIdentity.server(), try TestIdentity.elliptic(), try TestIdentity.dsa(),
            ]
            configuration.sessions = ClassicSessionCache(limit: 64)
            if script.options.contains(.requiresCertificate) {
                configuration.clientAuthentication = .require
            } else if script.options.contains(.asksForCertificate) {
                configuration.clientAuthentication = .request
            }
        }
        return configuration
    }

    /// The end under test.
    func configuration() throws -> ClassicConfiguration {
        var configuration = try common(role)
        configuration.renegotiation.allowsInsecure = script.options.contains(.allowsInsecure)
        configuration.renegotiation.allowsPeer = !script.options.contains(.refusesRenegotiation)
        return configuration
    }

    /// The end that is made to misbehave.
    func hostileConfiguration() throws -> ClassicConfiguration {
        var configuration = try common(role == .client ? .server : .client)
        configuration.renegotiation.isSecure = !script.options.contains(.lacksSecureRenegotiation)
        configuration.renegotiation.allowsInsecure = true
        configuration.usesExtendedMasterSecret = !script.options.contains(.lacksNewExtensions)
        configuration.usesEncryptThenMAC = configuration.usesExtendedMasterSecret
        return configuration
    }
}
