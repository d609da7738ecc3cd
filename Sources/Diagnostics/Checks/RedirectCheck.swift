import TLSParameters
import Transport

/// Whether the same name's port 80 leads to HTTPS.
struct RedirectCheck {
    let reach: Reach
    let timeout: Duration
    /// The port that is asked in the clear.
    var port = 80

    /// Why it makes no sense here; nil if it does.
    static func obstacle(_ reach: Reach) -> String? {
        if reach.target.port != 443 { return "the target's port is not 443" }
        if reach.starttls != nil { return "the target is no web server" }
        if reach.endpoint.connectTo != nil { return "the target is dialled elsewhere (--connect-to)" }
        return nil
    }

    /// One request in the clear.
    func run(deadline: Deadline) async -> (run: CheckRun, redirect: PeerText?) {
        let id = "http.no-redirect"
        var run = CheckRun()
        guard let host = reach.target.host else { return (run, nil) }
        let name = host.contains(":") ? "[\(host)]" : host
        guard let target = try? Target(parsing: "\(name):\(port)") else { return (run, nil) }
        let plain = Reach(target: target, endpoint: reach.endpoint, limits: reach.limits)
        let start = ContinuousClock.now
        let limit = deadline.sooner(of: .after(timeout))
        var answer = HTTPAnswer(keepingBodyTo: 0, keepsFields: true)
        run.spent.connections = 1
        do throws(TransportError) {
            let dial = try await plain.dial(deadline: limit).report
            run.spent.roundTrips = dial.roundTrips + 1
            let request = Array("GET / HTTP/1.1\r\nHost: \(name)\r\nConnection: close\r\n\r\n".utf8)
            try? await dial.stream.write(request, deadline: limit)
            run.spent.bytesSent = request.count
            while answer.status == nil, !answer.hasEnded,
                case .bytes(let bytes) = await dial.stream.read(deadline: limit)
            {
                run.spent.bytesReceived += bytes.count
                answer.take(bytes)
            }
            await dial.stream.abort()
        } catch {
            run.spent.seconds = start.duration(to: .now).seconds
            if error.kind == .refused {
                run.settle(id, .absent, "nothing listens on port 80")
            } else {
                run.settle(id, .undetermined, "port 80: \(error.detail)")
            }
            return (run, nil)
        }
        run.spent.seconds = start.duration(to: .now).seconds
        guard let status = answer.status else {
            run.settle(id, .undetermined, "port 80 did not answer over HTTP")
            return (run, nil)
        }
        let place = answer.field("location")
        let redirect = (300...399).contains(status) ? place : nil
        if let redirect, redirect.lowercased().hasPrefix("https://") {
            run.settle(id, .absent)
        } else {
            run.found(
                HTTPFindings.noRedirect(evidence: PeerText(bytes: (redirect ?? "status \(status)").utf8.prefix(512)))
            )
        }
        return (run, redirect.map { PeerText(bytes: $0.utf8.prefix(512)) })
    }
}
