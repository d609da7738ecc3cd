public import Certificates
public import SecureChannel
public import TLSParameters

/// What `serve` has to say, one report at a time: that it listens, a connection that ended, and the sum at the end.
public struct ServeResult: Codable, Sendable {
    /// What a report of `serve` is about.
    public enum Event: String, Codable, Sendable {
        /// The server takes connections from now on; `listener` says where and how.
        case listening
        /// A connection, described by `connection`: at its end, or so far, on the page that its client gets.
        case connection
        /// The server has stopped; `totals` says what it did.
        case stopped
    }

    /// What this report is about.
    public var event: Event
    /// Where and how it listens; null but for `listening`.
    @Nullable public var listener: ListenerDescription?
    /// One client's connection; null but for `connection`.
    @Nullable public var connection: ServedConnection?
    /// What was done in all; null but for `stopped`.
    @Nullable public var totals: ServeTotals?

    init(_ listener: ListenerDescription) {
        event = .listening
        self.listener = listener
        connection = nil
        totals = nil
    }

    init(_ connection: ServedConnection) {
        event = .connection
        listener = nil
        self.connection = connection
        totals = nil
    }

    init(_ totals: ServeTotals) {
        event = .stopped
        listener = nil
        connection = nil
        self.totals = totals
    }
}

/// Where a server listens, as whom, and how to trust it.
public struct ListenerDescription: Codable, Sendable {
    /// What a server does with a session.
    public enum Mode: String, Codable, Sendable {
        /// Answers HTTP requests with a page about the client.
        case http
        /// Sends every byte back.
        case echo
        /// Reads everything and says nothing.
        case discard
        /// Answers HTTP requests with the files of a directory.
        case files
    }

    /// The address with the port that was bound, such as `127.0.0.1:4433`, `[::1]:4433` or `unix:/run/tls`.
    public var address: String
    /// What it does with a session.
    public var mode: Mode
    /// Whether the certificate was made for this run and exists in memory only.
    public var madeCertificate: Bool
    /// The certificates that are shown to clients, the leaf of each identity.
    public var certificates: [Certificate]
    /// The certificate of the authority that was made for this run to sign them; null without one.
    @Nullable public var authority: Certificate?
    /// The certificates for names that clients may ask for.
    public var names: [ListenerName]
    /// Everything that the server brings to a handshake.
    public var credential: CredentialSummary
    /// Commands that reach this server and trust it, ready to be pasted into a shell.
    public var commands: [ClientCommand]
    /// What else a user should know, a sentence each.
    public var notes: [String]
    /// What is done wrong on purpose, as `--fault` has it; empty if nothing is.
    public var faults: [String] = []
}

/// A name that clients may ask for, with the certificates that they get then.
public struct ListenerName: Codable, Sendable {
    /// The name; `*.` in front stands for one label.
    public var name: String
    /// The leaf of each identity.
    public var certificates: [Certificate]
}

/// A command that reaches the server.
public struct ClientCommand: Codable, Hashable, Sendable {
    /// What it does, in a word or two.
    public var purpose: String
    /// The command, quoted for a POSIX shell.
    public var command: String
}

/// One client's connection.
public struct ServedConnection: Codable, Sendable {
    /// What became of a connection.
    public enum Outcome: String, Codable, Sendable, CaseIterable {
        /// It still stands: the page is being written.
        case open
        /// A session stood and was closed in order.
        case ok
        /// A session stood; the client ended the connection without close_notify.
        case truncated
        /// A session stood; the client was silent for too long and was sent away.
        case idle
        /// The client ended it by an alert.
        case alert
        /// We refused it: no common version or suite, a bad certificate, a broken message.
        case refused
        /// The client does not speak TLS.
        case notTLS = "not-tls"
        /// The client did not finish its handshake in time.
        case timeout
        /// The client ended the connection before there was a session.
        case closed
        /// The client, or something on the way, reset the connection.
        case reset
        /// Turned away at once: too many others were being served.
        case busy
        /// The server was stopped.
        case interrupted
        /// A fault that was asked for made us reset it.
        case fault
        /// A fault of ours.
        case failed
    }

    /// Which connection it is, counted from 1 in the order in which they were accepted.
    public var number: Int
    /// The client's address.
    public var client: String
    /// What became of it.
    public var outcome: Outcome
    /// Whether a session stood.
    public var established: Bool
    /// Everything known of the connection; null if it never got as far.
    @Nullable public var attributes: ConnectionAttributes?
    /// The certificates that the client sent, its own first.
    public var clientCertificates: [Certificate]
    /// Whom they stand for; null without a map or a certificate.
    @Nullable public var account: AccountMapping?
    /// What else there is to know, a sentence each.
    public var notes: [String]
    /// The HTTP requests, oldest first, at most ``requestLimit``.
    public var requests: [ServedRequest]
    /// How many HTTP requests were answered.
    public var requestCount: Int
    /// Bytes of data received.
    public var bytesReceived: Int
    /// Bytes of data sent.
    public var bytesSent: Int
    /// The faults that were asked for, and what came of each; empty if none were.
    public var faults: [ServedFault] = []

    /// How many requests of a connection a report keeps.
    public static let requestLimit = 20
}

/// One HTTP request and its answer.
public struct ServedRequest: Codable, Hashable, Sendable {
    /// The method; empty if it could not be read.
    public var method: PeerText
    /// The request target; empty if it could not be read.
    public var target: PeerText
    /// The status code of the answer.
    public var status: Int
    /// The size of the answer's content in bytes.
    public var bytes: Int
}

/// What a server did in all.
public struct ServeTotals: Codable, Hashable, Sendable {
    /// Connections that were accepted and served, whatever came of them.
    public var connections = 0
    /// Those in which a session stood.
    public var established = 0
    /// Those in which none did.
    public var failed = 0
    /// Connections that were turned away because too many were open.
    public var turnedAway = 0
    /// HTTP requests answered.
    public var requests = 0
}
