import Certificates
import SecureChannel

/// Reports are read back to be judged again, and compared: those of an older version lack keys of today.
extension InspectResult {
    private enum Keys: String, CodingKey {
        case kind, dial, attributes, certificates, order, validation, survey, chains, checks, addresses, http, clients
        case judgement, comparison, dns, assessment, file, comparedKey
    }

    /// Reads a result; a list that isn't there is empty.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        self.init(
            kind: try container.decode(Kind.self, forKey: .kind),
            dial: try container.decodeIfPresent(DialSummary.self, forKey: .dial),
            attributes: try container.decodeIfPresent(ConnectionAttributes.self, forKey: .attributes),
            chain: [],
            validation: try container.decodeIfPresent(ChainValidation.self, forKey: .validation),
            now: 0
        )
        certificates = try container.decodeIfPresent([CertificateReport].self, forKey: .certificates) ?? []
        order = try container.decodeIfPresent(ChainOrder.self, forKey: .order) ?? order
        survey = try container.decodeIfPresent(CiphersResult.self, forKey: .survey)
        chains = try container.decodeIfPresent([ServedChain].self, forKey: .chains) ?? []
        checks = try container.decodeIfPresent([CheckOutcome].self, forKey: .checks) ?? []
        addresses = try container.decodeIfPresent([AddressReport].self, forKey: .addresses) ?? []
        http = try container.decodeIfPresent(HTTPFacts.self, forKey: .http)
        clients = try container.decodeIfPresent([SimulatedClient].self, forKey: .clients) ?? []
        judgement = try container.decodeIfPresent(Judgement.self, forKey: .judgement)
        dns = try container.decodeIfPresent(DNSFacts.self, forKey: .dns)
        assessment = try container.decodeIfPresent(ChainAssessment.self, forKey: .assessment)
        file = try container.decodeIfPresent(FileContents.self, forKey: .file)
        comparedKey = try container.decodeIfPresent(KeyComparison.self, forKey: .comparedKey)
        comparison = try container.decodeIfPresent(BaselineComparison.self, forKey: .comparison)
    }
}
