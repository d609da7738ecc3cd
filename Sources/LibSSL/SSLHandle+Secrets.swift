import COpenSSL

extension SSLHandle {
    /// The client's random bytes; all zero before the hello.
    package var clientRandom: [UInt8] {
        withPointer { ssl in Self.random { SSL_get_client_random(ssl, $0, $1) } }
    }

    /// The server's random bytes; all zero before its hello.
    package var serverRandom: [UInt8] {
        withPointer { ssl in Self.random { SSL_get_server_random(ssl, $0, $1) } }
    }

    private static func random(_ get: (UnsafeMutablePointer<UInt8>?, Int) -> Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { buffer, initialized in
            initialized = min(get(buffer.baseAddress, buffer.count), buffer.count)
        }
    }
}
