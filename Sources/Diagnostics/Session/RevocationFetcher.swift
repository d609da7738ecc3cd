import Certificates
import TLSParameters
import Transport

/// Asks OCSP responders, and fetches lists, where certificates say that they are.
///
/// Plain HTTP as RFC 6960 §A.1 and RFC 5280 §4.2.1.13 have it: what comes is signed, so nothing is believed for where it came
/// from. Redirects are not followed, and sizes, times and the number of places are bounded: a certificate's holder chose them.
struct RevocationFetcher: Sendable {
    /// The longest response of a responder; real ones have up to 10 KB.
    private static let responseLimit = 100_000
    /// The longest list; the largest real ones have some megabytes.
    private static let listLimit = 32 << 20
    /// The most places of a kind that are tried for a certificate.
    private static let placeLimit = 2
    /// The longest that one place may take.
    private static let patience = Duration.seconds(10)

    /// The way out of this machine: the proxy, the source address and the family.
    private var endpoint = EndpointSettings()
    private var connectTimeout = Duration.seconds(5)

    /// Goes the way that the request goes, to other places.
    init(_ request: ChannelRequest) {
        endpoint.proxy = request.endpoint.proxy
        endpoint.bind = request.endpoint.bind
        endpoint.family = request.endpoint.family
        connectTimeout = request.limits.connectTimeout
    }

    /// Goes straight.
    init() {}

    /// Asks about each certificate, a responder before a list, until one gives an answer; half of the time that is left at
    /// most, since the peer waits meanwhile.
    func fetch(
        _ questions: [RevocationQuestion],
        deadline: Deadline
    ) async -> (fetched: [RevocationFetch], spent: Spending) {
        let end = Deadline.after(deadline.remaining / 2).sooner(of: deadline)
        var fetched: [RevocationFetch] = []
        var spent = Spending()
        for question in questions {
            let places =
                question.responders.prefix(Self.placeLimit).map { (RevocationFetch.Kind.ocsp, $0) }
                + question.lists.prefix(Self.placeLimit).map { (.list, $0) }
            for (kind, url) in places {
                let fetch = await self.fetch(
                    kind,
                    url,
                    question,
                    deadline: .after(Self.patience).sooner(of: end),
                    &spent
                )
                fetched.append(fetch)
                if fetch.isConclusive { break }
            }
        }
        return (fetched, spent)
    }

    private func fetch(
        _ kind: RevocationFetch.Kind,
        _ url: PeerText,
        _ question: RevocationQuestion,
        deadline: Deadline,
        _ spent: inout Spending
    ) async -> RevocationFetch {
        func failure(_ problem: String, bytes: Int = 0) -> RevocationFetch {
            question.failure(kind, url, bytes: bytes, problem: problem)
        }
        do {
            let place = try PlainURL(url)
            switch kind {
            case .ocsp:
                let query = try question.query()
                let answer = try await exchange(
                    place,
                    post: query.der,
                    limit: Self.responseLimit,
                    deadline: deadline,
                    &spent
                )
                return question.answer(answer, to: query, from: url)
            case .list:
                let list = try await exchange(place, limit: Self.listLimit, deadline: deadline, &spent)
                return question.list(list, from: url)
            }
        } catch let error as PlainURL.Refusal {
            return failure(error.text)
        } catch let error as Failure {
            return failure(error.text, bytes: error.bytes)
        } catch let error as TransportError {
            return failure(error.kind == .timedOut ? "there was no answer in time" : "\(error)")
        } catch {
            return failure("it could not be asked: \(error)")
        }
    }

    /// An answer that is none.
    private struct Failure: Error {
        var text: String
        var bytes = 0
    }

    /// One request and the body of its answer.
    private func exchange(
        _ place: PlainURL,
        post body: [UInt8]? = nil,
        limit: Int,
        deadline: Deadline,
        _ spent: inout Spending
    ) async throws -> [UInt8] {
        let clock = ContinuousClock()
        let start = clock.now
        let reach = Reach(
            target: place.server,
            endpoint: endpoint,
            limits: Limits(timeout: Self.patience, connectTimeout: connectTimeout)
        )
        let dial = try await reach.dial(deadline: deadline).report
        spent.connections += 1
        let request = Self.request(place, post: body)
        var answer = HTTPAnswer(keepingBodyTo: limit)
        var ending: ReadOutcome?
        do {
            try await dial.stream.write(request, deadline: deadline)
            spent.bytesSent += request.count
            while ending == nil, !answer.isOver {
                switch await dial.stream.read(deadline: deadline) {
                case .bytes(let bytes):
                    spent.bytesReceived += bytes.count
                    answer.take(bytes)
                case .end:
                    // What is cut off fails as DER, or by its signature.
                    answer.end(isClean: true)
                    ending = .end
                case let other: ending = other
                }
            }
        } catch {
            await dial.stream.abort()
            throw error
        }
        await dial.stream.close()
        spent.roundTrips += dial.roundTrips + 1
        spent.seconds += start.duration(to: clock.now).seconds
        return try Self.body(of: answer, ending)
    }

    private static func request(_ place: PlainURL, post body: [UInt8]?) -> [UInt8] {
        var lines = [
            "\(body == nil ? "GET" : "POST") \(place.path) HTTP/1.1",
            "Host: \(place.server.authority(ofPort: 80) ?? "localhost")",
            "User-Agent: \(Tool.current.name)/\(Tool.current.version)",
        ]
        if let body {
            lines += ["Content-Type: application/ocsp-request", "Content-Length: \(body.count)"]
        }
        lines += ["Connection: close", "", ""]
        return Array(lines.joined(separator: "\r\n").utf8) + (body ?? [])
    }

    private static func body(of answer: HTTPAnswer, _ ending: ReadOutcome?) throws(Failure) -> [UInt8] {
        if case .broken(let reason) = answer.progress {
            throw Failure(text: "its answer can't be read: \(reason)", bytes: answer.bodyBytes)
        }
        if let status = answer.status, status != 200 {
            throw Failure(
                text: "it answered with HTTP status \(status)"
                    + ((300...399).contains(status) ? ", and redirects are not followed" : ""),
                bytes: answer.bodyBytes
            )
        }
        guard answer.progress == .whole else {
            let reason =
                switch ending {
                case .timedOut?: "there was no whole answer in time"
                case .reset?: "it reset the connection"
                case .failed(let error)?: "\(error)"
                default: "it closed the connection before its answer was whole"
                }
            throw Failure(text: reason, bytes: answer.bodyBytes)
        }
        return answer.body
    }
}

extension HTTPAnswer {
    /// Whether nothing more is read of it: it is whole, it makes no sense, or it is not the one that was hoped for.
    fileprivate var isOver: Bool {
        if case .broken = progress { return true }
        if let status, status != 200 { return true }
        return progress == .whole
    }
}
