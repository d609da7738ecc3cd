import TLSParameters

/// Two records of a client's, as another implementation protects them.
struct RecordSample: Sendable {
    let version: ProtocolVersion
    let suite: CipherSuite
    let encryptsFirst: Bool
    let records: [String]

    /// Made with tlslite-ng 0.9: `RecordLayer.calcPendingStates` with the master secret 0, 1, … 47 and the randoms 100, 101, …
    /// and 200, 201, …, `encryptThenMAC` as said, and `sendRecord` of application data: 0, 1, … 19, then 50, 51, … 82. Only
    /// the fragments are kept.
    static let all: [RecordSample] = [
        RecordSample(
            version: .ssl3,
            suite: .TLS_RSA_WITH_NULL_SHA,
            encryptsFirst: false,
            records: [
                "000102030405060708090a0b0c0d0e0f1011121378b91c4ee856131377b9033e28cb8b2a8627e998",
                """
                32333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152a85fab0afc3bb8e6573c8021d4e291
                c41a488b3d
                """,
            ]
        ),
        RecordSample(
            version: .ssl3,
            suite: .TLS_RSA_WITH_RC4_128_MD5,
            encryptsFirst: false,
            records: [
                "28658fb143438dd5db8fb32afcb76183b95fb40a4ad3c52bd2dd78c08a4cd261b2f4df55",
                """
                5a26b00c45de14f4b9cca6fcf03a4b98a2046944a0c246c6b4d099970bba2bbbb921359e8016b7836809b730c2d05b0c
                49
                """,
            ]
        ),
        RecordSample(
            version: .ssl3,
            suite: .TLS_RSA_WITH_3DES_EDE_CBC_SHA,
            encryptsFirst: false,
            records: [
                "ae7a98c13f17cda3f7ed1610735a34dfee97bed4c997487fb1a0ea8252229fde860e39575807fd31d59c59eb075ca07b",
                """
                d540e0f345b49600af80053009717ec73d475976802da442ee241d928c7b1131896939bf3550b2d9f2f0d4d79d2e9b2b
                827c44c7e480e2ee
                """,
            ]
        ),
        RecordSample(
            version: .ssl3,
            suite: .TLS_RSA_WITH_AES_256_CBC_SHA,
            encryptsFirst: false,
            records: [
                "4fc9fe2fe4ec3f1fd8ff83ffb3e7c16b94175390d23bbf7e7e7e8e273581bdda8d8d9079104e9f9567aa99a37e1fdc47",
                """
                3cf099d512836cd0af723df249236bb9ead00676e835f1c169b635e0a5217e6e82fa6f4be5caf6456e92ec637aa53909
                bf1bbf37ae513c352d41a5c10e4f0f59
                """,
            ]
        ),
        RecordSample(
            version: .tls10,
            suite: .TLS_RSA_WITH_NULL_SHA,
            encryptsFirst: false,
            records: [
                "000102030405060708090a0b0c0d0e0f101112135ae15cc09e9cb6806333fa560d26a530c4eeb664",
                """
                32333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f5051528298507d3ce3ac1acb2e7be7ca4520
                5a4f8ed5ca
                """,
            ]
        ),
        RecordSample(
            version: .tls10,
            suite: .TLS_RSA_WITH_RC4_128_MD5,
            encryptsFirst: false,
            records: [
                "31b7d0813928c007b26d97c2c078a81167825afd8ea3b1e29ba76ac55702e29f203b3438",
                """
                18ea1561d3834336c273a9849508e498d3ee7c963c62694b3e0ebb821107d02e852998f79659c025a37a8b739ce55d07
                45
                """,
            ]
        ),
        RecordSample(
            version: .tls10,
            suite: .TLS_RSA_WITH_3DES_EDE_CBC_SHA,
            encryptsFirst: false,
            records: [
                "5c495ac7f9c85d7fdc4de6481b36ffc769dddd40a04335080d5f1a386d96764fc2f0a0e4f7fdeec9f81494e6e2cb491e",
                """
                fefe55cef6376b75c61e7c297447bc8fb2c8699ddad7f4dd1e310049ab69b5907534b4ddc4aee6e733767acd3487c770
                aa664100c47f9062
                """,
            ]
        ),
        RecordSample(
            version: .tls10,
            suite: .TLS_RSA_WITH_AES_256_CBC_SHA,
            encryptsFirst: false,
            records: [
                "4309ea43ddaa066b1fc5cc8729b52456d7ee1d5a8e42f8b2b8013871ca309bb94396cf9acf49ce1685109c0550fdfdb3",
                """
                061c4b5126de3b1bf6b0614149fe6ac4f73fdee6e37d97fe4fe9150e9765ea700d060d6142086620ff386c5a9ea8d4aa
                6f69422902d70751e3f72f18921a432a
                """,
            ]
        ),
        RecordSample(
            version: .tls10,
            suite: .TLS_RSA_WITH_AES_256_CBC_SHA,
            encryptsFirst: true,
            records: [
                """
                4309ea43ddaa066b1fc5cc8729b5245683090b938f13b735c089e69927e30e27dca1caa72b5fb2a411bdfa3fd850fe97
                e2feb041
                """,
                """
                8b31bdc376283f10aefb6a6a22ecd3b9a598abc664b5a05507ccd39292ccb1213918344a692d76251d72f04034857187
                e85588c7fb18ff6f27f7600cd34aa1c3c6a60520
                """,
            ]
        ),
        RecordSample(
            version: .tls11,
            suite: .TLS_RSA_WITH_NULL_SHA,
            encryptsFirst: false,
            records: [
                "000102030405060708090a0b0c0d0e0f101112138b93d29c04e7df76cd6f36176e3d06cb04035bc4",
                """
                32333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f5051526956f92b16a68a3304f1a927a39a58
                a2d5241f1d
                """,
            ]
        ),
        RecordSample(
            version: .tls11,
            suite: .TLS_RSA_WITH_RC4_128_MD5,
            encryptsFirst: false,
            records: [
                "31b7d0813928c007b26d97c2c078a81167825afddfefb245b536dd61c08f0fd686356f73",
                """
                18ea1561d3834336c273a9849508e498d3ee7c963c62694b3e0ebb821107d02e8517c8052d5c76be27dedd8801d8c43c
                06
                """,
            ]
        ),
        RecordSample(
            version: .tls11,
            suite: .TLS_RSA_WITH_3DES_EDE_CBC_SHA,
            encryptsFirst: false,
            records: [
                """
                1abd5a0dae6e7feb1a495879481a478dc46aa199b1fe3694bb46018f0112e61be77774dc497159d9577d7d0cc9ea9cb5
                398fef0bea08764e
                """,
                """
                435ccea720d279ee59f8660612782cbbb706385abdb3561a563b793289a891e5feb46718f00f3d85918d86718b329bd3
                cbf476fdd16be5caa8c85fb896a3155a
                """,
            ]
        ),
        RecordSample(
            version: .tls11,
            suite: .TLS_RSA_WITH_AES_256_CBC_SHA,
            encryptsFirst: false,
            records: [
                """
                2d6422506935c71a5d28a32787b368e7319f0c5d9af717d10f57116570c69f5ade1ebc4a1b8dc1fa5770ad77a8400271
                89cb56af2b9c5be02e454bd8d9fee19f
                """,
                """
                f9dc00a3c55d7a50d55f03d7868a0e1892b3136321eb406cb340dd104230908d02b739fea165b51b1b17c399757db241
                b80102fa1a6df7012cb749d5cd013abd00eae82e0c8f8d458c7a7a13bb3e8c0a
                """,
            ]
        ),
        RecordSample(
            version: .tls11,
            suite: .TLS_RSA_WITH_AES_256_CBC_SHA,
            encryptsFirst: true,
            records: [
                """
                75bf15b1ce22952ca39aa676fb2ad130856f3af84c738acc9973472d1b6cdb31eb85cf7ab09d0e17ef48694ff0acdfeb
                50d4339455bc551db7dff2b7ffc506b1d7da908d
                """,
                """
                cecbd07dfa9a166b1063867e29dd9baa04a2d32dbaf84383cb66a102cc6adf6feca3c2242df987eaf09a0a5b590801c0
                d8783efd22e81a6340543dabc8ba74c569a8341c70748595e738108bfca96d31c959035e
                """,
            ]
        ),
        RecordSample(
            version: .tls12,
            suite: .TLS_RSA_WITH_NULL_SHA,
            encryptsFirst: false,
            records: [
                "000102030405060708090a0b0c0d0e0f10111213fcdfa3215df7656ddcc79b7215fcafd071143aec",
                """
                32333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f5051529e6943a13a99224e14ddff7157d956
                ff9448f763
                """,
            ]
        ),
        RecordSample(
            version: .tls12,
            suite: .TLS_RSA_WITH_RC4_128_MD5,
            encryptsFirst: false,
            records: [
                "91d1b57d990639b3a1eec5ad941b10925d6f115941a75b12e647176bc7dba3143af6d2c1",
                """
                0d8c587d38fe5f0c59e5e8dbf6a362f5c4d44f498df568c34fba38603fc2bc4fbd1ed1e984d106ee68d14f76f97924a9
                a1
                """,
            ]
        ),
        RecordSample(
            version: .tls12,
            suite: .TLS_RSA_WITH_3DES_EDE_CBC_SHA,
            encryptsFirst: false,
            records: [
                """
                afac468184cb4a559778872d7675de128b46306e42c7e6fac8ca068366694ccd658f57479fe6510e20160b12766cf922
                0712e7eb2a1bdeff
                """,
                """
                09d0bfdef6e735677a91ff449b2ca4ef107d83732f6e75bdf2fc4d27d2c805dfbb75e52a07b1aa5c647c5d8bb02bcd54
                61a68b168f126a6d966491185d2832b8
                """,
            ]
        ),
        RecordSample(
            version: .tls12,
            suite: .TLS_RSA_WITH_AES_256_CBC_SHA,
            encryptsFirst: false,
            records: [
                """
                20f4360180fedcb323041c14d1e5226e98e0abeaf90736a332d0bea645f8c256faa95411461d2a86f45115dda0870342
                fd9b6302ff01f35c9c2f7289c31e346f
                """,
                """
                d0d5f704542c4274921f949dd5b3e4194efbfd7cd3c2c5da1d3a079de1946dcfcb3fd1b378bcb6ce87e16bed4f632b73
                66ecc9cfa9061ef878a55ae70c9430e07e65478cd1ef785802af20b617d00b12
                """,
            ]
        ),
        RecordSample(
            version: .tls12,
            suite: .TLS_RSA_WITH_AES_256_CBC_SHA,
            encryptsFirst: true,
            records: [
                """
                c7142a6ee941bc725492571e85658c6beb4ec39d9a44d3dc1f6e3435234619d0751449dc220d45432954a9e181b9e89c
                357ba54e485853251958d0df6ca1179b2fad538e
                """,
                """
                5319a06430280f5e95ca4bfd1f38c4b4960cf74e3e62c88dc51c444a267b6be0d4e80910ad8d37d2b9fc187674b384d5
                4e7942b0dc78c4126947f51926443596dcbcea2a7412d06e511f5773b5f43b65dc5b6ba7
                """,
            ]
        ),
        RecordSample(
            version: .tls12,
            suite: .TLS_RSA_WITH_AES_128_CBC_SHA256,
            encryptsFirst: false,
            records: [
                """
                1bf82ec66243e6f1b25cf4b24ca018cce59e1849b2ff7cab3bdaf50ccc369d6d9fc7ee847992b0f99fb1540851159126
                31bc62f1586cf8d2458f7c11cccd9397e9bbcc5b3e06cd8315e4c16b5927cb91
                """,
                """
                6d1323ac2d2829b29c38fa01456ac11c21fd7e097de3e65111064ae9dfe9419a08364cbeed870e113133b1f1617e9539
                bd43c55c7cc22e5d998ea8595dfba830123c8b6eca4b39bc58a27e8be797058dfc1ca35b6be30f657f1f0cc43fa441bc
                """,
            ]
        ),
        RecordSample(
            version: .tls12,
            suite: .TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384,
            encryptsFirst: false,
            records: [
                """
                241ea22db84e3b4e787d0b6cd23d10b8bfc58970064d5bbea4f5cc7a9dabf031cf792ca8acc32f1c14db8294e1da1408
                487096cb41ff7094674970ef3a4278c48a4370cc25425bbdd6efb93b9976a01dbecb8b9dabacff93aa282b6cf5949075
                """,
                """
                b339b70c6e5fb56b15b395e54eb070773ac97d28f46f3de90ccbc55b3e3e2802dccf680421dd0d0a641dc4d01dfe6fcb
                aad1f9bad119c1ef2fd785bcd56051f6007229f0b4d10903a24fcfdb7275ae43abb0d3265a5b586b191a20cf166713e2
                62ca8f735217a574b7089fa224c935f5
                """,
            ]
        ),
        RecordSample(
            version: .tls12,
            suite: .TLS_RSA_WITH_AES_128_GCM_SHA256,
            encryptsFirst: false,
            records: [
                "0000000000000000b2f9358b213cfb923274500640800b1becdf9752b0ef8431d16303ccff4eb7389966b5fb",
                """
                00000000000000014ea0d05b1a41776b86d70ee56acc98b034153444ca393992b3f09b1f326311189ef024cb66dfbccc
                90ef3427b17d55de4c
                """,
            ]
        ),
    ]
}
