import Certificates
import SecureChannel
import TLSParameters

extension RunStatus {
    /// A certificate that was judged and found wanting; nil if it is in order, or wasn't judged.
    ///
    /// - Parameters:
    ///   - chain: what the peer sent, to say what the certificate in question holds.
    ///   - isLeafOfSession: whether that comes from a resumed session, which had no more than the leaf.
    init?(
        validation: ChainValidation?,
        chain: [Certificate],
        isLeafOfSession: Bool = false,
        request: ChannelRequest
    ) {
        guard let validation, !validation.isTrusted else { return nil }
        let problem = validation.problems.first
        let id = problem?.id ?? "failed"
        if id == "unknown-issuer", isLeafOfSession {
            self.init(
                exit: .certificate,
                kind: "verify:unknown-issuer",
                reason: "the server's chain can't be judged: the resumed session holds its leaf alone, as those of "
                    + "'openssl s_client' do",
                hint: "name the intermediate certificates with --ca FILE, or save a session of sechan's own: "
                    + request.command(["--session-out", "FILE"], by: .connect)
            )
            return
        }
        let others = validation.problems.dropFirst().map(\.id).filter { $0 != id }
        let more = others.isEmpty ? "" : " (also: \(others.joined(separator: ", ")))"
        let culprit = problem.flatMap { Self.certificate(of: $0, validation, chain) }
        let detail = Self.detail(id, culprit, chain)
        self.init(
            exit: .certificate,
            kind: "verify:\(id)",
            reason: "the certificate was not accepted: \(problem?.text ?? "it is not trusted")\(detail)\(more)",
            hint: Self.hint(problem: id, culprit, chain, request: request)
        )
    }

    /// A peer that was to be judged and showed nothing to judge: anyone can be behind an anonymous suite. Nil if nothing
    /// was to be judged, or something was.
    init?(unjudged attributes: ConnectionAttributes, request: ChannelRequest) {
        guard request.validation.mode != .none, attributes.peer.validation == nil,
            !attributes.isAuthenticatedByKey
        else { return nil }
        let isAnonymous = attributes.cipherSuite?.facts?.isAnonymous == true
        self.init(
            exit: .certificate,
            kind: "verify:no-certificate",
            reason: "\(request.target.input) showed no certificate, so anyone may be behind it",
            hint: isAnonymous
                ? "to leave anonymous suites out: \(request.command(["--ciphers", "DEFAULT:!aNULL"]))"
                : "to take the session as it is: \(request.command(["--verify", "none"]))"
        )
    }

    /// The certificate that a problem is about.
    private static func certificate(
        of problem: ValidationProblem,
        _ validation: ChainValidation,
        _ chain: [Certificate]
    ) -> Certificate? {
        guard let depth = problem.depth, depth > 0 else { return chain.first }
        guard depth < validation.verifiedChain.count else { return nil }
        let link = validation.verifiedChain[depth]
        return chain.first { $0.sha256 == link.sha256 }
    }

    /// What the certificate itself says of the matter.
    private static func detail(_ id: String, _ culprit: Certificate?, _ chain: [Certificate]) -> String {
        guard let culprit else { return "" }
        switch id {
        case "expired": return ", on \(culprit.notAfter.text)"
        case "not-yet-valid": return ", but from \(culprit.notBefore.text) on"
        case "name-mismatch":
            let names = culprit.subjectAlternativeNames.filter { $0.kind == .dns || $0.kind == .ip }.map(\.value)
            guard !names.isEmpty else { return "" }
            let list = names.prefix(nameLimit).map { shown($0) }.joined(separator: ", ")
            return ": \(list)" + (names.count > nameLimit ? " and \(names.count - nameLimit) more" : "")
        case "unknown-issuer": return missingIssuer(chain)
        default: return ""
        }
    }

    /// The names that a sentence lists at most, and the bytes of each.
    private static let nameLimit = 4
    private static let nameLength = 100

    /// Which certificate is missing, and where the one below it says that it is.
    private static func missingIssuer(_ chain: [Certificate]) -> String {
        let order = ChainOrder(sent: chain)
        guard let issuer = order.missingIssuer, let last = order.path.last.map({ chain[$0] }) else { return "" }
        let source = last.extensionFacts.caIssuerURLs.first.map { ", which is said to be at \(shown($0))" } ?? ""
        return ": \(shown(issuer.text))\(source)"
    }

    private static func shown(_ text: PeerText) -> String {
        let isLong = text.bytes.count > nameLength
        return PeerText(bytes: text.bytes.prefix(nameLength)).encoded(for: .terminal) + (isLong ? "…" : "")
    }

    private static func hint(
        problem id: String,
        _ culprit: Certificate?,
        _ chain: [Certificate],
        request: ChannelRequest
    ) -> String? {
        switch id {
        case "unknown-issuer" where !ChainOrder(sent: chain).issuers.contains { $0 != nil }:
            // Only the leaf came, or nothing that belongs to it.
            return "a server should send its intermediates; if you have the issuer's certificate, name it"
                + manual(request, or: ["--ca", "FILE"])
        case "unknown-issuer", "self-signed", "untrusted-root", "self-signed-in-chain":
            return "if you trust it, name its issuer" + manual(request, or: ["--ca", "FILE"])
        case "name-mismatch":
            guard request.reach.serverName != nil else {
                return "no server name was sent, and with one it may show another certificate: "
                    + request.command(["--sni", name(of: culprit) ?? "NAME"])
            }
            return "to expect a name that it has: "
                + request.command(["--verify-name", name(of: culprit) ?? "NAME"])
        case "expired", "not-yet-valid":
            // libcrypto counts the very last second as over (X509_cmp_time), the first as begun.
            let moment = culprit.flatMap { leaf in
                (id == "expired" ? leaf.notAfter.unixSeconds.map { $0 &- 1 } : leaf.notBefore.unixSeconds)
                    .map { CertificateTime(unixSeconds: $0).text }
            }
            let advice =
                id == "expired" ? "renew it on the server" : "check the clocks of its issuer and of this machine"
            return "\(advice); to judge it for another moment: "
                + request.command(["--at-time", moment ?? "TIME"])
        case "crl-unavailable", "crl-expired":
            return revocation(culprit, request: request)
        case "disabled-algorithm": return "leave out that --disable, or have the certificate reissued"
        // It has shown all that there is to see.
        case _ where request.verb == .inspect: return nil
        default:
            guard request.validation.mode != .manual else {
                return "to see what is wrong: \(request.command(by: .inspect))"
            }
            return "to see the session in spite of it: \(request.command(["--verify", "manual"]))"
        }
    }

    /// What to do about a certificate of which nobody says whether it is revoked.
    private static func revocation(_ culprit: Certificate?, request: ChannelRequest) -> String {
        let facts = culprit?.extensionFacts
        guard let facts, !facts.ocspURLs.isEmpty || !facts.crlURLs.isEmpty else {
            return "it names no place to ask; name a current list of its issuer: "
                + request.command(["--crl", "FILE"])
        }
        guard request.validation.fetches else {
            return "to ask the places that it names: \(request.command(["--fetch"]))"
        }
        return "none of the places that it names gave an answer; to let it pass all the same: "
            + request.command(["--ignore-revocation-offline"])
    }

    /// The command that `--verify manual` makes, unless it was given, or changes nothing, as in `inspect`; another one then.
    private static func manual(_ request: ChannelRequest, or options: [String]) -> String {
        guard request.validation.mode == .auto, request.verb != .inspect else { return ": \(request.command(options))" }
        return " with \(options[0]) \(options[1]); to see the session all the same: "
            + request.command(["--verify", "manual"])
    }

    /// A name of the certificate's that a command line can hold: the peer chose it.
    private static func name(of certificate: Certificate?) -> String? {
        let names = certificate?.subjectAlternativeNames.filter { $0.kind == .dns }.map(\.value) ?? []
        for name in names where (1...253).contains(name.bytes.count) {
            let isHost = name.bytes.allSatisfy { byte in
                (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2d || byte == 0x2e
            }
            if isHost, name.bytes.first != 0x2d { return name.encoded(for: .terminal) }
        }
        return nil
    }
}
