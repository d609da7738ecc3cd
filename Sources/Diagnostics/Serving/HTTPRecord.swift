import TLSParameters

/// What was asked and answered on one connection.
struct HTTPRecord: Sendable {
    /// The first requests; a report keeps no more.
    private(set) var requests: [ServedRequest] = []
    /// How many there were.
    private(set) var count = 0

    /// Adds a request; nil is one that could not be read.
    mutating func add(_ head: HTTPRequestHead?, status: Int, bytes: Int) {
        add(method: head?.method ?? [], target: head?.target ?? [], status: status, bytes: bytes)
    }

    /// Adds a request.
    mutating func add(method: [UInt8], target: [UInt8], status: Int, bytes: Int) {
        count += 1
        guard requests.count < ServedConnection.requestLimit else { return }
        requests.append(
            ServedRequest(
                method: PeerText(bytes: method.prefix(32)),
                target: PeerText(bytes: target.prefix(Self.targetLimit)),
                status: status,
                bytes: bytes
            )
        )
    }

    /// The longest request target that a report keeps, in bytes.
    private static let targetLimit = 1_024
}
