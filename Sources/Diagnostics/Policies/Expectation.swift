import TLSParameters

/// What a user expects of one target, written on the command line: `tls1.3=supported`, `days-left>=30`,
/// `finding:suite.3des=absent`. It becomes a rule like any other.
public struct Expectation: Hashable, Sendable {
    /// The rule that it means.
    public let rule: PolicyRule

    private static let features: [String: PolicyRule.Check] = [
        "ocsp-staple": .ocspStaple, "secure-renegotiation": .secureRenegotiation,
        "client-renegotiation": .clientRenegotiation, "compression": .compression,
        "extended-master-secret": .extendedMasterSecret, "encrypt-then-mac": .encryptThenMAC,
        "fallback-scsv": .fallbackSCSV, "heartbeat": .heartbeat, "session-tickets": .sessionTickets,
        "early-data": .earlyData, "certificate-transparency": .certificateTransparency,
        "server-preference": .serverPreference, "forward-secrecy": .forwardSecrecy, "post-quantum": .postQuantum,
        "trusted": .trust, "name-match": .nameMatch,
    ]
    private static let lists: [String: PolicyRule.Check] = [
        "cipher": .suites, "group": .groups, "signature-scheme": .signatureSchemes, "alpn": .alpn,
        "certificate-key": .certificateKeys, "certificate-curve": .certificateCurves,
        "certificate-signature": .certificateSignatures,
    ]
    private static let numbers: [String: PolicyRule.Check] = [
        "days-left": .certificateRemaining, "percent-left": .certificateRemaining, "lifetime": .certificateLifetime,
        "rsa-bits": .rsaBits, "ec-bits": .ecBits, "dh-bits": .dhBits, "ecdh-bits": .ecdhBits, "suite-bits": .suiteBits,
        "ticket-lifetime": .ticketLifetime, "hsts-age": .hstsAge, "grade": .grade,
    ]

    /// Every key that there is, but for versions and `finding:ID`.
    public static var keys: [String] {
        (Array(features.keys) + Array(lists.keys) + Array(numbers.keys) + ["version"]).sorted()
    }

    /// Understands `KEY=VALUE`, `KEY!=VALUE`, `KEY>=VALUE` and `KEY<=VALUE`.
    ///
    /// - Throws: `RequestProblem` that names what was probably meant.
    public init(parsing text: String) throws(RequestProblem) {
        guard let (key, sign, value) = Self.split(text), !key.isEmpty, !value.isEmpty else {
            throw RequestProblem(
                reason: "the expectation '\(text)' is incomplete",
                hint: "write KEY=VALUE, as in --expect tls1.3=supported or --expect 'days-left>=30'"
            )
        }
        let (check, requirement) = try Self.demand(key, sign, value, text)
        rule = PolicyRule(
            id: "expect:\(text)",
            clause: PolicyRule.expectedClause,
            text: text,
            severity: .high,
            check: check,
            requirement: requirement
        )
    }

    private static func split(_ text: String) -> (key: String, sign: String, value: String)? {
        guard let index = text.firstIndex(where: { "=<>!".contains($0) }) else { return nil }
        let rest = text[index...]
        let sign = [">=", "<=", "!=", "="].first { rest.hasPrefix($0) }
        guard let sign else { return nil }
        return (String(text[..<index]).lowercased(), sign, String(rest.dropFirst(sign.count)))
    }

    private static func demand(
        _ key: String,
        _ sign: String,
        _ value: String,
        _ text: String
    ) throws(RequestProblem) -> (PolicyRule.Check, PolicyRule.Requirement) {
        func wrongSign(_ right: String) -> RequestProblem {
            RequestProblem(reason: "'\(sign)' makes no sense in the expectation '\(text)'", hint: "write \(right)")
        }
        if key.hasPrefix("finding:") {
            guard sign == "=" else { throw wrongSign("\(key)=absent") }
            guard value == "absent" else {
                throw RequestProblem(
                    reason: "'\(value)' is nothing that a finding can be expected to be",
                    hint: "write \(key)=absent"
                )
            }
            return (.findings, .forbidden([try PolicyNames.canonical(String(key.dropFirst(8)), .findings)]))
        }
        if key == "version" {
            let version = try PolicyNames.canonical(value, .versions)
            let all = ProtocolVersion.all.map(\.id)
            let place = all.firstIndex(of: version) ?? 0
            switch sign {
            case ">=": return (.versions, .allowed(Array(all[place...])))
            case "<=": return (.versions, .allowed(Array(all[...place])))
            case "!=": return (.versions, .forbidden([version]))
            default: return (.versions, .required([version]))
            }
        }
        if let version = ProtocolVersion(id: key), ProtocolVersion.all.contains(version) {
            guard sign == "=" else { throw wrongSign("\(key)=supported") }
            switch value {
            case "supported", "yes": return (.versions, .required([version.id]))
            case "rejected", "refused", "no": return (.versions, .forbidden([version.id]))
            default:
                throw RequestProblem(
                    reason: "'\(value)' is nothing that a version can be",
                    hint: "write \(key)=supported or \(key)=rejected"
                )
            }
        }
        if let check = features[key] {
            switch (sign, value) {
            case ("=", "yes"), ("!=", "no"): return (check, .value(true))
            case ("=", "no"), ("!=", "yes"): return (check, .value(false))
            default:
                throw RequestProblem(
                    reason: "'\(key)' is yes or no, not '\(value)'",
                    hint: "write \(key)=yes or \(key)=no"
                )
            }
        }
        if let check = lists[key] {
            let names = try value.split(separator: ",").map { name throws(RequestProblem) in
                try PolicyNames.canonical(String(name), check)
            }
            switch sign {
            case "=": return (check, .required(names))
            case "!=": return (check, .forbidden(names))
            default: throw wrongSign("\(key)=\(value) or \(key)!=\(value)")
            }
        }
        if let check = numbers[key] {
            let amount = try PolicyNames.amount(
                key == "percent-left" && !value.hasSuffix("%") ? value + "%" : value,
                check
            )
            switch sign {
            case ">=": return (check, .minimum(amount))
            case "<=" where check != .grade: return (check, .maximum(amount))
            default: throw wrongSign("\(key)>=\(value)")
            }
        }
        throw RequestProblem(
            reason: "nothing called '\(key)' can be expected",
            hint: NearestNames.hint(
                key,
                among: keys + ProtocolVersion.all.map(\.id),
                otherwise: "keys are tls1.3, finding:ID, \(keys.joined(separator: ", "))"
            )
        )
    }
}
