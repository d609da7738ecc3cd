import TLSParameters
import TLSWire

/// What became of a hello, as far as any inquiry cares.
enum HelloResult: Hashable, Sendable {
    /// The server chose something; in a HelloRetryRequest without further parts.
    case hello(ServerHello, FlightParts)
    /// It said no.
    case refused
    /// Nobody knows, and why.
    case unknown(String)
}

extension HelloAnswer {
    /// The answer, whatever was asked for.
    var result: HelloResult {
        switch content {
        case .observed(.serverHello(let hello, let parts)): .hello(hello, parts)
        case .observed(.helloRetryRequest(let hello)): .hello(hello, FlightParts())
        case .observed(.alert), .closes: .refused
        case .observed(.notTLS(let prefix)): .unknown("the answer is \(StreamOpening(prefix).name)")
        case .observed(.ssl2ServerHello), .observed(.ssl2Error): .unknown("the answer is one of SSL 2.0")
        case .observed(.pctServerHello), .observed(.pctError): .unknown("the answer is one of PCT 1.0")
        case .observed(.cutOff(.timedOut, _, _)): .unknown(Doubt.timedOut.text)
        case .observed(.cutOff(_, let error, _)): .unknown(Doubt.undecodable(error).text)
        case .observed(.undecodable(let error, _)): .unknown(Doubt.undecodable(error).text)
        case .observed(.unreachable(let error)): .unknown(Doubt.unreachable(error).text)
        case .observed(.notAsked(let reason)): .unknown(Doubt.notAsked(reason).text)
        case .observed(.closed): .unknown(Doubt.noControl(reset: false).text)
        case .observed(.reset): .unknown(Doubt.noControl(reset: true).text)
        case .observed(.timedOut): .unknown(Doubt.timedOut.text)
        case .unknown(let doubt): .unknown(doubt.text)
        }
    }

    /// The answer to a hello of `version` and no other: a ServerHello of another version is an oddity, not a yes.
    func result(in version: ProtocolVersion) -> HelloResult {
        guard case .hello(let hello, _) = result, hello.selectedVersion != version else { return result }
        return .unknown("the server answered with \(hello.selectedVersion.name)")
    }

    /// The same where what matters is the ServerKeyExchange: some servers find out only after their ServerHello that they
    /// can't make one, and then refuse.
    func exchangeResult(in version: ProtocolVersion) -> HelloResult { withExchange(result(in: version)) }

    /// The same, whatever the version.
    var exchangeResult: HelloResult { withExchange(result) }

    /// The run had ended.
    var wasNotAsked: Bool {
        switch content {
        case .unknown(.notAsked), .observed(.notAsked): true
        default: false
        }
    }

    private func withExchange(_ result: HelloResult) -> HelloResult {
        guard case .hello(_, let parts) = result, parts.keyExchange == nil else { return result }
        if parts.alert?.level == .fatal { return .refused }
        return parts.isWhole ? result : .unknown("the answer ends before the key exchange")
    }

    /// How the server refused, in words that follow "is" in a report; nil if it didn't.
    var refusalText: String? {
        switch content {
        case .observed(.alert(let alert)): "refused with \(alert.description.name)"
        case .closes(reset: true): "refused by a reset"
        case .closes(reset: false): "refused by closing the connection"
        default: nil
        }
    }

    /// The question and its alternative got no answer in time.
    var isSilence: Bool { usedAlternative && content == .unknown(.timedOut) }

    /// The server refused with this alert.
    func isAlert(_ description: AlertDescription) -> Bool {
        if case .observed(.alert(let alert)) = content { alert.description == description } else { false }
    }
}
