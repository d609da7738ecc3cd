import COpenSSL
import COpenSSLShims
import Synchronization

/// An `SSL`: one connection, driven through two byte queues in memory.
///
/// No call here does I/O, and no two calls on one connection may overlap.
package final class SSLHandle {
    // C type: SSL *
    private let ssl: OpaquePointer
    /// The configuration it was made from, alive as long as the connection: its callbacks read from it.
    package let context: SSLContextHandle
    /// Bytes from the peer go in here.
    package let input: MemoryBIO
    /// Bytes for the peer come out here.
    package let output: MemoryBIO

    /// What libssl reported since the last ``takeEvents()``.
    var events: [ConnectionEvent] = []
    /// Whether each record is reported; else they are only counted, see ``takeRecordCounts()``.
    package var reportsRecords = true
    /// Records since they were last taken, where they are only counted.
    fileprivate var recordCounts = (sent: 0, received: 0)
    /// Judges the peer's chain (DER, as sent); without it every chain is accepted.
    package var verifyPeer: ((_ chain: [[UInt8]]) -> PeerVerdict)?
    /// Says, once the server's flight is there, whether its stapled OCSP response will do, or that it has none.
    package var acceptsStaple: (() -> Bool)?
    /// Whether secrets are reported as key log lines.
    package var revealsSecrets = false
    /// Whether a request for a certificate pauses the handshake, once.
    package var pausesForCertificate = false
    /// The entry of a server's names whose certificate this connection shows; nil for the default.
    package internal(set) var servedName: String?

    /// A connection that has not started.
    package init(context: SSLContextHandle) throws(LibraryError) {
        self.context = context
        input = try MemoryBIO()
        output = try MemoryBIO()
        ssl = try context.withPointer { pointer throws(LibraryError) in
            try ErrorQueue.checkPointer { SSL_new(pointer) }
        }
        // SSL_set_bio takes a reference of each; MemoryBIO keeps its own.
        input.withPointer { reader in
            output.withPointer { writer in
                _ = BIO_up_ref(reader)
                _ = BIO_up_ref(writer)
                SSL_set_bio(ssl, reader, writer)
            }
        }
        // SAFETY: the callbacks run only inside calls on this object, which is therefore alive.
        let this = Unmanaged.passUnretained(self).toOpaque()
        SSL_set_ex_data(ssl, 0, this)
        LiveHandles.connections.add(1, ordering: .relaxed)
        SSL_set_msg_callback(ssl, messageThunk)
        SSL_set_info_callback(ssl, informationThunk)
        switch context.role {
        case .client: SSL_set_connect_state(ssl)
        case .server: SSL_set_accept_state(ssl)
        }
    }

    deinit {
        SSL_set_ex_data(ssl, 0, nil)
        SSL_free(ssl)
        LiveHandles.connections.subtract(1, ordering: .relaxed)
    }

    /// The connection a callback was called for.
    static func from(_ ssl: OpaquePointer?) -> SSLHandle? {
        guard let ssl, let pointer = SSL_get_ex_data(ssl, 0) else { return nil }
        // SAFETY: the handle put itself there when it was made, and frees the SSL in its deinit: it is alive while that is.
        return Unmanaged<SSLHandle>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// Lends the C object for one call.
    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(ssl)
    }

    /// Takes what libssl reported since the last call.
    package func takeEvents() -> [ConnectionEvent] {
        defer { events = [] }
        return events
    }

    /// Takes how many records were written and read that weren't reported.
    package func takeRecordCounts() -> (sent: Int, received: Int) {
        defer { recordCounts = (0, 0) }
        return recordCounts
    }

    /// Answers the certificate callback: pause the first time, go on afterwards.
    func shouldPauseForCertificate() -> Bool {
        guard pausesForCertificate else { return false }
        pausesForCertificate = false
        return true
    }

    // MARK: Driving

    /// Goes on with the handshake.
    package func handshake() -> CallOutcome {
        call { SSL_do_handshake(ssl) }
    }

    /// Reads what plaintext there is into the end of `plaintext`, at most one record's worth.
    package func read(into plaintext: inout [UInt8]) -> CallOutcome {
        withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { chunk in
            var count = 0
            let outcome = call { SSL_read_ex(ssl, chunk.baseAddress, chunk.count, &count) }
            if outcome == .done { plaintext.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count])) }
            return outcome
        }
    }

    /// Encrypts bytes into the output queue.
    package func write(_ bytes: [UInt8]) -> CallOutcome {
        guard !bytes.isEmpty else { return .done }
        // A record of 16 KiB grows by less than 256 bytes in any version.
        output.reserve(bytes.count + (bytes.count / 16_384 + 1) * 256)
        var written = 0
        return call { SSL_write_ex(ssl, bytes, bytes.count, &written) }
    }

    /// Sends close_notify. `done` when both directions are closed, `wantsRead` when only ours is.
    package func shutdown() -> CallOutcome {
        ErrorQueue.clear()
        let result = SSL_shutdown(ssl)
        if result == 1 { return .done }
        if result == 0 { return .wantsRead }
        return outcome(of: result)
    }

    /// Runs a call that drives the connection and returns 1 or more for success.
    func call(_ body: () -> Int32) -> CallOutcome {
        ErrorQueue.clear()
        let result = body()
        return result > 0 ? .done : outcome(of: result)
    }

    /// What the result of a call that failed means; reads the error queue, so nothing may come between the two.
    func outcome(of result: Int32) -> CallOutcome {
        let code = SSL_get_error(ssl, result)
        let errors = ErrorQueue.drain()
        switch code {
        case SSL_ERROR_WANT_READ: return .wantsRead
        case SSL_ERROR_WANT_WRITE: return .wantsWrite
        case SSL_ERROR_WANT_X509_LOOKUP: return .wantsCertificate
        case SSL_ERROR_WANT_RETRY_VERIFY: return .wantsVerdict
        case SSL_ERROR_ZERO_RETURN: return .closed
        default: return .failed(errors)
        }
    }
}

/// How a call that drives a connection ended.
package enum CallOutcome: Hashable, Sendable {
    /// It did what was asked.
    case done
    /// It needs bytes from the peer.
    case wantsRead
    /// It needs the output queue emptied; can't happen with memory queues.
    case wantsWrite
    /// The peer asked for a certificate and the handshake waits for one.
    case wantsCertificate
    /// The peer's chain is there, and who judges it wants to be asked again.
    case wantsVerdict
    /// The peer sent close_notify.
    case closed
    /// The connection is unusable from here on.
    case failed(LibraryError)
}

/// What the caller thinks of the peer's chain.
package enum PeerVerdict: Hashable, Sendable {
    /// Go on.
    case accept
    /// Ask again at the next call: something has to be found out first. For clients only.
    case wait
    /// Abort, with the alert that fits this `X509_V_ERR` code.
    case reject(code: Int32)
}

/// Something libssl reported while it worked.
package enum ConnectionEvent: Hashable, Sendable {
    /// A record header (5 bytes, or 2 or 3 of an SSL 2.0 record) was read or written.
    case recordHeader(sent: Bool, bytes: [UInt8])
    /// The type inside a TLS 1.3 record whose outer type says only "application data".
    case innerContentType(sent: Bool, type: UInt8)
    /// A whole handshake message, alert or change-cipher-spec, in the clear; `type` is the content type, 0 for a
    /// ClientHello in the SSL 2.0 format.
    case message(sent: Bool, type: UInt8, bytes: [UInt8])
    /// A handshake began.
    case handshakeStarted
    /// A handshake ended well.
    case handshakeDone
    /// A session was made; its serialised form.
    case newSession([UInt8])
    /// A line for a key log file.
    case keyLog(String)
}

/// `SSL_set_msg_callback(3)`.
private func messageThunk(
    _ sent: Int32,
    _: Int32,
    _ type: Int32,
    _ bytes: UnsafeRawPointer?,
    _ count: Int,
    _ ssl: OpaquePointer?,
    _: UnsafeMutableRawPointer?
) {
    guard let handle = SSLHandle.from(ssl), let bytes else { return }
    if !handle.reportsRecords {
        if type == SSL3_RT_INNER_CONTENT_TYPE { return }
        if type == SSL3_RT_HEADER {
            if sent == 1 { handle.recordCounts.sent += 1 } else { handle.recordCounts.received += 1 }
            return
        }
    }
    let copy = [UInt8](UnsafeRawBufferPointer(start: bytes, count: count))
    // A flight is reported in one piece: grown by and by, the list would be copied several times.
    if handle.events.isEmpty { handle.events.reserveCapacity(16) }
    switch type {
    case SSL3_RT_HEADER:
        handle.events.append(.recordHeader(sent: sent == 1, bytes: copy))
    case SSL3_RT_INNER_CONTENT_TYPE:
        handle.events.append(.innerContentType(sent: sent == 1, type: copy.first ?? 0))
    default:
        handle.events.append(.message(sent: sent == 1, type: UInt8(truncatingIfNeeded: type), bytes: copy))
    }
}

/// `SSL_set_info_callback(3)`: only where handshakes begin and end; alerts come with the messages.
private func informationThunk(_ ssl: OpaquePointer?, _ place: Int32, _: Int32) {
    guard let handle = SSLHandle.from(ssl) else { return }
    if place & SSL_CB_HANDSHAKE_START != 0 { handle.events.append(.handshakeStarted) }
    if place & SSL_CB_HANDSHAKE_DONE != 0 { handle.events.append(.handshakeDone) }
}
