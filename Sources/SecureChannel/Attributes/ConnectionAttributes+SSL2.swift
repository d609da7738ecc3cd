import TLSParameters
import TLSWire

// What SSL 2.0 has of the attributes of later versions (draft-hickman-netscape-ssl-00): a kind in place of a suite, keys by RSA
// alone, and nothing of extensions, alerts and bindings.

extension SuiteAttributes {
    /// A cipher kind of SSL 2.0.
    init(_ kind: SSL2CipherKind) {
        let facts = kind.facts
        self.init(
            codePoint: kind.codePointText,
            name: kind.name,
            openssl: facts?.openSSLName,
            schannel: facts?.schannelName,
            keyExchange: facts?.keyExchange.rawValue,
            authentication: facts?.authentication.rawValue,
            cipher: facts?.cipher,
            strengthBits: facts?.strengthBits,
            blockBytes: facts?.blockSize,
            mac: facts?.mac,
            macBits: facts.flatMap { SizeAttributes.macBytes[$0.mac].map { $0 * 8 } },
            isAEAD: facts.map { _ in false },
            prfHash: facts.map { _ in "MD5" },
            forwardSecrecy: facts?.forwardSecrecy,
            recommended: nil,
            reference: "draft-hickman-netscape-ssl-00"
        )
    }
}

extension SizeAttributes {
    /// The sizes of a kind of SSL 2.0: the MAC in front of the data, padding behind it in the longer header's records.
    init(_ kind: SSL2CipherFacts) {
        let isBlock = kind.blockSize > 1
        let mac = Self.macBytes[kind.mac] ?? 0
        let block = max(1, kind.blockSize)
        let longest = SSL2Record.maximumLength(threeByteHeader: isBlock) / block * block
        let header = isBlock ? 3 : 2
        self.init(
            header: header,
            maximumTrailer: mac + block - 1,
            minimumTrailer: mac,
            maximumToken: header + longest,
            maximumMessage: longest - mac,
            block: block
        )
    }
}

extension EngineContext {
    /// The kind of SSL 2.0 in use; nil in later versions, and before the client has chosen it.
    var kind: SSL2CipherKind? { engine.ssl2?.kind }

    /// How SSL 2.0 agrees on keys.
    func keyExchange(of kind: SSL2CipherKind) -> KeyExchangeAttributes {
        if engine.isResumed { return KeyExchangeAttributes(method: "resumption", group: nil, bits: nil) }
        return KeyExchangeAttributes(method: KeyExchange.rsa.rawValue, group: nil, bits: serverKeyBits)
    }

    /// How the peer makes keys of single DES, which implementations disagree on; nil of other kinds.
    var derivationName: String? {
        engine.ssl2?.usesDraftDESDerivation.map { $0 ? "draft" : "openssl" }
    }
}
