import SecureChannel
import TLSParameters

/// `ciphers` without a target: the suites known here, and what the engines here can do with each.
public struct LocalCiphersOperation: Sendable {
    private let filter: SuiteFilter

    /// Lists the suites that pass the filter.
    public init(filter: SuiteFilter) {
        self.filter = filter
    }

    /// The table.
    ///
    /// - Throws: `RequestProblem` if this machine's libssl can't be asked.
    public func run() throws(RequestProblem) -> Report<LocalCiphersResult> {
        let available: [CipherSuite: ChannelLibrary.Availability]
        do {
            available = try ChannelLibrary.suites()
        } catch {
            throw RequestProblem(credential: error)
        }
        let classicKinds = Set(ChannelLibrary.classicKinds)
        let kinds = SSL2CipherKind.registry.filter(filter.matches).map {
            LocalSuite($0, isClassic: classicKinds.contains($0.kind))
        }
        let classic = ChannelLibrary.classicSuites
        let suites = CipherSuite.registry.filter(filter.matches).map { facts in
            LocalSuite(
                suite: SuiteDescription(facts),
                firstVersion: facts.firstVersion.id,
                lastVersion: facts.lastVersion.id,
                recommended: facts.recommended.rawValue,
                reference: facts.reference,
                libssl: LocalSuite.Availability(available[facts.suite], isClassic: classic.contains(facts.suite))
            )
        }
        let found = kinds + suites
        return Report(
            tool: .current,
            verb: .ciphers,
            target: nil,
            startedAt: Timestamp.text(Timestamp.now),
            status: found.isEmpty ? RunStatus(noMatch: filter) : .ok,
            result: found.isEmpty ? nil : LocalCiphersResult(suites: found, known: SuiteFilter.knownCount)
        )
    }
}

extension LocalSuite {
    /// A cipher kind of SSL 2.0, which no libssl of today speaks.
    fileprivate init(_ facts: SSL2CipherFacts, isClassic: Bool) {
        self.init(
            suite: SuiteDescription(facts.kind),
            firstVersion: ProtocolVersion.ssl2.id,
            lastVersion: ProtocolVersion.ssl2.id,
            recommended: Recommended.unlisted.rawValue,
            reference: "SSL 2.0",
            libssl: isClassic ? .classic : .probe
        )
    }
}

extension LocalSuite.Availability {
    fileprivate init(_ availability: ChannelLibrary.Availability?, isClassic: Bool) {
        self =
            switch availability {
            case .byDefault: .yes
            case .onRequest: .named
            case .atLevelZero: .legacy
            case nil: isClassic ? .classic : .probe
            }
    }
}
