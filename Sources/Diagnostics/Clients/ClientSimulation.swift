import TLSParameters

/// Works out what known clients would negotiate with a server that was surveyed. Nothing is sent.
///
/// The server chooses the newest version that both have, then a suite, and a group that goes with it. Where a choice hangs on what
/// the survey doesn't tell, the outcome says so.
struct ClientSimulation {
    let survey: CiphersResult

    /// All known clients.
    var clients: [SimulatedClient] { ClientProfile.all.map(fate) }

    /// One client.
    func fate(_ client: ClientProfile) -> SimulatedClient {
        var fate = SimulatedClient(name: client.name, date: client.date, source: client.source, verdict: .undetermined)
        guard survey.everySuite else {
            fate.reason = "only some suites were asked for"
            return fate
        }
        for version in client.versions.sorted(by: >) {
            guard let known = survey.versions.first(where: { $0.version == version.id }) else {
                fate.reason = "\(version.id) was not asked for"
                return fate
            }
            switch known.verdict {
            case "supported": return choose(client, version, known, fate)
            case "rejected": continue
            default:
                fate.reason = "\(version.id): \(known.reason ?? "there was no clear answer")"
                return fate
            }
        }
        fate.verdict = .fails
        fate.reason = "no version in common"
        return fate
    }

    // MARK: Suites

    private func choose(
        _ client: ClientProfile,
        _ version: ProtocolVersion,
        _ known: VersionSupport,
        _ fate: SimulatedClient
    ) -> SimulatedClient {
        var fate = fate
        let common = ordered(known, client).filter { isUsable($0, by: client, in: version) != false }
        guard let first = common.first else {
            fate.verdict = known.complete ? .fails : .undetermined
            fate.reason =
                known.complete ? "no suite and group in common in \(version.name)" : "not every suite is known"
            return fate
        }
        fate.verdict = .connects
        fate.version = version.id
        let isSettled =
            known.complete && (known.order != nil || common.count == 1)
            && isUsable(first, by: client, in: version) == true
        guard isSettled else {
            fate.reason =
                known.order == nil ? "whose order of suites counts isn't known" : "not every suite or group is known"
            // Any of them, so at least what they have in common.
            let secrecy = Set(common.map { $0.suite.forwardSecrecy ?? (version >= .tls13) })
            fate.forwardSecrecy = secrecy.count == 1 ? secrecy.first : nil
            return fate
        }
        fate.suite = first.suite.iana ?? first.suite.name
        fate.forwardSecrecy = version >= .tls13 ? true : first.suite.forwardSecrecy
        if isFiniteField(first), let bits = first.exchange.groupBits, !client.fieldSizes.contains(bits) {
            fate.verdict = .fails
            fate.version = nil
            fate.suite = nil
            fate.forwardSecrecy = nil
            fate.reason = "it does not take a Diffie-Hellman group of \(bits) bits, which the server chooses"
            return fate
        }
        fate.group = group(first, client, version)
        return fate
    }

    /// The suites that both have, the likeliest first.
    private func ordered(_ known: VersionSupport, _ client: ClientProfile) -> [SuiteSupport] {
        let offered = client.suites.map(\.codePointText)
        let common = known.suites.filter { offered.contains($0.suite.codePoint) }
        let byClient = common.sorted {
            (offered.firstIndex(of: $0.suite.codePoint) ?? 0) < (offered.firstIndex(of: $1.suite.codePoint) ?? 0)
        }
        switch known.order {
        case "client": return byClient
        case "server-unless-chacha":
            // The client's first suite decides, be it one that the server doesn't have (SSL_OP_PRIORITIZE_CHACHA).
            guard client.suites.first?.facts?.cipher.hasPrefix("CHACHA20") == true else { return common }
            return common.filter(Self.isChaCha) + common.filter { !Self.isChaCha($0) }
        default: return common
        }
    }

    private static func isChaCha(_ support: SuiteSupport) -> Bool {
        support.suite.cipher?.uppercased().hasPrefix("CHACHA20") == true
    }

    /// Whether both have a group for a suite, and the client takes the certificate's curve; nil where that isn't known.
    private func isUsable(_ support: SuiteSupport, by client: ClientProfile, in version: ProtocolVersion) -> Bool? {
        if version >= .tls13 { return sharesGroup(client, groups(in: "tls1.3", family: nil), support) }
        guard let exchange = support.suite.keyExchange, exchange.hasPrefix("ECDHE"), !client.groups.isEmpty else {
            return true
        }
        if support.suite.authentication == "ECDSA", let index = support.exchange.certificate,
            let curve = survey.certificates.first(where: { $0.index == index })?.curve,
            !client.groups.contains(where: { $0.name == curve })
        {
            return false
        }
        return sharesGroup(client, groups(in: version.id, family: support), support)
    }

    private func isFiniteField(_ support: SuiteSupport) -> Bool {
        support.suite.keyExchange?.hasPrefix("DHE") == true
    }

    // MARK: Groups

    /// What is known of the groups that go with a suite.
    private struct Groups {
        var taken: [GroupSupport] = []
        var isComplete = false
        var order: String?
    }

    private func groups(in version: String, family support: SuiteSupport?) -> Groups {
        // The older versions share one list with TLS 1.2.
        let lists = survey.groupLists.filter { list in
            guard let support else { return list.version == version && list.family == nil }
            return list.version != "tls1.3" && Self.family(list.family, fits: support)
        }
        guard let list = lists.first(where: { $0.version == version }) ?? lists.first else { return Groups() }
        let taken = survey.groups.filter {
            $0.version == list.version && $0.family == list.family && $0.verdict == "supported"
        }
        return Groups(taken: taken, isComplete: list.complete, order: list.order)
    }

    private static func family(_ family: String?, fits support: SuiteSupport) -> Bool {
        guard let family, let exchange = support.suite.keyExchange else { return false }
        guard family.hasPrefix(exchange) else { return false }
        guard let authentication = support.suite.authentication, family.contains(" ") else { return true }
        return family.hasSuffix(authentication)
    }

    private func sharesGroup(_ client: ClientProfile, _ groups: Groups, _ support: SuiteSupport) -> Bool? {
        let offered = Set(client.groups.map(\.codePointText))
        if groups.taken.contains(where: { offered.contains($0.codePoint) }) { return true }
        if let seen = support.exchange.groupCodePoint, offered.contains(seen) { return true }
        return groups.isComplete ? false : nil
    }

    /// The group that the server would choose; nil where that isn't known.
    private func group(_ support: SuiteSupport, _ client: ClientProfile, _ version: ProtocolVersion) -> String? {
        let exchange = support.suite.keyExchange ?? ""
        if version < .tls13, exchange.hasPrefix("DHE") { return support.exchange.group }
        guard version >= .tls13 || exchange.hasPrefix("ECDHE") else { return nil }
        let groups = version >= .tls13 ? groups(in: "tls1.3", family: nil) : groups(in: version.id, family: support)
        let taken = Set(groups.taken.map(\.codePoint))
        let common = client.groups.filter { taken.contains($0.codePointText) }
        if version >= .tls13 {
            // A share at hand saves a round trip, so a group with one goes first; of several the client's first or the server's
            // favourite, which only where it's the same one is known.
            let shared = client.shares.filter { taken.contains($0.codePointText) }
            if shared.count == 1 { return shared[0].name }
            if let first = shared.first {
                let favourite = groups.taken.first { $0.preferred == true }
                return favourite?.codePoint == first.codePointText ? first.name : nil
            }
        }
        if groups.isComplete, common.count == 1 { return common[0].name }
        switch groups.order {
        case "server": return groups.taken.first { common.map(\.codePointText).contains($0.codePoint) }?.name
        case "client": return groups.isComplete ? common.first?.name : nil
        default: return nil
        }
    }
}
