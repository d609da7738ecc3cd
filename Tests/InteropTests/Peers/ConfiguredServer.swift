import Foundation
import Glibc

/// A server of Debian's with a configuration of our own, in a directory of its own.
struct ConfiguredServer: Peer {
    let port: Int
    private let process: ChildProcess
    private let place: Place
    private let logFile: String?

    var log: String {
        process.stdout + process.stderr + (logFile.map { place.directory.text($0) } ?? "")
    }

    /// A place for a server's files, and the certificate that it shows.
    struct Place: Sendable {
        let directory: TemporaryDirectory
        let certificate: String
        let key: String
        let authority: String
        /// The account that servers run as which refuse to run as root; nil if we aren't root either.
        let account: (name: String, user: uid_t, group: gid_t)?

        /// Copies of the shared RSA certificate, which the account may read.
        init(ownedByAccount: Bool) async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            func copy(_ path: String, _ name: String) throws -> String {
                try FileManager.default.copyItem(atPath: path, toPath: directory.file(name))
                chmod(directory.file(name), 0o600)
                return directory.file(name)
            }
            self.directory = directory
            certificate = try copy(pki.rsa.certificate, "certificate.pem")
            key = try copy(pki.rsa.key, "key.pem")
            authority = try copy(pki.authority.certificate, "authority.pem")
            let nobody = geteuid() == 0 && ownedByAccount ? getpwnam("nobody")?.pointee : nil
            account = nobody.map { ("nobody", $0.pw_uid, $0.pw_gid) }
            guard let nobody else { return }
            for path in [directory.path, certificate, key, authority] { chown(path, nobody.pw_uid, nobody.pw_gid) }
        }

        /// A directory in it.
        func makeDirectory(_ name: String) throws -> String {
            try FileManager.default.createDirectory(atPath: directory.file(name), withIntermediateDirectories: true)
            if let account { chown(directory.file(name), account.user, account.group) }
            return directory.file(name)
        }

        /// The command line that runs `executable` as the account. It leaves no core: some servers crash when they are ended.
        func command(_ executable: String, _ arguments: [String]) throws -> (String, [String]) {
            var command = ["--core=0"]
            if let account {
                command += [try Tool.setpriv.path(), "--reuid=\(account.user)", "--regid=\(account.group)"]
                command += ["--clear-groups", "--"]
            }
            return (try Tool.prlimit.path(), command + [executable] + arguments)
        }
    }

    /// What is run, and on which place.
    struct Launch: Sendable {
        var executable: String
        var arguments: [String]
        /// A file that the server writes its log to.
        var logFile: String?
    }

    /// - Parameters:
    ///   - ownedByAccount: the server refuses to run as root.
    ///   - greeting: what the server writes once it listens; nil to see whether its port takes connections.
    ///   - prepare: runs once, before the first attempt.
    ///   - configure: writes the configuration for a port.
    init(
        ownedByAccount: Bool = false,
        greeting: String? = nil,
        prepare: @Sendable (Place) async throws -> Void = { _ in },
        _ configure: @Sendable (Place, Int) async throws -> Launch
    ) async throws {
        let place = try await Place(ownedByAccount: ownedByAccount)
        try await prepare(place)
        var logFile: String?
        let isReady: @Sendable (ChildProcess, Int) -> Bool = { process, port in
            greeting.map { process.stdout.contains($0) } ?? LoopbackSocket.accepts(port: port)
        }
        (process, port) = try await startingOnFreePort(isReady: isReady) { port in
            let launch = try await configure(place, port)
            logFile = launch.logFile
            let (executable, arguments) = try place.command(launch.executable, launch.arguments)
            return try ChildProcess(executable, arguments)
        }
        self.place = place
        self.logFile = logFile
    }

    func stop() async { await process.stop() }
}
