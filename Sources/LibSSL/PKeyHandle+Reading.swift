import COpenSSL

/// Why a private key could not be read.
package enum PKeyReadingError: Error {
    /// It is encrypted and the password source gave nothing.
    case passwordRequired
    /// It is encrypted and the password does not open it.
    case wrongPassword
    /// There is no private key in the input.
    case noKey
    /// libcrypto could not make a key of it.
    case malformed(LibraryError)
}

extension PKeyHandle {
    /// Reads the first private key of a PEM file (PKCS#8, encrypted PKCS#8, or the traditional forms), or one in DER.
    /// `password` is asked once at most, and only when the key is encrypted. Nothing ever asks on the terminal.
    package static func read(
        _ bytes: [UInt8],
        isPEM: Bool,
        password: () -> [UInt8]?
    ) throws(PKeyReadingError) -> PKeyHandle {
        try withoutActuallyEscaping(password) { password throws(PKeyReadingError) in
            let prompt = Prompt(password)
            ErrorQueue.clear()
            // BIO_new_mem_buf borrows the bytes, so the BIO lives within the closure that lends them.
            let key = bytes.withUnsafeBytes { buffer -> OpaquePointer? in
                guard let source = BIO_new_mem_buf(buffer.baseAddress, Int32(clamping: buffer.count)) else {
                    return nil
                }
                defer { BIO_free(source) }
                // SAFETY: `prompt` outlives the calls that get its address.
                let argument = Unmanaged.passUnretained(prompt).toOpaque()
                return withExtendedLifetime(prompt) {
                    if isPEM { return PEM_read_bio_PrivateKey(source, nil, answerPrompt, argument) }
                    if let key = d2i_PrivateKey_bio(source, nil) { return key }
                    _ = BIO_ctrl(source, BIO_CTRL_RESET, 0, nil)
                    ErrorQueue.clear()
                    return d2i_PKCS8PrivateKey_bio(source, nil, answerPrompt, argument)
                }
            }
            if let key { return PKeyHandle(takingOwnership: key) }
            let error = ErrorQueue.drain()
            if prompt.wasAsked { throw prompt.hadAnswer ? .wrongPassword : .passwordRequired }
            let noStart = error.entries.contains { $0.library == ERR_LIB_PEM && $0.reason == PEM_R_NO_START_LINE }
            throw noStart ? .noKey : .malformed(error)
        }
    }
}

/// Carries the password source through the C callback and remembers what came of it.
private final class Prompt {
    let password: () -> [UInt8]?
    var wasAsked = false
    var hadAnswer = false

    init(_ password: @escaping () -> [UInt8]?) {
        self.password = password
    }
}

/// `pem_password_cb`: writes at most `size` bytes and returns how many, or -1 for none.
private func answerPrompt(
    buffer: UnsafeMutablePointer<CChar>?,
    size: Int32,
    writing: Int32,
    argument: UnsafeMutableRawPointer?
) -> Int32 {
    guard let buffer, let argument else { return -1 }
    // SAFETY: PKeyHandle.read passes its Prompt and keeps it alive during the call.
    let prompt = Unmanaged<Prompt>.fromOpaque(argument).takeUnretainedValue()
    guard !prompt.wasAsked || prompt.hadAnswer else { return -1 }
    prompt.wasAsked = true
    guard let password = prompt.password(), password.count <= Int(size) else { return -1 }
    prompt.hadAnswer = true
    for (index, byte) in password.enumerated() { buffer[index] = CChar(bitPattern: byte) }
    return Int32(password.count)
}
