import Certificates
import SecureChannel
import TLSParameters

/// Sessions and the certificates that were shown in them, held against older ones.
extension Differ {
    // MARK: The session and what was said in it

    mutating func compareSession(_ old: InspectResult, _ new: InspectResult) {
        guard let before = old.attributes, let after = new.attributes, before.suite != nil, after.suite != nil else {
            return
        }
        // A client that didn't offer the old version could not get it.
        let lower = (before.version?.rawValue ?? 0) > (after.version?.rawValue ?? 0)
        let offered = before.version.map { Self.offers(after, $0) } ?? true
        add("session:version", before.protocol?.version, after.protocol?.version, worse: lower && offered)
        add("session:suite", before.suite?.name, after.suite?.name, worse: false)
        add("session:group", before.keyExchange?.group?.name, after.keyExchange?.group?.name, worse: false)
        // What the client of one of the two didn't ask for tells nothing of the server.
        if Self.offers(after, before.names.alpn), Self.offers(before, after.names.alpn) {
            add(
                "session:alpn",
                before: before.names.alpn,
                after: after.names.alpn,
                worse: before.names.alpn != nil && after.names.alpn == nil
            )
        }
        let staple = { (attributes: ConnectionAttributes) in attributes.peer.stapledOCSPBytes != nil ? "stapled" : nil }
        if Self.asksForStaple(before), Self.asksForStaple(after) {
            add("session:ocsp-staple", staple(before), staple(after), worse: staple(after) == nil)
        }
        compareTransportSecurity(old, new)
    }

    private static func offers(_ attributes: ConnectionAttributes, _ version: ProtocolVersion) -> Bool {
        attributes.offered?.versions.contains { $0.number == version.rawValue } ?? true
    }

    private static func offers(_ attributes: ConnectionAttributes, _ name: PeerText?) -> Bool {
        guard let name = name?.encoded(for: .terminal) else { return true }
        return attributes.offered?.alpn.contains { $0.encoded(for: .terminal) == name } ?? false
    }

    /// Whether the hello had `status_request` (RFC 6066 §8). A resumed session has no certificate to staple for.
    private static func asksForStaple(_ attributes: ConnectionAttributes) -> Bool {
        !attributes.session.resumed && attributes.extensions.client.contains { $0.number == 5 }
    }

    private mutating func compareTransportSecurity(_ old: InspectResult, _ new: InspectResult) {
        if let one = old.http, let other = new.http, one.problem == nil, other.problem == nil {
            add(
                "http:strict-transport-security",
                before: one.strictTransportSecurity,
                after: other.strictTransportSecurity,
                worse: other.strictTransportSecurity == nil
            )
        }
    }

    // MARK: Certificates

    mutating func compareCertificates(_ old: InspectResult, _ new: InspectResult) {
        compareTrust(old.validation, new.validation)
        guard let before = old.certificates.first?.certificate, let after = new.certificates.first?.certificate else {
            // A session that stands without one has none; where no session stood, nobody could see one.
            guard old.certificates.isEmpty != new.certificates.isEmpty, Self.sees(old), Self.sees(new) else { return }
            let subject = { (result: InspectResult) in result.certificates.first?.certificate.subject.text }
            add("certificate", before: subject(old), after: subject(new), worse: new.certificates.isEmpty)
            return
        }
        guard before != after else { return }
        // A renewal is a change. What would make it a step back is told by itself.
        add("certificate", "sha256 \(before.sha256)", "sha256 \(after.sha256)", worse: false)
        add("certificate:subject", before: before.subject.text, after: after.subject.text, worse: false)
        add("certificate:issuer", before: before.issuer.text, after: after.issuer.text, worse: false)
        let key = { (certificate: Certificate) in
            let facts = certificate.publicKey
            return "\(facts.algorithm) \(facts.curve ?? facts.bits.map { "\($0)" } ?? "")"
        }
        let sameKind = before.publicKey.algorithm == after.publicKey.algorithm
        let smaller = (after.publicKey.bits ?? 0) < (before.publicKey.bits ?? 0)
        add("certificate:key", key(before), key(after), worse: sameKind && smaller)
        add("certificate:signature", before.signatureAlgorithm.name, after.signatureAlgorithm.name, worse: false)
        let names = { (certificate: Certificate) in
            Set(certificate.subjectAlternativeNames.map { $0.value.encoded(for: .terminal) })
        }
        for name in names(before).subtracting(names(after)).sorted() {
            add("certificate:name", before: PeerText(name), after: nil, worse: true)
        }
        for name in names(after).subtracting(names(before)).sorted() {
            add("certificate:name", before: nil, after: PeerText(name), worse: false)
        }
        add("chain:length", "\(old.certificates.count)", "\(new.certificates.count)", worse: false)
    }

    /// Whether the certificate would be known if there were one.
    private static func sees(_ result: InspectResult) -> Bool {
        !result.certificates.isEmpty || result.kind == .file
            || result.attributes.map { $0.suite != nil && $0.failure == nil && !$0.session.resumed } ?? false
    }

    private mutating func compareTrust(_ old: ChainValidation?, _ new: ChainValidation?) {
        guard let old, let new else {
            if old != nil { leaveOut("validation: this run did not judge the chain") }
            if new != nil { leaveOut("validation: the older report does not judge the chain") }
            return
        }
        let told = { (validation: ChainValidation) in
            validation.isTrusted ? "trusted" : "not trusted: \(validation.problems.first?.id ?? "failed")"
        }
        // What fails now only because it wasn't asked before may have been so all the time.
        let asked = Set(old.checks.filter { $0.outcome != .notChecked }.map(\.check))
        let isWorse = old.isTrusted && new.problems.contains { asked.contains($0.check) }
        add("validation", told(old), told(new), worse: isWorse)
    }
}
