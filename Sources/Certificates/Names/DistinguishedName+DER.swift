extension DistinguishedName {
    /// Reads a name in DER, such as one of the authorities in a CertificateRequest.
    ///
    /// - Throws: `malformed` with the byte offset when the bytes are not exactly one name.
    public init(der: [UInt8]) throws(CertificateError) {
        var defects: [CertificateDefect] = []
        do {
            var reader = DERReader(der[...])
            try self.init(parsing: &reader, "name", defects: &defects)
            try reader.finish("the name")
        } catch {
            throw CertificateError(.malformed, "not a distinguished name: \(error.text)", offset: error.offset)
        }
    }
}
