import LibSSL

/// What proves in TLS that both ends saw the same handshake (RFC 5246 section 7.4.9).
enum TLSFinished {
    /// The 12 bytes of Finished.
    static func verifyData(
        messages: [UInt8],
        sender role: EndpointRole,
        masterSecret: [UInt8],
        function: PseudorandomFunction
    ) throws(LibraryError) -> [UInt8] {
        try function.output(
            secret: masterSecret,
            label: role == .client ? "client finished" : "server finished",
            seed: function.transcriptHash.hash(messages),
            count: 12
        )
    }
}
