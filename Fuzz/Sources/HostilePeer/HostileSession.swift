import LibSSL
import TLSParameters
import TLSWire

@testable import ClassicTLS

/// One input: a session of an end of this program with a peer that is not what it seems.
///
/// The peer is a ``Puppet``, or nothing but bytes. Beside not trapping, the end under test has to keep what ``Watch`` knows.
public enum HostileSession {
    /// Plays an input to a client, or to a server.
    public static func play(_ input: [UInt8], toClient: Bool) {
        _ = Chance.start
        guard let script = Script(input) else { return }
        Trace.note("session")
        do {
            try play(script, Setup(script: script, role: toClient ? .client : .server))
        } catch let error as ClassicError where error.kind == .unsupported {
            // A suite that the version lacks.
        } catch {
            fatalError("no session: \(error)")
        }
    }

    private static func play(_ script: Script, _ setup: Setup) throws {
        let sessions = script.options.contains(.resumes) ? try Rehearsal.sessions(setup) : nil
        Chance.reset()
        let isSSL2 = script.version == .ssl2
        let configuration = try setup.configuration()
        if let session = sessions?.server { configuration.sessions?.store(session) }
        let end: any EndUnderTest =
            isSSL2
            ? try SSL2Connection(configuration: configuration, at: Setup.now, session: sessions?.client)
            : try ClassicConnection(configuration: configuration, at: Setup.now, session: sessions?.client)
        let identity = setup.role == .client ? try TestIdentity.client() : nil
        let watch = Watch(end, script.options, identity: identity)
        if script.hasBytes {
            _ = watch.take([])
            for record in records(script.rest, isSSL2: isSSL2) { _ = watch.take([record]) }
            return
        }
        let changes = Change.all(in: script.rest)
        let puppet: any Puppet =
            isSSL2
            ? try SSL2Puppet(setup, changes, sessions: sessions)
            : try ClassicPuppet(setup, changes, sessions: sessions)
        var stage = Stage(watch, puppet, batches: script.options.contains(.batches))
        stage.run(script.actions)
    }

    /// Cuts bytes into records as whoever reads the stream does; the last may be short. In streams of SSL 3.0 and up, too, one may
    /// hold a hello in the format of SSL 2.0.
    static func records(_ bytes: [UInt8], isSSL2: Bool) -> [[UInt8]] {
        var rest = bytes[...]
        var records: [[UInt8]] = []
        while !rest.isEmpty {
            let isOld = isSSL2 || rest.first.map { $0 & 0x80 != 0 } ?? false
            let header = Array(rest.prefix(TLSRecord.headerLength))
            let length =
                isOld || header.count < TLSRecord.headerLength
                ? SSL2Record.totalLength(of: rest) ?? rest.count
                : TLSRecord.headerLength + Int(header[3]) << 8 + Int(header[4])
            let count = min(length, rest.count)
            records.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return records
    }
}
