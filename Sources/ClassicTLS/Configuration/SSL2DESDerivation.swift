/// How one end makes the keys of SSL_CK_DES_64_CBC_WITH_MD5 that it writes with.
///
/// The draft (draft-hickman-netscape-ssl-00 section 5.5, CLIENT-MASTER-KEY) hashes the digit "0" behind the master key for
/// every kind but this one; OpenSSL's code never made the exception. What the peer does shows in the first record that it
/// protects, and is tried both ways whatever is said here. What to do oneself has to be settled before, by whoever goes first.
///
/// Clients may send CLIENT-FINISHED right behind the master key, and most do. But OpenSSL's servers and scapy's send
/// SERVER-VERIFY without waiting for it, so a client can wait and do as they do: that is a client's default. Servers can't
/// do the same, for there are clients that wait, and take OpenSSL's way by default, as nearly every client does.
package enum SSL2DESDerivation: Hashable, Sendable, CaseIterable {
    /// As OpenSSL does, in either role.
    case withDigit
    /// As the draft has it.
    case withoutDigit
    /// As the peer does: the first encrypted message waits for the peer's. Two ends of this kind wait for each other.
    case likePeer
}
