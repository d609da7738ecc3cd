import Certificates
import Probing
import SecureChannel
import TLSParameters
import Transport

/// Asks every address of a name, and says where they differ.
struct AddressComparison: Sendable {
    let opening: Opening
    let settings: InspectSettings
    let deadline: Deadline

    /// How many addresses are asked; a name may have hundreds.
    private static let limit = 32
    /// How many are asked at once.
    private static let width = 4

    /// One address and what it said.
    private struct Place: Sendable {
        var address: SocketEndpoint
        var facts: Facts
        var spent = Spending()
    }

    /// What addresses are compared by.
    struct Facts: Sendable {
        var status: RunStatus
        /// Versions that are spoken, with what is accepted in them.
        var suites: [(version: String, names: Set<String>)] = []
        /// Versions of which it is not known whether they are spoken.
        var open: Set<String> = []
        var certificate: String?
        var applicationProtocol: PeerText?
    }

    /// What a visit says, as far as addresses are compared by it.
    static func facts(_ visit: ServerVisit.Outcome) -> Facts {
        var facts = Facts(status: visit.status)
        let attributes = visit.attempt.session?.context.attributes
        facts.certificate = attributes.flatMap { ConnectResult.certificates($0).first?.sha256 }
        facts.applicationProtocol = attributes?.names.alpn
        for version in visit.survey?.versions ?? [] {
            if version.verdict == "supported" {
                facts.suites.append((version.version, Set(version.suites.map(\.suite.name))))
            }
            if version.verdict == "inconclusive" || !version.complete { facts.open.insert(version.version) }
        }
        return facts
    }

    /// What came of it.
    struct Outcome {
        /// How each address stands.
        var addresses: [AddressReport]
        /// What is wrong with their differences.
        var findings: [Finding]
        /// What became of the checks of addresses.
        var checks: [CheckOutcome]
        /// What asking the others cost.
        var spent: Spending
    }

    /// Asks the other addresses; `visit` was to `first`.
    func run(first: SocketEndpoint, _ visit: ServerVisit.Outcome) async -> Outcome {
        var places = [Place(address: first, facts: Self.facts(visit))]
        var endpoints: [SocketEndpoint] = []
        var unasked: String?
        do {
            let others = try await opening.request.reach.endpoints(deadline: deadline).filter { $0 != first }
            endpoints = Array(others.prefix(Self.limit - 1))
            if others.count > endpoints.count { unasked = "\(others.count - endpoints.count) addresses were not asked" }
        } catch {
            unasked = "the name's other addresses could not be found out"
        }
        // Versions, suites and certificates are what differs where somebody forgot a machine.
        var settings = settings
        settings.parts.formIntersection([.survey])
        let visitor = ServerVisit(opening: opening, settings: settings, deadline: deadline, aspects: [])
        await withTaskGroup(of: Place.self) { group in
            var waiting = endpoints[...]
            func startNext() {
                guard let address = waiting.popFirst() else { return }
                group.addTask {
                    let visit = await visitor.run(to: [address])
                    return Place(address: address, facts: Self.facts(visit), spent: visit.spent)
                }
            }
            for _ in 0..<Self.width { startNext() }
            while let place = await group.next() {
                places.append(place)
                startNext()
            }
        }
        let order = Dictionary(endpoints.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        places[1...].sort { (order[$0.address] ?? 0) < (order[$1.address] ?? 0) }
        var spent = Spending()
        for place in places { spent.add(place.spent) }
        let reports = places.map { place in
            AddressReport(
                address: "\(place.address)",
                status: place.facts.status,
                versions: place.facts.suites.map(\.version),
                certificate: place.facts.certificate,
                differences: Self.differences(place.facts, from: places[0].facts).map { PeerText($0) }
            )
        }
        let facts = places.map { ("\($0.address)", $0.facts) }
        return Outcome(
            addresses: reports,
            findings: AddressFindings.all(facts),
            checks: AddressFindings.outcomes(facts, unasked: unasked, withSurvey: settings.parts.contains(.survey)),
            spent: spent
        )
    }

    /// Where an address differs from the first, a sentence each.
    private static func differences(_ facts: Facts, from first: Facts) -> [String] {
        var found: [String] = []
        if facts.status.exit != first.status.exit {
            found.append(facts.status.reason ?? "it is in order, which the first is not")
        }
        for (version, suites) in facts.suites {
            guard let other = first.suites.first(where: { $0.version == version }) else {
                if !first.open.contains(version) { found.append("it speaks \(version)") }
                continue
            }
            guard !facts.open.contains(version), !first.open.contains(version) else { continue }
            let (more, less) = (suites.subtracting(other.names).sorted(), other.names.subtracting(suites).sorted())
            if !more.isEmpty { found.append("\(version): it also accepts \(more.joined(separator: ", "))") }
            if !less.isEmpty { found.append("\(version): it does not accept \(less.joined(separator: ", "))") }
        }
        for (version, _) in first.suites where !facts.suites.contains(where: { $0.version == version }) {
            if !facts.open.contains(version), facts.certificate != nil { found.append("it does not speak \(version)") }
        }
        if let mine = facts.certificate, let other = first.certificate, mine != other {
            found.append("it shows another certificate")
        }
        if facts.certificate != nil, facts.applicationProtocol != first.applicationProtocol {
            found.append("it chooses another application protocol")
        }
        return found
    }
}
