/// The server's end of one HTTP/2 connection (RFC 9113), without I/O: bytes of the client go in, requests and bytes for the
/// client come out.
///
/// As much of it as GET and HEAD need. Everything a client may do without end is counted: streams, frames that carry nothing,
/// bytes of a header block.
struct HTTP2Connection {
    /// An answer that is on its way.
    private struct Answer {
        var stream: UInt32
        var response: HTTPResponse
        var offset = 0
        /// How much more the client takes on this stream.
        var window: Int
    }

    /// Streams that a client may have open at once.
    static let streamLimit = 100
    /// Answers that go out in turns; more of them are no faster.
    private static let busyAnswers = 4
    /// Answers that are begun at once, those among them that wait for the client to open their windows again.
    private static let begunAnswers = 16
    /// Streams of one connection in all.
    private static let streamTotal = 10_000
    /// Frames in a row that carry no request and let nothing out.
    private static let idleFrames = 10_000
    private static let initialWindow = 65_535
    /// RFC 9113 §6.9.1.
    private static let windowLimit = 0x7FFF_FFFF

    private var input: [UInt8] = []
    /// Bytes for the client that don't wait for a window.
    private var control: [UInt8] = []
    private var hasPreface = false
    private var hasSettings = false
    private var decoder = HPACKDecoder()
    /// The header block that CONTINUATION frames go on with.
    private var block: (stream: UInt32, bytes: [UInt8])?
    /// The streams whose request has come and whose answer is not out, or whose content still comes.
    private var open: Set<UInt32> = []
    private var answers: [Answer] = []
    private var lastStream: UInt32 = 0
    private var streams = 0
    private var idle = 0
    /// How much more the client takes on the connection, and on each new stream.
    private var window = Self.initialWindow
    private var streamWindow = Self.initialWindow
    /// Windows that were opened before there was an answer to send, by stream.
    private var earlyWindows: [UInt32: Int] = [:]
    private var frameSize = HTTP2Frame.payloadLimit
    /// Whether the client has said that it goes, or we have: no new stream then.
    private(set) var isEnding = false

    init() {
        // SETTINGS_MAX_CONCURRENT_STREAMS, SETTINGS_MAX_HEADER_LIST_SIZE; the rest as RFC 9113 §6.5.2 has it.
        let settings: [UInt8] =
            [0, 3] + HTTP2Frame.bytes(UInt32(Self.streamLimit)) + [0, 6]
            + HTTP2Frame.bytes(UInt32(HPACKDecoder.blockLimit))
        control = HTTP2Frame(.settings, settings).bytes
    }

    /// Whether everything that was asked for is answered.
    var isIdle: Bool { answers.isEmpty && control.isEmpty }

    /// Whether an answer is on its way.
    var hasAnswers: Bool { !answers.isEmpty }

    // MARK: What the client says

    /// Takes bytes of the client.
    ///
    /// - Throws: why the connection has to end; GOAWAY is in the output then.
    mutating func receive(_ bytes: [UInt8]) throws(HTTP2Frame.ErrorCode) -> [Request] {
        input += bytes
        var requests: [Request] = []
        do throws(HTTP2Frame.ErrorCode) {
            if !hasPreface {
                guard HTTP2Frame.preface.starts(with: input.prefix(HTTP2Frame.preface.count)) else { throw .protocol }
                guard input.count >= HTTP2Frame.preface.count else { return [] }
                input.removeFirst(HTTP2Frame.preface.count)
                hasPreface = true
            }
            while let frame = try HTTP2Frame.take(from: &input) {
                if let request = try take(frame) { requests.append(request) }
            }
        } catch {
            end(error)
            throw error
        }
        return requests
    }

    private mutating func take(_ frame: HTTP2Frame) throws(HTTP2Frame.ErrorCode) -> Request? {
        let kind = HTTP2Frame.Kind(rawValue: frame.kind)
        // RFC 9113 §3.4, §6.10: SETTINGS first, and nothing between the parts of a header block.
        guard hasSettings || kind == .settings, block == nil || kind == .continuation else { throw .protocol }
        if kind != .headers { idle += 1 }
        guard idle <= Self.idleFrames else { throw .enhanceYourCalm }
        switch kind {
        case .headers: return try takeHeaders(frame)
        case .continuation: return try takeContinuation(frame)
        case .data: try takeData(frame)
        case .settings: try takeSettings(frame)
        case .windowUpdate: try takeWindowUpdate(frame)
        case .ping:
            guard frame.payload.count == 8 else { throw .frameSize }
            guard frame.stream == 0 else { throw .protocol }
            if !frame.has(HTTP2Frame.Flag.acknowledge) {
                control += HTTP2Frame(.ping, flags: HTTP2Frame.Flag.acknowledge, frame.payload).bytes
            }
        case .resetStream:
            guard frame.payload.count == 4 else { throw .frameSize }
            guard frame.stream != 0, frame.stream <= lastStream else { throw .protocol }
            close(frame.stream)
        case .goAway: isEnding = true
        case .priority:
            guard frame.stream != 0 else { throw .protocol }
        // A client never pushes (RFC 9113 §8.4).
        case .pushPromise: throw .protocol
        case nil: break
        }
        return nil
    }

    private mutating func takeHeaders(_ frame: HTTP2Frame) throws(HTTP2Frame.ErrorCode) -> Request? {
        guard !frame.stream.isMultiple(of: 2) else { throw .protocol }
        let isTrailer = open.contains(frame.stream)
        guard isTrailer || frame.stream > lastStream else { throw .protocol }
        if isTrailer {
            idle += 1
        } else {
            lastStream = frame.stream
            streams += 1
            guard streams <= Self.streamTotal else { throw .enhanceYourCalm }
        }
        let bytes = try frame.content()
        block = (frame.stream, bytes)
        return frame.has(HTTP2Frame.Flag.endHeaders) ? try finishBlock(isTrailer: isTrailer) : nil
    }

    private mutating func takeContinuation(_ frame: HTTP2Frame) throws(HTTP2Frame.ErrorCode) -> Request? {
        guard let begun = block, begun.stream == frame.stream else { throw .protocol }
        block?.bytes += frame.payload
        guard begun.bytes.count + frame.payload.count <= HPACKDecoder.blockLimit else { throw .enhanceYourCalm }
        guard frame.has(HTTP2Frame.Flag.endHeaders) else { return nil }
        return try finishBlock(isTrailer: open.contains(frame.stream))
    }

    private mutating func finishBlock(isTrailer: Bool) throws(HTTP2Frame.ErrorCode) -> Request? {
        guard let (stream, bytes) = block else { return nil }
        block = nil
        let fields: [HPACKDecoder.Field]
        do throws(HPACKDecoder.Malformed) {
            // Also of a stream that is refused: the table has to stay the client's.
            fields = try decoder.decode(bytes)
        } catch {
            throw .compression
        }
        guard !isTrailer else { return nil }
        guard !isEnding, open.count < Self.streamLimit else {
            reset(stream, .refusedStream)
            return nil
        }
        guard let request = Request(stream, fields) else {
            reset(stream, .protocol)
            return nil
        }
        open.insert(stream)
        return request
    }

    /// Content that nobody reads; its room is given back, so that the client is not stuck.
    private mutating func takeData(_ frame: HTTP2Frame) throws(HTTP2Frame.ErrorCode) {
        guard frame.stream != 0, frame.stream <= lastStream else { throw .protocol }
        _ = try frame.content()
        guard !frame.payload.isEmpty else { return }
        let room = HTTP2Frame.bytes(UInt32(frame.payload.count))
        control += HTTP2Frame(.windowUpdate, room).bytes
        if !frame.has(HTTP2Frame.Flag.endStream), open.contains(frame.stream) {
            control += HTTP2Frame(.windowUpdate, stream: frame.stream, room).bytes
        }
    }

    private mutating func takeSettings(_ frame: HTTP2Frame) throws(HTTP2Frame.ErrorCode) {
        guard frame.stream == 0 else { throw .protocol }
        hasSettings = true
        guard !frame.has(HTTP2Frame.Flag.acknowledge) else {
            guard frame.payload.isEmpty else { throw .frameSize }
            return
        }
        guard frame.payload.count.isMultiple(of: 6) else { throw .frameSize }
        for start in stride(from: 0, to: frame.payload.count, by: 6) {
            let value = Int(HTTP2Frame.number(frame.payload[(start + 2)..<(start + 6)]))
            switch Int(frame.payload[start]) << 8 | Int(frame.payload[start + 1]) {
            case 2: guard value <= 1 else { throw .protocol }
            case 4:
                guard value <= Self.windowLimit else { throw .flowControl }
                // RFC 9113 §6.9.2: what is open already changes by the difference.
                let difference = value - streamWindow
                streamWindow = value
                for index in answers.indices {
                    answers[index].window += difference
                    guard answers[index].window <= Self.windowLimit else { throw .flowControl }
                }
            case 5:
                guard (16_384...16_777_215).contains(value) else { throw .protocol }
                frameSize = min(value, HTTP2Frame.payloadLimit)
            default: break
            }
        }
        control += HTTP2Frame(.settings, flags: HTTP2Frame.Flag.acknowledge).bytes
    }

    private mutating func takeWindowUpdate(_ frame: HTTP2Frame) throws(HTTP2Frame.ErrorCode) {
        guard frame.payload.count == 4 else { throw .frameSize }
        let room = Int(HTTP2Frame.number(frame.payload[...]) & 0x7FFF_FFFF)
        guard frame.stream != 0 else {
            guard room > 0 else { throw .protocol }
            window += room
            guard window <= Self.windowLimit else { throw .flowControl }
            return
        }
        guard frame.stream <= lastStream else { throw .protocol }
        guard open.contains(frame.stream) else { return }
        guard room > 0 else { return reset(frame.stream, .protocol) }
        guard let index = answers.firstIndex(where: { $0.stream == frame.stream }) else {
            earlyWindows[frame.stream, default: 0] += room
            return
        }
        answers[index].window += room
        if answers[index].window > Self.windowLimit { reset(frame.stream, .flowControl) }
    }

    // MARK: What we say

    /// Whether an answer to this request could go out by now. One that could not is not begun, or a client that asks for much and
    /// takes nothing would have a file opened for each of its streams.
    func mayAnswer(_ stream: UInt32) -> Bool {
        guard window > 0, streamWindow + (earlyWindows[stream] ?? 0) > 0 else { return false }
        guard answers.count < Self.begunAnswers else { return false }
        return answers.count { $0.window > 0 } < Self.busyAnswers
    }

    /// Whether a request is still to be answered: the client may have taken it back.
    func isOpen(_ stream: UInt32) -> Bool { open.contains(stream) }

    /// Answers a request. The answer goes out by ``output(_:)``, as fast as the client takes it.
    mutating func answer(
        _ stream: UInt32,
        _ response: HTTPResponse,
        withContent: Bool,
        at seconds: Int64 = Timestamp.now
    ) {
        guard open.contains(stream) else { return }
        let fields = [(name: ":status", value: "\(response.status)")] + response.allFields(at: seconds)
        let isWhole = !withContent || response.length == 0
        let flags = HTTP2Frame.Flag.endHeaders | (isWhole ? HTTP2Frame.Flag.endStream : 0)
        control += HTTP2Frame(.headers, flags: flags, stream: stream, HPACKDecoder.Field.encode(fields)).bytes
        guard !isWhole else { return close(stream) }
        let early = earlyWindows.removeValue(forKey: stream) ?? 0
        answers.append(Answer(stream: stream, response: response, window: streamWindow + early))
    }

    /// Says that no new stream is taken; those that are open go on.
    mutating func end(_ reason: HTTP2Frame.ErrorCode = .none) {
        isEnding = true
        let payload = HTTP2Frame.bytes(lastStream) + HTTP2Frame.bytes(reason.rawValue)
        control += HTTP2Frame(.goAway, payload).bytes
    }

    /// The next bytes for the client, about `limit` of them: what it has to know, then content, of each answer in turn.
    mutating func output(_ limit: Int = HTTPService.piece) -> [UInt8] {
        var out = control
        control = []
        var waiting = 0
        while out.count < limit, window > 0, waiting < answers.count {
            var answer = answers.removeFirst()
            let left = answer.response.length - answer.offset
            let count = min(left, window, answer.window, frameSize)
            guard count > 0 else {
                answers.append(answer)
                waiting += 1
                continue
            }
            waiting = 0
            let piece =
                answer.response.file.map { $0.read(at: answer.offset, count: count) }
                ?? Array(answer.response.content[answer.offset..<(answer.offset + count)])
            guard !piece.isEmpty else {
                // A file that was cut short by someone else.
                out +=
                    HTTP2Frame(
                        .resetStream,
                        stream: answer.stream,
                        HTTP2Frame.bytes(HTTP2Frame.ErrorCode.internal.rawValue)
                    ).bytes
                open.remove(answer.stream)
                continue
            }
            answer.offset += piece.count
            answer.window -= piece.count
            window -= piece.count
            idle = 0
            let isLast = answer.offset == answer.response.length
            out += HTTP2Frame(.data, flags: isLast ? HTTP2Frame.Flag.endStream : 0, stream: answer.stream, piece).bytes
            if isLast { open.remove(answer.stream) } else { answers.append(answer) }
        }
        return out
    }

    private mutating func reset(_ stream: UInt32, _ reason: HTTP2Frame.ErrorCode) {
        control += HTTP2Frame(.resetStream, stream: stream, HTTP2Frame.bytes(reason.rawValue)).bytes
        close(stream)
    }

    private mutating func close(_ stream: UInt32) {
        open.remove(stream)
        earlyWindows[stream] = nil
        answers.removeAll { $0.stream == stream }
    }
}
