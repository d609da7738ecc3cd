import SecureChannel
import TLSParameters

extension FaultPlan {
    /// Why two faults can't go together; nil if they can.
    static func contradiction(_ one: Fault, _ other: Fault) -> String? {
        if one.kind == other.kind { return "each kind can be there once" }
        if let why = silenced(one, by: other) ?? silenced(other, by: one) { return why }
        let pair: Set<FaultKind> = [one.kind, other.kind]
        for (kinds, why) in exclusive where pair.isSubset(of: kinds) { return why }
        for (kind, others, why) in without where pair.contains(kind) && !pair.isDisjoint(with: others) { return why }
        return nil
    }

    /// Groups of which a connection can have one.
    private static let exclusive: [(kinds: Set<FaultKind>, why: String)] = [
        ([.expired, .notYetValid], "a certificate is one or the other"),
        ([.revokedStaple, .missingStaple], "there is a staple or there is none"),
        ([.wrongVersion, .unofferedSuite], "a client stumbles over the first of them"),
        ([.truncatedBody, .truncatedChunks], "an answer is cut off in one way"),
        (
            [.fin, .rst, .silence, .truncatedRecord, .noCloseNotify, .dataAfterClose],
            "each says how the connection ends"
        ),
        ([.fin, .rst, .silence, .truncatedRecord, .truncatedBody], "each says where the answer ends"),
        ([.fin, .rst, .silence, .truncatedRecord, .truncatedChunks], "each says where the answer ends"),
    ]

    /// Faults that leave others nothing to happen to.
    private static let without: [(kind: FaultKind, others: Set<FaultKind>, why: String)] = [
        (
            .selfSigned, [.missingIntermediate, .wrongOrder, .sha1Signature, .revokedStaple],
            "a self-signed certificate has no authority above it"
        ),
        (.missingIntermediate, [.wrongOrder, .hugeChain], "the certificate is all that is sent"),
        (
            .wrongVersion, [.keyUpdateFlood, .truncatedBody, .truncatedChunks, .noCloseNotify, .dataAfterClose],
            "no session comes to stand"
        ),
        (
            .unofferedSuite, [.keyUpdateFlood, .truncatedBody, .truncatedChunks, .noCloseNotify, .dataAfterClose],
            "no session comes to stand"
        ),
    ]

    /// Why a fault never gets its turn, because the other ends the connection first.
    private static func silenced(_ fault: Fault, by end: Fault) -> String? {
        guard [.fin, .rst, .silence, .truncatedRecord].contains(end.kind), let leg = end.leg else { return nil }
        // Half of the first record shows nothing of what is in the flight.
        if leg <= FaultKind.standardLeg, end.number == 0, fault.kind != .slow || end.kind != .truncatedRecord {
            return "nothing is sent before \(end.kind.rawValue) at leg \(leg)"
        }
        if let first = fault.leg, fault.kind == .slow, first > leg { return "leg \(leg) is the last one" }
        if fault.kind == .keyUpdateFlood, leg <= 3 { return "no session stands at leg \(leg)" }
        return nil
    }

    /// Checks the faults against what else was asked for.
    ///
    /// - Throws: `RequestProblem` for a fault that could not happen, or for an option that could have no effect.
    func check(against request: ServeRequest) throws(RequestProblem) {
        if let fault = faults.first(where: { $0.kind.area == .certificate }), !request.credentials.hasNoCertificate {
            throw RequestProblem(
                reason: "--fault \(fault.text) has no effect with --cert: that certificate is as it is",
                hint: "leave out --cert, and a certificate is made for the fault"
            )
        }
        if has(.wrongName), !request.names.isEmpty {
            throw RequestProblem(
                reason: "--fault wrong-name leaves --name without effect: the certificate is for \(Self.otherName)",
                hint: "leave out --name"
            )
        }
        if let fault = faults.first(where: { $0.kind.area == .certificate }), request.keyKinds != [.ecdsa] {
            throw RequestProblem(
                reason: "--fault \(fault.text) leaves --key-type without effect: the certificate is made for the fault",
                hint: "leave out --key-type"
            )
        }
        try checkBodies(request)
        if has(.helloRetry), request.protocols.groups != nil {
            throw RequestProblem(
                reason: "--fault hello-retry chooses the groups itself, so --groups has no effect",
                hint: "leave out --groups; without the fault, --groups secp521r1 asks most clients again"
            )
        }
    }

    private func checkBodies(_ request: ServeRequest) throws(RequestProblem) {
        guard let fault = self[.truncatedBody] ?? self[.truncatedChunks] else { return }
        if !request.mode.isHTTP {
            throw RequestProblem(
                reason: "--fault \(fault.text) has no effect where HTTP is not spoken: there is no body to cut off",
                hint:
                    "leave out --\(request.mode == .echo ? "echo" : "discard"), or cut the connection with --fault fin@LEG"
            )
        }
        if request.protocols.applicationProtocols != nil {
            throw RequestProblem(
                reason: "--fault \(fault.text) leaves --alpn without effect: bodies are cut off in HTTP/1.1",
                hint: "leave out --alpn"
            )
        }
    }

    /// Checks the faults against the versions that the server will speak.
    ///
    /// - Throws: `RequestProblem` for a fault that none of them can have.
    func check(versions: [String]) throws(RequestProblem) {
        guard !versions.contains(ProtocolVersion.tls13.id) else { return }
        guard let fault = self[.helloRetry] ?? self[.keyUpdateFlood] else { return }
        throw RequestProblem(
            reason: "--fault \(fault.text) needs TLS 1.3, which this server does not speak",
            hint: "leave out --protocol, or add tls1.3 to it"
        )
    }
}
