import TLSParameters

extension LintRule {
    /// Which extensions there are, how they are marked, and what they say.
    static let extensionRules: [LintRule] = [
        LintRule("extension-twice", "RFC 5280 §4.2", "an extension is there more than once") { subject in
            var seen: Set<OID> = []
            let twice = subject.certificate.extensions.map(\.oid).filter { !seen.insert($0).inserted }
            return twice.isEmpty ? nil : twice.map { PeerText(OID.extensionNames[$0.dotted] ?? $0.dotted) }
        },
        LintRule("unknown-critical-extension", "RFC 5280 §4.2", "a critical extension is one that nobody here knows") {
            subject in
            let unknown = subject.certificate.extensions.filter { $0.isCritical && $0.name == nil }
            return unknown.isEmpty ? nil : unknown.map { PeerText($0.oid.dotted) }
        },
        LintRule("critical-flag", "RFC 5280 §4.2.1", "an extension is critical that must not be") { subject in
            let never: Set = [
                "subjectKeyIdentifier", "authorityKeyIdentifier", "authorityInfoAccess", "subjectInfoAccess",
                "freshestCRL",
                "signedCertificateTimestampList",
            ]
            let wrong = subject.certificate.extensions.filter { $0.isCritical && $0.name.map(never.contains) ?? false }
            return wrong.isEmpty ? nil : wrong.compactMap(\.name).map { PeerText($0) }
        },
        LintRule("basic-constraints-critical", "RFC 5280 §4.2.1.9", "an authority's basicConstraints are not critical")
        { subject in
            guard subject.certificate.isCA, let item = subject.extension("basicConstraints") else { return nil }
            return item.isCritical ? nil : []
        },
        LintRule("name-constraints-critical", "RFC 5280 §4.2.1.10", "nameConstraints are not critical") { subject in
            subject.extension("nameConstraints").map { !$0.isCritical } == true ? [] : nil
        },
        LintRule(
            "name-constraints-leaf",
            "RFC 5280 §4.2.1.10",
            "nameConstraints stand in a certificate of no authority"
        ) { subject in
            subject.isEndEntity && subject.extension("nameConstraints") != nil ? [] : nil
        },
        LintRule(
            "policy-constraints-critical",
            "RFC 5280 §4.2.1.11",
            "policyConstraints or inhibitAnyPolicy are not critical"
        ) {
            subject in
            let wrong = ["policyConstraints", "inhibitAnyPolicy"].filter {
                subject.extension($0).map { !$0.isCritical } == true
            }
            return wrong.isEmpty ? nil : wrong.map { PeerText($0) }
        },
        LintRule("key-usage-critical", "RFC 5280 §4.2.1.3", .warning, "keyUsage is not critical") { subject in
            subject.extension("keyUsage").map { !$0.isCritical } == true ? [] : nil
        },
        LintRule("path-length-leaf", "RFC 5280 §4.2.1.9", "a path length stands in a certificate of no authority") {
            subject in
            subject.isEndEntity ? subject.certificate.pathLength.map { [PeerText("\($0)")] } : nil
        },
        LintRule("authority-key-identifier", "RFC 5280 §4.2.1.1", "there is no authorityKeyIdentifier") { subject in
            let certificate = subject.certificate
            let isNeeded = certificate.version == 3 && !certificate.isSelfIssued
            return isNeeded && certificate.extensionFacts.authorityKeyIdentifier == nil ? [] : nil
        },
        LintRule("subject-key-identifier", "RFC 5280 §4.2.1.2", "an authority has no subjectKeyIdentifier") { subject in
            subject.certificate.isCA && subject.certificate.extensionFacts.subjectKeyIdentifier == nil ? [] : nil
        },
        LintRule("ca-key-usage", "RFC 5280 §4.2.1.3", "an authority does not say that it may sign certificates") {
            subject in
            let usage = subject.certificate.keyUsage
            guard subject.certificate.isCA, subject.certificate.version == 3 else { return nil }
            return LintSubject.evidence(
                !usage.contains("keyCertSign"),
                usage.isEmpty ? "keyUsage is absent" : usage.joined(separator: ", ")
            )
        },
        LintRule("leaf-cert-sign", "RFC 5280 §4.2.1.9", "keyUsage lets it sign certificates, and it is no authority") {
            subject in
            subject.isEndEntity && subject.certificate.keyUsage.contains("keyCertSign") ? [] : nil
        },
        LintRule("key-usage-empty", "RFC 5280 §4.2.1.3", "keyUsage has no bit set") { subject in
            subject.extension("keyUsage") != nil && subject.certificate.keyUsage.isEmpty ? [] : nil
        },
        LintRule(
            "extended-key-usage-missing",
            "CA/Browser Forum BR §7.1.2.7.6",
            .error,
            .public,
            "a server's certificate has no extKeyUsage"
        ) {
            subject in
            subject.isEndEntity && subject.isLeaf && subject.extension("extKeyUsage") == nil ? [] : nil
        },
        LintRule(
            "extended-key-usage-any",
            "CA/Browser Forum BR §7.1.2.7.10",
            .error,
            .public,
            "extKeyUsage allows any purpose, or some beside those of TLS"
        ) {
            subject in
            guard subject.isEndEntity else { return nil }
            let wrong = subject.certificate.extendedKeyUsage.map(\.name).filter {
                $0 != "serverAuth" && $0 != "clientAuth"
            }
            return wrong.isEmpty ? nil : wrong.map { PeerText($0) }
        },
        LintRule(
            "extended-key-usage-client",
            "Chrome Root Program 1.6 §3.2",
            .warning,
            .public,
            "extKeyUsage allows clientAuth beside serverAuth, which public authorities don't issue since 2026-06-15"
        ) {
            subject in
            // 2026-06-15.
            guard let first = subject.certificate.notBefore.unixSeconds, first >= 1_781_481_600 else { return nil }
            let names = subject.certificate.extendedKeyUsage.map(\.name)
            return subject.isEndEntity && names.contains("clientAuth") && names.contains("serverAuth") ? [] : nil
        },
        LintRule(
            "policies-missing",
            "CA/Browser Forum BR §7.1.2.7.9",
            .error,
            .public,
            "certificatePolicies name none of the reserved policies"
        ) {
            subject in
            guard subject.isEndEntity, subject.isLeaf else { return nil }
            let isReserved = subject.certificate.extensionFacts.policies.contains { $0.dotted.hasPrefix("2.23.140.1.") }
            return isReserved ? nil : subject.certificate.extensionFacts.policies.map { PeerText($0.dotted) }
        },
        LintRule("policy-twice", "RFC 5280 §4.2.1.4", "a policy is there more than once") { subject in
            var seen: Set<OID> = []
            let twice = subject.certificate.extensionFacts.policies.filter { !seen.insert($0).inserted }
            return twice.isEmpty ? nil : twice.map { PeerText($0.dotted) }
        },
        LintRule(
            "no-revocation-source",
            "CA/Browser Forum BR §7.1.2.7.6",
            .error,
            .public,
            "neither an OCSP responder nor a CRL is named"
        ) {
            subject in
            let facts = subject.certificate.extensionFacts
            // Those valid for a week or less need none (BR §4.9.7, §7.1.2.11.2).
            let isShortLived = subject.certificate.lifetimeDays.map { $0 <= 7 } ?? false
            return subject.isEndEntity && !isShortLived && facts.ocspURLs.isEmpty && facts.crlURLs.isEmpty ? [] : nil
        },
        LintRule("revocation-url", "CA/Browser Forum BR §7.1.2.11.2", .error, .public, "a place to ask is no http URL")
        { subject in
            let facts = subject.certificate.extensionFacts
            let wrong = (facts.ocspURLs + facts.crlURLs + facts.caIssuerURLs).filter { url in
                !url.bytes.prefix(7).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }.elementsEqual("http://".utf8)
            }
            return wrong.isEmpty ? nil : wrong
        },
        LintRule(
            "issuer-url-missing",
            "CA/Browser Forum BR §7.1.2.7.7",
            .warning,
            .public,
            "it doesn't say where its issuer's certificate is"
        ) {
            subject in
            subject.isEndEntity && subject.certificate.extensionFacts.caIssuerURLs.isEmpty ? [] : nil
        },
        LintRule("precertificate", "RFC 6962 §3.1", "it is a precertificate, which no server may use") { subject in
            subject.certificate.isPrecertificate ? [] : nil
        },
        LintRule(
            "netscape-extension",
            "CA/Browser Forum BR §7.1.2.7.6",
            .warning,
            .public,
            "it has an extension that Netscape defined"
        ) {
            subject in
            let old = subject.certificate.extensions.compactMap(\.name).filter { $0.hasPrefix("netscape") }
            return old.isEmpty ? nil : old.map { PeerText($0) }
        },
        LintRule(
            "malformed-extension",
            "RFC 5280 §4.2",
            "an extension can't be decoded, or something follows its value"
        ) { subject in
            let broken = subject.certificate.defects.filter { defect in
                defect.field != "subjectAltName" && subject.extension(defect.field) != nil
                    && !defect.text.hasSuffix("more than once")
            }
            return broken.isEmpty ? nil : broken.map { PeerText("\($0.field): \($0.text)") }
        },
    ]
}

extension Certificate {
    /// True for a precertificate.
    var isPrecertificate: Bool { extensionFacts.isPrecertificate }
}
