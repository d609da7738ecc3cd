import Certificates
import SecureChannel
import TLSParameters
import Transport

/// Asks for the certificates that other clients get: those that can't use the key of the session's own, that send no
/// server_name, or that don't speak TLS 1.3.
struct ChainCollector: Sendable {
    let opening: Opening
    let address: SocketEndpoint
    let deadline: Deadline

    /// What was found.
    struct Outcome: Sendable {
        var chains: [ServedChain] = []
        /// Whether who sends no server name gets another certificate; nil if that was not found out.
        var hasAnotherSite: Bool?
        var findings: [Finding] = []
        var spent = Spending()
    }

    /// A client that differs from the one of the session.
    private struct Circumstance: Sendable {
        var name: String
        var opening: Opening
    }

    /// A session for each kind of client, side by side; chains that differ from `known`, each once.
    func run(known: [Certificate], at now: Int64) async -> Outcome {
        let circumstances = circumstances(known)
        var answers = [Answer?](repeating: nil, count: circumstances.count)
        await withTaskGroup(of: (Int, Answer).self) { group in
            for (index, circumstance) in circumstances.enumerated() {
                group.addTask { (index, await ask(circumstance)) }
            }
            for await (index, answer) in group { answers[index] = answer }
        }
        var outcome = Outcome()
        var seen: [[Certificate]] = [known]
        for (circumstance, answer) in zip(circumstances, answers) {
            guard let answer else { continue }
            outcome.spent.join(answer.spent)
            guard let attributes = answer.attributes else { continue }
            let chain = ConnectResult.certificates(attributes)
            if circumstance.name == Self.nameless, let leaf = known.first, !chain.isEmpty || answer.isRefused {
                outcome.hasAnotherSite = !chain.isEmpty && chain.first != leaf
            }
            guard !chain.isEmpty else { continue }
            if let place = seen.firstIndex(of: chain) {
                if place > 0 { outcome.chains[place - 1].circumstances.append(circumstance.name) }
                continue
            }
            seen.append(chain)
            let validation = attributes.peer.validation
            outcome.chains.append(
                ServedChain(
                    circumstances: [circumstance.name],
                    certificates: chain.map { CertificateReport($0, now: now) },
                    validation: validation
                )
            )
            // The name that a client without server_name wanted is not known to the server.
            let judged = circumstance.name == Self.nameless ? nil : validation
            outcome.findings += ChainFindings.all(chain: chain, validation: judged, now: now)
        }
        return outcome
    }

    /// What a client got: nothing if no connection was made.
    private struct Answer: Sendable {
        var attributes: ConnectionAttributes?
        /// Whether the server refused such a client by an alert.
        var isRefused = false
        var spent: Spending
    }

    private func ask(_ circumstance: Circumstance) async -> Answer {
        let attempt = await circumstance.opening.attempt(to: [address], deadline: deadline)
        guard let session = attempt.session else { return Answer(spent: Spending(connections: 1)) }
        if attempt.isEstablished { _ = await session.sendCloseNotify(deadline: .after(.seconds(2))) }
        await session.stream.close()
        let isRefused = if case .failed(let failure)? = attempt.outcome { failure.alertReceived != nil } else { false }
        return Answer(attributes: session.context.attributes, isRefused: isRefused, spent: session.spending)
    }

    private static let nameless = "without server_name"

    /// The clients that may get something else. One whose credential leaves nothing to offer is none.
    private func circumstances(_ known: [Certificate]) -> [Circumstance] {
        let credential = opening.credential.credential
        var found: [Circumstance] = []
        func add(_ name: String, _ change: (inout Credential) -> Void) {
            guard let opening = try? opening.with(change) else { return }
            found.append(Circumstance(name: name, opening: opening))
        }
        // Who pinned schemes wants to know what those bring.
        if credential.signatureSchemes == nil {
            let key = known.first?.publicKey.algorithm
            if key != "RSA" { add("RSA") { $0.signatureSchemes = Self.rsa } }
            if key == nil || key == "RSA" { add("ECDSA") { $0.signatureSchemes = Self.elliptic } }
        }
        if credential.serverName != nil { add(Self.nameless) { $0.serverName = nil } }
        if credential.protocols.contains(.tls13), credential.protocols.contains(.tls12) {
            add("up to tls1.2") { $0.protocols.removeAll { $0 == .tls13 } }
        }
        return found
    }

    /// What every client can check that can check RSA at all; names that this libssl doesn't know would leave nothing to offer.
    private static let rsa: [SignatureScheme] = [
        .rsa_pss_rsae_sha256, .rsa_pss_rsae_sha384, .rsa_pss_rsae_sha512,
        .rsa_pkcs1_sha256, .rsa_pkcs1_sha384, .rsa_pkcs1_sha512,
    ]
    private static let elliptic: [SignatureScheme] = [
        .ecdsa_secp256r1_sha256, .ecdsa_secp384r1_sha384, .ecdsa_secp521r1_sha512, .ed25519, .ed448,
    ]
}

extension Spending {
    /// Adds what was spent side by side: round trips and time are those of whoever took longest.
    mutating func join(_ other: Spending) {
        let (roundTrips, seconds) = (max(roundTrips, other.roundTrips), max(seconds, other.seconds))
        add(other)
        (self.roundTrips, self.seconds) = (roundTrips, seconds)
    }
}
