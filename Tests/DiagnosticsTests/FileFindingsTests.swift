import Certificates
import TLSParameters
import Testing

@testable import Diagnostics

/// What files that are no chain show to be wrong, and what can't be told of them.
@Suite struct FileFindingsTests {
    private let files: TestFiles

    init() throws {
        files = try TestFiles()
    }

    private func report(_ text: String) async throws -> Report<InspectResult> {
        var settings = ValidationSettings()
        settings.mode = .none
        return await (try InspectFileOperation(path: files.write(text), validation: settings)).run()
    }

    /// The list and the certificate stand side by side, and nobody needs to judge a chain to see it.
    @Test func aRevokedCertificate() async throws {
        let findings = try await report(Self.revoked + Self.list).findings
        let finding = try #require(findings.first { $0.id == "crl.revoked" })
        #expect(finding.severity == .high && finding.evidence.first?.encoded(for: .terminal) == "CN=revoked.test")
        #expect(finding.remedy != nil && finding.statement.contains("can't be told without the issuer"))
        #expect(try await report(Self.list).findings.allSatisfy { $0.id != "crl.revoked" })
    }

    /// A way of signing that nobody here knows is neither right nor wrong.
    @Test(
        arguments: [
            (FileFindingsTests.request, true), (FileFindingsTests.badRequest, false),
            (FileFindingsTests.oddRequest, nil),
        ] as [(String, Bool?)]
    )
    func requests(_ text: String, _ isValid: Bool?) async throws {
        let report = try await report(text)
        let request = try #require(report.result?.file?.items.first?.request)
        #expect(request.isSignatureValid == isValid)
        #expect(report.findings.contains { $0.id == "request.bad-signature" } == (isValid == false))
    }

    /// A leaf revoked on 2026-11-01, of an authority made with OpenSSL 3.0.
    private static let revoked = """
        -----BEGIN CERTIFICATE-----
        MIIBxTCCAWugAwIBAgIBEjAKBggqhkjOPQQDAjAaMRgwFgYDVQQDDA9SZXZvY2F0
        aW9uIFJvb3QwIBcNMjYxMTIzMDMxMTE2WhgPMjEyNTA2MTcwMzExMTZaMBcxFTAT
        BgNVBAMMDHJldm9rZWQudGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOSA
        4UXHPBDsGrh3OaKb9ej+70WphiClGrovAi0xbMSFl41KHXAGaZXWjqYRBXhKwxBJ
        gLgngS2VXEcgyfbFCwOjgaIwgZ8wCQYDVR0TBAIwADAXBgNVHREEEDAOggxyZXZv
        a2VkLnRlc3QwCwYDVR0PBAQDAgeAMCwGA1UdHwQlMCMwIaAfoB2GG2h0dHA6Ly8x
        MjcuMC4wLjE6MS9yb290LmNybDAdBgNVHQ4EFgQU3c8iyDcLciVa0iQbHyqyDOae
        YbcwHwYDVR0jBBgwFoAUJ7eQ+z62xRDNfFIPlikCgCmYvQYwCgYIKoZIzj0EAwID
        SAAwRQIhALp/7KogdTVS3brQIl1EEuslziLJ/0XrxXMSn3P8TPyBAiBQf2TF65v6
        gYpGHcbwITf3dC/oN+na/5XErItmVkrtCA==
        -----END CERTIFICATE-----

        """

    /// The list of that authority.
    private static let list = """
        -----BEGIN X509 CRL-----
        MIHYMH8CAQEwCgYIKoZIzj0EAwIwGjEYMBYGA1UEAwwPUmV2b2NhdGlvbiBSb290
        Fw0yNjExMjMwMzExMTZaGA8yMTI1MDYxNzAzMTExNlowIjAgAgESFw0yNjExMDEx
        MjAwMDBaMAwwCgYDVR0VBAMKAQGgDjAMMAoGA1UdFAQDAgEBMAoGCCqGSM49BAMC
        A0kAMEYCIQDrsnfvjectURZ3AYEt9OJSpivMxpURoH3yh67Xpso8ZQIhAPmaUYq6
        Dxg5V64dp1bO2OKH5jcZwWD8c9DfVEi1/uKm
        -----END X509 CRL-----

        """

    /// A request made with OpenSSL 3.0, ECDSA with SHA-256.
    static let request = """
        -----BEGIN CERTIFICATE REQUEST-----
        MIHwMIGXAgEAMBExDzANBgNVBAMMBmEudGVzdDBZMBMGByqGSM49AgEGCCqGSM49
        AwEHA0IABOiBjke+NtZ8YUvwWoVOq56xcmqckimdy/X+9T+W4lV4OhUNKJ6kU2Ln
        qu4L+eUGj0Z+FXYnFRGGr8EWwjyYsrmgJDAiBgkqhkiG9w0BCQ4xFTATMBEGA1Ud
        EQQKMAiCBmEudGVzdDAKBggqhkjOPQQDAgNIADBFAiEAxSGd1fMF2tCyUgVJIJRR
        8uS6EiTiS9CzxXQnUabe7h4CIAQqKn9eK+DLvqLmWBrHDZibtiCVQFTtHA/DohQ4
        mtgL
        -----END CERTIFICATE REQUEST-----

        """

    /// The same with another signature.
    static let badRequest = """
        -----BEGIN CERTIFICATE REQUEST-----
        MIHwMIGXAgEAMBExDzANBgNVBAMMBmEudGVzdDBZMBMGByqGSM49AgEGCCqGSM49
        AwEHA0IABOiBjke+NtZ8YUvwWoVOq56xcmqckimdy/X+9T+W4lV4OhUNKJ6kU2Ln
        qu4L+eUGj0Z+FXYnFRGGr8EWwjyYsrmgJDAiBgkqhkiG9w0BCQ4xFTATMBEGA1Ud
        EQQKMAiCBmEudGVzdDAKBggqhkjOPQQDAgNIADBFAiEAxSGd1fMF2tCyUgVJIJRR
        8uS6EiTiS9CzxXQnUabe7h4CIAQqKn9eK+DLvqLmWBrHDZibtiCVQFTtHA/DohQ4
        mtgK
        -----END CERTIFICATE REQUEST-----

        """

    /// The same, signed by an algorithm that there isn't (1.2.840.10045.4.3.127).
    static let oddRequest = """
        -----BEGIN CERTIFICATE REQUEST-----
        MIHwMIGXAgEAMBExDzANBgNVBAMMBmEudGVzdDBZMBMGByqGSM49AgEGCCqGSM49
        AwEHA0IABOiBjke+NtZ8YUvwWoVOq56xcmqckimdy/X+9T+W4lV4OhUNKJ6kU2Ln
        qu4L+eUGj0Z+FXYnFRGGr8EWwjyYsrmgJDAiBgkqhkiG9w0BCQ4xFTATMBEGA1Ud
        EQQKMAiCBmEudGVzdDAKBggqhkjOPQQDfwNIADBFAiEAxSGd1fMF2tCyUgVJIJRR
        8uS6EiTiS9CzxXQnUabe7h4CIAQqKn9eK+DLvqLmWBrHDZibtiCVQFTtHA/DohQ4
        mtgL
        -----END CERTIFICATE REQUEST-----

        """
}
