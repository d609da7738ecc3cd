/// NSS's `selfserv`. It can't be bound to one address, so it listens on all; tests reach it by loopback.
struct NSSServer: Peer {
    /// Every suite that this NSS implements, as `selfserv -c` wants it.
    static let everySuite = [
        "0001", "0002", "0004", "0005", "0009", "000A", "0012", "0013", "0015", "0016", "002F", "0032", "0033", "0035",
        "0038",
        "0039", "003B", "003C", "003D", "0040", "0041", "0044", "0045", "0066", "0067", "006A", "006B", "0084", "0087",
        "0088",
        "0096", "009C", "009D", "009E", "009F", "00A2", "00A3", "1301", "1302", "1303", "C001", "C002", "C003", "C004",
        "C005",
        "C006", "C007", "C008", "C009", "C00A", "C00B", "C00C", "C00D", "C00E", "C00F", "C010", "C011", "C012", "C013",
        "C014",
        "C023", "C024", "C027", "C028", "C02B", "C02C", "C02F", "C030", "CCA8", "CCA9", "CCAA",
    ].map { ":\($0)" }.joined()

    let port: Int
    private let process: ChildProcess
    private let database: NSSDatabase
    var log: String { process.stdout + process.stderr }

    /// - Parameter versions: NSS's range, for instance `ssl3:tls1.2`; it refuses one that has both SSL 3.0 and TLS 1.3.
    init(rsa: TestPKI.Entity, ecdsa: TestPKI.Entity, versions: String, options: [String] = []) async throws {
        database = try await NSSDatabase()
        try await database.add(rsa, as: "rsa")
        try await database.add(ecdsa, as: "ecdsa")
        let executable = try Tool.selfserv.path()
        let arguments = [
            "-d", database.name, "-n", "rsa", "-e", "ecdsa", "-V", versions, "-H", "1", "-t", "8", "-c",
            Self.everySuite,
        ]
        (process, port) = try await startingOnFreePort { port in
            try ChildProcess(executable, arguments + ["-p", String(port)] + options)
        }
    }

    func stop() async { await process.stop() }
}
