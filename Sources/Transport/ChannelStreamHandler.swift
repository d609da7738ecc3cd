import Glibc
import NIOCore
import NIOPosix

/// Moves what a channel reads into an ``InboundBuffer``, and tells FIN, RST and failures of the system apart.
final class ChannelStreamHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let inbound: InboundBuffer
    private let whenActive: (@Sendable (any Channel) -> Void)?

    /// A handler that fills `inbound`; `whenActive` is called once the connection stands.
    init(inbound: InboundBuffer, whenActive: (@Sendable (any Channel) -> Void)? = nil) {
        self.inbound = inbound
        self.whenActive = whenActive
    }

    func channelActive(context: ChannelHandlerContext) {
        whenActive?(context.channel)
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        _ = inbound.append(unwrapInboundIn(data).readableBytesView)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Else the reader asks for more when it has made room.
        if inbound.hasRoom { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed = event as? ChannelEvent { inbound.finish(.end) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let error = TransportError(error, endpoint: SocketEndpoint(context.channel.remoteAddress))
        inbound.finish(error.errno == ECONNRESET ? .reset : .failed(error))
    }

    func channelInactive(context: ChannelHandlerContext) {
        // Whatever else ended the channel has said so before: what's left is FIN from the peer after our own FIN, where NIO
        // closes the channel without a word.
        inbound.finish(.end)
        inbound.whenRoom(nil)
    }
}

extension InboundBuffer {
    /// Prepares a channel that fills this buffer. For a bootstrap's initialiser.
    func prepare(_ channel: any Channel, whenActive: (@Sendable (any Channel) -> Void)? = nil) throws {
        let options = channel.syncOptions
        try options?.setOption(.autoRead, value: false)
        try options?.setOption(.allowRemoteHalfClosure, value: true)
        // One system call per turn, into one buffer that NIO reuses, because we copy at once. It stays with the channel, so it is
        // small until much comes.
        try options?.setOption(.maxMessagesPerRead, value: 1)
        try options?.setOption(
            .recvAllocator,
            value: AdaptiveRecvByteBufferAllocator(minimum: 2_048, initial: 4_096, maximum: Self.limit)
        )
        try channel.pipeline.syncOperations.addHandler(ChannelStreamHandler(inbound: self, whenActive: whenActive))
    }
}
