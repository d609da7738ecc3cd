import LibSSL
import TLSParameters
import Testing

@testable import ClassicTLS

/// The derivations of SSL 3.0 against the values that its authors published.
///
/// They are of a session of Netscape's client, in the traces for implementers (`trc-clnt-ex.html`, ClientKeyExchange of the first
/// connection, now kept at www-archive.mozilla.org/projects/security/pki/nss/ssl/traces).
@Suite struct NetscapeTraceTests {
    private let premaster = hex(
        """
        030043c00615e40ae7fab08f6c95d76ba677309ab80d0254b98421330b9d4621ecc79bd0d76ce3b53ff9641be0fe5b83
        """
    )
    private let clientRandom = hex("000000000000000000000000000000009006466920816408bab43f9f81fa5b20")
    private let serverRandom = hex("340287248eeabdf7c28cfcfe395490bb06fe48b4a207fc9d2ad2d92c848258be")
    private let master = hex(
        """
        f66398c5c484e0c4c1e74b2def629cf9fd493007ce6cb700ad0023a50d2e40b288074f19ac52b6436177d787bb179cc4
        """
    )
    /// Seven rounds of it, which is more than any suite needs.
    private let keyBlock = hex(
        """
        182a7551f89f5cf95c900d0d762f1e9e33705828f90503855b9dac3963c9e69cd64f8ae7c966ea2d48c080a54d4af2df
        94d55ab3a6bcd37a00222f638eca51c6649b859b3216005cf291b24020fc613b590e9393146ac279ff41eb07c048972c
        7935a564eb42fa12d18115e010cfa093
        """
    )

    @Test func theMasterSecretIsTheirs() throws {
        let ours = try MasterSecret.make(
            version: .ssl3,
            function: .md5sha1,
            premaster: premaster,
            clientRandom: clientRandom,
            serverRandom: serverRandom
        )
        #expect(ours == master)
    }

    @Test func theKeyBlockIsTheirs() throws {
        let seed = serverRandom + clientRandom
        #expect(try SSL3Derivation.expand(secret: master, seed: seed, count: keyBlock.count) == keyBlock)
    }

    @Test(arguments: [(CipherSuite.TLS_RSA_WITH_RC4_128_MD5, 16, 16), (.TLS_RSA_WITH_3DES_EDE_CBC_SHA, 20, 24)])
    func theKeysAreCutFromTheirs(_ suite: CipherSuite, macCount: Int, keyCount: Int) throws {
        let keys = try KeyBlock(
            version: .ssl3,
            function: .md5sha1,
            spec: try #require(CipherSpec(suite: suite)),
            masterSecret: master,
            clientRandom: clientRandom,
            serverRandom: serverRandom
        )
        var rest = keyBlock[...]
        for part in [keys.client.mac, keys.server.mac] {
            #expect(part == Array(rest.prefix(macCount)))
            rest = rest.dropFirst(macCount)
        }
        for part in [keys.client.key, keys.server.key] {
            #expect(part == Array(rest.prefix(keyCount)))
            rest = rest.dropFirst(keyCount)
        }
        #expect(keys.client.iv + keys.server.iv == Array(rest.prefix(2 * keys.client.iv.count)))
    }
}
