import TLSParameters
import TLSWire

extension Answer {
    /// What an answer says about the question that was asked.
    init(_ answer: HelloAnswer, to question: SuiteQuestion) {
        switch answer.content {
        case .observed(let observation): self.init(observation, to: question)
        case .closes(let reset): self = .closes(reset: reset, followsAlerts: answer.followsAlerts)
        case .unknown(let doubt): self = .unknown(doubt)
        }
        if case .chose(var found) = self {
            found.evidence = answer.request
            if answer.isJoined { (found.group, found.groupBits) = (nil, nil) }
            self = .chose(found)
        }
    }

    private init(_ observation: Observation, to question: SuiteQuestion) {
        switch observation {
        case .serverHello(let hello, let parts):
            self.init(hello, parts.keyExchange, to: question)
        case .helloRetryRequest(let hello):
            self.init(hello, nil, to: question)
        case .alert(let alert): self = .refused(alert)
        case .ssl2ServerHello: self = .otherVersion(.ssl2, CipherSuite(rawValue: 0))
        case .ssl2Error: self = .refused(Alert(level: .fatal, description: .handshake_failure))
        case .pctServerHello, .pctError: self = .foreign(prefix: [])
        case .notTLS(let prefix): self = .foreign(prefix: prefix)
        case .undecodable(let error, _): self = .unknown(.undecodable(error))
        case .cutOff(let ending, let error, _):
            self = .unknown(ending == .timedOut ? .timedOut : .undecodable(error))
        case .unreachable(let error): self = .unknown(.unreachable(error))
        case .notAsked(let reason): self = .unknown(.notAsked(reason))
        case .closed: self = .unknown(.noControl(reset: false))
        case .reset: self = .unknown(.noControl(reset: true))
        case .timedOut: self = .unknown(.timedOut)
        }
    }

    private init(_ hello: ServerHello, _ exchange: ServerKeyExchange?, to question: SuiteQuestion) {
        let suite = hello.cipherSuite
        guard hello.selectedVersion == question.version else {
            self = .otherVersion(hello.selectedVersion, suite)
            return
        }
        guard question.suites.contains(suite) else {
            self = .violation(suite)
            return
        }
        var found = FoundSuite(suite: suite)
        if question.version >= .tls13 {
            found.group = hello.selectedGroup
        } else if case .dhe(let parameters)? = exchange?.parameters {
            found.groupBits = parameters.bits
            found.primeName = KnownPrimes.name(of: parameters)
            found.group = NamedGroup(finiteField: parameters)
        } else {
            found.group = exchange?.group
        }
        if found.groupBits == nil, let bits = found.group?.facts?.bits, bits > 0 { found.groupBits = bits }
        self = .chose(found)
    }
}

extension NamedGroup {
    /// The RFC 7919 group with this generator and prime.
    ///
    /// Told by the size, the generator, and the first 320 and last 64 bits of the prime: the first bits of e in the middle
    /// of the prime are common to all five groups (RFC 7919 appendix A), and nobody else's.
    init?(finiteField parameters: DHParameters) {
        guard parameters.g.drop(while: { $0 == 0 }) == [2] else { return nil }
        let prime = parameters.p.drop { $0 == 0 }
        let head: [UInt8] = [
            0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xAD, 0xF8, 0x54, 0x58, 0xA2, 0xBB, 0x4A, 0x9A,
            0xAF, 0xDC, 0x56, 0x20, 0x27, 0x3D, 0x3C, 0xF1, 0xD8, 0xB9, 0xC5, 0x83, 0xCE, 0x2D, 0x36, 0x95,
            0xA9, 0xE1, 0x36, 0x41, 0x14, 0x64, 0x33, 0xFB,
        ]
        guard prime.starts(with: head), prime.suffix(8).allSatisfy({ $0 == 0xFF }) else { return nil }
        switch prime.count * 8 {
        case 2_048: self = .ffdhe2048
        case 3_072: self = .ffdhe3072
        case 4_096: self = .ffdhe4096
        case 6_144: self = .ffdhe6144
        case 8_192: self = .ffdhe8192
        default: return nil
        }
    }
}
