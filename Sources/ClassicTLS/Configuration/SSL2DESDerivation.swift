/// How one end makes the keys of SSL_CK_DES_64_CBC_WITH_MD5 that it writes with.
///
/// The draft (draft-hickman-netscape-ssl-00 section 5.5, CLIENT-MASTER-KEY) hashes the digit "0" behind the master key for
/// every kind but this one; OpenSSL's code never made the exception. What the peer does shows in the first record that it
/// encrypts, and is tried both ways whatever is said here. But a client sends CLIENT-FINISHED right behind its master key,
/// and OpenSSL's servers send SERVER-VERIFY right behind that, before either has seen such a record: who goes first has to
/// guess.
package enum SSL2DESDerivation: Hashable, Sendable, CaseIterable {
    /// As OpenSSL does, in either role.
    case withDigit
    /// As the draft has it.
    case withoutDigit
    /// As the peer does: the first encrypted message waits for the peer's. Two ends of this kind wait for each other.
    case likePeer
}
