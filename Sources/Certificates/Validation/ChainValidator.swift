import Glibc
import LibSSL
import TLSParameters

/// Validates chains with libcrypto (RFC 5280 §6, names by RFC 9525).
public enum ChainValidator {
    /// More intermediates than any real chain has; the search for a path stops there.
    static let greatestDepth: Int32 = 10

    /// Validates a chain as it was sent, the leaf first, and collects everything that is wrong with it.
    ///
    /// - Parameters:
    ///   - chain: what the peer sent, in its order; libcrypto finds its own way through it.
    ///   - trust: whom to believe.
    ///   - purpose: what the leaf must be good for.
    ///   - name: the name the leaf must be for; nil leaves the name unchecked.
    ///   - time: Unix seconds; nil for now.
    ///   - securityLevel: OpenSSL's level for keys and signatures, 0 to 5; 2 asks for 112 bits (RSA 2048, no SHA-1).
    ///   - revocation: which certificates must be shown not to be revoked, and by what.
    public static func validate(
        chain: [Certificate],
        trust: TrustStore,
        purpose: ValidationPurpose = .server,
        name: VerifyName? = nil,
        at time: Int64? = nil,
        securityLevel: Int = 2,
        revocation: RevocationPolicy = RevocationPolicy()
    ) -> ChainValidation {
        let moment = time ?? Int64(Glibc.time(nil))
        let fetched = revocation.fetched
        func result(
            _ problems: [ValidationProblem],
            chain: [(certificate: Certificate, wasSent: Bool)] = [],
            matched: PeerText? = nil,
            revocation: RevocationReport? = nil
        ) -> ChainValidation {
            var validation = ChainValidation(
                isTrusted: problems.isEmpty,
                problems: problems,
                verifiedChain: chain.map { ChainLink($0.certificate, wasSent: $0.wasSent) },
                nameChecked: name,
                matchedName: matched,
                purpose: purpose,
                time: CertificateTime(unixSeconds: moment),
                securityLevel: securityLevel,
                revocation: revocation
            )
            validation.builtChain = chain.map(\.certificate)
            return validation.judging(fetched: fetched)
        }
        guard let leaf = chain.first else {
            return result([ValidationProblem(code: 1, id: "no-certificate", text: "no certificate was sent")])
        }
        var verification: X509Verification
        var unreadable: CertificateError?
        let leafHandle: X509Handle
        do {
            leafHandle = try leaf.handle()
            // One that libcrypto can't read can't help either; the leaf has to be readable.
            let others = chain.dropFirst().prefix(100).compactMap { try? $0.handle() }
            var options = X509Verification.Options(
                purpose: purpose == .server ? "ssl_server" : "ssl_client",
                time: moment,
                depth: greatestDepth,
                securityLevel: Int32(clamping: max(0, min(5, securityLevel)))
            )
            options.lists = revocation.allLists.map(\.handle)
            options.revocation =
                switch revocation.mode {
                case .none: .none
                case .end: .leaf
                case .chain, .excludeRoot: .all
                }
            let settled = options
            func verify() throws(LibraryError) -> X509Verification {
                try X509Verification(leaf: leafHandle, untrusted: others, store: trust.handle, options: settled)
            }
            let wasLoaded = trust.deferred.isLoaded
            verification = try verify()
            if !verification.problems.isEmpty, !wasLoaded {
                do throws(CertificateError) {
                    try trust.deferred.load(into: trust.handle)
                    verification = try library { () throws(LibraryError) in try verify() }
                } catch {
                    unreadable = error
                }
            }
        } catch let error as CertificateError {
            return result([
                ValidationProblem(code: 1, id: "unreadable", text: error.text, depth: 0, subject: leaf.subject.text)
            ])
        } catch {
            return result([
                ValidationProblem(code: 1, id: "internal-error", text: "libcrypto could not validate the chain")
            ])
        }
        var problems = ValidationProblem.tidied(verification.problems.map(ValidationProblem.init))
        if let unreadable {
            // First, since the rest may follow from it.
            problems.insert(ValidationProblem(code: 1, id: unreadable.kind.rawValue, text: unreadable.text), at: 0)
        }
        let sent = Dictionary(chain.map { ($0.der, $0) }, uniquingKeysWith: { first, _ in first })
        let built = verification.chain.compactMap { der in
            (sent[der] ?? (try? Certificate(der: der))).map { (certificate: $0, wasSent: sent[der] != nil) }
        }
        let report = RevocationReport(policy: revocation, chain: built.map(\.certificate), problems: &problems)
        let (matched, nameProblem) = check(name, of: leaf, leafHandle)
        if let nameProblem { problems.append(nameProblem) }
        return result(problems, chain: built, matched: matched, revocation: report)
    }

    private static func check(
        _ name: VerifyName?,
        of leaf: Certificate,
        _ handle: X509Handle
    ) -> (matched: PeerText?, problem: ValidationProblem?) {
        let outcome: X509Handle.NameMatch
        let code: Int32
        switch name {
        case nil:
            return (nil, nil)
        case .dns(let text)?:
            code = 62
            // A final dot says that the name is complete; certificates are written without (RFC 9525 §6.3).
            let host = Array(text.utf8)
            outcome = handle.match(host: host.last == UInt8(ascii: ".") ? host.dropLast() : host)
        case .ip(let text)?:
            code = 64
            outcome = IPAddress.bytes(text).map { handle.match(address: $0) } ?? .malformed
            if case .matched = outcome, let bytes = IPAddress.bytes(text), let shown = IPAddress.text(bytes) {
                return (PeerText(shown), nil)
            }
        }
        let explanation: String
        switch outcome {
        case .matched(let matched):
            return (PeerText(bytes: matched ?? Array(name?.text.utf8 ?? "".utf8)), nil)
        case .malformed:
            explanation = "the name asked for is not a valid one"
        case .mismatched:
            explanation = mismatch(name, leaf)
        }
        return (
            nil,
            ValidationProblem(
                code: code,
                id: "name-mismatch",
                text: explanation,
                depth: 0,
                subject: leaf.subject.text
            )
        )
    }

    private static func mismatch(_ name: VerifyName?, _ leaf: Certificate) -> String {
        let names = leaf.subjectAlternativeNames.filter { $0.kind == .dns || $0.kind == .ip }
        guard !names.isEmpty else {
            return "the certificate has no alternative names, and a common name does not count (RFC 9525)"
        }
        if case .ip? = name, !names.contains(where: { $0.kind == .ip }) {
            return "the certificate is for names, not for this address"
        }
        if case .dns? = name, !names.contains(where: { $0.kind == .dns }) {
            return "the certificate is for addresses, not for this name"
        }
        return "the certificate is for other names"
    }
}
