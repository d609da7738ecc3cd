import HostilePeer

/// What a hostile server does to a client of the classic engine, in SSL 2.0 to TLS 1.2.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzClassicClient(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    HostileSession.play(Array(UnsafeBufferPointer(start: start, count: count)), toClient: true)
    return 0
}
