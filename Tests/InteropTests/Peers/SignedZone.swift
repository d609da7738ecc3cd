import Foundation

/// A resolver on loopback with one zone, `sechan.example`, signed with a key of its own.
struct SignedZone: Peer {
    let port: Int
    /// The zone's DS record, in a file.
    let anchor: String
    private let process: ChildProcess
    private let directory: TemporaryDirectory
    var log: String { process.stdout + process.stderr }

    /// `records` are lines of a zone file; what `spoilt` names first is replaced by the second once the zone is signed.
    init(records: [String], spoiling spoilt: (String, String) = ("", "")) async throws {
        let directory = try TemporaryDirectory()
        self.directory = directory
        let zone = try directory.write(
            """
            $ORIGIN sechan.example.
            $TTL 60
            @ IN SOA ns.sechan.example. admin.sechan.example. 1 3600 600 86400 60
            @ IN NS ns.sechan.example.
            ns IN A 127.0.0.1
            www IN A 127.0.0.1
            \(records.joined(separator: "\n"))

            """,
            to: "zone"
        )
        // The tools write into the directory that they are run in, and name their files themselves.
        let shell = Tool(name: "sh", package: "dash")
        let keygen = try Tool.ldnsKeygen.path()
        let made = try await shell.run([
            "-c", "cd '\(directory.path)' && '\(keygen)' -a ECDSAP256SHA256 -k sechan.example",
        ]).succeeded()
        let key = directory.file(made.stdout.trimmingCharacters(in: .whitespacesAndNewlines))
        anchor = "\(key).ds"
        try await Tool.ldnsSignzone.run([zone, key]).succeeded()
        let signed = try directory.write(
            spoilt.0.isEmpty
                ? directory.text("zone.signed") : directory.text("zone.signed").replacing(spoilt.0, with: spoilt.1),
            to: "zone.served"
        )
        let port = try LoopbackSocket.freePort()
        self.port = port
        let configuration = try directory.write(
            """
            server:
              interface: 127.0.0.1
              port: \(port)
              do-daemonize: no
              username: ""
              chroot: ""
              directory: "\(directory.path)"
              pidfile: ""
              use-syslog: no
              verbosity: 1
              module-config: "iterator"
              # What is asked of names above the zone stays here.
              local-zone: "example." static
              local-zone: "sechan.example." transparent
            auth-zone:
              name: "sechan.example."
              zonefile: "\(signed)"
              for-downstream: yes
              for-upstream: yes
              fallback-enabled: no
            remote-control:
              control-enable: no

            """,
            to: "unbound.conf"
        )
        process = try ChildProcess(Tool.unbound.path(), ["-d", "-c", configuration])
        try await process.waitForOutput { ($0.stdout + $0.stderr).contains("start of service") }
    }

    func stop() async { await process.stop() }
}
