import TLSParameters

extension LintRule {
    /// Version, serial number, dates, names, signature.
    static let fields: [LintRule] = [
        LintRule("version", "RFC 5280 §4.1.2.1", "a certificate with extensions is not of version 3") { subject in
            let certificate = subject.certificate
            let isBroken = certificate.version > 3 || (certificate.version < 3 && !certificate.extensions.isEmpty)
            return LintSubject.evidence(isBroken, "version \(certificate.version)")
        },
        LintRule("old-version", "CA/Browser Forum BR §7.1.1", .error, .public, "the certificate is not of version 3") {
            subject in
            LintSubject.evidence(subject.certificate.version != 3, "version \(subject.certificate.version)")
        },
        LintRule("serial-not-positive", "RFC 5280 §4.1.2.2", "the serial number is zero or negative") { subject in
            let serial = subject.certificate.serial
            let isBroken = serial.allSatisfy { $0 == 0 } || (serial.first ?? 0) & 0x80 != 0
            return LintSubject.evidence(isBroken, subject.certificate.serialHex)
        },
        LintRule("serial-too-long", "RFC 5280 §4.1.2.2", "the serial number has more than 20 bytes") { subject in
            let serial = subject.certificate.serial
            return LintSubject.evidence(serial.count > 20, "\(serial.count) bytes")
        },
        LintRule(
            "serial-too-short",
            "CA/Browser Forum BR §7.1",
            .error,
            .public,
            "the serial number has fewer than 64 bits, so it can't hold 64 random ones"
        ) { subject in
            let serial = subject.certificate.serial.drop { $0 == 0 }
            let isBroken = subject.isEndEntity && serial.count < 8
            return LintSubject.evidence(isBroken, subject.certificate.serialHex)
        },
        LintRule("validity-reversed", "RFC 5280 §4.1.2.5", "it ends before it begins") { subject in
            let certificate = subject.certificate
            guard let first = certificate.notBefore.unixSeconds, let last = certificate.notAfter.unixSeconds else {
                return nil
            }
            return LintSubject.evidence(last < first, "\(certificate.notBefore.text) to \(certificate.notAfter.text)")
        },
        LintRule(
            "utc-time-after-2049",
            "RFC 5280 §4.1.2.5",
            "a date of 2050 or later is not written as GeneralizedTime, or an earlier one is"
        ) {
            subject in
            let wrong = [subject.certificate.notBefore, subject.certificate.notAfter].filter { time in
                guard let seconds = time.unixSeconds, let written = time.written?.bytes.count else { return false }
                return (written >= 15) != (seconds >= 2_524_608_000)
            }
            return wrong.isEmpty ? nil : wrong.compactMap(\.written)
        },
        LintRule("date-form", "RFC 5280 §4.1.2.5.1", "a date is not written with seconds and Z") { subject in
            let wrong = [subject.certificate.notBefore, subject.certificate.notAfter].compactMap(\.written).filter {
                !([13, 15].contains($0.bytes.count) && $0.bytes.last == UInt8(ascii: "Z"))
            }
            return wrong.isEmpty ? nil : wrong
        },
        LintRule(
            "lifetime",
            "CA/Browser Forum BR §6.3.2",
            .error,
            .public,
            "it is valid for longer than was allowed when it was issued"
        ) {
            subject in
            guard subject.isEndEntity, let days = subject.certificate.lifetimeDays,
                let limit = subject.certificate.greatestPublicLifetime, days > limit
            else { return nil }
            return [PeerText("\(days) days, \(limit) allowed")]
        },
        LintRule("issuer-empty", "RFC 5280 §4.1.2.4", "the issuer is empty") { subject in
            subject.certificate.issuer.isEmpty ? [] : nil
        },
        LintRule("ca-subject-empty", "RFC 5280 §4.1.2.6", "an authority's subject is empty") { subject in
            subject.certificate.isCA && subject.certificate.subject.isEmpty ? [] : nil
        },
        LintRule(
            "directory-string",
            "RFC 5280 §4.1.2.4",
            .warning,
            "a name is encoded as TeletexString, BMPString or UniversalString"
        ) {
            subject in
            let wrong = subject.attributes.filter { [0x14, 0x1C, 0x1E].contains($0.tag) }
            return wrong.isEmpty ? nil : wrong.map { PeerText($0.type) }
        },
        LintRule("printable-string", "RFC 5280 §4.1.2.4", "a PrintableString holds characters that it can't") {
            subject in
            let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?".utf8)
            let wrong = subject.attributes.filter {
                $0.tag == DERTag.printableString && !$0.value.allSatisfy(allowed.contains)
            }
            return wrong.isEmpty ? nil : wrong.map { PeerText(bytes: $0.value) }
        },
        LintRule("country", "RFC 5280 appendix A", "the country is not two letters in a PrintableString") { subject in
            let wrong = subject.attributes.filter {
                $0.type == "C" && ($0.value.count != 2 || $0.tag != DERTag.printableString)
            }
            return wrong.isEmpty ? nil : wrong.map { PeerText(bytes: $0.value) }
        },
        LintRule("name-too-long", "RFC 5280 appendix A", "an attribute of the subject is longer than its upper bound") {
            subject in
            let bounds = ["CN": 64, "O": 64, "OU": 64, "L": 128, "ST": 128, "serialNumber": 64]
            let wrong = subject.attributes.filter { attribute in
                let count = String(decoding: attribute.value, as: UTF8.self).unicodeScalars.count
                return bounds[attribute.type].map { count > $0 } ?? false
            }
            return wrong.isEmpty ? nil : wrong.map { PeerText("\($0.type), \($0.value.count) bytes") }
        },
        LintRule(
            "name-blank",
            "CA/Browser Forum BR §7.1.2.10",
            .error,
            .public,
            "an attribute of the subject is blank, or begins or ends in a blank"
        ) {
            subject in
            let wrong = subject.attributes.filter {
                $0.value.isEmpty || $0.value.first == 0x20 || $0.value.last == 0x20
            }
            return wrong.isEmpty ? nil : wrong.map { PeerText($0.type) }
        },
        LintRule(
            "organizational-unit",
            "CA/Browser Forum BR §7.1.2.7.5",
            .error,
            .public,
            "the subject has an organizationalUnitName, which is forbidden since 2022-09-01"
        ) {
            subject in
            guard subject.isEndEntity, let first = subject.certificate.notBefore.unixSeconds, first >= 1_661_990_400
            else { return nil }
            let units = subject.certificate.subject.values(of: "OU")
            return units.isEmpty ? nil : units
        },
        LintRule(
            "signature-algorithms-differ",
            "RFC 5280 §4.1.1.2",
            "the two signature algorithms in the certificate differ"
        ) { subject in
            subject.certificate.defects.contains { $0.field == "signatureAlgorithm" } ? [] : nil
        },
        LintRule("weak-signature", "CA/Browser Forum BR §7.1.3.2", .error, .public, "it is signed with MD5 or SHA-1") {
            subject in
            guard !subject.certificate.isSelfSigned, let hash = subject.certificate.signatureAlgorithm.hash else {
                return nil
            }
            return LintSubject.evidence(["MD2", "MD4", "MD5", "SHA-1"].contains(hash), hash)
        },
    ]
}

extension Certificate {
    /// Whole days from the first second of validity to the last; nil if a date can't be read.
    public var lifetimeDays: Int? {
        guard let first = notBefore.unixSeconds, let last = notAfter.unixSeconds, last >= first else { return nil }
        // The last second is valid too, and any part of a day counts as one (BR §6.3.2).
        let (length, overflow) = last.subtractingReportingOverflow(first)
        return overflow ? nil : Int((length + 1 + 86_399) / 86_400)
    }

    /// The days for which public authorities might issue a server's certificate when this one was (CA/Browser Forum BR §6.3.2,
    /// with ballots 193, SC31 and SC081v3); nil for what is older than any limit, or has no date.
    public var greatestPublicLifetime: Int? {
        guard let first = notBefore.unixSeconds else { return nil }
        return switch first {
        case ..<1_519_862_400: nil  // 2018-03-01
        case ..<1_598_918_400: 825  // 2020-09-01
        case ..<1_773_532_800: 398  // 2026-03-15
        case ..<1_805_068_800: 200  // 2027-03-15
        case ..<1_868_227_200: 100  // 2029-03-15
        default: 47
        }
    }

    /// The days for which Apple's clients take a server's certificate of any other authority, issued since July 2019; nil for
    /// older ones.
    public var greatestPrivateLifetime: Int? {
        notBefore.unixSeconds.flatMap { $0 < 1_561_939_200 ? nil : 825 }
    }
}
