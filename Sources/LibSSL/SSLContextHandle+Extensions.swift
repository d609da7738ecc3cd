import COpenSSL
import COpenSSLShims

/// The content of an extension that libssl knows nothing of. libssl reads it while a hello is written, so it stays in place.
final class ExtensionContent {
    fileprivate let bytes: UnsafeMutableBufferPointer<UInt8>

    init(_ content: [UInt8]) {
        bytes = .allocate(capacity: content.count)
        _ = bytes.initialize(from: content)
    }

    deinit {
        bytes.deallocate()
    }
}

extension SSLContextHandle {
    /// Adds an extension to every hello of a client, and takes whatever a server answers it with.
    ///
    /// - Returns: false for a type that libssl itself has something to say about, or that was added before.
    package func addExtension(type: UInt16, content: [UInt8]) -> Bool {
        guard role == .client else { return false }
        let kept = ExtensionContent(content)
        let places =
            SSL_EXT_CLIENT_HELLO | SSL_EXT_TLS1_2_SERVER_HELLO | SSL_EXT_TLS1_3_SERVER_HELLO
            | SSL_EXT_TLS1_3_ENCRYPTED_EXTENSIONS | SSL_EXT_TLS1_3_HELLO_RETRY_REQUEST
        let isAdded = withPointer { context in
            SSL_CTX_add_custom_ext(
                context,
                UInt32(type),
                UInt32(places),
                { _, _, _, out, count, _, _, _, argument in
                    guard let argument, let out, let count else { return 0 }
                    // SAFETY: the context that keeps the content set it as the argument, and outlives every connection.
                    let content = Unmanaged<ExtensionContent>.fromOpaque(argument).takeUnretainedValue()
                    out.pointee = UnsafePointer(content.bytes.baseAddress)
                    count.pointee = content.bytes.count
                    return 1
                },
                nil,
                Unmanaged.passUnretained(kept).toOpaque(),
                // Without a function to read it libssl would take a server's answer for unsolicited.
                { _, _, _, _, _, _, _, _, _ in 1 },
                nil
            ) == 1
        }
        if isAdded { callbackState.extensionContents.append(kept) }
        ErrorQueue.clear()
        return isAdded
    }

    /// Has a client ask for fragments of at most so many bytes (RFC 6066 section 4).
    ///
    /// - Parameter length: 512, 1024, 2048 or 4096; anything else changes nothing.
    package func setMaximumFragmentLength(_ length: Int) {
        let modes = [512: 1, 1_024: 2, 2_048: 3, 4_096: 4]
        guard let mode = modes[length] else { return }
        _ = withPointer { SSL_CTX_set_tlsext_max_fragment_length($0, UInt8(mode)) }
    }
}
