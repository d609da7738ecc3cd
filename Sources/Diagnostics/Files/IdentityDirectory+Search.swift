import Certificates
import TLSParameters

extension IdentityDirectory {
    /// The certificate that is wanted; where several are, the one that is valid longest, and a note that says so.
    ///
    /// - Throws: `RequestProblem` if none is, or the wish is none.
    func entry(_ wanted: IdentitySearch.Wanted) throws(RequestProblem) -> (entry: Entry, note: String?) {
        switch wanted {
        case .only:
            guard entries.count == 1, let entry = entries.first else {
                throw RequestProblem(
                    reason: "'\(path)' holds \(entries.count) certificates with their keys",
                    hint: "choose one with --subject TEXT or --thumbprint HEX: \(Self.names(entries))"
                )
            }
            return (entry, nil)
        case .subject(let text):
            return try entry(subject: text)
        case .thumbprint(let text):
            return (try entry(thumbprint: text), nil)
        }
    }

    private func entry(subject text: String) throws(RequestProblem) -> (entry: Entry, note: String?) {
        guard !text.isEmpty else {
            throw RequestProblem(
                reason: "--subject: the text is empty",
                hint: "write a part of the subject, as in CN=client"
            )
        }
        let wanted = text.lowercased()
        let matching = entries.filter {
            String(decoding: $0.identity.certificate.subject.text.bytes, as: UTF8.self).lowercased().contains(wanted)
        }
        guard let best = Self.best(of: matching) else {
            throw RequestProblem(
                reason: "no certificate in '\(path)' has '\(text)' in its subject",
                hint: "there are \(Self.names(entries))"
            )
        }
        guard matching.count > 1 else { return (best, nil) }
        return (
            best,
            "\(matching.count) certificates have '\(PeerText(text).encoded(for: .terminal))' in their subject; "
                + "\(Self.name(best)) is valid longest and was taken"
        )
    }

    private func entry(thumbprint text: String) throws(RequestProblem) -> Entry {
        guard let bytes = Hexadecimal.bytes(text.utf8), bytes.count == 20 || bytes.count == 32 else {
            throw RequestProblem(
                reason: "--thumbprint: '\(text)' is neither a SHA-1 nor a SHA-256",
                hint: "write 40 or 64 hexadecimal digits, with colons or without"
            )
        }
        let wanted = text.lowercased().filter(\.isHexDigit)
        for entry in entries {
            let certificate = entry.identity.certificate
            if certificate.sha1 == wanted || certificate.sha256 == wanted { return entry }
        }
        throw RequestProblem(
            reason: "no certificate in '\(path)' has the thumbprint \(wanted)",
            hint: "there are \(Self.names(entries))"
        )
    }

    /// The one that is valid longest. An authority's own certificate, which is for signing others, comes behind all that
    /// are not; many a certificate that signed itself says that it is an authority's.
    static func best(of entries: [Entry]) -> Entry? {
        func rank(_ entry: Entry) -> (Int, Int64) {
            let certificate = entry.identity.certificate
            return (certificate.isCA ? 0 : 1, certificate.notAfter.unixSeconds ?? .min)
        }
        return entries.max { rank($0) < rank($1) }
    }

    private static func names(_ entries: [Entry]) -> String {
        let shown = entries.prefix(5).map(name).joined(separator: ", ")
        return entries.count > 5 ? "\(shown) and \(entries.count - 5) more" : shown
    }

    /// `CN=client (SHA-1 4f…)`.
    private static func name(_ entry: Entry) -> String {
        let certificate = entry.identity.certificate
        let subject = certificate.subject.isEmpty ? "(empty)" : certificate.subject.text.encoded(for: .terminal)
        return "\(subject) (SHA-1 \(certificate.sha1))"
    }
}
