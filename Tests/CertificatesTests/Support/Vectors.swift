import Certificates
import Foundation

/// The files beside the tests, made by `Vectors/make.sh`.
enum Vectors {
    static func bytes(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: url(name)))
    }

    static func path(_ name: String) throws -> String {
        try url(name).path
    }

    static func certificate(_ name: String) throws -> Certificate {
        try Certificate.readAll(bytes(name + ".pem"))[0]
    }

    /// What the openssl command read in a certificate.
    static func facts(_ name: String) throws -> [String: String] {
        var facts: [String: String] = [:]
        for line in String(decoding: try bytes(name + ".facts"), as: UTF8.self).split(separator: "\n") {
            guard let equals = line.firstIndex(of: "=") else { continue }
            facts[String(line[..<equals])] = String(line[line.index(after: equals)...])
        }
        return facts
    }

    /// Every single certificate that has recorded facts.
    static let names = [
        "root", "intermediate", "rsa", "ec", "ed25519", "pss", "explicit", "expired", "notyet", "wildcard", "address",
        "clientonly", "hugeoid", "nosubject", "negative", "ancient", "endless", "weak", "toosmall", "odd", "controls",
    ]

    private static func url(_ name: String) throws -> URL {
        guard let directory = Bundle.module.resourceURL?.appendingPathComponent("Vectors") else {
            throw CocoaError(.fileNoSuchFile)
        }
        return directory.appendingPathComponent(name)
    }
}

/// 2026-11-22T00:00:00Z: the tests have no clock.
let testTime: Int64 = 1_795_305_600
