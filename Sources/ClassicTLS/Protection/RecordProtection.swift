import LibSSL
import TLSParameters
import TLSWire

/// One direction's protection, from one ChangeCipherSpec to the next (RFC 5246 section 6.2.3, RFC 6101 section 5.2.3).
final class RecordProtection {
    let spec: CipherSpec
    private let version: ProtocolVersion
    private let keys: DirectionKeys
    private let encryptsFirst: Bool
    private let cipher: BulkCipher?
    private let aead: AEADCipher?
    private var sequence: UInt64 = 0

    /// - Parameter encryptsFirst: encrypt-then-MAC (RFC 7366), which means something in CBC mode only.
    init(
        spec: CipherSpec,
        version: ProtocolVersion,
        keys: DirectionKeys,
        encryptsFirst: Bool,
        _ operation: BulkCipher.Operation
    ) throws(LibraryError) {
        self.spec = spec
        self.version = version
        self.keys = keys
        if case .cbc = spec.mode { self.encryptsFirst = encryptsFirst } else { self.encryptsFirst = false }
        switch spec.mode {
        case .null:
            cipher = nil
            aead = nil
        case .stream, .cbc:
            cipher = try BulkCipher(spec.cipher, key: keys.key, iv: keys.iv, operation)
            aead = nil
        case .gcm:
            cipher = nil
            aead = try AEADCipher(spec.cipher, key: keys.key, operation)
        }
    }

    private var hasExplicitIV: Bool { version >= .tls11 }

    // MARK: Sending

    /// A record's fragment for the wire.
    func seal(_ content: [UInt8], type: ContentType) throws(LibraryError) -> [UInt8] {
        defer { sequence &+= 1 }
        switch spec.mode {
        case .null: return content + (try mac(content, type))
        case .stream: return try cipher?.update(content + mac(content, type)) ?? []
        case .cbc(let block):
            guard let cipher else { return [] }
            let authenticated = encryptsFirst ? content : content + (try mac(content, type))
            let filling = block - authenticated.count % block
            // Every byte says how many come before it (RFC 5246 section 6.2.3.2); SSL 3.0 looks at the last one only.
            let padding = [UInt8](repeating: UInt8(filling - 1), count: filling)
            // A random block in front makes the IV of the rest one that nobody can know (RFC 4346 section 6.2.3.2).
            let start = hasExplicitIV ? try RandomBytes.make(block) : []
            let sealed = try cipher.update(start + authenticated + padding)
            return encryptsFirst ? sealed + (try mac(sealed, type)) : sealed
        case .gcm:
            let explicit = Self.bytes(of: sequence)
            let data = header(type, count: content.count)
            let sealed = try aead?.seal(content, nonce: keys.iv + explicit, associatedData: data) ?? []
            return explicit + sealed
        }
    }

    /// Whether a record can have a ``RecordFlaw``.
    var canBeFlawed: Bool {
        if case .cbc = spec.mode { return !encryptsFirst }
        return false
    }

    /// The fragment of a record that is wrong on purpose; in CBC mode without encrypt-then-MAC only.
    func seal(_ content: [UInt8], type: ContentType, flaw: RecordFlaw) throws(LibraryError) -> [UInt8] {
        defer { sequence &+= 1 }
        guard let cipher, case .cbc(let block) = spec.mode else { return [] }
        var authenticated = content + (try mac(content, type))
        var filling = block - authenticated.count % block
        // One byte besides the last, which has the length.
        if filling < 2 { filling += block }
        var padding = [UInt8](repeating: UInt8(filling - 1), count: filling)
        switch flaw {
        case .wrongMAC, .wrongMACEmpty: authenticated[authenticated.count - 1] ^= 0x01
        case .wrongPadding, .wrongPaddingEmpty: padding[0] ^= 0x01
        case .overlongPadding: padding = [UInt8](repeating: 0xFF, count: filling)
        }
        let start = hasExplicitIV ? try RandomBytes.make(block) : []
        return try cipher.update(start + authenticated + padding)
    }

    // MARK: Receiving

    /// The content of a record; nil when it is not what was sent. Wrong padding is not told from a wrong MAC.
    func open(_ fragment: [UInt8], type: ContentType) throws(LibraryError) -> [UInt8]? {
        defer { sequence &+= 1 }
        switch spec.mode {
        case .null: return try checked(fragment, type, isBroken: false)
        case .stream: return try checked(cipher?.update(fragment) ?? [], type, isBroken: false)
        case .cbc(let block): return try openCBC(fragment, type, block: block)
        case .gcm:
            guard fragment.count >= 8 + AEADCipher.tagCount else { return nil }
            let data = header(type, count: fragment.count - 8 - AEADCipher.tagCount)
            return try aead?.open(
                Array(fragment.dropFirst(8)),
                nonce: keys.iv + fragment.prefix(8),
                associatedData: data
            )
        }
    }

    private func openCBC(_ fragment: [UInt8], _ type: ContentType, block: Int) throws(LibraryError) -> [UInt8]? {
        guard let cipher else { return nil }
        var fragment = fragment
        let macCount = spec.mac?.byteCount ?? 0
        if encryptsFirst {
            guard fragment.count > macCount else { return nil }
            let claimed = Array(fragment.suffix(macCount))
            fragment.removeLast(macCount)
            guard Self.isEqual(claimed, try mac(fragment, type)) else { return nil }
        }
        let start = hasExplicitIV ? block : 0
        guard fragment.count % block == 0, fragment.count >= start + block else { return nil }
        let plaintext = try cipher.update(fragment).dropFirst(start)
        let count = Int(plaintext.last ?? 0) + 1
        var isBroken = count + (encryptsFirst ? 0 : macCount) > plaintext.count
        if version == .ssl3 {
            // RFC 6101 section 5.2.3.2: shorter than a block, and of any content, which is what POODLE lives on.
            isBroken = isBroken || count > block
        } else if !isBroken {
            isBroken = plaintext.suffix(count).contains { $0 != UInt8(count - 1) }
        }
        let content = Array(plaintext.dropLast(isBroken ? 1 : count))
        if encryptsFirst { return isBroken ? nil : content }
        return try checked(content, type, isBroken: isBroken)
    }

    /// The content without its MAC, if that is right. It is computed for broken padding too, so that the answer takes as long.
    private func checked(_ bytes: [UInt8], _ type: ContentType, isBroken: Bool) throws(LibraryError) -> [UInt8]? {
        let macCount = spec.mac?.byteCount ?? 0
        guard bytes.count >= macCount else { return nil }
        let content = Array(bytes.dropLast(macCount))
        let isRight = Self.isEqual(Array(bytes.suffix(macCount)), try mac(content, type))
        return isRight && !isBroken ? content : nil
    }

    // MARK: Parts

    private func mac(_ content: [UInt8], _ type: ContentType) throws(LibraryError) -> [UInt8] {
        guard let hash = spec.mac else { return [] }
        return try RecordMAC.make(
            version: version,
            hash: hash,
            secret: keys.mac,
            sequence: sequence,
            type: type,
            content: content
        )
    }

    /// The additional data of RFC 5246 section 6.2.3.3.
    private func header(_ type: ContentType, count: Int) -> [UInt8] {
        Self.bytes(of: sequence)
            + [type.rawValue, UInt8(version.rawValue >> 8), UInt8(version.rawValue & 0xFF)]
            + [UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
    }

    private static func bytes(of number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * UInt64($0))) }
    }

    /// Compares without telling by its time where the difference is.
    static func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
