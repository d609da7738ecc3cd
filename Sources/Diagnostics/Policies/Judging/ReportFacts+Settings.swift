import Certificates
import SecureChannel
import TLSParameters

/// What a report tells of the server's settings beside versions, suites and groups.
extension ReportFacts {
    /// The answer to one of the checks that are yes or no. `wanted` decides which version speaks for the server where they
    /// differ.
    func answer(_ check: PolicyRule.Check, wanted: Bool, versions: [String]) -> Answer {
        switch check {
        case .secureRenegotiation:
            return older { session in
                session.secureRenegotiation
            } orFeature: {
                renegotiationInfo(wanted)
            }
        case .extendedMasterSecret:
            return older {
                $0.extendedMasterSecret
            } orFeature: {
                feature("extended-master-secret", wanted: wanted)
            }
        case .encryptThenMAC: return encryptThenMAC(wanted)
        case .fallbackSCSV: return fallbackSCSV(wanted)
        case .compression: return compression(wanted)
        case .clientRenegotiation: return clientRenegotiation
        case .heartbeat: return feature("heartbeat", wanted: wanted)
        case .sessionTickets: return sessionTickets(wanted)
        case .earlyData: return earlyData
        case .ocspStaple: return staple
        case .certificateTransparency: return timestamps
        case .serverPreference: return serverPreference(versions)
        case .forwardSecrecy: return forwardSecrecy(versions)
        case .postQuantum: return postQuantum
        case .trust: return isTrusted
        case .nameMatch: return nameMatches
        default: return .unknown("no such question")
        }
    }

    /// A question that has no meaning in TLS 1.3.
    private func older(
        _ inSession: (SecurityAttributes) -> Bool?,
        orFeature: () -> Answer
    ) -> Answer {
        let asked = orFeature()
        if asked == .yes || asked == .no { return asked }
        if speaksOlder == .no { return .meaningless("the server speaks TLS 1.3 only") }
        if let version = sessionVersion, version != "tls1.3", let value = attributes.flatMap({ inSession($0.security) })
        {
            return value ? .yes : .no
        }
        return asked
    }

    private func renegotiationInfo(_ wanted: Bool) -> Answer {
        let answers = [feature("renegotiation-info", wanted: wanted), feature("renegotiation-scsv", wanted: wanted)]
        return answers.contains(.yes) ? .yes : answers[0]
    }

    private func encryptThenMAC(_ wanted: Bool) -> Answer {
        let blocks = suites(in: []).elements.contains { $0.suite.cipher?.contains("CBC") == true }
        if !blocks, suites(in: []).doubt == nil { return .meaningless("the server accepts no suite in CBC mode") }
        return older {
            $0.encryptThenMAC
        } orFeature: {
            feature("encrypt-then-mac", wanted: wanted)
        }
    }

    private func fallbackSCSV(_ wanted: Bool) -> Answer {
        let answer = feature("fallback-scsv", wanted: wanted)
        if answer == .yes || answer == .no { return answer }
        return spoken.count == 1 && survey != nil ? .meaningless("the server speaks one version only") : answer
    }

    private func compression(_ wanted: Bool) -> Answer {
        if let method = attributes?.security.compression, method.number != 0 { return .yes }
        let answer = feature("compression", wanted: wanted)
        if answer == .yes || answer == .no { return answer }
        return speaksOlder == .no ? .no : answer
    }

    private var clientRenegotiation: Answer {
        if speaksOlder == .no { return .no }
        return finding("renegotiation.client-initiated")
    }

    private func sessionTickets(_ wanted: Bool) -> Answer {
        if attributes.map({ !$0.session.tickets.isEmpty }) == true { return .yes }
        return feature("session-ticket", wanted: wanted)
    }

    private var earlyData: Answer {
        if speaks("tls1.3") == .no { return .meaningless("the server doesn't speak TLS 1.3") }
        guard sessionVersion == "tls1.3", let tickets = attributes?.session.tickets, !tickets.isEmpty else {
            return finding("ticket.early-data")
        }
        return tickets.contains { $0.maximumEarlyData ?? 0 > 0 } ? .yes : .no
    }

    private var staple: Answer {
        if isFile { return .unknown("the report is of a file") }
        if attributes?.peer.stapledOCSPBytes != nil { return .yes }
        let asked = attributes?.extensions.client.contains { $0.number == 5 } == true
        let stapled = feature("ocsp-stapling", wanted: true)
        if stapled == .yes { return .yes }
        guard let leaf = result.certificates.first?.certificate else {
            return stapled == .no ? .unknown("whether the certificate names an OCSP responder is not known") : stapled
        }
        if leaf.extensionFacts.ocspURLs.isEmpty, !leaf.extensionFacts.mustStaple {
            return .meaningless("the certificate names no OCSP responder")
        }
        if asked, sessionVersion != nil, attributes?.session.resumed == false { return .no }
        return stapled
    }

    private var timestamps: Answer {
        guard let leaf = result.certificates.first else { return .unknown(Self.noCertificate) }
        let count = leaf.certificate.extensionFacts.sctCount + (attributes?.peer.certificateTimestamps ?? 0)
        guard let assessment = result.assessment else {
            return .unknown(
                count > 0
                    ? "the report doesn't say whether the timestamps are the logs'" : "timestamps were not looked at"
            )
        }
        // Anybody can write a timestamp: it counts once the log's signature is found to be right.
        if assessment.timestamps.contains(where: { $0.verdict == .valid }) { return .yes }
        if let open = assessment.timestamps.first(where: { $0.verdict != .invalid }) {
            return .unknown(
                open.verdict == .unknownLog
                    ? "no timestamp could be verified: the logs are not in our list of \(assessment.logListDate)"
                    : "no timestamp could be verified: the issuer's certificate is missing"
            )
        }
        if count > assessment.timestamps.count { return .unknown("a timestamp can't be read") }
        return .no
    }

    private func serverPreference(_ versions: [String]) -> Answer {
        guard let survey else { return .unknown(Self.noSurvey) }
        let relevant = survey.versions.filter {
            $0.verdict == "supported" && $0.suites.count > 1 && (versions.isEmpty || versions.contains($0.version))
        }
        guard !relevant.isEmpty else { return .meaningless("no version has more than one suite") }
        if relevant.contains(where: { $0.order == "client" }) { return .no }
        if let open = relevant.first(where: { $0.order == nil }) {
            return .unknown("whose preference decides in \(name(open.version)) can't be told")
        }
        return .yes
    }

    private func forwardSecrecy(_ versions: [String]) -> Answer {
        let found = suites(in: versions)
        if found.elements.contains(where: { $0.suite.forwardSecrecy == false }) { return .no }
        if let doubt = found.doubt { return .unknown(doubt) }
        if found.elements.isEmpty { return .meaningless("the server accepts none") }
        return found.elements.contains { $0.suite.forwardSecrecy == nil } ? .unknown("a suite is not known") : .yes
    }

    private var postQuantum: Answer {
        let (support, doubt) = groups(in: [])
        let resistant = support.filter { NamedGroup(named: $0.key)?.facts?.isPostQuantum == true }
        if resistant.contains(where: { $0.value == .yes }) { return .yes }
        if let open = resistant.first(where: { if case .unknown = $0.value { true } else { false } }) {
            return .unknown("\(open.key): not determined")
        }
        // Only TLS 1.3 has such groups.
        if speaks("tls1.3") == .no { return .no }
        return doubt.map { .unknown($0) } ?? .no
    }

    /// Whether there is a finding of that id.
    func finding(_ id: String) -> Answer {
        if report.findings.contains(where: { $0.id == id }) { return .yes }
        guard let check = result.checks.first(where: { $0.id == id }) else {
            return .unknown("the report doesn't say whether it was looked for")
        }
        switch check.verdict {
        case .found: return .yes
        case .absent, .notApplicable: return .no
        case .undetermined: return .unknown(check.reason ?? "not determined")
        case .notRun: return .unknown(check.reason ?? "it was not looked for")
        }
    }

    /// `max-age` of Strict-Transport-Security in seconds, 0 for none that makes sense; nil if the report doesn't tell.
    var hstsAge: Int? {
        guard let http = result.http, http.problem == nil, http.status != nil else { return nil }
        return http.strictTransportSecurity == nil ? 0 : http.maxAge ?? 0
    }
}
