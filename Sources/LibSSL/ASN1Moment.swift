import COpenSSL
import Glibc

/// Times as libcrypto keeps them.
enum ASN1Moment {
    /// Unix seconds; nil for no time, or one that can't be read.
    static func unixSeconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64? {
        guard let time else { return nil }
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        var parts = tm()
        guard ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
        return Int64(timegm(&parts))
    }
}
