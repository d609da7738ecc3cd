import TLSParameters

extension CertificateTime {
    /// `Time ::= CHOICE { utcTime UTCTime, generalTime GeneralizedTime }` (RFC 5280 §4.1.2.5).
    ///
    /// RFC 5280 wants `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ`. Missing seconds, fractions of a second and offsets from UTC, which
    /// X.680 allows, are read and noted as defects; anything else is not a date.
    init(_ element: DERElement, _ field: String, defects: inout [CertificateDefect]) {
        var problem: String?
        let written = PeerText(bytes: element.content)
        let digits: Int? =
            switch element.tag {
            case DERTag.utcTime: 2
            case DERTag.generalizedTime: 4
            default: nil
            }
        if let digits, let seconds = Self.seconds(Array(element.content), yearDigits: digits, problem: &problem) {
            self.init(unixSeconds: seconds, written: written)
            if digits == 4, problem == nil, seconds < 2_524_608_000, seconds >= -631_152_000 {
                problem = "a date before 2050 is written as GeneralizedTime"
            }
        } else {
            self.init(unixSeconds: nil, written: written)
            problem = "not a date"
        }
        if let problem {
            defects.append(CertificateDefect(field: field, text: problem, offset: element.whole.startIndex))
        }
    }

    private static func seconds(_ text: [UInt8], yearDigits: Int, problem: inout String?) -> Int64? {
        var rest = text[...]
        func number(_ digits: Int) -> Int64? {
            let part = rest.prefix(digits)
            guard part.count == digits, part.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            rest = rest.dropFirst(digits)
            return part.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
        }
        guard var year = number(yearDigits), let month = number(2), let day = number(2), let hour = number(2),
            let minute = number(2)
        else { return nil }
        // Two digits mean 1950 to 2049.
        if yearDigits == 2 { year += year < 50 ? 2000 : 1900 }
        let second = number(2)
        if second == nil { problem = "the seconds are missing" }
        if rest.first == UInt8(ascii: "."), yearDigits == 4 {
            rest = rest.dropFirst().drop { (0x30...0x39).contains($0) }
            problem = "a date has fractions of a second"
        }
        var offset: Int64 = 0
        switch rest.popFirst() {
        case UInt8(ascii: "Z"):
            break
        case let sign? where sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"):
            guard let hours = number(2), let minutes = number(2), hours < 24, minutes < 60 else { return nil }
            offset = (hours * 3600 + minutes * 60) * (sign == UInt8(ascii: "+") ? 1 : -1)
            problem = "a date has an offset from UTC"
        default:
            return nil
        }
        let civil = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second ?? 0)
        guard rest.isEmpty, let seconds = civil.unixSeconds else { return nil }
        return seconds - offset
    }
}
