import ArgumentParser
import Diagnostics
import Dispatch
import Glibc

/// The program's start and end: arguments in, exit status out.
public enum EntryPoint {
    /// Parses the process's arguments, runs the verb and ends the process with the status that `sechan(1)` documents.
    public static func main() -> Never {
        // Before the first task: what runs those opens descriptors of its own.
        Streams.fillClosed()
        Task { await run() }
        dispatchMain()
    }

    private static func run() async -> Never {
        Interruption.ignoreBrokenPipes()
        let arguments = Array(CommandLine.arguments.dropFirst())
        // A bare `sechan` asks what there is to do; that is no verb, so it is a usage error that shows the help.
        if arguments.isEmpty {
            try? Streams.write(Sechan.helpMessage() + "\n", to: STDERR_FILENO)
            exit(ExitStatus.usage.code)
        }
        do {
            try VerbCheck.check(arguments)
            try OpenSSLHabit.check(arguments)
            var command = try Sechan.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            exit(ExitStatus.ok.code)
        } catch {
            exit(end(with: error).code)
        }
    }

    /// Says what an error means, and the status that goes with it.
    static func end(with error: any Error) -> ExitStatus {
        switch error {
        case let done as Finished:
            return done.status
        case let problem as RequestProblem:
            Streams.complain(problem.reason, hint: problem.hint)
            return .usage
        case let failure as Streams.WriteError:
            if failure.isBrokenPipe { return .ok }
            Streams.complain(failure.problem.reason)
            return .incomplete
        default:
            return usage(error)
        }
    }

    /// Help and version are answers; everything else that the parser throws is a usage error.
    private static func usage(_ error: any Error) -> ExitStatus {
        let message = Sechan.fullMessage(for: error)
        guard Sechan.exitCode(for: error) != .success else {
            do {
                try Streams.write(message + "\n", to: STDOUT_FILENO)
            } catch {
                return end(with: error)
            }
            return .ok
        }
        let complaint = UsageComplaint(message: message)
        Streams.complain(complaint.reason, hint: complaint.hint)
        return .usage
    }
}

/// A verb has ended and has said all there is to say; only the status is left.
struct Finished: Error {
    var status: ExitStatus
}
