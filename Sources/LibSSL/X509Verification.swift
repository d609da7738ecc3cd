import COpenSSL
import COpenSSLShims

/// One run of `X509_verify_cert` that notes every problem and goes on, instead of stopping at the first.
package struct X509Verification {
    /// One call of the verify callback with an error.
    package struct Problem: Hashable {
        /// `X509_V_ERR_…`.
        package let code: Int32
        /// 0 for the leaf.
        package let depth: Int
        /// The DER of the certificate it is about, if libcrypto names one.
        package let certificate: [UInt8]?
    }

    /// The problems in the order libcrypto met them.
    package let problems: [Problem]
    /// The chain it built, leaf first, as DER.
    package let chain: [[UInt8]]
    /// False when libcrypto gave up for a reason of its own (no memory, a bad argument).
    package let completed: Bool

    /// What to hold the chain against.
    package struct Options {
        /// `ssl_server` or `ssl_client`.
        package var purpose: String
        /// Unix seconds.
        package var time: Int64
        /// The greatest number of intermediates.
        package var depth: Int32
        /// The security level keys and signatures have to meet.
        package var securityLevel: Int32
        /// Which certificates are looked up in lists of revoked ones.
        package var revocation = RevocationScope.none
        /// The lists.
        package var lists: [X509CRLHandle] = []

        package init(purpose: String, time: Int64, depth: Int32, securityLevel: Int32) {
            self.purpose = purpose
            self.time = time
            self.depth = depth
            self.securityLevel = securityLevel
        }
    }

    /// Which certificates are looked up in lists of revoked ones.
    package enum RevocationScope {
        case none
        case leaf
        case all
    }

    /// Verifies `leaf` with the help of `untrusted` against the store.
    package init(
        leaf: X509Handle,
        untrusted: [X509Handle],
        store: X509StoreHandle,
        options: Options
    ) throws(LibraryError) {
        let context = try ErrorQueue.checkPointer { X509_STORE_CTX_new() }
        defer { X509_STORE_CTX_free(context) }
        let stack = try ErrorQueue.checkPointer { sechan_sk_X509_new() }
        // Frees the stack only; the handles own the certificates and outlive this function.
        defer { sechan_sk_X509_free(stack) }
        for certificate in untrusted {
            try ErrorQueue.check { certificate.withPointer { sechan_sk_X509_push(stack, $0) } }
        }
        try ErrorQueue.check {
            store.withPointer { store in
                leaf.withPointer { leaf in X509_STORE_CTX_init(context, store, leaf, stack) }
            }
        }
        try ErrorQueue.check { X509_STORE_CTX_set_default(context, options.purpose) }
        let parameters = X509_STORE_CTX_get0_param(context)
        X509_VERIFY_PARAM_set_time(parameters, time_t(options.time))
        X509_VERIFY_PARAM_set_depth(parameters, options.depth)
        X509_VERIFY_PARAM_set_auth_level(parameters, options.securityLevel)
        switch options.revocation {
        case .none: break
        case .leaf: X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_CRL_CHECK))
        case .all: X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL))
        }
        let lists = try ErrorQueue.checkPointer { OPENSSL_sk_new_null() }
        // Frees the stack only, like the one above.
        defer { OPENSSL_sk_free(lists) }
        for list in options.lists {
            try ErrorQueue.check { list.withPointer { OPENSSL_sk_push(lists, UnsafeRawPointer($0)) } }
        }
        X509_STORE_CTX_set0_crls(context, lists)

        let collector = Collector()
        // Index 0 is the application's own (X509_STORE_CTX_set_app_data).
        // SAFETY: the collector is used after the verification, which is the only thing that calls back.
        try ErrorQueue.check {
            X509_STORE_CTX_set_ex_data(context, 0, Unmanaged.passUnretained(collector).toOpaque())
        }
        X509_STORE_CTX_set_verify_cb(context, collectProblem)
        ErrorQueue.clear()
        let result = withExtendedLifetime((collector, untrusted, leaf, store, options)) { X509_verify_cert(context) }
        let final = X509_STORE_CTX_get_error(context)
        ErrorQueue.clear()

        var problems = collector.problems
        if result <= 0, problems.isEmpty {
            problems.append(
                Problem(code: final == X509_V_OK ? X509_V_ERR_UNSPECIFIED : final, depth: 0, certificate: nil)
            )
        }
        self.problems = problems
        completed = result > 0
        chain = DERList.certificates(X509_STORE_CTX_get0_chain(context))
    }
}

/// What the callback has been told. A hostile chain can't make it grow: a chain has at most a dozen certificates, and
/// what comes after 256 entries is dropped.
private final class Collector {
    var problems: [X509Verification.Problem] = []
}

private func collectProblem(ok: Int32, context: OpaquePointer?) -> Int32 {
    guard ok == 0, let context, let argument = X509_STORE_CTX_get_ex_data(context, 0) else { return 1 }
    // SAFETY: the collector lives on the stack frame that runs X509_verify_cert, which is below this one.
    let collector = Unmanaged<Collector>.fromOpaque(argument).takeUnretainedValue()
    guard collector.problems.count < 256 else { return 1 }
    let problem = X509Verification.Problem(
        code: X509_STORE_CTX_get_error(context),
        depth: Int(X509_STORE_CTX_get_error_depth(context)),
        certificate: X509_STORE_CTX_get_current_cert(context).map(DERList.certificate)
    )
    if !collector.problems.contains(problem) { collector.problems.append(problem) }
    // Found before the chain is built: left standing, it is told once more in the place of what is wrong with the chain.
    if problem.code == X509_V_ERR_EE_KEY_TOO_SMALL { X509_STORE_CTX_set_error(context, X509_V_OK) }
    return 1
}

extension X509Verification {
    /// OpenSSL's own words for an `X509_V_ERR` code.
    package static func text(ofCode code: Int32) -> String {
        X509_verify_cert_error_string(Int(code)).map { String(cString: $0) } ?? "error \(code)"
    }
}
