import COpenSSL
import COpenSSLShims

/// Why a PKCS#12 file could not be read.
package enum PKCS12Error: Error {
    /// The bytes are no PKCS#12 file.
    case malformed(LibraryError)
    /// The password does not open it.
    case wrongPassword
    /// It has nothing to check the password by, and libcrypto 3.0 opens such a file without a password only.
    case withoutMAC
    /// It asks for more rounds of key derivation than are tried.
    case tooManyIterations
    /// libcrypto can't do what the file asks for.
    case unsupported(LibraryError)
}

/// What is in a PKCS#12 file (RFC 7292): a key, its certificate, and others.
package struct PKCS12Contents {
    /// The private key; nil if there is none.
    package let key: PKeyHandle?
    /// The certificate of the key; nil if there is none.
    package let certificate: X509Handle?
    /// All other certificates, in the file's order.
    package let others: [X509Handle]

    /// Reads a file in DER or BER.
    ///
    /// - Parameters:
    ///   - password: without a zero byte; nil and empty mean the same, as the two ways to write "none" do.
    ///   - greatestIterations: of the derivation that checks the password.
    package init(
        _ bytes: [UInt8],
        password: [UInt8]?,
        greatestIterations: Int
    ) throws(PKCS12Error) {
        // Half of the files in the world are encrypted with RC2 or 3DES: the legacy provider knows RC2, and has no
        // business anywhere else in this process.
        let library = LegacyLibrary()
        // What was read in it is used, and freed, before it is.
        defer { withExtendedLifetime(library) {} }
        ErrorQueue.clear()
        var file = PKCS12_init_ex(NID_pkcs7_data, library.context, nil)
        defer { PKCS12_free(file) }
        // Whatever d2i makes of a failure, it leaves the object freed and the pointer cleared.
        let isRead = bytes.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            return d2i_PKCS12(&file, &cursor, buffer.count) != nil
        }
        guard isRead, let file else { throw .malformed(ErrorQueue.drain()) }
        if PKCS12_mac_present(file) == 1 {
            var iterations: UnsafePointer<ASN1_INTEGER>?
            PKCS12_get0_mac(nil, nil, nil, &iterations, file)
            let count = iterations.map { ASN1_INTEGER_get($0) } ?? 1
            guard count >= 0, count <= greatestIterations else { throw .tooManyIterations }
        } else if !(password ?? []).isEmpty {
            throw .withoutMAC
        }
        var key: OpaquePointer?
        var leaf: OpaquePointer?
        var stack: OpaquePointer?
        defer {
            EVP_PKEY_free(key)
            X509_free(leaf)
            sechan_sk_X509_pop_free(stack)
        }
        let secret = (password ?? []).map { CChar(bitPattern: $0) } + [0]
        ErrorQueue.clear()
        guard PKCS12_parse(file, secret, &key, &leaf, &stack) == 1 else {
            let error = ErrorQueue.drain()
            throw error.speaksOfWrongPassword ? .wrongPassword : .unsupported(error)
        }
        do {
            // Both forms leave the library they were read in: a key can't be used outside it.
            self.key = try key.map { key throws(LibraryError) in try Self.inDefaultLibrary(key) }
            certificate = try leaf.map { leaf throws(LibraryError) in
                try X509Handle(der: DERList.certificate(leaf))
            }
            var others: [X509Handle] = []
            for der in DERList.certificates(stack) { others.append(try X509Handle(der: der)) }
            self.others = others
        } catch {
            throw .unsupported(error)
        }
    }

    private static func inDefaultLibrary(_ key: OpaquePointer) throws(LibraryError) -> PKeyHandle {
        EVP_PKEY_up_ref(key)
        let der = try PKeyHandle(takingOwnership: key).pkcs8()
        return try der.withUnsafeBufferPointer { buffer throws(LibraryError) in
            var cursor = buffer.baseAddress
            return PKeyHandle(
                takingOwnership: try ErrorQueue.checkPointer { d2i_AutoPrivateKey(nil, &cursor, buffer.count) }
            )
        }
    }
}

extension LibraryError {
    /// Whether a PKCS#12 file was tried with a wrong password. One without a MAC shows that only in padding that is wrong.
    fileprivate var speaksOfWrongPassword: Bool {
        entries.contains { entry in
            (entry.library == ERR_LIB_PKCS12
                && [PKCS12_R_MAC_VERIFY_FAILURE, PKCS12_R_PKCS12_CIPHERFINAL_ERROR].contains(entry.reason))
                || (entry.library == ERR_LIB_PROV && entry.text == "bad decrypt")
        }
    }
}
