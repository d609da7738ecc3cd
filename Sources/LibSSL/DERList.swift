import COpenSSL

/// Certificates and names as DER bytes, copied out of libssl's stacks.
enum DERList {
    /// The certificates of a borrowed `STACK_OF(X509)`, in its order.
    static func certificates(_ stack: OpaquePointer?) -> [[UInt8]] {
        guard let stack else { return [] }
        return (0..<max(0, OPENSSL_sk_num(stack))).compactMap { index in
            OPENSSL_sk_value(stack, index).map { certificate(OpaquePointer($0)) }
        }
    }

    /// The distinguished names of a borrowed `STACK_OF(X509_NAME)`.
    static func names(_ stack: OpaquePointer?) -> [[UInt8]] {
        guard let stack else { return [] }
        return (0..<max(0, OPENSSL_sk_num(stack))).compactMap { index in
            guard let name = OPENSSL_sk_value(stack, index) else { return nil }
            return encoded { i2d_X509_NAME(OpaquePointer(name), $0) }
        }
    }

    /// One borrowed certificate.
    static func certificate(_ certificate: OpaquePointer) -> [UInt8] {
        encoded { i2d_X509(certificate, $0) }
    }

    /// Runs an `i2d` function twice: for the length, then for the bytes.
    static func encoded(
        _ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
    ) -> [UInt8] {
        let length = encode(nil)
        guard length > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, initialized in
            var cursor = buffer.baseAddress
            initialized = max(0, Int(encode(&cursor)))
        }
    }
}
