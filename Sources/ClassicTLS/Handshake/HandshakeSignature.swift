import LibSSL
import TLSParameters
import TLSWire

/// Signatures within a handshake: ServerKeyExchange and CertificateVerify.
extension HandshakeExchange {
    /// What a signature is made over.
    enum SignedContent {
        /// The parameters of a key exchange, behind both randoms (RFC 5246 section 7.4.3).
        case parameters([UInt8])
        /// The handshake so far (RFC 5246 section 7.4.8).
        case transcript
    }

    /// Signs with this end's key.
    ///
    /// - Parameter schemes: what the peer accepts, most wanted first; before TLS 1.2 the key decides.
    func sign(
        _ content: SignedContent,
        key: PKeyHandle,
        schemes: [SignatureScheme]
    ) throws(ClassicError) -> DigitallySigned {
        let version = try agreedVersion()
        var scheme: SignatureScheme?
        let form: SignatureForm
        if version >= .tls12 {
            guard let chosen = Self.scheme(for: key, among: schemes), let its = SignatureForm(scheme: chosen) else {
                throw ClassicError("the peer accepts no signature that the key can make", alert: .handshake_failure)
            }
            scheme = chosen
            form = its
        } else {
            guard let its = SignatureForm(keyAlgorithm: key.algorithmName) else {
                throw ClassicError("the key can't sign before TLS 1.2", alert: .handshake_failure)
            }
            form = its
        }
        ownSignature = form
        let value = try input(content, form)
        let signature = try library("no signature") { () throws(LibraryError) in
            guard let hash = form.hash else { return try key.sign(value, digest: nil) }
            return try key.sign(hash: value, hash, usesPSS: form.usesPSS)
        }
        return DigitallySigned(scheme: scheme, signature: signature)
    }

    /// Checks a signature of the peer's.
    ///
    /// - Parameter schemes: what this end said that it accepts.
    func check(
        _ signed: DigitallySigned,
        over content: SignedContent,
        schemes: [SignatureScheme]
    ) throws(ClassicError) {
        guard let key = peerKey else { throw .outOfOrder }
        let form: SignatureForm?
        if let scheme = signed.scheme {
            guard schemes.contains(scheme) else {
                throw ClassicError(
                    "the peer signs with \(scheme.name), which was not offered",
                    alert: .illegal_parameter
                )
            }
            form = SignatureForm(scheme: scheme)
        } else {
            form = SignatureForm(keyAlgorithm: key.algorithmName)
        }
        guard let form, form.keyAlgorithm == key.algorithmName else {
            throw ClassicError(
                "the peer's signature does not fit the key of its certificate",
                alert: .illegal_parameter
            )
        }
        peerSignature = form
        let value = try input(content, form)
        let isValid =
            form.hash.map { key.isValid(signed.signature, overHash: value, $0, usesPSS: form.usesPSS) }
            ?? key.isValid(signed.signature, over: value)
        guard isValid else {
            throw ClassicError("the peer's signature over the handshake is wrong", alert: .decrypt_error)
        }
    }

    /// The hash to sign, or the message itself where the algorithm brings its own.
    private func input(_ content: SignedContent, _ form: SignatureForm) throws(ClassicError) -> [UInt8] {
        let version = try agreedVersion()
        return try library("no hash to sign") { () throws(LibraryError) in
            let bytes: [UInt8]
            switch content {
            case .parameters(let parameters): bytes = clientRandom + serverRandom + parameters
            case .transcript where version == .ssl3:
                return try SSL3Finished.certificateVerifyHash(
                    messages: transcript.bytes,
                    masterSecret: masterSecret,
                    isRSA: form.keyAlgorithm == "RSA"
                )
            case .transcript: bytes = transcript.bytes
            }
            return try form.hash?.hash(bytes) ?? bytes
        }
    }

    /// The first scheme that a key can use; an RSA key has to be long enough for PSS.
    static func scheme(for key: PKeyHandle, among schemes: [SignatureScheme]) -> SignatureScheme? {
        let algorithm = key.algorithmName
        return schemes.first { scheme in
            guard let form = SignatureForm(scheme: scheme), form.keyAlgorithm == algorithm else { return false }
            guard form.usesPSS, let hash = form.hash else { return true }
            return (key.bitCount + 7) / 8 >= 2 * hash.byteCount + 2
        }
    }
}
