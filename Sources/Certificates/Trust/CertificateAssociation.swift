import LibSSL

/// A TLSA record: what certificate a server has, or whose (RFC 6698 §2.1).
public struct CertificateAssociation: Hashable, Sendable {
    /// 0 and 1 limit what the trust store allows, 2 and 3 stand for themselves (RFC 7218 §2.1).
    public var usage: UInt8
    /// 0 for the certificate, 1 for its key (RFC 7218 §2.2).
    public var selector: UInt8
    /// 0 for the bytes themselves, 1 for their SHA-256, 2 for their SHA-512 (RFC 7218 §2.3).
    public var matching: UInt8
    /// What it is held against.
    public var data: [UInt8]

    /// Reads a record's data; nil if there is less of it than it must have.
    public init?(_ data: [UInt8]) {
        guard data.count > 3 else { return nil }
        (usage, selector, matching) = (data[0], data[1], data[2])
        self.data = Array(data.dropFirst(3))
    }

    /// Whether it may mean a root that the server need not send (RFC 6698 §2.1.1), so that a chain without it proves nothing.
    public var mayMeanRoot: Bool { usage == 0 }

    /// Whether it fits a chain, leaf first: the leaf for the usages of an end entity, any of the others for those of an
    /// authority (RFC 7671 §5). A usage, selector or matching type that isn't known fits nothing.
    public func fits(_ chain: [Certificate]) -> Bool {
        switch usage {
        case 1, 3: chain.first.map(matches) ?? false
        // An authority that the server leaves out may be the one that is meant, but nothing shows that.
        case 0, 2:
            chain.count == 1
                ? chain[0].isSelfSigned && matches(chain[0]) : chain.dropFirst().contains(where: matches)
        default: false
        }
    }

    private func matches(_ certificate: Certificate) -> Bool {
        let bytes: [UInt8]
        switch selector {
        case 0: bytes = certificate.der
        case 1: bytes = certificate.subjectPublicKeyInfo
        default: return false
        }
        switch matching {
        case 0: return bytes == data
        case 1: return (try? X509Digest.sha256(bytes)) == data
        case 2: return (try? X509Digest.sha512(bytes)) == data
        default: return false
        }
    }
}
