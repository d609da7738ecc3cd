import TLSParameters

/// Messages as `openssl s_client -msg` (OpenSSL 3.0) printed them in handshakes with `openssl s_server` on loopback,
/// every cipher at `@SECLEVEL=0`, throwaway certificates.
enum CapturedVectors {
    static let all: [Vector] = [
        // AES128-SHA
        Vector(
            "TLS 1.0 ClientHello (tls10)",
            .handshake(.tls10, suite: 0x002F),
            """
            010000390301e687298df929e467fadef59e8d9107353f4bf5621567e1ec312c3550878241af000004002f00ff0100000c00
            2300000016000000170000
            """
        ),
        Vector(
            "TLS 1.0 ServerHello (tls10)",
            .handshake(.tls10, suite: 0x002F),
            """
            020000390301a2298e0f809e8ecc5bca33c812a442a9a089218aa117529f444f574e4752440000002f000011ff0100010000
            2300000016000000170000
            """
        ),
        Vector(
            "TLS 1.0 Certificate (tls10)",
            .handshake(.tls10, suite: 0x002F),
            """
            0b0001fe0001fb0001f8308201f43082015da003020102021432bc88731ae154489c217127058f396ce95bb36e300d06092a
            864886f70d01010b0500300c310a300806035504030c0161301e170d3236313132323137323330345a170d32363132323231
            37323330345a300c310a300806035504030c016130819f300d06092a864886f70d010101050003818d0030818902818100c1
            2593f8c437fefe061beedbc6a53a4b554c58597b33825de4127bb8524cab0381963a9deeb46ce38c4b32c844b4315fda8427
            266275b738eb29b023f22a6e5e566a599c102d6cbb05ea1c77da1c4461edae41372018427cd694533c2c6e7707b30e079ee0
            54350937a8e7228dc4ab6107e43368d82a13f18faf73ad725910690203010001a3533051301d0603551d0e04160414b89b27
            06a0e66a509566ec81ba52e62c49103d88301f0603551d23041830168014b89b2706a0e66a509566ec81ba52e62c49103d88
            300f0603551d130101ff040530030101ff300d06092a864886f70d01010b0500038181001393b85fc9a2db8dd738b23eded2
            42405ea2d7bf2123b741b708ddb7bfbcfc700105771e9d36e7de561f8b78f0940bf5098bcf77696aa7368614f26a0738f125
            7a81725a6fc8ab47428e116e6fa3549bd150c061620db4ad03cfe7b225462787a4c11bca343ee782be78c7cdb68920e2a6f5
            a7987ee63164c16b5340b591b277
            """
        ),
        Vector(
            "TLS 1.0 ServerHelloDone (tls10)",
            .handshake(.tls10, suite: 0x002F),
            """
            0e000000
            """
        ),
        Vector(
            "TLS 1.0 Finished (tls10)",
            .handshake(.tls10, suite: 0x002F),
            """
            1400000ccc183c35533ac5a1a7d70c0f
            """
        ),
        Vector(
            "TLS 1.0 NewSessionTicket (tls10)",
            .handshake(.tls10, suite: 0x002F),
            """
            040000b600001c2000b0e111e20c076b07a51e6479cce8edf2848532b7414efeaee032ee6dc751c2748667dc4a4917a1585f
            33b6ccea3c2491ec65773b61fd4c14588ab3ea40a9dd03b55bf520dc318f80125ae37027dca354c1e8669b0066e6ff8f3f6f
            2a474dcf48068fe5ecb214a0c25388543f8e2448daf6aebc5c8a3f1fd7eb7586d5e716f033ee827f4d14662d0dae42409196
            e44936e9780b4600d73686aa6a0be9ed1fb0820cd2106966f3f029480dd1be817570d210
            """
        ),
        // ECDHE-RSA-AES128-SHA, -servername a.test
        Vector(
            "TLS 1.1 ClientHello (tls11ecdhe)",
            .handshake(.tls11, suite: 0xC013),
            """
            0100006003024acb076aa4a1968fe91ea5bd5949f75fa06192beee41865a31ccea65d91456a4000004c01300ff0100003300
            00000b0009000006612e74657374000b000403000102000a000c000a001d0017001e00190018002300000016000000170000
            """
        ),
        Vector(
            "TLS 1.1 ServerHello (tls11ecdhe)",
            .handshake(.tls11, suite: 0xC013),
            """
            0200004103028e879125b51e817fdf441fc8a5facbc0531ae40bb3a1e943444f574e4752440000c013000019ff0100010000
            0b000403000102002300000016000000170000
            """
        ),
        Vector(
            "TLS 1.1 ServerKeyExchange (tls11ecdhe)",
            .handshake(.tls11, suite: 0xC013),
            """
            0c0000a603001d20197874aabb8f0e2840a3a9165e7cd0c4b0f1ac8ffaff837999c196b9f6ee66220080849f83a11c3d667b
            c80a0bb4efa65d700bfe5a6ba2f2fe934230335c07a6192eaec67c6a8e0e5f4a4bc55b1ff126483226acff7347b9241de92a
            9cc71f8abef97fe10f1642b03b9e1ec9a6de4db4dc4cbf2d06b36ad8ce7f82b0bcacc38c2723340c88a08eb6c2f60427b9fb
            7ea85964e013fa437d13462ae49687b59c522042
            """
        ),
        // ECDHE-ECDSA-AES128-GCM-SHA256, -servername a.test -alpn h2,http/1.1 -status, a client certificate
        Vector(
            "TLS 1.2 ClientHello (tls12ecdhe)",
            .handshake(.tls12, suite: 0xC02B),
            """
            010000af03030f9066ea778b8bd4f4c2eb27d9870e608444b0c8df0e78609a0725efef904c47000004c02b00ff0100008200
            00000b0009000006612e74657374000b000403000102000a000c000a001d0017001e00190018002300000005000501000000
            000010000e000c02683208687474702f312e310016000000170000000d0030002e040305030603080708080809080a080b08
            0408050806040105010601030302030301020103020202040205020602
            """
        ),
        Vector(
            "TLS 1.2 ServerHello (tls12ecdhe)",
            .handshake(.tls12, suite: 0xC02B),
            """
            0200004a030359ca937d65681cd2ae813aa3c9bcbb856f086dd4a819fa1f444f574e4752440100c02b000022ff0100010000
            0b000403000102002300000005000000100005000302683200170000
            """
        ),
        Vector(
            "TLS 1.2 Certificate (tls12ecdhe)",
            .handshake(.tls12, suite: 0xC02B),
            """
            0b0001760001730001703082016c30820113a003020102021415782f0faec6fa65cdc5ebff8656b76bd0943d9a300a06082a
            8648ce3d040302300c310a300806035504030c0161301e170d3236313132323137323330345a170d32363132323231373233
            30345a300c310a300806035504030c01613059301306072a8648ce3d020106082a8648ce3d030107034200044a63d8cb8189
            5fd74001acf22cc85636a041857dc40851a17c5feb5b8fccbee816483e3e73d7fd3f898e61bec28786e3d0cf1ecd3642020d
            f6b508eb7aadb74fa3533051301d0603551d0e04160414aa1d3f60c12fff4638161aca6f5fe9e65097509a301f0603551d23
            041830168014aa1d3f60c12fff4638161aca6f5fe9e65097509a300f0603551d130101ff040530030101ff300a06082a8648
            ce3d04030203470030440220570f416e0b012ac7a4720f3f6978d41b6872bb1a5282d2b31838050db2672a5402204c68f479
            3836821f55dd3f8c6795118a999883981242998fc201784057d4441d
            """
        ),
        Vector(
            "TLS 1.2 CertificateStatus (tls12ecdhe)",
            .handshake(.tls12, suite: 0xC02B),
            """
            160000090100000530030a0101
            """
        ),
        Vector(
            "TLS 1.2 ServerKeyExchange (tls12ecdhe)",
            .handshake(.tls12, suite: 0xC02B),
            """
            0c00006e03001d209647689595202c80a0f8f182b66c9fc45f0808bcc22a41318c656df4df28767504030046304402206396
            acd44728e7e645a9b955ed003d6174a70398cdef0c323a8b5da6b69acc5a02203ce024621ea7237e5f66d38286c8889c90a7
            40a402995989d1098c27fdc758e7
            """
        ),
        Vector(
            "TLS 1.2 CertificateRequest (tls12ecdhe)",
            .handshake(.tls12, suite: 0xC02B),
            """
            0d00003603010240002e040305030603080708080809080a080b080408050806040105010601030302030301020103020202
            0402050206020000
            """
        ),
        Vector(
            "TLS 1.2 CertificateVerify (tls12ecdhe)",
            .handshake(.tls12, suite: 0xC02B),
            """
            0f00004a040300463044022043ad597b543de4a86c9c13ddf4e4562e386352aa6550b7c2467e13e03e04537e022011794aaf
            fc681237cfa13d516b1deb0bd3dc30729e1809fa2f709bcab8103a70
            """
        ),
        // AES128-SHA, a client certificate
        Vector(
            "TLS 1.1 CertificateRequest (tls11creq)",
            .handshake(.tls11, suite: 0x002F),
            """
            0d000006030102400000
            """
        ),
        Vector(
            "TLS 1.1 CertificateVerify (tls11creq)",
            .handshake(.tls11, suite: 0x002F),
            """
            0f0000820080200f26dda0bf5fdc2f0055dffda7e7dcc07620204c36113835ba90b1216517a1da8368a6b7bb3d81a2677cab
            25cd1743dbb59d9fefd6f808149361ac8d49875027569795323ee159ec27be414ed062a56c1d8b1def72d5a69b86419a40d9
            86d26e85ab7e76e1b7550e29f213686ed0d65e2b9e8354e09c968fb4aa3281df8695
            """
        ),
        Vector(
            "TLS 1.2 ServerKeyExchange (tls12dhe)",
            .handshake(.tls12, suite: 0x0033),
            """
            0c00018b0080c51d7ca4b1a842dd104e9ea59eeaf314fdb3308361802f5ddd66679940049fde5ceca1242cffa5ef3c799ec3
            a3a8c4c57764c0b8fd0286cb0273c1509f39bede73514b03256a7b925dc6a5a22d195f582c3d359df46de13ef74d4b110703
            4ebfdede409f936c8731f455b7c4880fff971076f06c6ad10380f7eaa2fd02cb897f000102008015f8ff9f6daf5e2b229ca4
            5c493e79728e88aae1c5807b6b40c792a860c1eb55cdc96b2021122dbf87748e8b7f8afc4b50a8c162a46884635529d1e46d
            355b5ec0a1c356b607ee4c4736d605d78b81855c6d3210b2d4edf6b769edfb5039a892b48399c85e22494baa16afebc3781b
            9efd00aeea862a448818f9a93896e552b70804008096537fbb59353fad4d02588b3cf754ec1e468d32173ba999447f4df2f8
            18607f23b3befae69c3ad9aa03a789ab6fba639409a211a9e54f857101d03ba141d260a7252ad2d33f79f71244ca92e472ab
            e9dbb53473d778972c7f3636c9d1e050a362a5986f953ca835aa1d160aba0a76ccba6ec60bffa5a0f92f922fa6eb4f01f6
            """
        ),
        Vector(
            "TLS 1.0 ServerKeyExchange (tls10dhe)",
            .handshake(.tls10, suite: 0x0033),
            """
            0c0001890080c51d7ca4b1a842dd104e9ea59eeaf314fdb3308361802f5ddd66679940049fde5ceca1242cffa5ef3c799ec3
            a3a8c4c57764c0b8fd0286cb0273c1509f39bede73514b03256a7b925dc6a5a22d195f582c3d359df46de13ef74d4b110703
            4ebfdede409f936c8731f455b7c4880fff971076f06c6ad10380f7eaa2fd02cb897f00010200808b18395b9dec70412de238
            654a931677d5d33238b25a97e8106fe5b1d2b93a6d410e8fc3f63108d86632ad8a32e43983c26b296c69d54c17a372aa1164
            16e4c2648a13f7ffccc5d6c8af874b99c5976e18339d0198136fe40a8a64b6f5a9a6935ebdae355bceb40f3b514f29666205
            f5fe3ad56789337e7c5fc70120f22c4237008001401915cf3960db47361bc3881bfce644c2604bf9e9b4c5c284b5415e03c4
            b603098811f18438c95f264d21bacf223c1d1e9e5413efb42a2c2040504b943bd8f281563739c30bc4501724f6f474723e49
            9e6515e829975f49446779ef8dedbfc32e605eebe63fdbfdbf71d2d60d583375b6cfebd61aae6e4b52e0e592da43c4
            """
        ),
        Vector(
            "TLS 1.2 ServerKeyExchange (tls12adh)",
            .handshake(.tls12, suite: 0x0034),
            """
            0c0001070080c51d7ca4b1a842dd104e9ea59eeaf314fdb3308361802f5ddd66679940049fde5ceca1242cffa5ef3c799ec3
            a3a8c4c57764c0b8fd0286cb0273c1509f39bede73514b03256a7b925dc6a5a22d195f582c3d359df46de13ef74d4b110703
            4ebfdede409f936c8731f455b7c4880fff971076f06c6ad10380f7eaa2fd02cb897f00010200802d118edd37f698450f11fa
            0b2d115b623092154589af1feaf8df62b8e45a2b45530b3a25ea7436fde7e583560286a0c824e1ec3205e6fedd36b8047252
            22a1efc51fae1ae7daefa962d3752ea590a164356c110c0aa39b54418a05b937a7e989caee1879e72b3e733ac08971d7b0f1
            d437a3243f824b862a52738fd84a60f645
            """
        ),
        Vector(
            "TLS 1.2 ClientHello (tls12aecdh)",
            .handshake(.tls12, suite: 0xC018),
            """
            010000850303ed1544c2a48749c3bffdeb04f051ac829689276a46698f973a69439c15608091000004c01800ff0100005800
            0b000403000102000a000c000a001d0017001e00190018002300000016000000170000000d0030002e040305030603080708
            080809080a080b080408050806040105010601030302030301020103020202040205020602
            """
        ),
        Vector(
            "TLS 1.2 ServerHello (tls12aecdh)",
            .handshake(.tls12, suite: 0xC018),
            """
            020000410303fc920b7456b9955f20eaf0f0617e33a409e2b3ef734ea736444f574e4752440100c018000019ff0100010000
            0b000403000102002300000016000000170000
            """
        ),
        Vector(
            "TLS 1.2 ServerKeyExchange (tls12aecdh)",
            .handshake(.tls12, suite: 0xC018),
            """
            0c00002403001d200d99fa9e17935e2ffb5e60c1ff5e592809db249e0610e5c02f80bdd834d73f2b
            """
        ),
        Vector(
            "TLS 1.2 ServerHello (tls12psk)",
            .handshake(.tls12, suite: 0x008C),
            """
            020000390303fcdcf857dc492a76155f6d1a3d5f68ddad8b93d1878f6541444f574e4752440100008c000011ff0100010000
            2300000016000000170000
            """
        ),
        Vector(
            "TLS 1.2 ServerKeyExchange (tls12psk)",
            .handshake(.tls12, suite: 0x008C),
            """
            0c000006000468696e74
            """
        ),
        Vector(
            "TLS 1.2 ServerKeyExchange (tls12dhepsk)",
            .handshake(.tls12, suite: 0x0090),
            """
            0c00010d000468696e740080c51d7ca4b1a842dd104e9ea59eeaf314fdb3308361802f5ddd66679940049fde5ceca1242cff
            a5ef3c799ec3a3a8c4c57764c0b8fd0286cb0273c1509f39bede73514b03256a7b925dc6a5a22d195f582c3d359df46de13e
            f74d4b1107034ebfdede409f936c8731f455b7c4880fff971076f06c6ad10380f7eaa2fd02cb897f00010200803c6740e6cf
            a9b3c08661240dcddb4b94e7dc9b095da90e7fd9ed506accf31e2efd3fb4dc51c9d17de4ee518af2e494435b4cd1a04294f0
            78c290f508924226409f48a3acb61f16679be4d181c8aea71ed10e37ed0031ac8479c1157baeb30dfdee54bae18d7b7d79dc
            5171ab37190ffcdfee08b134d8abdfe1bc5d26008dd3ce
            """
        ),
        Vector(
            "TLS 1.2 ServerKeyExchange (tls12ecdhepsk)",
            .handshake(.tls12, suite: 0xC035),
            """
            0c000026000003001d20e1e8fffdc40e6b9943e79e78943c4c34b031382f1cc80e53e9bfa4ff1991c94f
            """
        ),
        // -servername a.test -alpn h2 -status, a client certificate, -max_early_data 1024
        Vector(
            "TLS 1.3 ClientHello (tls13)",
            .handshake(.tls13, suite: 0x1302),
            """
            010000f90303abfd8d07139133175068b350852c5e9a950c61614f980b4359763bf24a06aafc20fa5363045fc9e3becc004a
            35d3ec320c34e44f5612428ee70c10718046ffc31d000813021303130100ff010000a80000000b0009000006612e74657374
            000b000403000102000a00160014001d0017001e001900180100010101020103010400230000000500050100000000001000
            0500030268320016000000170000000d001e001c040305030603080708080809080a080b080408050806040105010601002b
            0003020304002d00020101003300260024001d0020d09ac615e0d4a46a8c6a3e654625341d1f0c072c29fc036c87329e48b1
            766025
            """
        ),
        Vector(
            "TLS 1.3 ServerHello (tls13)",
            .handshake(.tls13, suite: 0x1302),
            """
            02000076030322dd76e4debb29b72a5976b7e4e9126077867843ee2675dce6d6f0fe68dfd3c520fa5363045fc9e3becc004a
            35d3ec320c34e44f5612428ee70c10718046ffc31d130200002e002b0002030400330024001d0020a773acad42a53bc8bf94
            d874e2af24c46403c810f994ad8a66f042d8bedbe242
            """
        ),
        Vector(
            "TLS 1.3 EncryptedExtensions (tls13)",
            .handshake(.tls13, suite: 0x1302),
            """
            0800000b0009001000050003026832
            """
        ),
        Vector(
            "TLS 1.3 CertificateRequest (tls13)",
            .handshake(.tls13, suite: 0x1302),
            """
            0d000029000026000d00220020040305030603080708080809080a080b08040805080604010501060103030301
            """
        ),
        Vector(
            "TLS 1.3 Certificate (tls13)",
            .handshake(.tls13, suite: 0x1302),
            """
            0b000186000001820001703082016c30820113a003020102021415782f0faec6fa65cdc5ebff8656b76bd0943d9a300a0608
            2a8648ce3d040302300c310a300806035504030c0161301e170d3236313132323137323330345a170d323631323232313732
            3330345a300c310a300806035504030c01613059301306072a8648ce3d020106082a8648ce3d030107034200044a63d8cb81
            895fd74001acf22cc85636a041857dc40851a17c5feb5b8fccbee816483e3e73d7fd3f898e61bec28786e3d0cf1ecd364202
            0df6b508eb7aadb74fa3533051301d0603551d0e04160414aa1d3f60c12fff4638161aca6f5fe9e65097509a301f0603551d
            23041830168014aa1d3f60c12fff4638161aca6f5fe9e65097509a300f0603551d130101ff040530030101ff300a06082a86
            48ce3d04030203470030440220570f416e0b012ac7a4720f3f6978d41b6872bb1a5282d2b31838050db2672a5402204c68f4
            793836821f55dd3f8c6795118a999883981242998fc201784057d4441d000d000500090100000530030a0101
            """
        ),
        Vector(
            "TLS 1.3 CertificateVerify (tls13)",
            .handshake(.tls13, suite: 0x1302),
            """
            0f00004b040300473045022100b559811310d8280cc3d6958b5d02ccd5a3601268220479fdcddcb2802eeed7300220515a30
            ff489d9de404d04af0964d46075e0889645be4858d8b662c5907d8df0b
            """
        ),
        Vector(
            "TLS 1.3 Finished (tls13)",
            .handshake(.tls13, suite: 0x1302),
            """
            14000030b6c76086663343885fa1e2a92c32ad197b0dfeaa16d61804880fd700184d9dc2d41b1de37fb3a408995888d54404
            a03b
            """
        ),
        Vector(
            "TLS 1.3 NewSessionTicket (tls13)",
            .handshake(.tls13, suite: 0x1302),
            """
            0400003d00001c203965e588080000000000000000002042cb2504c97f9672367a2f29851cd22dfcc0bf4cf474ea1437edf8
            fc8adf0b150008002a000400000400
            """
        ),
        // client -groups X25519:P-384, server -groups P-384
        Vector(
            "TLS 1.3 ServerHello (tls13hrr)",
            .handshake(.tls13, suite: 0x1302),
            """
            020000540303cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c2061bd54239b755e7aa4af54
            0d5c0140f4915cb50ced0a44ebea59e55921221bc4130200000c002b00020304003300020018
            """
        ),
        Vector(
            "TLS 1.3 ClientHello2 (tls13hrr)",
            .handshake(.tls13, suite: 0x1302),
            """
            0100010903034bab534ac135dc5a245112c4eb37de356f445734a25fb54bdd0cd80b90942bee2061bd54239b755e7aa4af54
            0d5c0140f4915cb50ced0a44ebea59e55921221bc4000813021303130100ff010000b8000b000403000102000a0006000400
            1d0018002300000016000000170000000d001e001c040305030603080708080809080a080b08040805080604010501060100
            2b0003020304002d000201010033006700650018006104b8c747dd3d00aa1a9ea939f10b96a2592523cb7710d5ba578e0427
            01e6444f2bbbbed453bf95c412be187a3174ca1f1bc0ebc836881a8cfe14866f65135e692ee7b00b420d6ebad4f211b119ce
            2f23a03833c0adcfe791d02588fca20b55a39e
            """
        ),
    ]
}
