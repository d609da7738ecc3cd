import TLSParameters

/// Keying material to derive from a channel's secrets (RFC 5705, RFC 8446 section 7.5).
public struct ExportRequest: Hashable, Sendable {
    /// What it is for, and what it is bound to.
    public struct Purpose: Hashable, Sendable {
        /// Both ends have to name the same, and get the same bytes.
        public var label: String
        /// Nil for nothing, which before TLS 1.3 is something else than an empty one.
        public var context: [UInt8]?

        /// A purpose from its parts.
        public init(label: String, context: [UInt8]?) {
            self.label = label
            self.context = context
        }
    }

    /// What it is for.
    public var purpose: Purpose
    /// What it is for before TLS 1.3, where that differs.
    public var olderPurpose: Purpose?
    /// How much, in bytes: 1 to 65535.
    public var count: Int
    /// Whether it comes from the secret of early data (RFC 8446 section 7.5), not of the session.
    public var isEarly = false

    /// A request from its parts.
    public init(label: String, context: [UInt8]?, count: Int) {
        purpose = Purpose(label: label, context: context)
        self.count = count
    }

    /// The key material of EAP-TLS, MSK and then EMSK of 64 bytes each: RFC 9190 section 2.3, and RFC 5216 section 2.3
    /// before TLS 1.3. The IV of the latter comes from a PRF without a secret, which no exporter gives.
    public static var eapTLS: ExportRequest {
        // The context is EAP-TLS's type.
        var request = ExportRequest(label: "EXPORTER_EAP_TLS_Key_Material", context: [0x0D], count: 128)
        request.olderPurpose = Purpose(label: "client EAP encryption", context: nil)
        return request
    }

    func purpose(in version: ProtocolVersion?) -> Purpose {
        version == .tls13 ? purpose : olderPurpose ?? purpose
    }
}
