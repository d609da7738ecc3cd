public import TLSParameters

// RFC 6066 §8, RFC 6961 §2.2
//
//     struct {
//         CertificateStatusType status_type;      1 byte
//         select (status_type) {
//             case ocsp(1):        opaque OCSPResponse<1..2^24-1>;
//             case ocsp_multi(2):  OCSPResponse ocsp_response_list<1..2^24-1>;   each <0..2^24-1>
//         } response;
//     } CertificateStatus;

/// A stapled OCSP response.
public enum CertificateStatus: HandshakeBody {
    /// The response for the server's own certificate, DER.
    case ocsp([UInt8])
    /// One response a certificate of the chain; empty where there is none.
    case ocspMulti([[UInt8]])

    /// `certificate_status`
    public static var type: HandshakeType { .certificate_status }

    /// Reads the body of the message; throws `illegalValue` for an unknown status type.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        let statusType = try reader.readUInt8("CertificateStatus.status_type")
        switch statusType {
        case 1:
            self = .ocsp(try reader.readOpaque(.three, minimum: 1, "CertificateStatus.OCSPResponse"))
        case 2:
            var list = try reader.readVector(.three, minimum: 1, "CertificateStatus.ocsp_response_list")
            var responses: [[UInt8]] = []
            while !list.isEmpty { responses.append(try list.readOpaque(.three, "CertificateStatus.OCSPResponse")) }
            self = .ocspMulti(responses)
        default:
            throw reader.error(
                .illegalValue(UInt64(statusType)),
                at: reader.offset - 1,
                "CertificateStatus.status_type"
            )
        }
    }

    /// Writes the body of the message.
    public func encode(into writer: inout ByteWriter) {
        switch self {
        case .ocsp(let response):
            writer.writeUInt8(1)
            writer.writeOpaque(.three, response)
        case .ocspMulti(let responses):
            writer.writeUInt8(2)
            writer.writeVector(.three) { writer in
                for response in responses { writer.writeOpaque(.three, response) }
            }
        }
    }
}
