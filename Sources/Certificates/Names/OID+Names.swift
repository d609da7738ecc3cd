/// What the object identifiers in certificates are called.
extension OID {
    /// The name of an attribute in a distinguished name (RFC 4514 §3, RFC 5280 appendix A, CA/Browser Forum EV).
    static let attributeNames: [String: String] = [
        "2.5.4.3": "CN", "2.5.4.4": "SN", "2.5.4.5": "serialNumber", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST",
        "2.5.4.9": "street", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.12": "title", "2.5.4.13": "description",
        "2.5.4.15": "businessCategory", "2.5.4.17": "postalCode", "2.5.4.20": "telephoneNumber", "2.5.4.41": "name",
        "2.5.4.42": "GN", "2.5.4.43": "initials", "2.5.4.44": "generationQualifier", "2.5.4.45": "uniqueIdentifier",
        "2.5.4.46": "dnQualifier", "2.5.4.65": "pseudonym", "2.5.4.97": "organizationIdentifier",
        "0.9.2342.19200300.100.1.1": "UID", "0.9.2342.19200300.100.1.25": "DC",
        "1.2.840.113549.1.9.1": "emailAddress", "1.2.840.113549.1.9.2": "unstructuredName",
        "1.3.6.1.4.1.311.60.2.1.1": "jurisdictionL", "1.3.6.1.4.1.311.60.2.1.2": "jurisdictionST",
        "1.3.6.1.4.1.311.60.2.1.3": "jurisdictionC",
    ]

    /// The name of an extension (RFC 5280 §4.2, RFC 6962, RFC 7633, RFC 6960), spelled as in its standard.
    static let extensionNames: [String: String] = [
        "2.5.29.9": "subjectDirectoryAttributes", "2.5.29.14": "subjectKeyIdentifier", "2.5.29.15": "keyUsage",
        "2.5.29.16": "privateKeyUsagePeriod", "2.5.29.17": "subjectAltName", "2.5.29.18": "issuerAltName",
        "2.5.29.19": "basicConstraints", "2.5.29.30": "nameConstraints", "2.5.29.31": "cRLDistributionPoints",
        "2.5.29.32": "certificatePolicies", "2.5.29.33": "policyMappings", "2.5.29.35": "authorityKeyIdentifier",
        "2.5.29.36": "policyConstraints", "2.5.29.37": "extKeyUsage", "2.5.29.46": "freshestCRL",
        "2.5.29.54": "inhibitAnyPolicy", "1.3.6.1.5.5.7.1.1": "authorityInfoAccess",
        "1.3.6.1.5.5.7.1.3": "qcStatements", "1.3.6.1.5.5.7.1.11": "subjectInfoAccess",
        "1.3.6.1.5.5.7.1.24": "tlsFeature", "1.3.6.1.5.5.7.48.1.5": "ocspNoCheck",
        "1.3.6.1.4.1.11129.2.4.2": "signedCertificateTimestampList",
        "1.3.6.1.4.1.11129.2.4.3": "precertificatePoison", "2.16.840.1.113730.1.1": "netscapeCertType",
        "2.16.840.1.113730.1.13": "netscapeComment",
    ]

    /// The name of a purpose in an extended key usage (RFC 5280 §4.2.1.12 and the vendors').
    static let purposeNames: [String: String] = [
        "2.5.29.37.0": "anyExtendedKeyUsage", "1.3.6.1.5.5.7.3.1": "serverAuth", "1.3.6.1.5.5.7.3.2": "clientAuth",
        "1.3.6.1.5.5.7.3.3": "codeSigning", "1.3.6.1.5.5.7.3.4": "emailProtection",
        "1.3.6.1.5.5.7.3.5": "ipsecEndSystem", "1.3.6.1.5.5.7.3.6": "ipsecTunnel", "1.3.6.1.5.5.7.3.7": "ipsecUser",
        "1.3.6.1.5.5.7.3.8": "timeStamping", "1.3.6.1.5.5.7.3.9": "OCSPSigning", "1.3.6.1.5.5.7.3.17": "ipsecIKE",
        "1.3.6.1.5.2.3.5": "pkInitKDC", "1.3.6.1.4.1.311.10.3.3": "msSGC", "1.3.6.1.4.1.311.20.2.2": "msSmartcardLogin",
        "2.16.840.1.113730.4.1": "nsSGC", "1.3.6.1.4.1.11129.2.4.4": "precertificateSigning",
    ]

    /// The curves of elliptic keys, by their names in the TLS registry, with the size of their field in bits.
    static let curves: [String: (name: String, bits: Int)] = [
        "1.2.840.10045.3.1.1": ("secp192r1", 192), "1.3.132.0.33": ("secp224r1", 224),
        "1.2.840.10045.3.1.7": ("secp256r1", 256), "1.3.132.0.34": ("secp384r1", 384),
        "1.3.132.0.35": ("secp521r1", 521), "1.3.132.0.10": ("secp256k1", 256), "1.3.132.0.31": ("secp192k1", 192),
        "1.3.132.0.32": ("secp224k1", 225), "1.3.36.3.3.2.8.1.1.7": ("brainpoolP256r1", 256),
        "1.3.36.3.3.2.8.1.1.11": ("brainpoolP384r1", 384), "1.3.36.3.3.2.8.1.1.13": ("brainpoolP512r1", 512),
        "1.3.36.3.3.2.8.1.1.8": ("brainpoolP256t1", 256), "1.3.36.3.3.2.8.1.1.12": ("brainpoolP384t1", 384),
        "1.3.36.3.3.2.8.1.1.14": ("brainpoolP512t1", 512), "1.2.156.10197.1.301": ("curveSM2", 256),
        "1.3.132.0.1": ("sect163k1", 163), "1.3.132.0.15": ("sect163r2", 163), "1.3.132.0.26": ("sect233k1", 233),
        "1.3.132.0.27": ("sect233r1", 233), "1.3.132.0.16": ("sect283k1", 283), "1.3.132.0.17": ("sect283r1", 283),
        "1.3.132.0.36": ("sect409k1", 409), "1.3.132.0.37": ("sect409r1", 409), "1.3.132.0.38": ("sect571k1", 571),
        "1.3.132.0.39": ("sect571r1", 571),
    ]
}
