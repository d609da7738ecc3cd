import Synchronization
import Testing
import Transport

@testable import Diagnostics

/// `serve` with faults, on loopback and in this process.
struct FaultServer {
    let port: Int
    /// A file with the root that clients are to trust.
    let trust: String
    private let files: TestFiles

    /// Runs a server while `body` does; returns what body made, and what the server reported of its connections.
    static func run<Value: Sendable>(
        _ faults: [String],
        protocols: String? = nil,
        timeout: Duration = .seconds(20),
        _ body: @escaping @Sendable (FaultServer) async throws -> Value
    ) async throws -> (value: Value, connections: [Report<ServeResult>]) {
        var request = ServeRequest(listen: "127.0.0.1:0")
        request.timeout = timeout
        request.protocols.protocols = protocols
        request.faults = try FaultPlan(parsing: faults)
        request.authorityFile = "root.pem"
        let operation = try ServeOperation(request)
        let files = try TestFiles()
        let trust = try files.write(try #require(operation.authorityPEM))
        let reports = Mutex<[Report<ServeResult>]>([])
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let running = Task {
            defer { port.finish() }
            return try await operation.run(page: ServedTalk.page) { report in
                reports.withLock { $0.append(report) }
                guard let text = report.result?.listener?.address, let colon = text.lastIndex(of: ":") else { return }
                port.yield(Int(text[text.index(after: colon)...]) ?? 0)
            }
        }
        var value: Value?
        for await port in ports {
            value = try await body(FaultServer(port: port, trust: trust, files: files))
            break
        }
        running.cancel()
        _ = try await running.value
        let connections = reports.withLock { $0 }.filter { $0.result?.event == .connection }
        return (try #require(value), connections)
    }

    /// A session with it by the name localhost, trusting its root.
    func request(
        timeout: Duration = .seconds(20),
        _ change: (inout ChannelRequest) -> Void = { _ in }
    ) throws -> ChannelRequest {
        var endpoint = EndpointSettings()
        endpoint.connectTo = "127.0.0.1:\(port)"
        var validation = ValidationSettings()
        validation.system = false
        validation.files = [trust]
        var request = ChannelRequest(
            target: try Target(parsing: "localhost:\(port)"),
            endpoint: endpoint,
            protocols: ProtocolSettings(),
            validation: validation,
            limits: Limits(timeout: timeout, connectTimeout: .seconds(10))
        )
        change(&request)
        return request
    }
}
