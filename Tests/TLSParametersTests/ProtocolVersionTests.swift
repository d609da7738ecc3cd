import TLSParameters
import Testing

@Suite("Protocol versions")
struct ProtocolVersionTests {
    @Test("ids and names round trip", arguments: ProtocolVersion.all)
    func roundTrip(version: ProtocolVersion) {
        #expect(ProtocolVersion(id: version.id) == version)
        #expect(ProtocolVersion(id: version.name) == version)
        #expect(ProtocolVersion(id: version.id.uppercased()) == version)
    }

    @Test("the spellings of options are understood")
    func spellings() {
        for text in ["tls1.2", "TLSv1.2", "tls12", "1.2", "TLS 1.2", "0x0303"] {
            #expect(ProtocolVersion(id: text) == .tls12, "\(text)")
        }
        #expect(ProtocolVersion(id: "TLSv1") == .tls10)
        #expect(ProtocolVersion(id: "SSLv2") == .ssl2)
        for text in ["", "tls", "tls1.4", "ssl", "2", "0x", "0x+303", "0x00303030", "-", "v"] {
            #expect(ProtocolVersion(id: text) == nil, "\(text)")
        }
    }

    @Test("versions ascend, and unknown ones print their number")
    func orderAndUnknown() {
        #expect(ProtocolVersion.all == ProtocolVersion.all.sorted())
        #expect(ProtocolVersion.all.map(\.id) == ["ssl2", "ssl3", "tls1.0", "tls1.1", "tls1.2", "tls1.3"])
        #expect(ProtocolVersion(rawValue: 0x7f1c).id == "0x7f1c")
        #expect(ProtocolVersion(rawValue: 0x7f1c).name == "TLS 1.3 draft 28")
        #expect(ProtocolVersion(rawValue: 0x0305).name == "0x0305")
        #expect(ProtocolVersion(rawValue: 0x0a0a).isGREASE)
        #expect(!ProtocolVersion.tls12.isGREASE)
    }
}
