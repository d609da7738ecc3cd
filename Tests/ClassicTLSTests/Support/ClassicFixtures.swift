import Certificates
import LibSSL

@testable import ClassicTLS

/// Certificates and configurations for both ends.
enum ClassicFixtures {
    static let rsa = made(.rsa)
    static let ecdsa = made(.ecdsa)
    static let ed25519 = made(.ed25519)
    /// A key of 1024 bits, which nothing makes any more in passing: made with OpenSSL 3.0.
    static let dsa = ClassicIdentity(chain: [decoded(dsaCertificate)], key: key(decoded(dsaKey)))
    static let all = [rsa, ecdsa, dsa]
    static let preSharedKey = ClassicPreSharedKey(identity: Array("me".utf8), key: [1, 2, 3, 4, 5, 6, 7, 8])

    private static func made(_ kind: KeyKind) -> ClassicIdentity {
        do {
            let identity = try Identity.selfSigned(names: ["server.test"], kind: kind)
            return ClassicIdentity(chain: [identity.certificate.der], key: identity.key.handle)
        } catch {
            fatalError("no identity: \(error)")
        }
    }

    private static func key(_ der: [UInt8]) -> PKeyHandle {
        do {
            return try PKeyHandle.read(der, isPEM: false) { nil }
        } catch {
            fatalError("no key: \(error)")
        }
    }

    private static func decoded(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        for byte in text.utf8 {
            guard let value = alphabet.firstIndex(of: byte) else { continue }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }

    private static let dsaKey = """
        MIIBXAIBADCCATQGByqGSM44BAEwggEnAoGBAKx4AL4ApVRvEEFrB0RjibvUORPgUlA4M990+R4U8BuRFocst2I7MmJJOvJpnTq3rpRIZgl+DC
        mJrwPQqA+t/ZSZYyKqZW5XfTP9GMjvrdehV/R7X3qUKXSXzXPC+ViHy/1VfOOF/vJZ8n9Q2IyIhHKYz6MWj1RxTB+OQKdlfwNbAh0A4MmJNYzh
        FSSzPDUQoyTbkDcKskPSMCwOZ0l9EQKBgQCnIvvEfEXR6hV9sFY8IX5Lcn/XXNq5pir79n0QZkjVc/KYbcAFOdTGR4awOlBIw5IH6d1Fs2GSOY
        mTtw4Md0XqWMXA8gb9Bh0ka2ENSiJ4gflZ2gt6PfKsb5eKUA1TmyiJeQtENMYk1fewlHk1mREoHHm5kqCjh4+IuBCKan8UdwQfAh0AoNcBXP6q
        JZx+himyEc+tbki64nqfoV5s2fX1Rw==
        """
    private static let dsaCertificate = """
        MIIC3DCCAougAwIBAgIUW4OypTW4EKv0430Y44GTDj4sTuIwCQYHKoZIzjgEAzATMREwDwYDVQQDDAhkc2EudGVzdDAgFw0yNjExMjMxNzM1ND
        haGA8yMTI2MTAzMDE3MzU0OFowEzERMA8GA1UEAwwIZHNhLnRlc3QwggHAMIIBNAYHKoZIzjgEATCCAScCgYEArHgAvgClVG8QQWsHRGOJu9Q5
        E+BSUDgz33T5HhTwG5EWhyy3YjsyYkk68mmdOreulEhmCX4MKYmvA9CoD639lJljIqplbld9M/0YyO+t16FX9HtfepQpdJfNc8L5WIfL/VV844
        X+8lnyf1DYjIiEcpjPoxaPVHFMH45Ap2V/A1sCHQDgyYk1jOEVJLM8NRCjJNuQNwqyQ9IwLA5nSX0RAoGBAKci+8R8RdHqFX2wVjwhfktyf9dc
        2rmmKvv2fRBmSNVz8phtwAU51MZHhrA6UEjDkgfp3UWzYZI5iZO3Dgx3RepYxcDyBv0GHSRrYQ1KIniB+VnaC3o98qxvl4pQDVObKIl5C0Q0xi
        TV97CUeTWZESgcebmSoKOHj4i4EIpqfxR3A4GFAAKBgQCVxq/BoSLzOAxlcOgvrRdvqyYZutax1Vfa0T+l+FkNC/Y3jtoiIBA17JZQihpeeAZL
        6xIgFRQTCyE9w7OU9QOigK8WRDBTpsKJ6hWhmJsChZ3mUTE5FUwjaM0D329+rwnIB+pZEQQpuwSbH4HC2/zbbDz/LOqJapzx0nLCScVTKaNTMF
        EwHQYDVR0OBBYEFLJlm88Ev3B/ncgtN5vHxZvhBIsAMB8GA1UdIwQYMBaAFLJlm88Ev3B/ncgtN5vHxZvhBIsAMA8GA1UdEwEB/wQFMAMBAf8w
        CQYHKoZIzjgEAwNAADA9AhwjPovraoYnPV4p9Ye4R+1p3P8OVgOo6E53+EbjAh0AykrCKj5kaan7eCKHd89qLacVtYxNlJpObwtwYw==
        """
}
