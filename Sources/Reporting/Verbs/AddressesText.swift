import Diagnostics
import TLSParameters

/// How each address of a name stands, and where it differs from the first.
enum AddressesText {
    static func add(_ addresses: [AddressReport], to document: inout TextDocument) {
        document.section("addresses") { rows in
            for (index, address) in addresses.enumerated() {
                rows.row(address.address, words(address, isFirst: index == 0))
            }
        }
    }

    private static func words(_ address: AddressReport, isFirst: Bool) -> StyledText {
        let spoken = address.versions.joined(separator: ", ")
        guard address.differences.isEmpty else {
            return StyledText(spoken.isEmpty ? "" : "\(spoken): ")
                + StyledText.joined(address.differences.map { StyledText($0, .weak) })
        }
        if spoken.isEmpty { return StyledText(address.status.reason ?? "nothing is known of it", .weak) }
        return StyledText(spoken) + StyledText(isFirst ? "" : ", like the first", .faint)
    }
}
