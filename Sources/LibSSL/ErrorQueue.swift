import COpenSSL

/// What libssl or libcrypto said when a call failed: the error queue of this thread, oldest entry first.
package struct LibraryError: Error, Hashable, Sendable {
    /// One entry of the queue.
    package struct Entry: Hashable, Sendable {
        /// The packed error code, as `ERR_get_error` returned it.
        package let code: UInt
        /// The library that raised it (`ERR_LIB_SSL` is 20).
        package let library: Int32
        /// The reason within that library; a received alert N has the reason 1000+N.
        package let reason: Int32
        /// OpenSSL's own words for the reason.
        package let text: String
        /// What the raising call added, if anything.
        package let detail: String
    }

    /// The entries, the first cause first. May be empty: some calls fail and say nothing.
    package let entries: [Entry]

    /// An error from entries already read.
    package init(entries: [Entry]) {
        self.entries = entries
    }

    /// The reason of the last entry of libssl, which is the one closest to the caller.
    package var sslReason: Int32? {
        entries.last { $0.library == ERR_LIB_SSL }?.reason
    }

    /// True when any entry of libssl has this reason.
    package func has(sslReason reason: Int32) -> Bool {
        entries.contains { $0.library == ERR_LIB_SSL && $0.reason == reason }
    }

    /// One line for a person, without codes: `no ciphers available; no protocols available`.
    package var text: String {
        if entries.isEmpty { return "OpenSSL gave no reason" }
        var seen: [String] = []
        for entry in entries {
            let line = entry.detail.isEmpty ? entry.text : "\(entry.text) (\(entry.detail))"
            if !seen.contains(line) { seen.append(line) }
        }
        return seen.joined(separator: "; ")
    }
}

/// The calling thread's error queue. Clear it, call, and drain it within one synchronous function: the queue belongs to
/// the thread, so an `await` in between would read another task's errors.
package enum ErrorQueue {
    /// Forgets whatever earlier calls left behind.
    package static func clear() {
        ERR_clear_error()
    }

    /// Takes everything the last call left, at most 64 entries (OpenSSL itself keeps 16).
    package static func drain() -> LibraryError {
        var entries: [LibraryError.Entry] = []
        var data: UnsafePointer<CChar>?
        var flags: Int32 = 0
        for _ in 0..<64 {
            let code = ERR_get_error_all(nil, nil, nil, &data, &flags)
            if code == 0 { break }
            let text = ERR_reason_error_string(code).map { String(cString: $0) } ?? "reason \(ERR_GET_REASON(code))"
            let hasText = flags & ERR_TXT_STRING != 0
            let detail = hasText ? data.map { String(cString: $0) } ?? "" : ""
            entries.append(
                LibraryError.Entry(
                    code: UInt(code),
                    library: ERR_GET_LIB(code),
                    reason: ERR_GET_REASON(code),
                    text: text,
                    detail: detail
                )
            )
        }
        return LibraryError(entries: entries)
    }

    /// Runs a call that returns 1 (or more) for success, and throws what the queue says otherwise.
    package static func check(_ call: () -> Int32) throws(LibraryError) {
        clear()
        guard call() > 0 else { throw drain() }
    }

    /// Runs a call that returns a new object or NULL, and throws what the queue says for NULL.
    package static func checkPointer(_ call: () -> OpaquePointer?) throws(LibraryError) -> OpaquePointer {
        clear()
        guard let pointer = call() else { throw drain() }
        return pointer
    }
}
