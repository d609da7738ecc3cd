import COpenSSL

/// What the libssl that this process loaded says of itself.
package enum Library {
    /// The version text, such as `OpenSSL 3.0.19 27 Jan 2026`.
    package static var versionText: String {
        String(cString: OpenSSL_version(OPENSSL_VERSION))
    }

    /// The names of the providers in use, such as `default`.
    package static var providerNames: [String] {
        final class Names {
            var list: [String] = []
        }
        let names = Names()
        // SAFETY: the callback runs only within this call, while `names` is alive on this stack.
        _ = OSSL_PROVIDER_do_all(
            nil,
            { provider, argument in
                guard let argument, let provider, let name = OSSL_PROVIDER_get0_name(provider) else { return 1 }
                Unmanaged<Names>.fromOpaque(argument).takeUnretainedValue().list.append(String(cString: name))
                return 1
            },
            Unmanaged.passUnretained(names).toOpaque()
        )
        return withExtendedLifetime(names) { names.list.sorted() }
    }

    /// Unpredictable bytes from libcrypto's generator.
    package static func randomBytes(count: Int) throws(LibraryError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        try ErrorQueue.check { RAND_bytes(&bytes, Int32(clamping: count)) }
        return bytes
    }

    /// The name OpenSSL has for a numeric identifier, such as `X25519` or `sha256`.
    package static func shortName(ofNID nid: Int32) -> String? {
        guard nid != NID_undef, let name = OBJ_nid2sn(nid) else { return nil }
        return String(cString: name)
    }
}
