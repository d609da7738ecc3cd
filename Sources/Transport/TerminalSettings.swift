import Glibc
import Synchronization

/// A change to a terminal's settings that is taken back however the process ends: by itself, by `exit`, or by a signal that
/// can be caught. While the process is suspended the terminal has its own settings.
///
/// One at a time: a second change, before the first is taken back, isn't made.
public final class TerminalSettings: Sendable {
    private let descriptor: Int32

    /// Makes `end` end a line as Enter does, so that a reader hears of it at once.
    ///
    /// Nil where the descriptor is no terminal or one that another process is in front of, its lines are not edited (raw mode,
    /// where every byte is heard of at once anyway), or a change is in force already.
    public init?(descriptor: Int32, lineEnd end: UInt8) {
        var settings = termios()
        guard isatty(descriptor) == 1, tcgetpgrp(descriptor) == getpgrp(), tcgetattr(descriptor, &settings) == 0,
            settings.c_lflag & UInt32(ICANON) != 0
        else { return nil }
        let before = settings
        withUnsafeMutableBytes(of: &settings.c_cc) { $0[Int(VEOL)] = end }
        guard Self.keep(before, settings, of: descriptor) else { return nil }
        guard tcsetattr(descriptor, TCSADRAIN, &settings) == 0 else {
            kept.store(0, ordering: .releasing)
            return nil
        }
        self.descriptor = descriptor
        Self.installHandlers()
    }

    deinit { restore() }

    /// Takes the change back; a second call does nothing.
    public func restore() {
        restoreTerminal()
    }

    /// Puts both settings where a signal handler finds them.
    private static func keep(_ before: termios, _ changed: termios, of descriptor: Int32) -> Bool {
        let memory = KeptSettings.memory
        guard kept.load(ordering: .acquiring) == 0 else { return false }
        memory.pointee = KeptSettings(descriptor: descriptor, before: before, changed: changed)
        kept.store(1, ordering: .releasing)
        return true
    }

    private static func installHandlers() {
        guard !hasHandlers.exchange(true, ordering: .relaxed) else { return }
        atexit { restoreTerminal() }
        for number in [SIGQUIT, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV] { install(number, endWith) }
        install(SIGTSTP, suspend)
        install(SIGCONT, goOn)
    }

    /// What is ignored stays ignored; whoever catches a signal already gets it afterwards, if it ends the process.
    private static func install(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
        var old = sigaction()
        guard sigaction(number, nil, &old) == 0 else { return }
        let before = unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self)
        // SIG_IGN is the address 1, SIG_DFL none.
        guard before != 1, before == 0 || number != SIGTSTP && number != SIGCONT else { return }
        KeptSettings.actions[Int(number)] = old
        var new = sigaction()
        new.__sigaction_handler.sa_handler = handler
        new.sa_flags = SA_RESTART
        sigemptyset(&new.sa_mask)
        _ = sigaction(number, &new, nil)
    }
}

/// Takes a terminal's changed settings back, if there are any; safe in a signal handler.
func restoreTerminal() {
    guard kept.exchange(0, ordering: .acquiringAndReleasing) == 1 else { return }
    let settings = KeptSettings.memory
    _ = tcsetattr(settings.pointee.descriptor, TCSANOW, &settings.pointee.before)
}

private struct KeptSettings {
    var descriptor: Int32
    var before: termios
    var changed: termios

    // SAFETY: allocated once, before any handler is there, and written only while `kept` is 0, when no handler reads it.
    nonisolated(unsafe) static let memory = UnsafeMutablePointer<KeptSettings>.allocate(capacity: 1)

    // SAFETY: allocated once, and each written before the handler that reads it is there.
    nonisolated(unsafe) static let actions = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
}

/// 1 while settings are to be taken back.
private let kept = Atomic<Int>(0)
private let hasHandlers = Atomic(false)

// The handlers call async-signal-safe functions only (signal-safety(7)): atomics, tcsetattr, sigaction, raise.

private func endWith(_ number: Int32) {
    restoreTerminal()
    // Back to whoever was there before, or to the default.
    _ = sigaction(number, &KeptSettings.actions[Int(number)], nil)
    _ = raise(number)
}

private func suspend(_ number: Int32) {
    let saved = errno
    if kept.load(ordering: .acquiring) == 1 {
        let settings = KeptSettings.memory
        _ = tcsetattr(settings.pointee.descriptor, TCSANOW, &settings.pointee.before)
    }
    // SIGSTOP and not SIGTSTP again, which is blocked within its own handler.
    _ = raise(SIGSTOP)
    errno = saved
}

private func goOn(_ number: Int32) {
    let saved = errno
    if kept.load(ordering: .acquiring) == 1 {
        let settings = KeptSettings.memory
        // From the background this would stop the process again (SIGTTOU); only who is in front changes a terminal.
        if tcgetpgrp(settings.pointee.descriptor) == getpgrp() {
            _ = tcsetattr(settings.pointee.descriptor, TCSANOW, &settings.pointee.changed)
        }
    }
    errno = saved
}
