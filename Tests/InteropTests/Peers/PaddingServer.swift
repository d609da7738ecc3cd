/// `padding_server.py`: a server that looks at padding and MAC as some implementations did.
enum PaddingServer {
    /// What it makes of records that are wrong.
    enum Manner: String, Sendable, CaseIterable {
        case healthy
        case uncheckedPadding = "unchecked-padding"
        case uncheckedMAC = "unchecked-mac"
        case oracle
        case closingOracle = "closing-oracle"
        case silent
        case leaving
        case hangingUp = "hanging-up"
    }

    static func start(_ manner: Manner, _ identity: TestPKI.Entity) async throws -> ScriptServer {
        try await ScriptServer(
            ProjectPaths.python(),
            [ScriptServer.path("padding_server.py"), manner.rawValue, identity.certificate, identity.key]
        )
    }
}
