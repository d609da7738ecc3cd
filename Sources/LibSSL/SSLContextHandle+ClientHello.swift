import COpenSSL
import COpenSSLShims

/// What a server allows on connections that speak one application protocol: lists as libssl takes them, in full.
package struct ApplicationProtocolLimits {
    /// The application protocol, as ALPN has it.
    package let applicationProtocol: [UInt8]
    /// The versions, lowest and highest, as code points.
    package let versions: ClosedRange<UInt16>
    /// Versions left out within them.
    package let options: SSLOptions
    /// The suites of TLS 1.2 and below by name, joined by colons; nil where no such version is left.
    package let cipherList: String?
    /// The suites of TLS 1.3.
    package let cipherSuites13: String
    /// The groups; nil for libssl's own.
    package let groups: String?
    /// The signature schemes; nil for libssl's own.
    package let signatureAlgorithms: String?

    /// Limits from their parts.
    package init(
        applicationProtocol: [UInt8],
        versions: ClosedRange<UInt16>,
        options: SSLOptions,
        cipherList: String?,
        cipherSuites13: String,
        groups: String?,
        signatureAlgorithms: String?
    ) {
        self.applicationProtocol = applicationProtocol
        self.versions = versions
        self.options = options
        self.cipherList = cipherList
        self.cipherSuites13 = cipherSuites13
        self.groups = groups
        self.signatureAlgorithms = signatureAlgorithms
    }
}

extension SSLContextHandle {
    /// Limits what a server agrees to by the application protocol that it is going to choose: known from the client's hello,
    /// before anything else of it is acted upon.
    package func setLimits(_ limits: [ApplicationProtocolLimits]) {
        callbackState.applicationProtocolLimits = limits
        withPointer { SSL_CTX_set_client_hello_cb($0, clientHelloThunk, nil) }
    }
}

/// `SSL_CTX_set_client_hello_cb(3)`.
private func clientHelloThunk(
    _ ssl: OpaquePointer?,
    _ alert: UnsafeMutablePointer<Int32>?,
    _: UnsafeMutableRawPointer?
) -> Int32 {
    guard let ssl, let handle = SSLHandle.from(ssl) else { return SSL_CLIENT_HELLO_SUCCESS }
    let state = handle.context.callbackState
    let ours = protocolNames(in: state.applicationProtocols[...])
    let offered = protocolNames(in: offeredProtocols(ssl))
    guard let chosen = ours.first(where: offered.contains),
        let limits = state.applicationProtocolLimits.first(where: { $0.applicationProtocol == chosen })
    else { return SSL_CLIENT_HELLO_SUCCESS }
    do throws(LibraryError) {
        try handle.apply(limits)
        return SSL_CLIENT_HELLO_SUCCESS
    } catch {
        alert?.pointee = SSL_AD_INTERNAL_ERROR
        return SSL_CLIENT_HELLO_ERROR
    }
}

/// The list of the client's ALPN extension, without its length (RFC 7301 section 3.1); empty where there is none.
private func offeredProtocols(_ ssl: OpaquePointer) -> ArraySlice<UInt8> {
    var bytes: UnsafePointer<UInt8>?
    var count = 0
    let type = UInt32(TLSEXT_TYPE_application_layer_protocol_negotiation)
    guard SSL_client_hello_get0_ext(ssl, type, &bytes, &count) == 1, let bytes, count > 2 else { return [] }
    return Array(UnsafeBufferPointer(start: bytes, count: count))[2...]
}

/// Names with a byte of length in front of each, as far as they are whole.
private func protocolNames(in list: ArraySlice<UInt8>) -> [[UInt8]] {
    var names: [[UInt8]] = []
    var rest = list
    while let length = rest.popFirst(), rest.count >= Int(length) {
        names.append(Array(rest.prefix(Int(length))))
        rest = rest.dropFirst(Int(length))
    }
    return names
}

extension SSLHandle {
    fileprivate func apply(_ limits: ApplicationProtocolLimits) throws(LibraryError) {
        try withPointer { ssl throws(LibraryError) in
            try ErrorQueue.check { sechan_SSL_set_min_proto_version(ssl, Int32(limits.versions.lowerBound)) }
            try ErrorQueue.check { sechan_SSL_set_max_proto_version(ssl, Int32(limits.versions.upperBound)) }
            _ = SSL_set_options(ssl, limits.options.rawValue)
            if let list = limits.cipherList { try ErrorQueue.check { SSL_set_cipher_list(ssl, list) } }
            try ErrorQueue.check { SSL_set_ciphersuites(ssl, limits.cipherSuites13) }
            if let list = limits.groups { try ErrorQueue.check { sechan_SSL_set1_groups_list(ssl, list) } }
            if let list = limits.signatureAlgorithms {
                try ErrorQueue.check { sechan_SSL_set1_sigalgs_list(ssl, list) }
            }
        }
    }
}
