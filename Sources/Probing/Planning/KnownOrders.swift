import TLSParameters

/// The orders that widespread servers have their suites in unless they are told otherwise.
///
/// Only guesses: whether a server goes by one of them is asked, a question for each place where it matters.
enum KnownOrders {
    /// Places to sort by, one function for each order.
    static let predictions: [@Sendable (CipherSuite) -> Int] = [
        { SuiteTraits.of($0)?.place ?? .max },
        { javaPlaces[$0] ?? .max },
    ]

    /// OpenSSL 3.0 (`openssl ciphers -V ALL:eNULL`).
    static let openSSL = suites(
        """
        1302 1303 1301 C02C C030 00A3 009F CCA9 CCA8 CCAA C0AF C0AD C0A3 C09F C05D C061 C057 C053 00A7 C02B
        C02F 00A2 009E C0AE C0AC C0A2 C09E C05C C060 C056 C052 00A6 C024 C028 006B 006A C073 C077 00C4 00C3
        006D 00C5 C023 C027 0067 0040 C072 C076 00BE 00BD 006C 00BF C00A C014 0039 0038 0088 0087 C019 003A
        0089 C009 C013 0033 0032 0045 0044 C018 0034 0046 00AD 00AB CCAE CCAD CCAC C0AB C0A7 C06F C06D 009D
        C0A1 C09D C051 00A9 CCAB C0A9 C0A5 C06B 00AC 00AA C0AA C0A6 C06E C06C 009C C0A0 C09C C050 00A8 C0A8
        C0A4 C06A 003D 00C0 003C 00BA C038 C036 C022 C021 C020 00B7 00B3 0095 0091 C09B C099 C097 0035 0084
        00AF 008D C095 C037 C035 C01F C01E C01D 00B6 00B2 0094 0090 C09A C098 C096 002F 0041 00AE 008C C094
        C006 C010 C015 003B C03B C03A C039 00B9 00B8 00B5 00B4 002E 002D 0002 0001 00B1 00B0 002C
        """
    )

    /// The JDK 17 with nothing disabled, export suites and NULL last.
    private static let java = suites(
        """
        1302 1301 1303 C02C C02B CCA9 C030 CCA8 C02F 009F CCAA 00A3 009E 00A2 C024 C028 C023 C027 006B 006A
        0067 0040 C02E C032 C02D C031 C026 C02A C025 C029 C00A C014 C009 C013 0039 0038 0033 0032 C005 C00F
        C004 C00E 009D 009C 003D 003C 0035 002F C008 C012 0016 0013 C003 C00D 000A 00A7 00A6 006D C019 003A
        006C C018 0034 C017 001B C007 C011 0005 C002 C00C 0004 C016 0018 0009 0015 0012 001A 0008 0014 0011
        0019 0003 0017 003B C006 C010 0002 C001 C00B C015 0001
        """
    )

    private static let javaPlaces = Dictionary(uniqueKeysWithValues: java.enumerated().map { ($1, $0) })

    private static func suites(_ text: String) -> [CipherSuite] {
        text.split(separator: " ").flatMap { $0.split(separator: "\n") }
            .compactMap { UInt16($0, radix: 16).map(CipherSuite.init(rawValue:)) }
    }
}
