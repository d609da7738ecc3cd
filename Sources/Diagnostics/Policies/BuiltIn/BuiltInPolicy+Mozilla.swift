extension BuiltInPolicy {
    /// Mozilla's guidelines of 6 April 2026, modern: the keys of their JSON are the clauses.
    static let mozillaModernText: StaticString = """
        id = "mozilla-modern"
        name = "Mozilla server side TLS, modern"
        version = "6.0"
        date = 2026-04-06
        source = "https://ssl-config.mozilla.org/guidelines/6.0.json"

        [[rule]]
        id = "versions"
        clause = "modern.tls_versions"
        severity = "high"
        allowed = ["tls1.3"]

        [[rule]]
        id = "versions-offered"
        check = "versions"
        clause = "modern.tls_versions"
        recommended = ["tls1.3"]

        [[rule]]
        id = "tls13-suites"
        check = "suites"
        clause = "modern.ciphersuites"
        in = ["tls1.3"]
        allowed = ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"]

        [[rule]]
        id = "groups"
        clause = "modern.tls_curves"
        allowed = ["X25519MLKEM768", "x25519", "secp256r1", "secp384r1"]

        [[rule]]
        id = "ecdh-bits"
        clause = "modern.ecdh_param_size"
        minimum = 256

        [[rule]]
        id = "certificate-keys"
        clause = "modern.certificate_types"
        allowed = ["EC"]

        [[rule]]
        id = "certificate-curves"
        clause = "modern.certificate_curves"
        allowed = ["secp256r1", "secp384r1"]

        [[rule]]
        id = "certificate-signatures"
        clause = "modern.certificate_signatures"
        allowed = ["ecdsa-with-SHA256", "ecdsa-with-SHA384", "ecdsa-with-SHA512"]

        [[rule]]
        id = "certificate-lifetime"
        clause = "modern.maximum_certificate_lifespan"
        maximum = 90

        [[rule]]
        id = "ocsp-staple"
        clause = "modern.ocsp_staple"
        severity = "low"
        value = true

        [[rule]]
        id = "hsts-age"
        clause = "modern.hsts_min_age"
        severity = "low"
        minimum = 63072000

        [[rule]]
        id = "server-preference"
        clause = "modern.server_preferred_order"
        severity = "info"
        value = false
        """

    /// The same, intermediate.
    static let mozillaIntermediateText: StaticString = """
        id = "mozilla-intermediate"
        name = "Mozilla server side TLS, intermediate"
        version = "6.0"
        date = 2026-04-06
        source = "https://ssl-config.mozilla.org/guidelines/6.0.json"

        [[rule]]
        id = "versions"
        clause = "intermediate.tls_versions"
        severity = "high"
        allowed = ["tls1.2", "tls1.3"]

        [[rule]]
        id = "versions-offered"
        check = "versions"
        clause = "intermediate.tls_versions"
        recommended = ["tls1.2", "tls1.3"]

        [[rule]]
        id = "suites"
        clause = "intermediate.ciphers"
        severity = "high"
        in = ["tls1.2"]
        allowed = [
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        ]

        [[rule]]
        id = "tls13-suites"
        check = "suites"
        clause = "intermediate.ciphersuites"
        in = ["tls1.3"]
        allowed = ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"]

        [[rule]]
        id = "groups"
        clause = "intermediate.tls_curves"
        allowed = ["X25519MLKEM768", "x25519", "secp256r1", "secp384r1"]

        [[rule]]
        id = "dh-bits"
        clause = "intermediate.dh_param_size"
        severity = "high"
        minimum = 2048

        [[rule]]
        id = "ecdh-bits"
        clause = "intermediate.ecdh_param_size"
        minimum = 256

        [[rule]]
        id = "certificate-keys"
        clause = "intermediate.certificate_types"
        allowed = ["EC", "RSA"]

        [[rule]]
        id = "certificate-curves"
        clause = "intermediate.certificate_curves"
        allowed = ["secp256r1", "secp384r1"]

        [[rule]]
        id = "certificate-signatures"
        clause = "intermediate.certificate_signatures"
        allowed = ["sha256WithRSAEncryption", "ecdsa-with-SHA256", "ecdsa-with-SHA384", "ecdsa-with-SHA512"]

        [[rule]]
        id = "rsa-bits"
        clause = "intermediate.rsa_key_size"
        severity = "high"
        minimum = 2048

        [[rule]]
        id = "certificate-lifetime"
        clause = "intermediate.maximum_certificate_lifespan"
        maximum = 366

        [[rule]]
        id = "certificate-lifetime-recommended"
        check = "certificate-lifetime"
        clause = "intermediate.recommended_certificate_lifespan"
        severity = "info"
        maximum = 90

        [[rule]]
        id = "ocsp-staple"
        clause = "intermediate.ocsp_staple"
        severity = "low"
        value = true

        [[rule]]
        id = "hsts-age"
        clause = "intermediate.hsts_min_age"
        severity = "low"
        minimum = 63072000

        [[rule]]
        id = "server-preference"
        clause = "intermediate.server_preferred_order"
        severity = "info"
        value = false
        """

    /// The last version that has it, of the same day.
    static let mozillaOldText: StaticString = """
        id = "mozilla-old"
        name = "Mozilla server side TLS, old"
        version = "5.8"
        date = 2026-04-06
        source = "https://ssl-config.mozilla.org/guidelines/5.8.json"

        [[rule]]
        id = "versions"
        clause = "old.tls_versions"
        severity = "high"
        allowed = ["tls1.0", "tls1.1", "tls1.2", "tls1.3"]

        [[rule]]
        id = "versions-offered"
        check = "versions"
        clause = "old.tls_versions"
        recommended = ["tls1.0", "tls1.1", "tls1.2", "tls1.3"]

        [[rule]]
        id = "suites"
        clause = "old.ciphers"
        severity = "high"
        in = ["tls1.0", "tls1.1", "tls1.2"]
        allowed = [
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_RSA_WITH_AES_256_CBC_SHA256", "TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
        ]

        [[rule]]
        id = "tls13-suites"
        check = "suites"
        clause = "old.ciphersuites"
        in = ["tls1.3"]
        allowed = ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"]

        [[rule]]
        id = "groups"
        clause = "old.tls_curves"
        allowed = ["X25519MLKEM768", "x25519", "secp256r1", "secp384r1"]

        [[rule]]
        id = "dh-bits"
        clause = "old.dh_param_size"
        severity = "high"
        minimum = 2048

        [[rule]]
        id = "ecdh-bits"
        clause = "old.ecdh_param_size"
        minimum = 256

        [[rule]]
        id = "certificate-keys"
        clause = "old.certificate_types"
        allowed = ["RSA"]

        [[rule]]
        id = "certificate-curves"
        clause = "old.certificate_curves"
        allowed = ["secp256r1", "secp384r1"]

        [[rule]]
        id = "certificate-signatures"
        clause = "old.certificate_signatures"
        allowed = ["sha256WithRSAEncryption"]

        [[rule]]
        id = "rsa-bits"
        clause = "old.rsa_key_size"
        severity = "high"
        minimum = 2048

        [[rule]]
        id = "certificate-lifetime"
        clause = "old.maximum_certificate_lifespan"
        maximum = 366

        [[rule]]
        id = "certificate-lifetime-recommended"
        check = "certificate-lifetime"
        clause = "old.recommended_certificate_lifespan"
        severity = "info"
        maximum = 90

        [[rule]]
        id = "ocsp-staple"
        clause = "old.ocsp_staple"
        severity = "low"
        value = true

        [[rule]]
        id = "hsts-age"
        clause = "old.hsts_min_age"
        severity = "low"
        minimum = 63072000

        [[rule]]
        id = "server-preference"
        clause = "old.server_preferred_order"
        severity = "info"
        value = true
        """
}
