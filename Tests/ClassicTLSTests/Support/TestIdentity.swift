import LibSSL

@testable import ClassicTLS

/// Certificates of our own making with their keys: RSA of 1024 bits, which is what there was and is quick, and one of the
/// kind that SSL 2.0 can't use. They are trusted by nobody and good for nothing else.
enum TestIdentity {
    /// A server's.
    static func server() throws -> ClassicIdentity { try serverIdentity.get() }
    /// A client's.
    static func client() throws -> ClassicIdentity { try clientIdentity.get() }
    /// One on P-256.
    static func elliptic() throws -> ClassicIdentity { try ellipticIdentity.get() }

    private static let serverIdentity = Result { try make(serverCertificate, serverKey) }
    private static let clientIdentity = Result { try make(clientCertificate, clientKey) }
    private static let ellipticIdentity = Result { try make(ellipticCertificate, ellipticKey) }

    private static func make(_ certificate: String, _ key: String) throws -> ClassicIdentity {
        let key = try PKeyHandle.read(Array(key.utf8), isPEM: true) { nil }
        return ClassicIdentity(chain: [hex(certificate)], key: key)
    }

    private static let serverCertificate = """
        3082020a30820173a00302010202147c258bc1fa1f08b195a704da85c7e8dd9c6866f4300d06092a864886f70d01010b0500
        30163114301206035504030c0b7365727665722e746573743020170d3236313132333137343134335a180f32313236313033
        303137343134335a30163114301206035504030c0b7365727665722e7465737430819f300d06092a864886f70d0101010500
        03818d0030818902818100dee94c3adcbdff6f63d0dbc5de1a121afdbc3b659c81da8a3081025b2d20fc885bb34593e690c3
        c93a41e162b0afd107bf8e41bc36d221971379af00814f5f3e05324206931af1e6cd1a4e4c98dc666f815c6070087a5d2c44
        754194d1f6608d28d84924e68f19e0221b9b045a6f1ecce3f644f154d1a35567cdd18c96d9a4c30203010001a3533051301d
        0603551d0e0416041408c3b55a280a10aeef3ea28aefd35c8f04e128ca301f0603551d2304183016801408c3b55a280a10ae
        ef3ea28aefd35c8f04e128ca300f0603551d130101ff040530030101ff300d06092a864886f70d01010b050003818100c171
        908f3e4259cd178dda20f1956914b47d0c0d831c4b84277c67d70a5211e4f4a55408933f469d3a63ee00c31e622b13ea19a0
        880f31c637934bea34014bc689ee5c5e717f8a2a415b0517ba690837829d37e32063f1d6ca6a7d331d4c495d9e60a8162586
        68da7f6b905588627fca723a23f9a9ef697545a570bd18a64b6a
        """

    private static let serverKey = """
        -----BEGIN PRIVATE KEY-----
        MIICeQIBADANBgkqhkiG9w0BAQEFAASCAmMwggJfAgEAAoGBAN7pTDrcvf9vY9Db
        xd4aEhr9vDtlnIHaijCBAlstIPyIW7NFk+aQw8k6QeFisK/RB7+OQbw20iGXE3mv
        AIFPXz4FMkIGkxrx5s0aTkyY3GZvgVxgcAh6XSxEdUGU0fZgjSjYSSTmjxngIhub
        BFpvHszj9kTxVNGjVWfN0YyW2aTDAgMBAAECgYEAycymyDsCfnaXBIORk8pCTdEb
        USJiF2SC6fpA6c3nKPdBHQCGLpsrw8ZL0gEIN4Ki4xWkCQIQJXyhku2NJYN3kfuX
        Xt8+7kRmzkcnB4VWJN9s8N0eQYrTaR53rJQJPQQ3oNkpkGLrA1Y3IiCiDyufUPN5
        x40A/2mnvSWwRreG5+ECQQDvwD9j5D+LHHw5II9UBciD9AZNHh06Si9gr3UxMlvn
        Qq5lNc/f3JsTM6aCcPGlgqbXWV/Pt8AH7+loWTmduOZ7AkEA7gTgi6a2c7i5xhWb
        mCAAv9FNb9fBC+CtTG4iJwAoFLNMdVxQwJwDi72e1r9nhTV4Ukb7Ykg6eXWi7ahj
        yN9MWQJBAI4K7IOWOz+EBOUjsUcqlf33mbQe31olkaRKz7fyChkdnI1CMIKFBSt/
        Mmud1s0kdwynWuiKCS+qqDK2ijgzz/kCQQDQNYH7h7VY24He7m3ykCQ3p67WpGSh
        sEPIdRr5BOEK4qGClGOraY6Mgi5daofy9ggv6RnkKozETQxeWwwW3obZAkEA6hax
        IED1Hgr0xy0pbssyGpUGFOBsMPylRXC07+HY8R6ZwlmQCzFwrrielZetCYmN7UWW
        7U58pUc/X3V40RhsXQ==
        -----END PRIVATE KEY-----
        """

    private static let clientCertificate = """
        3082020a30820173a00302010202147297036206eca82ab0c88248b214d20f40aa0c37300d06092a864886f70d01010b0500
        30163114301206035504030c0b636c69656e742e746573743020170d3236313132333137343134335a180f32313236313033
        303137343134335a30163114301206035504030c0b636c69656e742e7465737430819f300d06092a864886f70d0101010500
        03818d0030818902818100fa6277d405b4b3c8adb0648f3836f89bd8c0f7fbd226965f7021e4fab6c38cdab7b369f8f2bb88
        70c340840b037d5f02c82f52d6481a947f291cec635644d7d99edb65e1ab97a3df15b1feb20854d686f979a2ba03dc85a5c1
        3776a24a8b244a52f0de6a14807dbbf24d4425faaad5e7a47beb87da0de5cb096e5daef34ba2ad0203010001a3533051301d
        0603551d0e041604148918cbc8018b2b93b69a77b565edf7672db37af0301f0603551d230418301680148918cbc8018b2b93
        b69a77b565edf7672db37af0300f0603551d130101ff040530030101ff300d06092a864886f70d01010b0500038181004b96
        5cc9fc428a57f14fa6bb28951d0ce20ca8c700d26a52d2fca60b91e2da6b0b30621b8c0029626697e191fd9cb75ff808476a
        fc5ef751c3c60d40efc84c187f56fa34fa9627d489670c0201286af4c9b4658c76d0bf1657681510dbcecac7f272eb045fb1
        8afbde534fe6bbdbc363ac5b5fe71f18d8fb0a21783c26749266
        """

    private static let clientKey = """
        -----BEGIN PRIVATE KEY-----
        MIICdQIBADANBgkqhkiG9w0BAQEFAASCAl8wggJbAgEAAoGBAPpid9QFtLPIrbBk
        jzg2+JvYwPf70iaWX3Ah5Pq2w4zat7Np+PK7iHDDQIQLA31fAsgvUtZIGpR/KRzs
        Y1ZE19me22Xhq5ej3xWx/rIIVNaG+XmiugPchaXBN3aiSoskSlLw3moUgH278k1E
        Jfqq1eeke+uH2g3lywluXa7zS6KtAgMBAAECgYBRu2zkMAyhl0NjTiAWOJOExAeR
        q4kZAYMb5mSJlrlUtFy82z3hdmf+by4TLEkyVp5g3FnNCvJqQOwZvexbT9OpV8+p
        YjxDPuJVgbX3ABgsOO1W7gn9Po7/UP2N1bDzlL+OaQp7tJtF5fersV9NjyJbjEY+
        aJ1AKSvGE6UghSNiYQJBAP7kB8IVQRcS6orUwYYXObHdnRwUn5VjKGWVzAWVpnyu
        O1YOv00gg3RLphpzeR+NLchRTUK3rti7gC+J77i6kjkCQQD7eWrnpeB5dvNBvGCc
        Six3LUMxu4bCRHbTCPzRu514LDooLFClVJRYmcsDm51orYkvQKoVLS4E42mc5MLs
        WsQVAkBZpMcZujHnNI7qfsMFLtvqsz9TJemuN254s8NKX4RrKzfRH2Smcn3pA8YK
        XXxG3XcxkW5zvXgv31nI3mFB/dP5AkBtFvjnULAWQSG5rIyEgDDV6k6x7lXBRI3/
        cnCqUyc2kIkSEFdTwWMxJFZLVGBunoladETUNus1t6mDJEHi4mUZAkAFqy9VOUJA
        1BZKIAFlQrjpGEm2eSVOqZsO+V1gMsJMlothwLY4L4nNAnYIZXSof1dlh6b8+B1k
        EqwQpOUBfJXs
        -----END PRIVATE KEY-----
        """

    private static let ellipticCertificate = """
        3082017a30820121a003020102021455e86e0f94dde1028a1878ff549c791448205626300a06082a8648ce3d040302301231
        10300e06035504030c0765632e746573743020170d3236313132333137343134335a180f3231323631303330313734313433
        5a30123110300e06035504030c0765632e746573743059301306072a8648ce3d020106082a8648ce3d030107034200041ab5
        212bc3f4a6d919f51ac45163462324fe23de7f338e00e363b7037c0deb3fd2b1beabdee54d54fd7e5e5159742b114f1bc600
        d7753b5e6514f906f94474d0a3533051301d0603551d0e04160414b3059c19a04d2c217b7575775c6f7da9906be1c7301f06
        03551d23041830168014b3059c19a04d2c217b7575775c6f7da9906be1c7300f0603551d130101ff040530030101ff300a06
        082a8648ce3d0403020347003044022040a8f481d633128c81627ec979e710819f9708ffef3602e0e92384d4c7fa01450220
        794b2e100631410c020b3edad4a844c468db4bddde916100b974c51f29cd3898
        """

    private static let ellipticKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg+ie1hvwxB3bwiPzy
        xVn2/wHiXTLrubRVlzy1EbDLZymhRANCAAQatSErw/Sm2Rn1GsRRY0YjJP4j3n8z
        jgDjY7cDfA3rP9Kxvqve5U1U/X5eUVl0KxFPG8YA13U7XmUU+Qb5RHTQ
        -----END PRIVATE KEY-----
        """
}
