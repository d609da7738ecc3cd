import Glibc
import SecureChannel
import TLSParameters

/// A directory with the last session of each server, a file a server and credential: a session belongs to whom it was made with,
/// and to who made it (Schannel's client cache has the same key).
struct SessionCache: Sendable {
    private let directory: String
    /// The file that the session is kept in.
    let file: SecretFile

    /// Opens a directory, or makes it for its owner alone.
    ///
    /// - Throws: `RequestProblem` for what is no directory, or one that others may write to: they could put sessions in it.
    init(_ directory: String, request: ChannelRequest, credential: CredentialSummary) throws(RequestProblem) {
        self.directory = directory
        guard !directory.utf8.contains(0) else { throw SecretFile.problem(directory, "no directory has such a name") }
        guard mkdir(directory, 0o700) == 0 || errno == EEXIST else {
            throw SecretFile.problem(directory, String(cString: strerror(errno)))
        }
        var status = stat()
        guard stat(directory, &status) == 0 else {
            throw SecretFile.problem(directory, String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw SecretFile.problem(directory, "it is no directory") }
        guard status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
            throw RequestProblem(
                reason: "can't keep sessions in '\(directory)': other users may write to it",
                hint: "take their rights away with 'chmod 700', or name a new directory"
            )
        }
        file = try SecretFile("\(directory)/\(Self.name(request, credential))")
    }

    /// A name that no other server and credential has: every byte that a file name can't be trusted with is written as `_HH`.
    private static func name(_ request: ChannelRequest, _ credential: CredentialSummary) -> String {
        let key = [
            request.target.host ?? request.target.input, request.target.port.map { "\($0)" } ?? "",
            credential.serverName ?? "", credential.protocols.joined(separator: ","),
            credential.identities.map { String($0.sha256.prefix(16)) }.joined(separator: ","),
        ].joined(separator: " ")
        return key.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                String(UnicodeScalar(byte))
            // Only within the name: a file that began with it would be hidden.
            case UInt8(ascii: "."): "."
            default: "_" + HexBytes([byte]).hex
            }
        }.joined() + ".pem"
    }

    /// The session that is there, if it is one that `check` lets pass; another is of no use any more, and removed: why, is the
    /// note. A TLS 1.3
    /// session is removed too: whoever sees a ticket twice knows that it is the same client (RFC 8446 appendix C.4).
    func take(
        _ check: (_ path: String) throws(RequestProblem) -> SavedSession
    ) -> (session: SavedSession?, note: String?) {
        guard access(file.path, F_OK) == 0 else { return (nil, nil) }
        do throws(RequestProblem) {
            let session = try check(file.path)
            if session.version == .tls13 { unlink(file.path) }
            return (session, nil)
        } catch {
            unlink(file.path)
            return (nil, "no session was offered: \(error.reason)")
        }
    }
}
