public import TLSParameters

// RFC 6066 §8
//
//     struct {
//         CertificateStatusType status_type;            ocsp(1)
//         ResponderID responder_id_list<0..2^16-1>;     opaque ResponderID<1..2^16-1>
//         Extensions request_extensions<0..2^16-1>;     DER
//     } CertificateStatusRequest;

/// `status_request` of a ClientHello.
public struct StatusRequest: ExtensionPayload {
    /// What is asked for.
    public enum Request: Hashable, Sendable {
        /// An OCSP response, from one of the responders if any are named.
        case ocsp(responderIDs: [[UInt8]], requestExtensions: [UInt8])
        /// Something else, kept as it is.
        case other(type: CertificateStatusType, bytes: [UInt8])
    }

    /// What is asked for.
    public var request: Request

    /// `status_request`
    public static var type: ExtensionType { .status_request }

    /// Makes a request, by default for any OCSP response.
    public init(request: Request = .ocsp(responderIDs: [], requestExtensions: [])) { self.request = request }

    /// Reads the request.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        let statusType = CertificateStatusType(rawValue: try reader.readUInt8("status_request.status_type"))
        guard statusType == .ocsp else {
            request = .other(type: statusType, bytes: reader.readRest())
            return
        }
        var list = try reader.readVector(.two, "status_request.responder_id_list")
        var responders: [[UInt8]] = []
        while !list.isEmpty {
            responders.append(try list.readOpaque(.two, minimum: 1, "status_request.ResponderID"))
        }
        let extensions = try reader.readOpaque(.two, "status_request.request_extensions")
        request = .ocsp(responderIDs: responders, requestExtensions: extensions)
    }

    /// Writes the request.
    public func encode(into writer: inout ByteWriter) {
        switch request {
        case .ocsp(let responderIDs, let requestExtensions):
            writer.writeUInt8(CertificateStatusType.ocsp.rawValue)
            writer.writeVector(.two) { writer in
                for responder in responderIDs { writer.writeOpaque(.two, responder) }
            }
            writer.writeOpaque(.two, requestExtensions)
        case .other(let type, let bytes):
            writer.writeUInt8(type.rawValue)
            writer.writeBytes(bytes)
        }
    }
}

/// `status_request` of a TLS 1.3 certificate entry: the OCSP response itself (RFC 8446 §4.4.2.1).
public struct StapledStatus: ExtensionPayload {
    /// The response.
    public var status: CertificateStatus

    /// `status_request`
    public static var type: ExtensionType { .status_request }

    /// Makes the value.
    public init(status: CertificateStatus) { self.status = status }

    /// Reads the response.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        status = try CertificateStatus(parsing: &reader)
    }

    /// Writes the response.
    public func encode(into writer: inout ByteWriter) {
        status.encode(into: &writer)
    }
}

// RFC 6962 §3.3
//
//     opaque SerializedSCT<1..2^16-1>;
//     SerializedSCT sct_list<1..2^16-1>;

/// `signed_certificate_timestamp` of a ServerHello or a TLS 1.3 certificate entry.
public struct CertificateTimestamps: ExtensionPayload {
    /// Serialised SCTs.
    public var timestamps: [[UInt8]]

    /// `signed_certificate_timestamp`
    public static var type: ExtensionType { .signed_certificate_timestamp }

    /// Makes a list.
    public init(timestamps: [[UInt8]]) { self.timestamps = timestamps }

    /// Reads the list.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        var list = try reader.readVector(.two, minimum: 1, "SignedCertificateTimestampList.sct_list")
        timestamps = []
        while !list.isEmpty { timestamps.append(try list.readOpaque(.two, minimum: 1, "SerializedSCT")) }
    }

    /// Writes the list.
    public func encode(into writer: inout ByteWriter) {
        writer.writeVector(.two) { writer in
            for timestamp in timestamps { writer.writeOpaque(.two, timestamp) }
        }
    }
}

// RFC 8446 §4.2.4
//
//     opaque DistinguishedName<1..2^16-1>;
//     DistinguishedName authorities<3..2^16-1>;

/// `certificate_authorities`.
public struct CertificateAuthorities: ExtensionPayload {
    /// DER of X.501 distinguished names.
    public var names: [[UInt8]]

    /// `certificate_authorities`
    public static var type: ExtensionType { .certificate_authorities }

    /// Makes a list.
    public init(names: [[UInt8]]) { self.names = names }

    /// Reads the list.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        names = try readDistinguishedNames(&reader, minimum: 3, "certificate_authorities")
    }

    /// Writes the list.
    public func encode(into writer: inout ByteWriter) {
        writeDistinguishedNames(names, into: &writer)
    }
}

func readDistinguishedNames(
    _ reader: inout ByteReader,
    minimum: Int,
    _ field: String
) throws(WireError) -> [[UInt8]] {
    var list = try reader.readVector(.two, minimum: minimum, field)
    var names: [[UInt8]] = []
    while !list.isEmpty { names.append(try list.readOpaque(.two, minimum: 1, field)) }
    return names
}

func writeDistinguishedNames(_ names: [[UInt8]], into writer: inout ByteWriter) {
    writer.writeVector(.two) { writer in
        for name in names { writer.writeOpaque(.two, name) }
    }
}

// RFC 8879 §3: CertificateCompressionAlgorithm algorithms<2..2^8-2>;

/// `compress_certificate`.
public struct CompressCertificate: ExtensionPayload {
    /// Algorithms in the sender's order.
    public var algorithms: [CertificateCompressionAlgorithm]

    /// `compress_certificate`
    public static var type: ExtensionType { .compress_certificate }

    /// Makes a list.
    public init(algorithms: [CertificateCompressionAlgorithm]) { self.algorithms = algorithms }

    /// Reads the list.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        algorithms = try reader.readUInt16List(.one, minimum: 2, "compress_certificate.algorithms")
            .map(CertificateCompressionAlgorithm.init(rawValue:))
    }

    /// Writes the list.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt16List(.one, algorithms.map(\.rawValue))
    }
}
