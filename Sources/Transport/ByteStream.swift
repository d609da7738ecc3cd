/// What a read saw.
public enum ReadOutcome: Hashable, Sendable {
    /// At least one byte, at most 64 KiB.
    case bytes([UInt8])
    /// The peer finished sending (FIN). Final; we may still write.
    case end
    /// The peer tore the connection down (RST). Final.
    case reset
    /// The deadline passed. The stream is as usable as before: a later read may deliver.
    case timedOut
    /// The read couldn't be done: closed on our side, cancelled, or an error of the system.
    case failed(TransportError)
}

/// One connection, as a stream of bytes in each direction.
///
/// Safe to read from one task while another writes. At most one read may be waiting at a time; a second one fails.
/// Whoever holds a stream ends it with ``close()`` or ``abort()``; dropping the last reference closes it too.
public protocol ByteStream: Sendable {
    /// The peer's address; for an accepted unix connection the path it was accepted on.
    var remote: SocketEndpoint { get }
    /// Our own address.
    var local: SocketEndpoint { get }

    /// What has arrived (1 byte to 64 KiB), or how the peer ended.
    ///
    /// Bytes that arrived before an end or a reset come first. An end is sticky: every later read reports it again. When
    /// the deadline has passed already, this is a poll. A cancelled task gets `failed` with kind `cancelled` and loses no bytes.
    func read(deadline: Deadline) async -> ReadOutcome

    /// Returns once the system has taken all of `bytes`; that the peer has read them doesn't follow.
    ///
    /// Throws `timedOut` when the peer doesn't read. An unknown part of the bytes is sent then, so the output can't be used
    /// any longer: later writes throw as well. Reading goes on. The same holds when the waiting task is cancelled.
    func write(_ bytes: [UInt8], deadline: Deadline) async throws(TransportError)

    /// Sends FIN; reading goes on. Does nothing when the output is closed already.
    func closeOutput() async

    /// Sends FIN and gives the connection back. What has arrived and wasn't read is thrown away; what arrives later makes
    /// the system answer with RST. Does nothing on a closed stream.
    func close() async

    /// Writes the last bytes there are and closes, as ``write(_:deadline:)`` and ``close()`` do; the FIN goes along with the
    /// bytes if it can. Closes also when it throws.
    func close(after bytes: [UInt8], deadline: Deadline) async throws(TransportError)

    /// Tears the connection down with RST (SO_LINGER 0; RFC 9293 §3.10.5). Does nothing on a closed stream.
    func abort() async
}

extension ByteStream {
    /// Writes, then closes.
    public func close(after bytes: [UInt8], deadline: Deadline) async throws(TransportError) {
        do throws(TransportError) {
            try await write(bytes, deadline: deadline)
        } catch {
            await close()
            throw error
        }
        await close()
    }
}
