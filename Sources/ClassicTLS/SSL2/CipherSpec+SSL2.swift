package import TLSParameters

extension CipherSpec {
    /// The protection of a kind of SSL 2.0; nil for one that this engine lacks.
    ///
    /// Of the draft's seven that is IDEA. Kinds that only code and registries have (the two with SHA, RC4-64, DES-CFB, NULL) are
    /// lacking too: no specification says how their keys and MACs are made.
    package init?(kind: SSL2CipherKind) {
        guard let facts = kind.facts, facts.mac == "MD5", !facts.isNULL else { return nil }
        self.init(cipher: facts.cipher, mac: facts.mac, isExport: facts.isExport)
    }

    /// Bytes of the master key that travel in the clear (CLEAR-KEY-LENGTH): none but in export kinds.
    var clearKeyCount: Int { keyCount - keyMaterial }

    /// Whether it is the kind whose derivation implementations disagree on.
    var isSingleDES: Bool { cipher == "DES-CBC" }

    /// Bytes of a block; 1 of a stream cipher.
    var blockCount: Int {
        if case .cbc(let block) = mode { return block }
        return 1
    }
}
