import Foundation

/// A program that the tests run, and the Debian package that it comes from.
struct Tool: Sendable {
    let name: String
    let package: String

    static let openssl = Tool(name: "openssl", package: "openssl")
    static let nginx = Tool(name: "nginx", package: "nginx-light")
    static let apache = Tool(name: "apache2", package: "apache2-bin")
    static let gnutlsServ = Tool(name: "gnutls-serv", package: "gnutls-bin")
    static let gnutlsCli = Tool(name: "gnutls-cli", package: "gnutls-bin")
    static let java = Tool(name: "java", package: "openjdk-17-jdk-headless")
    static let javac = Tool(name: "javac", package: "openjdk-17-jdk-headless")
    static let curl = Tool(name: "curl", package: "curl")
    static let nghttp = Tool(name: "nghttp", package: "nghttp2-client")
    static let selfserv = Tool(name: "selfserv", package: "libnss3-tools")
    static let tstclnt = Tool(name: "tstclnt", package: "libnss3-tools")
    static let keytool = Tool(name: "keytool", package: "openjdk-17-jdk-headless")
    static let certutil = Tool(name: "certutil", package: "libnss3-tools")
    static let unbound = Tool(name: "unbound", package: "unbound")
    static let ldnsKeygen = Tool(name: "ldns-keygen", package: "ldnsutils")
    static let ldnsSignzone = Tool(name: "ldns-signzone", package: "ldnsutils")
    static let pk12util = Tool(name: "pk12util", package: "libnss3-tools")

    /// Where programs are looked for: the user's path, then the places that Debian keeps out of it.
    static let searchPath: [String] =
        (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map(String.init)
        + ["/usr/sbin", "/sbin"]

    /// The program's path. A missing peer is a failure with its remedy, never a skipped test.
    func path() throws -> String {
        for directory in Self.searchPath {
            let candidate = "\(directory)/\(name)"
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
        }
        throw InteropError("\(name) was not found: run scripts/install-test-needs, or install Debian's \(package)")
    }

    /// Runs the program to its end.
    @discardableResult
    func run(
        _ arguments: [String],
        input: ChildProcess.Input = .none,
        environment: [String: String] = ChildProcess.plainEnvironment,
        timeout: Duration = .seconds(60)
    ) async throws -> Finished {
        try await Finished.running(
            path(),
            arguments,
            input: input,
            environment: environment,
            timeout: timeout
        )
    }
}

/// A program that has ended, with what it wrote.
struct Finished: Sendable {
    let commandLine: String
    let ending: ChildProcess.Ending
    let stdout: String
    let stderr: String

    /// The exit status; 128 + n after signal n, as a shell has it.
    var status: Int32 {
        switch ending {
        case .exited(let status): status
        case .signalled(let number): 128 + number
        }
    }

    /// Everything that helps to understand a failed expectation.
    var transcript: String {
        "$ \(commandLine)\n[\(ending)]\n--- stdout\n\(stdout)\n--- stderr\n\(stderr)"
    }

    init(_ process: ChildProcess, _ ending: ChildProcess.Ending) {
        commandLine = process.commandLine
        self.ending = ending
        stdout = process.stdout
        stderr = process.stderr
    }

    /// Runs a program to its end.
    static func running(
        _ executable: String,
        _ arguments: [String],
        input: ChildProcess.Input = .none,
        environment: [String: String] = ChildProcess.plainEnvironment,
        timeout: Duration = .seconds(60)
    ) async throws -> Finished {
        let process = try ChildProcess(
            executable,
            arguments,
            input: input,
            environment: environment
        )
        let ending = try await process.wait(timeout: timeout)
        return Finished(process, ending)
    }

    /// Itself when it exited with 0; throws its transcript otherwise.
    @discardableResult
    func succeeded() throws -> Finished {
        guard ending == .exited(0) else { throw InteropError(transcript) }
        return self
    }
}
