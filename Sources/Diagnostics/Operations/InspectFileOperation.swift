import Certificates
import Transport

/// `inspect FILE`: a certificate or a chain from a file, judged like a server's, without any traffic but what revocation may
/// be asked for.
public struct InspectFileOperation: Sendable {
    private let path: String
    private let chain: [Certificate]
    private let store: TrustStore?
    private let settings: ValidationSettings
    private let revocation: RevocationPolicy

    /// Reads the file and the trusted certificates.
    ///
    /// - Throws: `RequestProblem` that says which file is not what it should be, and where.
    public init(path: String, validation: ValidationSettings) throws(RequestProblem) {
        self.path = path
        settings = validation
        revocation = try validation.revocationPolicy()
        let bytes = try InputFile.read(path)
        do {
            chain = try Certificate.readAll(bytes)
        } catch {
            if Identity.looksLikePKCS12(bytes) {
                throw RequestProblem(
                    reason: "\(path) is PKCS#12, which holds a key and certificates under a passphrase",
                    hint: "take the certificates out: openssl pkcs12 -in FILE -nokeys | sechan inspect -"
                )
            }
            throw RequestProblem(
                reason: "\(path): \(error)",
                hint: "inspect reads certificates, PEM or DER; keys and requests are for a later version"
            )
        }
        do {
            store = validation.mode == .none ? nil : try validation.anchors.acquire()
        } catch {
            throw RequestProblem(reason: "\(error)", hint: "check the files of --ca and --ca-dir")
        }
    }

    /// The report. Without `--verify-name` no name is checked, since a file is not a host.
    public func run() async -> Report<InspectResult> {
        let now = Timestamp.now
        let (validation, spent) = await judge()
        var target = TargetSummary(input: path, host: nil, address: nil, port: nil, sni: nil)
        if path == "-" { target.input = "standard input" }
        return Report(
            tool: .current,
            verb: .inspect,
            target: target,
            startedAt: Timestamp.text(now),
            status: RunStatus(validation: validation, path: path) ?? .ok,
            result: InspectResult(
                kind: .file,
                dial: nil,
                attributes: nil,
                chain: chain,
                validation: validation,
                now: settings.time ?? now
            ),
            findings: ChainFindings.all(chain: chain, validation: validation, now: settings.time ?? now),
            spent: spent
        )
    }

    private func judge() async -> (ChainValidation?, Spending) {
        guard let store else { return (nil, Spending()) }
        let validation = judge(store, revocation)
        let questions = validation.questions
        guard revocation.fetches, !questions.isEmpty else { return (validation, Spending()) }
        var policy = revocation
        let (fetched, spent) = await RevocationFetcher().fetch(questions, deadline: .after(Self.patience))
        policy.fetched = fetched
        return (judge(store, policy), spent)
    }

    /// How long others are asked.
    private static let patience = Duration.seconds(60)

    private func judge(_ store: TrustStore, _ revocation: RevocationPolicy) -> ChainValidation {
        let name: VerifyName? =
            if case .name(let name) = settings.name { VerifyName(name) } else { nil }
        return ChainValidator.validate(
            chain: chain,
            trust: store,
            purpose: .server,
            name: name,
            at: settings.time,
            revocation: revocation
        )
    }
}

extension RunStatus {
    /// A chain from a file that was judged and found wanting; nil if it is in order, or wasn't judged.
    fileprivate init?(validation: ChainValidation?, path: String) {
        guard let validation, !validation.isTrusted else { return nil }
        let problem = validation.problems.first
        self.init(
            exit: .certificate,
            kind: "verify:\(problem?.id ?? "failed")",
            reason: "\(path) was not accepted: \(problem?.text ?? "it is not trusted")",
            hint: problem?.id == "unknown-issuer" || problem?.id == "self-signed"
                ? "name its issuer with --ca FILE, or leave the judgement out with --verify none" : nil
        )
    }
}
