import COpenSSL

/// Fermat's way to factor a number: two factors near its square root show after a few steps.
package enum FermatFactors {
    /// Whether factors show within `rounds` steps: whether a² − n is a square for one of the first a from √n up.
    package static func exist(modulus: [UInt8], rounds: Int) -> Bool {
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        guard let context = BN_CTX_new() else { return false }
        defer { BN_CTX_free(context) }
        BN_CTX_start(context)
        defer { BN_CTX_end(context) }
        guard let n = BN_bin2bn(modulus, Int32(clamping: modulus.count), BN_CTX_get(context)),
            let a = BN_CTX_get(context), let rest = BN_CTX_get(context), let square = BN_CTX_get(context),
            let root = squareRoot(of: n, context), BN_copy(a, root) != nil
        else { return false }
        // The square of one prime is the closest case.
        guard BN_sqr(square, root, context) == 1 else { return false }
        if BN_cmp(square, n) == 0 { return true }
        for _ in 0..<rounds {
            guard BN_add_word(a, 1) == 1, BN_sqr(rest, a, context) == 1, BN_sub(rest, rest, n) == 1 else {
                return false
            }
            // A square ends in one of sixteen bytes or so, which spares most of the roots.
            let low = BN_mod_word(rest, 16)
            guard low == 0 || low == 1 || low == 4 || low == 9 else { continue }
            BN_CTX_start(context)
            defer { BN_CTX_end(context) }
            guard let b = squareRoot(of: rest, context), BN_sqr(square, b, context) == 1 else { return false }
            if BN_cmp(square, rest) == 0 { return true }
        }
        return false
    }

    /// The largest number whose square is not above `n`, by Newton's method. It belongs to the context's frame.
    private static func squareRoot(of n: OpaquePointer, _ context: OpaquePointer) -> OpaquePointer? {
        guard let guess = BN_CTX_get(context), let next = BN_CTX_get(context) else { return nil }
        BN_zero_ex(guess)
        guard BN_set_bit(guess, (BN_num_bits(n) + 1) / 2 + 1) == 1 else { return nil }
        // The number of right bits doubles with each step.
        for _ in 0..<64 {
            guard BN_is_zero(guess) == 0, BN_div(next, nil, n, guess, context) == 1, BN_add(next, next, guess) == 1,
                BN_rshift1(next, next) == 1
            else { return BN_is_zero(guess) == 1 ? guess : nil }
            if BN_cmp(next, guess) >= 0 { return guess }
            guard BN_copy(guess, next) != nil else { return nil }
        }
        return guess
    }
}
