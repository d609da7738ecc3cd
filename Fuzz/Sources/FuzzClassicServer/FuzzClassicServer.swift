import HostilePeer

/// What a hostile client does to a server of the classic engine, in SSL 2.0 to TLS 1.2.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzClassicServer(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    HostileSession.play(Array(UnsafeBufferPointer(start: start, count: count)), toClient: false)
    return 0
}
