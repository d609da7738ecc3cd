import Certificates
import SecureChannel
import TLSParameters

/// Everything that a server does wrong on purpose: read, and free of contradictions.
public struct FaultPlan: Hashable, Sendable {
    /// The faults, in the order given.
    public private(set) var faults: [Fault] = []

    /// Nothing wrong.
    public init() {}

    /// Reads faults as `--fault` takes them.
    ///
    /// - Throws: `RequestProblem` for one that can't be read, or two that exclude each other.
    public init(parsing texts: [String]) throws(RequestProblem) {
        for text in texts {
            let fault = try Fault(parsing: text)
            for other in faults {
                guard let why = Self.contradiction(other, fault) else { continue }
                throw RequestProblem(
                    reason: "--fault \(other.text) and --fault \(fault.text) exclude each other: \(why)",
                    hint: "leave out one of the two, or run a server for each"
                )
            }
            faults.append(fault)
        }
    }

    /// The name that a certificate of `wrong-name` is for; nobody has it (RFC 2606).
    static let otherName = "wrong-name.invalid"
    /// Groups that clients offer and hardly ever send a share for.
    private static let retryGroups: [NamedGroup] = [.secp384r1, .secp521r1, .x448]

    /// Whether nothing is done wrong.
    var isEmpty: Bool { faults.isEmpty }

    /// The fault of a kind, if it was asked for.
    subscript(kind: FaultKind) -> Fault? { faults.first { $0.kind == kind } }

    /// Whether a fault of a kind was asked for.
    func has(_ kind: FaultKind) -> Bool { self[kind] != nil }

    /// Whether the certificates are wrong.
    var hasCertificateFault: Bool { faults.contains { $0.kind.area == .certificate } }

    /// What makes clients that check the certificate refuse it, whomever they trust; nil if nothing does.
    var refusal: FaultKind? {
        let refused: [FaultKind] = [
            .expired, .notYetValid, .wrongName, .selfSigned, .missingIntermediate, .weakKey, .sha1Signature,
            .revokedStaple,
        ]
        return faults.first { refused.contains($0.kind) }?.kind
    }

    // MARK: What the faults change

    /// The chain to show to clients; nil if nothing is wrong with certificates.
    func chain(names: [String]) throws(CertificateError) -> FaultyChain? {
        guard hasCertificateFault else { return nil }
        var wrong = ChainFaults()
        if has(.expired) { wrong.validity = .past }
        if has(.notYetValid) { wrong.validity = .future }
        wrong.isSelfSigned = has(.selfSigned)
        wrong.omitsIntermediate = has(.missingIntermediate)
        wrong.swapsIntermediates = has(.wrongOrder)
        wrong.hasWeakKey = has(.weakKey)
        wrong.isSignedWithSHA1 = has(.sha1Signature)
        wrong.demandsStaple = has(.missingStaple)
        wrong.isRevoked = has(.revokedStaple)
        wrong.padding = (self[.hugeChain]?.number ?? 0) * 1024
        return try FaultyChain(names: has(.wrongName) ? [Self.otherName] : names, faults: wrong)
    }

    /// Writes what the faults need into the server's credential.
    func apply(to credential: inout Credential) {
        // libssl won't even load what is this weak at its usual level.
        if has(.weakKey) || has(.sha1Signature) { credential.securityLevel = 0 }
        if has(.helloRetry) { credential.groups = Self.retryGroups }
        // A body is cut off in HTTP/1.1, where its length is said in so many words.
        if has(.truncatedBody) || has(.truncatedChunks) { credential.alpn = ["http/1.1"] }
    }
}

extension FaultPlan {
    /// A sentence on each fault: what clients see, and what a good one does.
    var notes: [String] {
        faults.map { "fault \($0.text): clients see \($0.kind.effect); a good one should \($0.kind.advice)" }
    }
}
