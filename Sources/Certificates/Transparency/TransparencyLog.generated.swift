// Made by scripts/generate-ct-logs.py; do not edit.
//
// 245 logs of the lists of Google and Apple, as collected by cryptodatahub 1.6.1
// (MPL-2.0); the newest change of a state in them is of 2026-07-27.

extension TransparencyLog {
    /// When the list was last changed.
    static let tableDate = "2026-07-27"

    /// A line a log: identifier, state, operator, name, key; a key on P-256 is without what all of them begin with.
    static let table: StaticString = """
        +3xjpo0eBq3Qg4ibuNQyHLJFROv2/mlyKRkuOD5ebiM=|rejected|Ipng Networks|IPng GmbH 'Halloumi2025h2'|qJxSnCcMhWikCFeWo1RiplGaVEZL5Vn4KEJYZM97Ro5XuTg4h6+n807utfPS7qqpLv5me/ddlpKFGoFfkMBrAQ==
        +X6XuNM+96FZAqU6GeF5kOXcQGoDGCW6rZPpj5ucacs=|unknown|Google|Google 'Solera2023' log|K9Y56IP6DGQy2d9moYGJChZPoktXoYwaG0MBN/4X5MSFmBaYJfNm3mCwzLVefkjh2wz8Q6q2S75hS/OeHGiZUg==
        +tTJfMSe4vishcXqXOoJ0CINu/TknGtQZi/4aPhrjCg=|rejected|Google|Google 'Argon2017' log|VG18id3qnfC6X/RtYHo3TwIlvxz2b4WurxXfaW7t26maKZfymXYe5jNGHif0vnDdWde6z/7Qco6wVw+dN4liow==
        /kRhCLHQGreKYsz+q2qysrq/86va2ApNizDfLQAIgww=|rejected|Digicert|DigiCert Nessie2019 Log|X+0nudCKImd7QCtelhMrDW0OXni5RE10tiiClZesmrwUk2iHLCoTHHVV+yg5D4n/rxCRVyRhikPpVDOLMLxJaA==
        0UNvAl0dnyOdvMGLuf+ksRm5lU1hDIPr7KA1oVaWvYE=|unknown|Lets Encrypt|Let's Encrypt 'Twig2027h2'|r7GDfmQg4jsIQ7XjMicNTYLHdQKbkjhchr4QoXVEGa5lpl4ob0ObW2sDxcvAFLDQThX76XPd+BVBU6lDscD0uQ==
        0W6ppWgHfmY1oD83pd28A6U8QRIU1IgY9ekxsyPLlQQ=|rejected|Sectigo|Sectigo 'Elephant2026h1'|U0lqnPHoXuU9Fc9dJv1HQZCvssJfvxLsirwVQ/fkFyUqeu4inwPKikeT4DGyyWWH4NR/DCJa2bAumHrXJdAcaQ==
        0vxlL6X5tzi4N1X6XrFfC0UlP06Po7m2T9TeVmLRhwg=|retired|Ipng Networks|Bogus RFC6962 log to avoid breaking misbehaving CT libraries|LzNWh+BsAk0HnEEE7Zk1bAhdH1SM5udo1+CTF6LGcL6AVVIXSuOF95/Wg0qLZV491QbrNRg06mM6KwEzDXXtqg==
        1219ENGn9XfCx+lf1wC/+YLJM1pl4dCzAXMXwMjFaXc=|usable|Google|Google 'Argon2026h2' log|Kjpni/66DIYrSlGK6Rf+e6F2c/28ZUvDJ79N81+gyimAESAyeNZ++TRgjHWg9TVQnKHTSU0T1TtqDupFnSQTIg==
        1d5V7roItgyf/BjFE75qYLoARga8WVuWu0T2LMV9Ofo=|usable|Geomys|Geomys 'Tuscolo2027h2'|IAz2gOD7wIptaiLTnmR4k7AQwp5kFmqmGHY/8JmMJxaSHyAipoFA/YSBCTX7ZowxIkSKpZYGlqLtdLVcLWDS5w==
        1tWNqdAXU/NqSqDHV0kCr+vH3CzTjNn3ZMgMiRkenwI=|usable|Google|Google 'Argon2027h1'|KHRm0H/zUaFA6Idz5cGvGO3tCPQyfGMgJmVBOPyKAP6mGM1IiNXi4CLomOUyYj0YN74p+eGVApFMsM4h/jzCsA==
        23Sv7ssp7LH+yj5xbSzluaq7NveEcYPHXZ1PN7Yfv2Q=|rejected|Cloudflare|Cloudflare 'Nimbus2018' Log|AsVpWvrH3Ke0VRaMg9ZQoQjb5g/xh1z3DDa6IuxY5DyPsk6brlvrUNXZzoIg0DcvFiAn2kd6xmu4Obk5XA/nRg==
        23b9raxl59CVCIhuIVm9i5A1L1/q0+PcXiLrNQrMe5g=|unknown|Sectigo|Sectigo 'Dodo' CT log|LPXCMfVjQ2oWSgrewu4fIW4Sfh3lco90CwKZ061pvAI1eflh6c8ACE90pKM0muBDHCN+j0HV7scco4KKQPqq4A==
        2AlVO5RPev/IFhlvlE+Fq7D4/F6HVSYPFdEucrtFSxQ=|usable|Google|Google 'Xenon2026h2' log|5Xd4lXEos5XJpcx6TOgyA5Z7/C4duaTbQ6C9aXL5Rbqaw+mW1XDnDX7JlRUninIwZYZDU9wRRBhJmCVopzwFvw==
        2ra/az+1tiKfm8K7XGvocJFxbLtRhIU0vaQ9MEjX+6s=|rejected|Cloudflare|Cloudflare 'Nimbus2024' Log|d7Gbe4/mizX+OpIpLayKjVGKJfyTttegiyk3cR0zyswz6ii5H+Ksw6ld3Ze+9p6UJd02gdHrXSnDK0TxW8oVSA==
        2tZHUVKWGUn6T3McZw6F5eS3TgaIGWBT8Rha1ySUGtM=|unknown|Geomys|Geomys Navigli2027h1|hBvjicdGxE1X4PDDFXT08IUoMvHZ8716jPiw0F5xG+4Q7SO3La7uDlEeEzkek0ZlqAfKcrBg/Zp2noofn5/jAw==
        2wds3mqLeOxY1gVklutqJqjFnnISk+isAyfd3onbWio=|rejected|Digicert|DigiCert 'Sphinx2024h1' Log|xuQpaZj+KJJXEk2e7Q7nMqLmnCd4pCl8mdXb+iLB3V6n9NjqyNdEjeDxjAoBHdgiqNPrySKONvtKsXCcXcHoMw==
        3+FW66oFr7WcD4ZxjajAMk6uVtlup/WlagHRwTu+Ulw=|rejected|Sectigo|Sectigo 'Mammoth2024h2'|hWYiJG6+UmIKoK/DJRo2LqdgiaJlv6RfvYVqlAWBNZBUMZXnEZ6jLg+F76eIV4tjGoHBQZ197AE627nBJ/RlHg==
        36Veq2iCTx9sre64X04+WurNohKkal6OOxLAIERcKnM=|rejected|Lets Encrypt|Let's Encrypt 'Oak2022' log|hjyxDVIjWt5u9sB/o2S8rcGJ2pdZTGA8+IpXhI/tvKBjElGE5r3de4yAfeOPhqTqqc+o7vPgXnDgu/a9/B+RLg==
        3Mleb6KZubD9vWymo24dcsQhL90eD0dVOjbWzxrRHY0=|rejected|Digicert|DigiCert 'Sphinx2024h2' Log|2wlBhOfR8VslCXvoxphRXimF/YHeidfQhqSw5RXsXXsXVV/JeY3kIjbn6b84P9Hp1AmEgb62we0bF+oml7rpmg==
        3dzKNJXX4RYF55Uy+sef+D0cUN/bADoUEnYKLKy7yCo=|rejected|Google|Google 'Xenon2025h2' log|a+Cv7QZ8Pe/ZDuRYSwTYKkeZkIl6uTaldcgEuMviqiu1aJ2IKaKlz84rmhWboD6dlByyt0ryUexA7WJHpANJhg==
        3esdK3oNT6Ygi4GtgWhwfi6OnQHVXIiNPRHEzbbsvsw=|rejected|Digicert|Symantec log|luqsHEYMG1XcDfy1lCdGV0JwOmkY4r87xNuroPS2bMBTP01CEDPwWJePa75y9CrsHEKqAy8afig1dpkIPSEUhg==
        3oWB11AkfGvNy69WN8XngcZM5G7WF2OfjzSnJsnivTc=|rejected|Digicert|DigiCert 'Sphinx2025h1' Log|4y8fTYkFdSl4uyI9B2JRFHCU5zzq9e6upkiahlJOnlzjlZcou1JLKv3IyYlORTEX043y584YEViYLGBvWCA2bg==
        4BJ2KekEllZOPQFHmESYqkj4rbFmAOt5AqHvmQmQYnM=|rejected|Beijing Puchuangsida Technology Ltd|PuChuangSiDa CT log|MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArM8vS3Cs8Q2Wv+gK/kSd1IwXncOaEBGEE+2M+Tdtg+QAb7FLwKaJx2GPmjS7VlLKA1ZQ7yR/S0npNYHd8OcX9XLSI8XjE3/Xjng1j0nemASKY6+tojlwlYRoS5Ez/kzhMhfC8mG4Oo05f9WVgj5WGVBFb8sIMw3VGUIIGkhCEPFow8NBE8sNHtsCtyR6UZZuvAjqaa9t75KYjlXzZeXonL4aR2AwfXqArVaDepPDrpMraiiKpl9jGQy+fHshY0E4t/fodnNrhcy8civBUtBbXTFOnSrzTZtkFJkmxnH4e/hE1eMjIPMK14tRPnKA0nh4NS1K50CZEZU01C9/+V81NwIDAQAB
        4JKz/AwdyOdoNh/eYbmWTQpSeBmKctZyxLBNpW1vVAQ=|rejected|Sectigo|Sectigo 'Sabre2025h1'|fi858egjjrMyBK9NV/bbxXSkem07B1EMWvuAMAXGWgzEdtYGqFdN+9/kgpDCQa5wszGi4/o9XyxdBM20nVWrQQ==
        4mR/bto0BQPGTU4QqGloH96cWizzsy1fIAuWNgWQiCM=|rejected|Qihoo 360|Qihoo 360 2023|BQLIGtQH3merk2OMO2LbKU2TFroKxaChr4+FxB5UMLYTspqEJKcD7mRXEObHJ6PI/39UvEI98N4Cyf9x2rKvqg==
        4mlLribo6UAJ6IYbtjuD1D7n/nSI+6SPKJMBnd3x2/4=|rejected|Digicert|DigiCert Yeti2019 Log|kZd/ow8X+FSVWAVSf8xzkFohcPph/x6pS1JHh7g1wnCZ5y/8Hk6jzJxs6t3YMAWz2CPd4VkCdxwKexGhcFxD9A==
        4yON8o2iiOCq4Kzw+pDJhfC2v/XSpSewAfwcRFjEtug=|rejected|Lets Encrypt|Let's Encrypt 'Willow2026h1'|tpFyulwgy1+u+wYQ37lbV+HsPFNYoi4sy6dZP662N/Z/usdNi4+Q3RLES1RY2PNk7zL/7VPSn3JERMPu/s4e4A==
        5NAXdhyRORG+9HOWrNjSRljCT7WTtRvqxVknYuiFPBU=|rejected|Lets Encrypt|log.willow.ct.letsencrypt.org/2025h2d|lX78WOZsrDp7/LDFvsGytclanWhJ2oEwdgytKo21ZrCzbJ6raFAmZ1bMFh4B/0+e1aWtfhG2wgCM2ex/aDgZuA==
        5bvNwMctaSvZWYo2AgQ86FTsb2D4AGZ4WWOIK3w4JDg=|usable|Cloudflare|Cloudflare 'Raio2026h1a' log|ewKoi9UXxR2+or27gZXyqqjfC/K0d7YMSBuReaNIBVre8Fkf2IbIXu1JnPIdv2HW3WyOIV3BRAIFgstayoSLFQ==
        5eNiR9ku9K2jhYO1NZHbcp/C8ArktnRRdNPd/GqiU4g=|usable|Lets Encrypt|Let's Encrypt 'Sycamore2027h2'|K+2zy2UWRMIyC2jU46+rj8UsyMjLsQIr1Y/6ClbdpWGthUb8y3Maf4zfAZTWW+AH9wAWPLRL5vmtz7Zkh2f2nA==
        5tIxY0B3jMEQQQbXcbnOwdJA9paEhvu6hzId/R43jlA=|rejected|Digicert|DigiCert Nessie2025 Log|8vDwp4uBLgk5O59C2jhEX7TM7Ta72EN/FklXhwR/pQE09+hoP7d4H2BmLWeadYC3U6eF1byrRwZV27XfiKFvOA==
        5xLysDd+GmL7jskMYYTx6ns3y1YdESZb8+DzS/JBVG4=|rejected|Lets Encrypt|Let's Encrypt 'Oak2020' log|fzb42Zdr/h7hgqgDCo1vrNJqGqbcUvJGJEER9DDqp19W/wFSB0l166hD+U5cAXchpH8ZkBNUuvOHS0OnJ4oJrQ==
        6D7Q2j71BjUy51covIlryQPTy9ERa+zraeF3fW0GvW4=|rejected|Google|Google 'Argon2023' log|0JCPZFJOQqyEti5M8j13ALN3CAVHqkVM4yyOcKWCu2yye5yYeqDpEXYoALIgtM3TmHtNlifmt+4iatGwLpF3eA==
        6H6nZgvCbPYALvVyXT/g4zG5OTu5L79Y6zuQSdr1Q1o=|rejected|Trustasia|Trust Asia Log2023|pBFS2xdBTpDUVlESMFL4mwPPTJ/4Lji18Vq6+ji50o8agdqVzDPsIShmxlY+YDYhINnUrF36XBmhBX3+ICP89Q==
        750EQi4gtDIQJ1TfUtJRRgJ/hEwH/YZeySLub86fe7w=|rejected|Geomys|Tuscolo2025h2|K9d4GGtzbkwwsYpEtvnU9KKgZr67MsGlB7mnF8DW9bHnngHzPzXPbdo7n+FyCwSDYqEHbal1Z0CCVyZD6wQ/ow==
        7PBUNaSTKW0Kvz7J0JbyGycBLEcaHoPngTZnpglSvqY=|unknown|Google|Google 'CoachAndHorses2027h2' log|c3Si5lBbzwec+dc+rf1kzMt6SmTjlzEXJe0YH7tbHCKhOiggbxL/q/Hime2H/FxjcBspBQCwAv0ocWJMA6ghyA==
        7TxL1ugGwqSiAFfbyyTiOAHfUS/txIbFcA8g3bc+P+A=|rejected|Digicert|DigiCert 'Wyvern2025h2' Log|4NtB7+QEvctrLkzM8WzeQVh//pT2evZg7Yt2cqOiHDETMjWh8gjSaMU0p1YIHGPeleKBaZeNHqi3ZlEldU14Lg==
        7drrgVxjITRJtHvlB3kFq9DZMUfCesUUazvFjkPptsc=|usable|Trustasia|TrustAsia 'HETU2027'|14jG8D9suqIVWPtTNOL33uXKZ4mUnnOMrIwOWeZU7GtoDRCWIXfy/9/SC8lTAbtP2NOP4wjIufAk6f64sY4DWg==
        7ku9t3XOYLrhQmkfq+GeZqMPfl+wctiDAMR7iXqo/cs=|rejected|Google|Google 'Rocketeer' log|IFsYyDzBi7MxCAC/oJBXK7dHjG+1aLCOkHjpoHPqTyghLpzA9BYbqvnV16mAw04vUjyYASVGJCUoI3ctBcJAeg==
        7s3QZNXbGs7FXLedtM0TojKHRny87N7DUUhZRnEftZs=|rejected|Google|Google 'Argon2024' log|HblsqctplMVc5ramA7vSuNxUQxcomQwGAVAdnWTAWUYr3MgDHQW0LagJ95lB7QT75Ve6JgT2EVLOFGU7L3YrwA==
        7sCV7o1yZA+S48O5G8cSo2lqCXtLahoUOOZHssvtxfk=|rejected|Digicert|DigiCert Nessie2021 Log|9o7AiwrbGBIX6Lnc47I6OfLMdZnRzKoP5u072nBi6vpIOEooktTi1gNwlRPzGC2ySGfuc1xLDeaA/wSFGgpYFg==
        8JWkWfIA0YJAEC0vk4iOrUv+HUfjmeHQNKawqKqOsnM=|rejected|Digicert|DigiCert Yeti2020 Log|URAG+Zo0ac3n37ifZKUhBFEV6jfcCzGIRz3tsq8Ca9BP/5XUHy6ZiqsPaAEbVM0uI3Tm9U24RVBHR9JxDElPmg==
        9lyUL9F3MCIUVBgIMJRWjuNNExkzv98MLyALzE7xZOM=|rejected|Google|Google 'Argon2021' log|TeBmZOrzZKo4xYktx9gI2chEce3cw/tbr5xkoQlmhB18aKfsxD+MnILgGNl0FOm0eYGilFVi85wLRIOhK8lxKw==
        A+3x2pd2tvOMNB457Z1wenVwNpz5hE8yf+nhQTg2G2A=|unknown|Lets Encrypt|Let's Encrypt 'Testflume2021' log|dCLoJNt1QcNa7sNDp7g7oTJ+o/UIYEM6N/IZWT+dhdqtJZC+AODJ/4exdOwG04B4K6WrN1VB2ELKQIc/wU1lCw==
        A4AqwmL24F4D+Lxve5hRMk/Xaj31t1lRdeIi+46b1fY=|usable|Sectigo|Sectigo 'Tiger2027h2'|b0AgkemhsPmYe1goCSy5ncf2lG9vtK6f+SzODKJMYEgPOT+z93cUEKM1EaTuo09rozfdqhjeihIl25y9A3JhyQ==
        ABpdGhwtk3W2SFV4+C9xoa5u7zl9KXyK4xV7yt7hoB4=|usable|Digicert|DigiCert 'Wyvern2027h1'|astxYj1mntGuyv74k4f+yaIx+ZEzlSJ+iVTYWlw8SpSKJ4TfxYWuBhnETlhpyG/5seJn0mOSnVgXsZ1JRflI7g==
        AwGd8/2FppqOvR+sxtqbpz5Gl3T+d/V5/FoIuDKMHWs=|rejected|Venafi|Venafi Gen2 CT log|jicnerZVCXTrbEuUhGW85BXx6lrYfA43zro/bAna5ymW00VQb94etBzSg4j/KS/Oqf/fNN51D8DMGA2ULvw3AQ==
        B7dcG+V9aP/xsMYdIxXHuuZXfFeUt2ruvGE6GmnTohw=|rejected|Google|Google 'Xenon2020' log|ZU75VqjyzSTgFZKAnWg1QeYfFFIRZTMK7q3kWWZsmHhQdrBYnHRZ3OA4kUeUx0JN+xX+dSgt1ruqUhhl7jOvmw==
        BZwB0yDgB4QTlYBJjRF8kDJmr69yULWvO0akPhGEDUo=|rejected|Digicert|DigiCert Yeti2022-2 Log|HWlePwrycXfNnV3DNEkA7mB34XJ2dKh8XH0J8jIdBX4u/lsx1Tr9czRuSRROUFiWWsTH9L4FZKT31+WxbTMMww==
        C3YOmouaaC+ImFsV6UdQGlZEa7qIMHhcOEKZQ4ZFDAA=|unknown|Google|Google 'Solera2019' log|JUwGinXUWVNaBiK2Vl/rdyMkxKaWJHR8dj9yD5AlZEtEbfvAMQQ8o7DQyXVm7TX+eAA9wL2Vtt6DpoMEL0q/rw==
        CEEUmABxUywWGQRgvPxH/cJlOvopLHKzf/hjrinMyfA=|rejected|Google|Google 'Xenon2019' log|/XyDwqzXL9i2GTjMYkqaEyiRL0Dy9sHq/BTebFdshbvCaXXEh6mjUK0Yy+AsDcI4MpzF1l7Kded2MD5zi420gA==
        CRV/Yy1Gx/dtlSZUk7wPALOVrF2zorJr+wQ9ukrGOJM=|usable|Ipng Networks|IPng Networks 'Halloumi2027h2'|rmKbFkPG7QfQUARhbIik8vVbIkXhK+YMB6TvLZkyhnzv7wedn+l7VChqovZHKOQXmZEd4B+3ljovIpQz2HmyHA==
        DCrvLEpbmIPU3aOC/lD7UYiz6XMzoexToJ3Jp50NCCA=|rejected|Digicert|DigiCert 'Wyvern2024h2' Log|qHMSnFTQen3FtRcrcVKJBJC7QvGd+BzeTM+CPL03G3RMPMejE4cBURMU2qISmITOHL7PT3rvFfrQ7u3tB61xbQ==
        DR28iUTp9QBVQtctPhRMzEMIKrbqHpTf1wZlfS6G8wE=|rejected|Sectigo|Sectigo 'Elephant2025h2'|0OlLeGW2qUZGUoQERydw3GlayEO3ZK3418zThY1tDYr85ASme6ZOL/2DXyOXw8RCwVsKhRbOqMEOxW4Q2p4KQg==
        DeHyMCvTDcFAYhIJ6lUu/Ed0fLHX6TDvDkIetH5OqjQ=|rejected|Lets Encrypt|Let's Encrypt 'Oak2025h2'|tXYwB63GyNLkS9L1vqKNnP10+jrW+lldthxg090fY4eG40Xg1RvANWqrJ5GVydc9u8H3cYZp9LNfkAmqrr2NqQ==
        DleUvPOuqT4zGyyZB7P3kN+bwj1xMiXdIaklrGHFTiE=|rejected|Google|Google 'Argon2026h1' log|B/we6GOO/xwxivy4HhkrYFAAPo6e2nc346Wo2o2U+GvoPWSPJz91s/xrEvA3Bk9kWHUUXVZS5morFEzsgdHqPg==
        E0rfGrWYQgl4DG/vTHqRpBa3I0nOWFdq367ap8Kr4CI=|rejected|Sectigo|Sectigo 'Mammoth2025h1'|EzxBtTB9LkqhqGvSxVdrmP5+79Uh4rpdsLqFEW6U4D2ojm1WjUQCnrCDzFTfm05yYks8DDLdhvvrPmbNd1hb5Q==
        EvFONL1TckyEBhnDjz96E/jntWKHiJxtMAWE6+WGJjo=|rejected|Google|Google 'Argon2025h2' log|r+TzlCzfpie1/rJhgxnIITojqKk9VK+8MZoc08HjtsLzD8e5yjsdeWVhIiWCVk6Y6KomKTYeKGBv6xVu93zQug==
        FDCNkMzQMBNQBcAcpSbYHoTodiTjm2JI4I9ySuo7tCo=|rejected|Gdca|GDCA Log 2|x6zC8wCbMs3fpQWnSCeo2RvG827AEssGkMa+5RVIpRF0SDO4hFsn2Ph1l8marSCuwVLhv0JIN3arSzbUieX6HA==
        FZcEiNe5l6Bb61JRKt7o0ui0oxZSZBIan6v71fha2T8=|rejected|Digicert|Symantec 'Sirius' log|owJkhCK7JewN47zCyYl93UXQ7uYVhY/Z5xcbE4Dq7bKFN61qxdglnfr0tPNuFiglN+qjN2Syxwv9UeXBBfQOtQ==
        FoMtq/CpJQ8P8DqlRf/Iv8gj0IdL9gQpJ/jnHzMT9fo=|rejected|Sectigo|Sectigo 'Tiger2026h1'|73eDJyszDbzsWcgI0nbtU0+y11gQWjNjS/RSO5P4hOSFE+pPrDCtfNPHe6dq7/XQYwOFt9Feb8TwQW+mqXN5xg==
        GYbUxyiqb/66A294Kk0BkarOLXIxD67OXXBBLSVMx9Q=|rejected|Lets Encrypt|Let's Encrypt 'Oak2026h1'|mdRhcCL6d5MNs8eAliJRvyV5sQFC6UF7iwzHsmVaifT64gJG1IrHzBAHESdFSJAjQN56TYky+9cK616MovH2SQ==
        GZgQcQnw1lIuMIDSnj9ku4NuKMz5D1KO7t/OSj8WtMo=|rejected|Sectigo|Sectigo 'Sabre2024h2'|ehBMiucie20quo76a0qB1YWuA+//S/xNUz23jLt1CcnqFn7BdxbSwkV0bY3E4Yg339TzYGX8oHXwIGaOSswZ2g==
        GgT/SdBUHUCv9qDDv/HYxGcvTuzuI0BomGsXQC7ciX0=|rejected|Sectigo|Sectigo 'Sabre2025h2'|hRMRLXvzk4HkuXzZZDvntYOZZnlZR2pCXta9Yy63kUuuvFbExW4JoNdkGsjBr4mL9VjYuut7g1Lp9OClzc2SzA==
        Gouda43XkdHNBUnttgNV1ga2T60w23H+eI8Px8j7xLE=|usable|Ipng Networks|IPng Networks 'Gouda2027h1'|Oh11B2aRT9BiTqo+6kvQ7cSGf819Ait+jGc6AuHlGUXxWCX1YCQ9OFNnr6MUKStyw4sVin5FCvtbke1mctl3gQ==
        GoudaUpXmMiZoMqIvfSPwLRWYMzDYA0fcfRp/8fRrKM=|rejected|Ipng Networks|IPng Networks 'Gouda2026h1'|R6wvqVwhf5isuCtwSfNjTOrqwZg0vZuIMP7xk8fPmJfaFZCte1ptQiqNhRMCtqIgJvDcJyjkGVI8i44vxL877A==
        GoudaVNi2GSSp7niI2BuNOzp4xC6NPuTBXhdKc5XV+s=|usable|Ipng Networks|IPng Networks 'Gouda2027h2'|PuxPH20sSqUzHGllZceceFvyoSffwBWgX4LKd8wk3A3ayZuwwh2pDuEOsimMxLXFh0IUYz73a9I7kxkUqM+N8w==
        GoudanQ8ze1gH3O9MJcIHbyuxKYTnJKwtUDDE3sg7AU=|rejected|Ipng Networks|Gouda 2025h2|pHiP24MNo8pgt5RNoawsvGIwSaVEKNqdzYCUXtMu0MM15t63d26eDUDz+nkQjACuRo4LRJcyia7I0anEdNH9wA==
        Goudaw/+v4G0eTnG0jEKhtbRAtTwRuIYLJ3jX14mJe8=|usable|Ipng Networks|IPng Networks 'Gouda2026h2'|jayczmhUMNftWy6VjvYXcTUEpvL8LIAKcYcxrxx5xxQGZEVvhnZeCnXVlsMWhq1h9J55eZfQWM/dqIr6GmoN9Q==
        H1bRq5RwSkHdP+r99GmTVTAsFDG/5hNGCJ//rnldzC8=|readonly|Sectigo|Sectigo 'Sabre2026h2'|zjXK7DkHgtp3J4bk8n7F3Djym6mrjKfA7YMePmobwPCVVroyM0x1fAkH6eE+ZTVj8Em+ctGqna99CMS0jVk9cw==
        H7D4qS2K3aEhd2wF4qouFbrLxitlOTaVV2qqtS4R0R0=|usable|Digicert|DigiCert 'sphinx2027h2'|UCe23M889mAsUVeTTBcNsAmP374ZWQboLdR8RdGwM3VZ6P/sDwhrL7wK4zrXPh3HwLDDLxDjvRBeivUSbpZSwA==
        H7w24ALt6X9AGZ6Gs1c7ikIX2AGHdGrQ2gOgYFTSDfQ=|rejected|Cloudflare|Cloudflare 'Nimbus2017' Log|15ypB40iQe6ToFJB2vSA8CW86/rzPNJ+kdg/LNpRvcjuKnLj/xhW5DoiDyI8xtUws5toLqtWwkFf1mRXFLFarw==
        H8cs5aG3mfQAw1m/+WyjkTVI6GRCIGEJUum6F3T3usc=|unknown|Google|Google 'Solera2020' log|iKfWtuoWCPMEzSKySjMjXpo38WOdZr6Yq0WYa2JQOv1uVMxkqHywf9Gz1kGeRLq/Rz3tVVvXgqb4jQ1UqKVKnw==
        HIl0B+YBCgEpO7Z439ejaM6xjMpSHcyk04bkoy5bXQQ=|qualified|Google|Google 'ParcelYard2027h1' log|X7i7gYwmBxpiLXAlM/VLk4BFzspJRmZA86iReO7NVRlwGL1KWb/Dv5DRXJNBZd+9uREkNUTee5yBy2dRdRGa0w==
        HJ9oLOn68EVpUPgbloqH3dsyENhM5siy44JSSsTPWZ8=|usable|Sectigo|Sectigo 'Tiger2027h1'|mMQofpsDjCVYzF4jXdFWM/ioYBJIPcsQQrNAHE6v4lOsADoI+/jN1lph8x4K3NgnXDXwmyJcFwRYgVOBMhaYhA==
        HQJLjrFJizRN/YfqPvwJlvdQbyNdHUlwYaR3PEOcJfs=|unknown|Google|Google 'Daedalus' log|bgwcuu4rakGFYB17fqsILPwMCqUIsz7VcCTRbR0ttrfzizbcI02VYxK75IaNzOnR7qFAot8LowYKMMqNrKQpVg==
        IPBfqqOkkvxqwUjMM6ICNhhrSfqpfmuzkk+yXsNrHDU=|qualified|Google|Google 'PlumbersArms2026h2' log|RcKG6mGyrCTtzkWBNT51LFFsM1lZ3ZPSIoXgVilDtnY0dyhwKSX7jomkXvdyqWr8DOP3HA6I6kzmREX5wpUvug==
        IPng7N+kfJEgOWLvg8kCWPeQbZ03SYvh/9hJVBcyCyA=|unknown|Ipng Networks|IPng Networks 'Rennet2026h1'|jjELwgGMea6d7YAOP1h1Q3z5IGFOFV/kmbT0qdRgMbhQCYZdDU/fObbHf7dPEGjlg/XbBCnmHJKJySK85tzC2w==
        IPngONeE+PfIWiV4c8W5xL8kvQJlq9F3lPXT32yFW6s=|unknown|Ipng Networks|IPng Networks 'Rennet2027h2'|i6aOJ3BVylIR4qc3UHBMON1VrUUTJSx2RrLUAf8Fo3/KImSvQuEZKrQSanLqsvvox8ExlLK5mPetb8JCS/0TYA==
        IPngiezr0NlfrYnreI+2QK/E2J+7QNyCETQxnDW/CNo=|unknown|Ipng Networks|IPng Networks 'Rennet2026h2'|DjJrRh/NjSFYybFPOmilmqVHySfQ4a8ctJKYhWDuRLBLNLwy2PXxqVWwQStfjHXv0JofEAC00Xfrbd4aVz/7Bw==
        IPngmrbD1ZzKxMv9sDFnjmgsvhhIV4z/L8d05K0vULE=|unknown|Ipng Networks|IPng Networks 'Rennet2027h1'|rtwy8ljIL7OS99Fq0QMnXkep69geGFwjlex7/Wrii2cT+SCFl7Nw8JIAZTp24a5+RDrfoETMtUrkELVgmVeCVA==
        Ia1IGvXLVPNLOr+uoP8Gmns8dm/DtpCHC7RrFS+2C/k=|usable|Cloudflare|Cloudflare 'Raio2027h2a' log|i26evoGHBxrQAASnY/nsnI0ryBZVFJoffV/rpEtmMS1FPEPR+Yjr0fP4YMMHbvnZO/EKU4FYGAXmOihuSV18Uw==
        Ida8pGWG3oR5BIvzeNP2lqX0zFFs73zy2H/15xN0Ht0=|unknown|Google|Google 'CoachAndHorses2026h1' log|CHOhXfvYgTcu+Fnl7M7niFj3FgqWlQpXUSWUDw2KAaJXvhGxdJTtmyciN5rWTiDtpeNENVmsUTHFS4XQgeRE0g==
        IkVFB1lVJFaWP6Ev8fdthuAjJmOtwEt/XcaDXG7iDwI=|rejected|Digicert|DigiCert Yeti2022 Log|n/jYHd77W1G1+131td5mEbCdX/1v/KiYW5hPLcOROvv+xA8Nw2BDjB7y+RGyutD2vKXStp/5XIeiffzUfdYTJg==
        Iy1BpM2sh87Z+UP0aMKCCVrgnTDWLi+mXdw7kZwuRo8=|unknown|Lets Encrypt|Let's Encrypt 'Sapling 2022h2' log|6m0gtMM2pcVTxVjkztm/ByNrF32xacdVnbsYwlzwtqN0vOwqcXLtPkfYqH+q93hlJwEBsX1MnRXDdlMHkkmZJg==
        Iyfv2jUlENvAGe9JGuP/HMWkebzjeHg2DuMYz/tk+Mg=|unknown|Lets Encrypt|Let's Encrypt 'Testflume2022' log|jy/rXcABuf0yhrm1+XgjDnh4XPD7vfMoyJOyT+KA+c2zuXVR98yQmp/Bl5ZFdGFwJuFcVrCw7IDo0EGKs7UCww==
        J+sqNJffaHpkC2Q4TkhW/Nyj6H+NzWbzTtbxvkKB7fw=|unknown|Google|Google 'Arche2026h1' log|Z+3YKoZTMruov4cmlImbk4MckBNzEdCyMuHlwGgJ8BUrzFLlR5U0619xDDXIXespkpBgCNVQAkhMTTXakM6KMg==
        JKaah8LdWC3VArJRfww4J/MLTqhKJBO1U+b78YzxX+8=|unknown|Geomys|Geomys Navigli2026h2|35uLGxEy/DbYDRg6/078qvcc2D0GyS8Iu8xG1CU8Ab133mXVcYtUJL5XlKP8768znap35cwzLbQUgYsmBIOs3Q==
        JS+Uwisp6W6fQRpyBytpXFtS/5epDSVAu/zcUexN7gs=|rejected|Sectigo|Sectigo 'Mammoth2026h1'|nssMilHMiuILzoXmr00x2xtqTP2weWuZl8Bd+25FUB1iqsafm2sFPaKrK12Im1Ao4p5YpaX6+eP6FSXjFBMyxA==
        Jbfv3qETAZPtkweXcKoyKiZiDeNayKp8dRl94LGp4GU=|usable|Trustasia|TrustAsia 'log2026b'|DxKMqebj7GLu31jIUOYmcHYQtwQ5s6f4THM7wzhaEgBM4NoOFopFMgoxqiLHnX0FU8eelOqbV0a/T6R++9/6hQ==
        JgI5SIdM9/zQ+2RxpD6EfrsgCubi+iQjbfbRpgZjD7E=|unknown|Google|Google 'Solera2025h2' log|/wLJ3IAUFsraZBi7DNkF9+0aQYgQLypLuKf1NPKPR15HDDvlQ6jh9QFOsvKj6Zu29i9+/+tcIJ4XSgJ3jXIkPw==
        JuNkblhpISO8ND9HJDWbN5LNJFqI2BXTkzP9mRirRyM=|usable|Ipng Networks|IPng Networks 'Halloumi2026h2a'|iGh4zMsdukTgrdk9iPIwz9OfU9TQVi4Mxufpmnlrzv3ivJcxVhrST4XQSeQoF5LlFVIU6PL4IzrYl12BUWn9rQ==
        KCyL3YEP+QkSCs4W1uDsIBvqgqOkrxnZ7/tZ6D/cQmg=|rejected|Trustasia|TrustAsia Log2025b|qqCL22cUXZeJHQiNBtfBlI6w+kxG1VMIeCsEU2zz3rHRU0DakFfmGp48xwO4vS+pz+h7XuFLYOU4Q2CXwVsvZQ==
        KOKBOP2DIUXpqdaqdTdtg3eohRKzwH9yQUgh3L3pjGY=|rejected|Trustasia|TrustAsia Log2025a|cOWxpAl5K534o6DfGO+VXQNse6GRqbiAfexcAgjibi98MnC9loRfpmLpZbV8kFi6ItX59WlUt6iUTjIJriYRTQ==
        KTxRllTIOWW6qlD8WAfUt2+/WHopctykwwz05UVH9Hg=|rejected|Google|Google 'Icarus' log|TtK8v7MICve56qTHHDhhBOuV4IlUaESxZryCfk9QbG9co/CqPvTsgPDbCpp6oFtyAHwlDhnvr7JijXRD9Cb2FA==
        KWr6LVaLyg0uqESVaulyH8Nfo1Xs2plpOq/UWKca790=|unknown|Lets Encrypt|Let's Encrypt 'Clicky' log|HxoVg3cAdWK5n/YGBe2ViYNBgZfn4NQz/na6O8lJws3xz/4ScNe+qCJfsqRnAntxrh2sqOnRCNXO7zN6w18A3A==
        KXm+8J45OSHwVnOfY6V35b5XfZxgCvj5TV0mXCVdx4Q=|rejected|Google|Google 'Argon2022' log|eIPc6fGmuBg6AJkv/z7NFckmHvf/OqmjchZJ6wm2qN200keRDg352dWpi7CHnSV51BpQYAj1CQY5JuRAwrrDwg==
        KdA6G7Z0qnEc0wNbZVfBT4qni0/oOJRJ7KRT+US9JGg=|rejected|Sectigo|Sectigo 'Mammoth2024h1'|pFmQ83EkJPfDVSdWnKNZHve3n86rThlmTdCK+p1ipCTwOyDkHRRnyPzkN/JLOFRaz59rB5DQDn49TIey6D8HzA==
        LtakTeuPDIZGZ3acTt0EH4QjZ1X6OqymNNCTXfzVmnA=|retired|Geomys|Bogus placeholder log to unbreak misbehaving CT libraries|j4lCAxWCY6SzIthkqZhwiUVzcK62i6Fc+/YS0WHaN6jjO1ITUFuu8beOiU9PdeNmdalZcC3iWovAfApvXS33Nw==
        M3qex8rmqQSLdS8tk65+SyqQLSG0lxKdg+J5x1PJL4w=|qualified|Google|Google 'PlumbersArms2027h2' log|HCu5hooSXlk8FAiSkoWiZJ5G9GzCiJhj3eoJ9p3F3ZzV2QgcgxWWI9f75vnFgygju+baK11dsf3bXHAo/+TL/Q==
        MCTOfusWiGJyS+pwLv/5ks/kVkNBkapZWyX4AibIABc=|unknown|Google|Google 'Solera2024' log|kKRxB5QC4ynmO/IvHmaJn+hbCEYhlakEWOQb+HcHJLz+b7Mas2GU0A1g+g6/QxTKFqu3AYV7nz9CzL0j6TN7Lg==
        MG0pV2rSGp1K4SrK2KqKeDqmWjIRYKz/Ww7uTKMgHQU=|rejected|Trustasia|Trust Asia Log2024|PX0aLEfVKm056ijcW703sEBWmKwkxGInR7UWRNwIWHgmGLUWL+9vRcLtP42YpcET5E1/vpO31taVn2q6lYJO9A==
        MIQn6dbJsGQ5/rsS4QFNbqJ2NlTgQ19Z48RWY2ZbuOo=|unknown|Lets Encrypt|Let's Encrypt 'Twig2027h1'|GHGl4ihlmfbfwJyONqNpBaLsRNnInohynCns6HTZeWRGZ3WLGA8VhbUJhlY2oAHH93mtoU+Pvtj/3MD4OqEJ5w==
        MtxZwtTEGWjVbhS8YayPDkXbOfrzwVWqQlL1AB+gxiM=|rejected|Sheca|SHECA CT log 2|sY4diqo6rM6Gy1N26KidWb4XiAMH8ifggr6x/Gc7Ru7T8Y3Wd+ijtNsJXKAJQ/xf0Gg0IyQIwk/Y0rad7dWM2w==
        N6oHzCFvLm2RnHCdJNj3MbAPKxR8YhzAkaX6GoTYFt0=|usable|Digicert|DigiCert 'Wyvern2027h2'|uOg8hcgaYT/MShxpag2Hige0zsLzz8vOLZXp6faCdzM+Mn/njyU9ROAuwDxuu88/Grxn46kmehdOKVDFexbdSg==
        NLtq1sPfnAPuqKSZ/3iRSGydXlysktAfe/0bzhnbSO8=|rejected|Startcom|StartCom log|SPNZ8/YFGNPbsu1Gfs/IEbVXsajWTOaft0oaFIZDqUiwy1o/PErK38SCFFWa+PeOQFXc9NKv6nV0+05/YIYuUQ==
        Nc8ZG7+xbFe/D61MbULLu7YnICZR6j/hKu+oA8M71kw=|rejected|Digicert|DigiCert Yeti2023 Log|fQ0DsdWYitzwFTvG3F4Nbj8Nv5XIVYzQpkyWsU4nuSYlmcwrAp6m092fsdXEw6w1BAeHlzaqrSgNfyvZaJ9y0Q==
        O1N3dT4tuYBOizBbBv5AO2fYT8P0x70ADS1yb+H61Bc=|rejected|Lets Encrypt|Let's Encrypt 'Oak2024H1' log|VkPXfnvUcre6qVG9NpO36bWSD+pet0Wjkv3JpTyArBog7yUvuOEg96g6LgeN5uuk4n0kY59Gv5RzUo2Wrqkm/Q==
        OTdvVF97Rgf1l0LXaM1dJDe/NHO2U0pINLz3Lmgcg8k=|rejected|Matt Palmer|Alpha CT Log|ovftE+HTXAIIxI6Lm4s7OWjHkmo4oU8jxaVvb9dlgfjBm/SfqYtF9LlOG8miaReleIfZzohvQQO7oyrjd5eNeA==
        ObmHiCgZXzstDRtIFKOujA0B/khiId1pOX1294V0EcM=|unknown|Merklemap|Merklemap 'CompactLog' log|HIhkwEqsz5TA26BF+iVnHfxGvseZm5IszXNVU/YBJhqHpLSxaiAlcble4tcq5BwPF0PFocWo/C7DLTXC3GNO4Q==
        P+HLRu1HNXmvAUH5ck2dxENHLXVuhedxnFWCSF3U4eQ=|unknown|Google|Google 'Solera2025h1' log|MpXEsch8KM/GG5RUjIpkjCx97kY3lZsF77iqzZl3S4UxD4LnquxNmBxzNcAMaSsOXB1SNydrnK7G/pKmyEZMYg==
        PeSSqJiTrXBeeEbtIdSNyvutE56mTtHjSfkAsKLNpeI=|unknown|Google|Google 'Solera2027h1' log|KLDCw61qHAIp9mt8+QBx92gqIAhp3QhqS6h+bogJAe/FwaCSxMyb2H5xAO2SArXJnzm5vdBGifOcS5SXRZMP9Q==
        PxdLT9ciR1iUHWUchL4NEu2QN38fhWrrwb8ohez4ZG4=|rejected|Lets Encrypt|Let's Encrypt 'Oak2024H2' log|13PWU0fp88nVfBbC1o9wZfryUTapE4Av7fmU01qL6E8zz8PTidRfWmaJuiAfccvKu5+f81wtHqOBWa+Ss20waA==
        QbLcLonmPOSvG6e7Kb9oxt7m+fHMBH4w3/rjs7olkmM=|rejected|Wosign|WoSign log|zBGIey1my66PTTBmJxklIpMhRrQvAdPG+SvVyLpzmwai8IoCnNBrRhgwhbrpJIsO0VtwKAx+8TpFf1rzgkJgMQ==
        QcjKsd8iRkoQxqE6CUKHXk4xixsD6+tLx2jwkGKWBvY=|rejected|Cloudflare|Cloudflare 'Nimbus2022' Log|SLJHTlAycmJKDQxIv60pZG8g33lSYxYpCi5gteI6HLevWbFVCdtZx+m9b+0LrwWWl/87mkNN6xE0M4rnrIPA/w==
        R0RHfHXeQm1cRO/UqSyWd1l/ZXqP4MrbxtYW7aSXxCU=|rejected|Qihoo 360|Qihoo 360 2020|+nuP0XjE36o+HfjS9IKnDItCnp3Tn9NafZpJ/8GHvLm+Z/AXY7FuN3L4LPXRrlTydBLt60OqzktHoJ4t4fNodg==
        RJRlLrDuzq/EQAfYqP4owNrmgr7YyzG1P9MzlrW2gag=|rejected|Cloudflare|Cloudflare 'Nimbus2021' Log|xpon7ipsqehIeU1bmpog9TFo4Pk8+9oN8OYHl1Q2JGVXnkVFnuuvPgSo2Ep+6vLffNLcmEbxOucz03sFiematg==
        RMK9DOkUDmSlyUoBkwpaobs1lw4A7hEWiWgqHETXtWY=|usable|Google|Google 'Xenon2027h1'|/6WcA4VRSljIfTdY48+pFRLLtLrmTb88cGDdl8Gv3E2LduG4jgJ3AK5iNMFGhpbRRLi5B3rPlBaXVywuR5IFDg==
        ROgi/CurDpLu0On61pZkYCd20Bdg4IkFCckjobA/w38=|usable|Ipng Networks|IPng Networks 'Halloumi2027h1'|w5SUl2yfd5TFSqUGv7A+I5+TpLe+zEccmtWVQakQQtOHYKqH8TbycalFx5xaqE5PU4NEwwnAJ9FWeT/6QaovZw==
        RTWUmNk6ieAoAwjTfWJtxCN1R1jc4DcANvurDt+Ka88=|rejected|Trustasia|Trust Asia Log1|eUeY0SDoUdASOMgFwOFUSkaZ8NoKnknjtbakmBDUJJhPVn9L/adnExZBXl46ZBT701qUixfqd/s3BpuMyWWUdw==
        Rq+GPTs+5Z+ld96oJF02sNntIqIj9GF3QSKUUu6VUF8=|usable|Geomys|Geomys 'Tuscolo2026h2'|aA6P0i7JTsd9XfzF1/76avRWA3XXI4NStsFO/aFtBp6SY7olDEMiPSFSxGzFQjKA1r9vgG/oFQwurlWMy9FQNw==
        RqI5Z8YNtkaHxm89+ZmUdpOmphEghFfVVefj0KHZtkY=|usable|Digicert|DigiCert 'sphinx2027h1'|virIq1XPwgwG7BnbMh2zoUbEt+T8z8XAtg9lo8jma+aaTQl8iVCypUFXtLpt4/SHaoUzbvcjDX/6B1IbL3OoIQ==
        RqVV63X6kSAwtaKJafTzfREsQXS+/Um4havy/HD+bUc=|rejected|Google|Google 'Xenon2022' log|+WS9FSxAYlCVEzg8xyGwOrmPonoV14nWjjETAIdZvLvukPzIWBMKv6tDNlQjpIHNrUcUt1igRPpqoKDXw2MeKw==
        SBRYfPKLCP5oP9K82UWZTC63TIroyH/OQpt80x1RvcQ=|rejected|Qihoo 360|Qihoo 360 v1 2021|B1OT52y/+wSUqaHfJh6/BvTD27mlZr6qZddkis7McckOaXx5cU3I/fBx90p3j1tWqEArVuiKmHHAvu82l9Uz2w==
        SLDja9qmRzQP5WoC+p0w6xxSActW3SyB2bu/qznYhHM=|rejected|Digicert|DigiCert Yeti2024 Log|V7jBbzCkfy7k8NDZYGITleN6405Tw7O4c4XBGA0jDliE0njvm7MeLBrewY+BGxlEWLcAd2AgGnLYgt6unrHGSw==
        SRG41hTP09mfFtN2VF7huMz8UR9QnwgLoKCH2R367qk=|rejected|Qihoo 360|Qihoo 360 v1 2022|AvqcteHHGEZCE5kSvEpQIPD4fXsEFHYt1/EViSMv7QDtBHTpK94IZSScZLOWk5fpvGIB/6ibVzR5MCW/NSMd/A==
        SZybad4dfOz8Nt7Nh2SmuFuvCoeAGdFVUvvp6ynd+MM=|rejected|Digicert|DigiCert 'Sphinx2026h1'|q4S++DyHokIlmmacritS51r5IRsZA6UH4kYLH4pefGyu/xl3huh7/O5rNk/yvMOeBQKaCAG1SSM1xNNQK1Hp9A==
        TGPcmOWcHauI9h6KPd6uj6tEozd7X5uUw/uhnPzBviY=|usable|Cloudflare|Cloudflare 'Nimbus2027'|Yjd/jE0EoAhNBbfcNhrTb7F0x10KZK8r2SDjx1GdjJ75hJrHx2OCQ+BXRjXi+czoREN1u0j9cWl8d6OoPMPogQ==
        TnWjJ1yaEMM4W2zU3z9S6x3w4I4bjWnAsfpksWKaOd8=|rejected|Google|Google 'Argon2025h1' log|IIKh+WdoqOTblJji4WiH5AltIDUzODyvFKrXCBjw/Rab0/98J4LUh7dOJEY7+66+yCNSICuqRAX+VPnV8R1Fmg==
        Tw05u8NV28wWJ5ZuVAUVfMr3Lj90j0f+ewSeWlkVXL0=|rejected|Cloudflare|Cloudflare 'Raio2025h2b' log|SwiXfU4VWajxfFHaQDvR5OsrBY5lp+JW6AONks1wbPABXhaX0yi5+5zGw0oX1RbA6tB4RiP8V/I9i/ncLniJkQ==
        U3tpo1ZDNanASQTjlZOywpjrjXpugwI2NcYnJIzWtEA=|unknown|Nordunet|Nordu 'flimsy' log|4qWq6afhBUi0OdcWUYhyJLNXTkGqQ9PMS5lqoCgkV2h1ZvpNjBH2u8UbgcOQwqDo66z6BWQJGolozZYmNHE2kQ==
        UIUBWNy2BZXADpKoEQLszf4/a3hYQp9XmDU4ydpSUGM=|rejected|Sectigo|Sectigo 'Mammoth2024h1b'|o9UHKHoENK7KvoB5Tz72QfQkBOHWNloaCfLRuoQXrh6hfAAdVHOQdSGo0dpeEOGM7LKKjMjn3c3iB/BOFgJXNw==
        UaOw9f0BeZxWbbg3eI8MpHrMGyfL956IQpoN/tSLBeU=|rejected|Digicert|DigiCert Nessie2022 Log|JyTdaAMoy/5jvg4RR019F2ihEV1McclBKMe2okuX7MCv/C87v+nxsfz1Af+p+0lADGMkmNd5LqZVqxbGvlHYcQ==
        UutLIl7IlpdIUGdfI+Q7wdAh4yFM5S7NX6h8IDzfygM=|unknown|Google|Google 'Solera2018' log|EuFqn5cy1nACARlWIUjeJaRDKl0mcf9gvFZXpPhHsyykizXvULF5GZNGfucWIyUccBRfmYJZTTrXqw0mVts7hA==
        VTS3q1pqw6fL66ZUh7Ki1xtI9lD6F8UZfJegyyB288Y=|unknown|Lets Encrypt|Let's Encrypt 'Testflume2023' log|8aLpnumqeISmQEB3hKPgtPJQG3jP2IftfaUQ4WPUihNBwUOEk1R9BMg5RGQwebWSsRlGIRiCvtE97Q45Vh3mqA==
        VYHUwhaQNgFK6gubVzxT8MDkOHhwJQgXL6OqHQcT0ww=|rejected|Sectigo|Sectigo 'Sabre' CT log|8m/SiQ8/xfiHHqtls9m7FyOMBg4JVZY9CgiixXGz0akvKD6DEL8S0ERmFe9U4ZiA0M4kbT5nmuk3I85Sk4bagA==
        VhQGmi/XwuzT9eG9RLI+x0Z2ubyZEVzA75SYVdaJ0N0=|rejected|Digicert|DigiCert Log Server|AkbFvhu7gkAW6MHSrBlpE1n4+HCFRkC5OLAjgqhkTH+/uzSfSl8ois8ZxAD2NgaTZe1M9akhYlrYkes4JECs6A==
        VmzVo3a+g9/jQrZ1xJwjJJinabrDgsurSaOHfZqzLQE=|rejected|Sectigo|Sectigo 'Sabre2026h1'|hCa8Nr3YjTyHnuAQr82U2de5UYA0fvdYXHPq6wmTuBB7kJx9x82WQ+1TbpUhRmdR8N62yZ6q4oBtziWBNNdqYA==
        VzRIzG4dLA3JS2nyh9Hv5IPHolxQxTILuzrep29usEE=|usable|Trustasia|TrustAsia Luoshu2027|umSYzy6dUQlwTckPzKMKApMRinqxHIBlLfmrvx1SdMH1RTACi1wb1V18ss8YjlaC7Pch2OQa8OfRevub4Y9BDQ==
        W/beU/H7+sSaGFl0aUWhpqconV5wpg9IRQ5Ya7mucrg=|rejected|Lets Encrypt|log.sycamore.ct.letsencrypt.org/2025h2d|RI8grd3rsuE95/3Rk/Jn9rGBrpcvDqD6Y5Ooz1E+xABGl3w6JLdFHfzSFZvEFX/Goar6nbzQHtV75ud4R0Iafg==
        WUSCTUXhQ2fKUHvFtaSmfyox7je4S+Qnx6+LKKVk0Ss=|unknown|Lets Encrypt|Let's Encrypt 'Twig2026h1'|5xh2NJZD3AYbBgaMlzB/xrD2MDHNQPbm0SUzhXI+cMAcCknQoL1CA38su6Gi1TtXOGr+ntegPTWCf5SNILWSmQ==
        WW5sM4aUsllyolbIoOjdkEp26Ag92oc7AQg4KBQ87lk=|usable|Geomys|Geomys 'Tuscolo2027h1'|OYwwGoaNpZ/SQW0VNGICP7wGRQsSeEowTRl4DPSdPjSkO/+ouvFH78I8sQTR3FWPZDScALbclBqnqL0ptY8beA==
        X/nA+6QtrHjOZELrGazggaKb1OL7U68MYzB55QWCBMk=|qualified|Google|Google 'PlumbersArms2027h1' log|AKYYdjIeQwDP0RIY9mhAVntX5s2ObMc2F6u8cELSbhvavljWD/OesJZHUtqQjBXE5Ekbpiq6nchmaVnEHHpJmw==
        XKV30pt/i69Bntjsq/tty67DhTcC1XRvF02tPJNKqWo=|rejected|Sectigo|Sectigo 'Tiger2025h2'|FUl5keBbWVckXMv6WSWToTeGwi9DSNCI2WZlIENBkA/zADmmS58w33/f0JhC2KEkWS+4T7/bYOXv4dDNzzrExg==
        XNxDkv7mq0VEsV6a1FbmEDf71fpH3KFzlLJe5vbHDso=|rejected|Digicert|DigiCert Yeti2021 Log|6J4EbcpIAl1+AkSRsbhoY5oRTj3VoFfaf1DlQkfi7Rbe/HcjfVtrwN8jaC+tQDGjF+dqvKhWJAQ6Q6ev6q9Mew==
        Xk+hRjqD27R5prdS05bhyQxjDbDZ9sDelTzC7dZPUKM=|unknown|Google|Google 'CoachAndHorses2026h2' log|4yJ0Wz+EaKTI1Ae2PXKMk1VYjy9bt6YhcYM8p+gLq47ETwSgjx925dLf7jGjUEiVT/Q2bN2q8R6m2bMI09tL7Q==
        Xqdz+d9WwOe1Nkh90EngMnqRmgyEoRIShBh1loFxRVg=|rejected|Cloudflare|Cloudflare 'Nimbus2020' Log|01EAhx4o0zPQrXTcYjgCt4MVFsT0Pwjzb1RwrM0lhWDlxAYPP6/gyMCXNkOn/7KFsjL7rwk78tHMpY8rXn8AYg==
        Y/Lbzeg7zCzPC3KEJ1drM6SNYXePvXWmOLHHaFRL2I0=|rejected|Google|Google 'Argon2019' log|I3MQm+HzXvaYa2mVlhB4zknbtAT8cSxakmBoJcBKGqGwYS0bhxSpuvABM1kdBTDpQhXnVdcq+LSiukXJRpGHVg==
        Y9AAYCbd4QuwYB9FJEaWXuK26izU+8layGalUK+Qdbc=|rejected|Wosign|WoSign log 2|pYzoNS6O5Wp1rVxLMWEpnTBXjgITX+nKu1KoQwVgvw1zV3eyBdhn9vAzyflE3rZTc6oMVcKDCkvOXhrHFx2zzQ==
        YEyar3p/d18B1Ab8kg3ImesLHH34yVIb+voXdzuXi8k=|usable|Sectigo|Sectigo 'Elephant2027h1'|4fu36JygUwaaVO+ddWJ97FJZlA5SjPLmT+RHwg0pavkIrbT1b5LNQrsaEw0CoGraf7BkzKZf7PC8gYAScw2woA==
        YukAYASjB5VadUS01YSpYmjKHW5Fha3wkW3+X9wfBNs=|unknown|Google|Google 'Solera2026h2' log|4kP79ikDxwWHe9xBgN+DMaC5Wc0x9khy7TWGFkvDN0ift3Ens1AsuN20BCJrTN9t8eo86H+wwdUOxz6IQbkg6Q==
        Z422Wz50Q7bzo3DV4TqxtDvgoNNR98p0IlDHxvpRqIo=|rejected|Trustasia|Trust Asia Log2021|jwlzYzssDEG4DpPoOS73Ewsdohc0MzaohzRmUz9dih7Z8SHyyviKmnQL1KKfY6VGFnt0ulbVupzGXSaYUAoupA==
        ZBHEbKQS7KeJHKICLgC8q08oB9QeNSer6v7VA8l9zfA=|rejected|Digicert|DigiCert 'Wyvern2026h1'|7Lw0OeKajbeZepHxBXJS2pOJXToHi5ntgKUW2nMhIOuGlofFxtkXum65TBNY1dGD+HrfHge8Fc3ASs0qMXEHVQ==
        ZZszUPQ7EsxepatOx2XT/ebIgkN3d3jnIAP56yuMMSk=|rejected|Lets Encrypt|Let's Encrypt 'Oak2019' log|FkqNKRuZ+Z8IOsnNJrUZ8gwp+KKGOdQrJ/HKhSadK/SJuoCc9+dxQ7awpmWIMr9SKcQeG5uRzG1kVSyFN4Wfcw==
        ZjywnB/Nm6pidjzLU07sgFgSKAUHrGmkX804z0zHTPE=|rejected|Qihoo 360|Qihoo 360 2022|Q4UlFLE3vxDHtsqO5s6kNURSyaLK9bHV5+zDXTQzwiUJdTFKxE85L5uvYvobuyZpySo7GXYyopL4Exsrm4HJMA==
        aPaY+B9kgr46jO65KB1M/HFRXWeT1ETRCmesu09P+8Q=|rejected|Google|Google 'Aviator' log|1/TMabLkDpCjiupacAlP7xNi0I1JYP8bQFAHDG1xhtolSY1l4QgNRzRrvSe8liE+NPWHdjGxfx3JhTsN9x8/6Q==
        aXqvyhprU2+uISBQRt661+Dq6hPSQy5unY+zefK5qvM=|unknown|Google|Google 'Solera2022' log|FWj6UQDxzHWmgzQtQQ7REDC0nxnU9mpOmA0lv5trA0t7IRzSkh4DOznPe+nkxmaC8iS1capCtKjyYhUNRrvWqA==
        aYS3IzyydLLRRn2l4EDXH+upCiHniGU3Srn5vPhocjc=|qualified|Google|Google 'ParcelYard2027h2' log|+CTFsoroxXi53eLT+x2T4gsMKOcqzYEhqSLjyF6uVfdgF8yBeyA2cDWsu6nmhKGhqyoohwLh3PPgXdltfPP3BA==
        atJoPkfo0oBkkUI/1kQCGiJuzbhhm+1acN9ps2hPqi0=|unknown|Google|Google 'CoachAndHorses2027h1' log|YRzG+Eugt1AOXUT9UpX1K71DCd9zOhVqjQ/DPDfqaIl/3UIrz4Gm1sFaNhcv9SqbMg7Imj+NbN6DR09mcmh8lQ==
        b/FBtWR+QiL37wUs7658If1gjifSr1pun0uKN9ZjPuU=|rejected|Digicert|DigiCert Nessie2018 Log|VqpLa2W+Rz1XDZPBIyKJO+KKFOYZTj9MpJWnZeFUqzc5aivOiWEVhs8Gy2AlH3irWPFjIZPZMs3Dv7M+0LbPyQ==
        b1N2rDHwMRnYmQCkURX/dxUcEdkCwQApBo2yCJo32RM=|rejected|Sectigo|Sectigo 'Mammoth' CT log|7+R9dC4VFbbpuyOL+yy14ceAmEf7QGlo/EmtYU6DRzwat43f/3swtLr/L8ugFOOt1YU/RFmMjGCL17ixv66MZw==
        b8whyKsJkXnvusRMwpnQ7EENf77I4306CVV2zZ9jxgg=|unknown|Ipng Networks|IPng Networks 'Lipase2026h1'|rPjPlZYd4uo5aH/eIfHevbWqGHIiQIb7CXg0OszD+a0jbGERdUrnBP8afGBq6ey4/vDgI9aqqGiCmT9YGb1x4A==
        bP5QGUOoXqkWvFLRM+TcyR7xQRx9JYQg0XOAnhgY6zo=|usable|Lets Encrypt|Let's Encrypt 'Sycamore2026h2'|wR1FtiiMbpvxR+sIeiZ5JSCIDIdTAPh7OrpdchcrCcyNVDvNUq358pqJx2qdyrOI+EjGxZ7UiPcN3bL3Q99FqA==
        c9meiRtMlnigIH1HneayxhzQUV5xGSqMa4AQesF3crU=|rejected|Digicert|DigiCert Nessie2024 Log|Lfyieza/VpHp/j/oPfzDp+BhUuos6QWjnycXgQVwa4FhRIr4OxCAQu0DLwBQIfxBVISjVNUusnoWSyofK2YEKw==
        cX6V88I4im2x44RJPTHhWqliCHYtQgDgBQzQZ7WmYeI=|rejected|Geomys|Geomys 'Tuscolo2026h1'|flxzMg2Ajjg7h1+ZIvQ9LV6yFvdj6uRi9YbvtRnSCgS2SamkH56WcPRaBTRYARPDIr5JwLqgJAVA/NvDxdJXOw==
        cX6nQgl1voSicjVT8Xd8Jt1Rr04QIUQJTZAZtGL7Zmg=|rejected|Gdca|GDCA Log 1|zVH/qe+rgr/Mo+owQ00I6aegDSjHttgqQBmg+hBdTXXLgJT/+8LdSgjfY/8lOBtfivndJzQlTNQ9Le1cU6wXNQ==
        cyAiDwgWivnzxKaLCrJqmkoA7vV3hYoITQUA1KVCRFk=|rejected|Digicert|DigiCert 'Wyvern2025h1' Log|p8uAYYYbH7WrKyB2WYNmDs6uuG87iALrQ/SHkMuL2qwOGVDg+SQOqyaTjD+eDZZYRJ07ioDFyL7hiUZrSEzWCQ==
        dGG0oJz7PUHXUVlXWy52SaRFqNJ3CbDMVkpkgrfrQaM=|rejected|Izenpe|Izenpe log|J2Q5DC3cUBj4IQCiDu0s6j51up+TZAkAEcQRF6tczw90rLWXkJMAW7jr9yc92bIKgV8vDXU4lDeZHvYHduDuvg==
        dH7agzGtMxCRIZzOJU9CcMK//V5CIAjGNzV55hB7zFY=|rejected|Cloudflare|Cloudflare 'Nimbus2019' Log|kZHz1v5r8a9LmXSMegYZAg4UW+Ug56GtNfJTDNFZuubEJYgWf4FcC5D+ZkYwttXTDSo4OkanG9b3AI4swIQ28g==
        dNudWPfUfp39eHoWKpkcGM9pjafHKZGMmhiwRQ26RLw=|usable|Trustasia|TrustAsia 'log2026a'|p056yaYH+f907JjLSeEAJLNZLoP9wHA1M0xjynSDwDxbU0B8MR81pF8P5O5PiRfoWy7FrAAFyXY3RZcDFf9gWQ==
        dv+IPwq2+5VRwmHM9Ye6NLSkzbsp3GhCCp/mZ0xaOnQ=|rejected|Google|Google 'Xenon2024' log|uWDgNB415GUAk0+QCb1a7ETdjA/O7RE+KllGmjG2x5n33O89zY+GwjWlPtwpurvyVOKoDIMIUQbeIW02UI44TQ==
        ejKMVNi3LbYg6jjgUh7phBZwMhOFTTvSK8E6V6NS61I=|rejected|Cloudflare|Cloudflare 'Nimbus2023' Log|i/8tkhjLRp0SXrlZdTzNkTd6HqmcmXiDJz3fAdWLgOhjmv4mohvRhwXul9bgW0ODgRwC9UGAgH/vpGHPvIS1qA==
        fT7y+I//iFVoJMLAyp5SiXkrxQ54CX8uapdomX4i8Nc=|rejected|Google|Google 'Xenon2021' log|R+1MInu8Q39BwDZ5Rp9TwXhwm3ktvgJzpk/r7dDgGk7ZacMm3ljfcoIvP1E72T8jvyLT1bvdapylajZcTH6W5g==
        fVkeEuF4KnscYWd8Xv340IdcFKBOlZ65Ay/ZDowuebg=|rejected|Digicert|DigiCert Yeti2025 Log|35UAXhDBAfc34xB00f+yypDtMplfDDn+odETEazRs3OTIMITPEy1elKGhj3jlSR82JGYSDvw8N8h8bCBWlklQw==
        fz035/iSPY5xZb6w0+q+5yoivkbAy4TEFtTkuYJky8I=|rejected|Ipng Networks|IPng Networks 'Halloumi2026h1'|zdcnGwRjm2ZoA68JFZKfoM4cOPPG2fr0iR72p3XanznOlw57HJ9RlYRNt75gIMIKgB1r0dxY5Jojq1m8uobYjg==
        gs3NR5535F0UrWkDiCxBE/yBwhITvsKz2U6dx82Azf4=|unknown|Geomys|Geomys Navigli2026h1|h/xU5f2JBQfU/9jb1aUb06VChY/y+g9VCqiJ+rElEu81HMIj/1jvLzaXl/wYJFSVhtJhl4xeIMBOcltC/t7YTg==
        h0+1DcAp2ZMd5XPp8omejkUzs5LTiwpGJXS/D+6y/B4=|rejected|Trustasia|Trust Asia Log2024-2|p2TieYE/YdfsxvhlKB2gtGYzwyXVCpV4nI/+pCrYj35y4P6of/ixLYXAjhJ0DS+Mq9d/eh7ZhDM56P2JX5ZICA==
        h3W/51l8+IxDmV+9827/Vo1HVjb/SrVgwbTq/16ggw8=|rejected|Digicert|DigiCert Log Server 2|zF05L2a4TH/BLgOhNKPoioYCrkoRxvcmajeb8Dj4XQmNY+gxa4Zmz3mzJTwe33i0qMVp+rfwgnliQ/bM/oFmhA==
        hJ9ff1jSv3tU7L10YRzqRcScmPHWSBvG9p6MF08k888=|unknown|Lets Encrypt|Let's Encrypt 'Testflume2019' log|Ag3+vFOesFW51rKECekioAt9Zo50atRoOJ0qLxF7DIEHsHneXLEpgO1WMreleRy1vEbUJD7TXoH9r8qSDGvyew==
        iUFEnHB0Lga5/JznsRa6ACSqNtWa9E8CBEBPAPfqhWY=|rejected|Izenpe|Izenpe 'Argi' log|18gOIz6eAjyauAdKKgX/SkuI1IpNOc73xfK2N+mj7eT1RQkOZxT9UyTVOpTy6rUT2R2LXKfD82vYPy07ZXJY1g==
        ijgQv0CPWs97dN4gwHGQO3F5yrDb12jv+hD2KY6gaAw=|usable|Cloudflare|Cloudflare 'Raio2027h1a' log|UJRLaVR5ytKhoHiquDYDwthBdbgMmoa8vFG0vUw493g652rDV39r8v8NGKjsQ48OtiBiOSJCea0SX5YotzjpDA==
        jspHC6zeavOiBrCkeoS3Rv4fxr+VPiXmm07kAkjzxug=|usable|Lets Encrypt|Let's Encrypt 'Sycamore2027h1'|WrGdYyZYB7teCS4K/oKIsbV0yVBSgjlOwO22OOCoA6Y252QhFzC8Wg7oVXVKqfkWaSaM/n+3pfCBf4BAkpdx8g==
        kkow+Qkzb/Q11pk6EKx1osZBco5/wtZZrmGI/61AzgE=|rejected|Gdca|GDCA CT log #2|W0rHAbd0VLpAnEN1lD+s77NxVrjT4nuuobE+U6qXM6GCu19dHAv6hQ289+Wg4CLwoInZCn9fJpTTJOOZLuQVjQ==
        lCC8Ho7VjWyIcx+CiyIsDdHaTV5sT5Q9YdtOL1hNosI=|rejected|Lets Encrypt|Let's Encrypt 'Oak2021' log|LsYzGMNwo8rBIlaklBIdmD2Ofn6HkfrjK0Ukz1uOIUC6Lm0jTITCXhoIdjs7JkyXnwuwYiJYiH7sE1YeKu8k9w==
        lE5Dh/rswe+B8xkkJqgYZQHH0184AgE/cmd9VTcuGdg=|usable|Digicert|DigiCert 'Sphinx2026h2'|quD0JkRQT/2inuaA4HC1sc6UpfiXgURVQmQcInmnZFnTiZMhZvsJgWAfYlU0OIykOC6slQzr7U9kvEVC9wZ6zQ==
        lLHBirDQV8R74KwEDh8svI3DdXJ7yVHyClJhJoY7pzw=|readonly|Sectigo|Sectigo 'Mammoth2026h2'|7INh8te0u+TkO+vIY3WYz2GQYxQ9XyLfdLpQp1ibaX3mY4lt2ddRhD/4AtjI/8KXceV+J/VysY8kJ1cKDXTAtg==
        lgbALGkAM6odFF9ZxuJkjQVJ8N+WqrjbkVpw2OzzkKU=|rejected|Akamai|Akamai CT Log|Q3nrSVxQKkpqj1mTvMNCdsKZ+CeBPAZs0sgEj3R7tLUh8uOo3DO5/iXpPQT8P7SuQONFfoSSKthS6x8/cxPQyA==
        lobDwHKqsHMHbjlGc7fpkBd6BWGOonZNS6ZQqQ6eCMw=|unknown|Ipng Networks|IPng Networks 'Lipase2027h1'|k3QA2r+4a13klobghHrz4PYkYfvCFDw3sIYwtnLjQMRij9jFucMgoCca5KOv42tJh6JJpYt2JjG8I28AxlLk3g==
        lpdkv1VYl633Q4doNwhCd+nwOtX2pPM2bkakPw/KqcY=|rejected|Google|Google 'Xenon2026h1' log|Oh/Iu87VkEc0ysoBBCchHOIpPZK7kUXHWj6l1PIS5ujmQ7rze8I4r/wjigVW6wMKMMxjbNk8vvV7lLqU07+ITA==
        nk/3PcPOIgtpIXyJnkaAdqv414Y21cz8haMadWKLqIs=|rejected|Wosign|WoSign CT log #1|1+wvK3VPN7yjQ7qLZWY8fWrlDCqmwuUm/gx9TnzwOrzi0yLcAdAfbkOcXG6DrZwV9sSNYLUdu6NiaX7rp6oBmw==
        o8mYRegKt84AFXs3Qt8CB90nKytgLs+Y7iwS25xa5+c=|unknown|Google|Google 'Solera2021' log|1glwxqXsw2VqlAbHSeWbTthMGNIuACVn8Jj/jrnY2iN2uVUrEEwLj5VUCb+WF2XY44+mfUVYY7R/d8TIZ4olnw==
        okkM3NuOM6QAMhdg1tTVGiA2GR6nfZaL4mqKAPb///c=|usable|Sectigo|Sectigo 'Elephant2027h2'|CTPhpJnRFroRRpP/1DdAns+PrnmUywtqIV+EeL4Jg8zKouoW7kuAkYo+kZeoHtyK7CBhflIlMk7T2Qrn4w/t8g==
        ooEAGHNOF24dR+CVQPOBulRml81jqENQcW64CU7a8Q0=|usable|Lets Encrypt|Let's Encrypt 'Willow2027h1'|zsMKtojO0BVB4t59lVyAhxtqObVA+wId5BpJGA8pZrw5GTjzuhpvLu/heQGi0hHCeislkDe34N/2D0SwEUBE0w==
        ouK/1h7eLy8HoNZObTen3GVDsMa1LqLat4r4mm31F9g=|rejected|Sectigo|Sectigo 'Sabre2024h1'|LAH2zjG8qhRhUf5reoeuptObx4ctClrIT7VU3MmToADuyhy5p7Z7RzvlT6psFhxwLsjsU1pMIUx+JwsTFF78hQ==
        ouMK5EXvva2bfjjtR2d3U9eCW4SU1yteGyzEuVCkR+c=|rejected|Lets Encrypt|Let's Encrypt 'Oak2025h1'|KeBpU9ejnCaIZeX39EsdF5vDvf8ELTHdLPxikl4y4EiROIQfS4ercpnMHfh8+TxYVFs3ELGr2IP7hPGVPy4vHA==
        p85KTmIH4K3e5f2qSx+GdodntdACpV1HMQ5+ZwqV6rI=|unknown|Digicert|Symantec Deneb|loIeo806gIQel7i3BxmudhoO+FV2nRIzTpGI5NBIUFzBn2py1gH1FNbQOG7hMrxnDTfouiIQ0XKGeSiW+RcemA==
        pELFBklgYVSPD9TqnPt6LSZFTYepfy/fRVn2J086hFQ=|rejected|Digicert|DigiCert 'Sphinx2025h2' Log|QYxQE1SxGQW3f0ogbqN1Y8o09Mx06jI7tosDFKhSfzKHXlmeD6sYnilstXJ3GidUhV3BeySoNOPNiM7UUBu+aQ==
        pFASaQVaFVReYhGrN7wQP2KuVXakXksXFEU+GyIQaiU=|rejected|Google|Google 'Argon2018' log|0gBVBa3VR7QZu82V+ynXWD14JM3ORp37MtRxTmACJV5ZPtfUA7htQ2hofuigZQs+bnFZkje+qejxoyvk2Q1VaA==
        pLkJkLQYWBSHuxOizGdwCjw1mAT5G9+443fNDsgN3BA=|rejected|Google|Google 'Pilot' log|fahLEimAoz2t01p3uMziiLOl/fHTDM0YDOhBRuiBARsV4UvxG2LdNgoIGLrtCzWE0J5APC2em4JlvR8EEEFMoA==
        pXesnO11SN2PAltnokEInfhuD0duwgPC7L7bGF8oJjg=|rejected|Cnnic|CNNIC CT log|MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAv7UIYZopMgTTJWPp2IXhhuAf1l6a9zM7gBvntj5fLaFm9pVKhKYhVnno94XuXeN8EsDgiSIJIj66FpUGvai5samyetZhLocRuXhAiXXbDNyQ4KR51tVebtEq2zT0mT9liTtGwiksFQccyUsaVPhsHq9gJ2IKZdWauVA2Fm5x9h8B9xKn/L/2IaMpkIYtd967TNTP/dLPgixN1PLCLaypvurDGSVDsuWabA3FHKWL9z8wr7kBkbdpEhLlg2H+NAC+9nGKx+tQkuhZ/hWR65aX+CNUPy2OB9/u2rNPyDydb988LENXoUcMkQT0dU3aiYGkFAY0uZjD2vH97TM20xYtNQIDAQAB
        pZWUO1NwvukG4AUNH7W7xqQOZfJlroUsdjY/rbIzNu0=|rejected|Trustasia|Trust Asia Log2020|bsWC7ukn2WYOMxTAcqL8gMRZEQTZF9+Ho1MB9WLhHIaCHpHsJSx0DjJdVILW9mtM5xZtWywMWMQ9/R3OBgQEXQ==
        pcl4kl1XRheChw3YiWYLXFVki30AQPLsB2hR0YhpGfc=|rejected|Lets Encrypt|Let's Encrypt 'Sycamore2026h1'|fEEe0JZknA91/c6eNl1aexgeKzuGQUMvRCXPXg9L227O5I4Pi++Abcpq6qxlVUKPYafAJelAnMfGzv3lHCc8gA==
        ppWirZJtb5lujvxJAUJX2LvwRqfWJYm4jcLXh2x45S8=|usable|Lets Encrypt|Let's Encrypt 'Willow2027h2'|YbMDg0qQEEYjsTttdDlouTKhg3fRiMJYNE+Epr/2bXyeQdQOHKQNKv5sbIKxjtE/5Vqo9YjQbnaOeH4Wm4PhdQ==
        qCbL4wrGNRJGUz/gZfFPGdluGQgTxB3ZbXkAsxI8VSc=|usable|Lets Encrypt|Let's Encrypt 'Willow2026h2'|p8wH8R6zfM+UhsQq5un+lPdNTDkzcgkWLi1DwyqU6T00mtP5/CuGjvpw4mIz89I6KV5ZvhRHt5ZTF6qe24pqiA==
        qJnYeAySkKr0YvMYgMz71SRR6XDQ+/WR73Ww2ZtkVoE=|unknown|Google|Google 'Submariner' log|OfifIGLUV1Voou9JLfA5LZreRLSUMOCeeic8q3Dw0fpRkGMWV0Gtq20fgHQweQJeLVmEByQj9p81uIW4QkWkTw==
        qNxS9j1rJCXlMeN89ORKcU8UKiCAOw0E0uLuBmR5SiM=|rejected|Trustasia|Trust Asia CT2021|SdAfC+h1SZNsSARs188n/dCiNYjGSgkT7avLYe1mmXJzzHhsmxmAorHtOzhDkFgaCSCrUPrXdunK946eyIeSmA==
        qucLfzy41WbIbC8Wl5yfRF9pqw60U1WJsvd6AwEE880=|unknown|Nordunet|Nordu 'plausible' log|9UV9+jO2MCTzkabodO2F7LM03MUBc8MrdAtkcW6v6GA9taTTw9QJqofm0BbdAsbtJL/unyEf0zIkRgXjjzaYqQ==
        r2eIO1ewTt2Pptl+9i6o64EKx3Fg8CReVdYML+eFhzo=|usable|Sectigo|Sectigo 'Elephant2026h2'|O/t4Uwkoou78zkCchh9tfAKbIUJmbOoUAb8szD8StnnHFKAVY5kq1Ljs8YD7CfzdD7xcVjmQYpbtNUhxRMRtmA==
        rDua7X+pZ0dXFZ5tfVdWcvnZgQCUHpve/+yhMTt1eC0=|rejected|Venafi|Venafi log|MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAolpIHxdSlTXLo1s6H1OCdpSj/4DyHDc8wLG9wVmLqy1lk9fz4ATVmm+/1iN2Nk8jmctUKK2MFUtlWXZBSpym97M7frGlSaQXUWyA3CqQUEuIJOmlEjKTBEiQAvpfDjCHjlV2Be4qTM6jamkJbiWtgnYPhJL6ONaGTiSPm7Byy57iaz/hbckldSOIoRhYBiMzeNoA0DiRZ9KmfSeXZ1rB8y8X5urSW+iBzf2SaOfzBvDpcoTuAaWx2DPazoOl28fP1hZ+kHUYvxbcMjttjauCFx+JII0dmuZNIwjfeG/GBb9frpSX219k1O4Wi6OEbHEr8at/XQ0y7gTikOxBn/s5wQIDAQAB
        rKswcGzr7IQx9BPS9JFfER5CJEOx8qaMTzwrO6ceAsM=|retired|Lets Encrypt|Let's Encrypt 'Oak2026h2'|anCds5bj7IU2lcNPnIvZfMnVkSmu69aH3AS8O/Y0D/bbCPdSqYjvuz9Z1tT29PxcqYxf+w1g5CwPFuwqsm3rFQ==
        rfe++nz/EMiLnT2cHj4YarRnKV3PsQwkyoWGNOvcgoo=|rejected|Google|Google 'Xenon2023' log|chY+C+/vzj5g3ZXLY3q5qY1Kb2zcYYCmRV4vg6yU84WI0KV00HuO/8XuQqLwLZPjwtCymeLhQunSxgAnaXSuzg==
        rxgaKNaMo+CpikycZ6sJ+Lu8IrquvLE4o6Gd0/m2Aw0=|rejected|Sectigo|Sectigo 'Mammoth2025h2'|iOLHs9c3o5HXs8XaB1EEK4HtwkQ7daDmZeFKuhuxnKkqhDEprh2L8TOfEi6QsRVnZqB8C1tif2yaajCbaAIWbw==
        s3N3B+GEUPhjhtYFqdwRCUp5LbFnDAuH3PADDnk2pZo=|rejected|Digicert|DigiCert Nessie2023 Log|EXu8iQwSCRSf2CbITGpUpBtFVt8+I0IU0d1C36Lfe1+fbwdaI0Z5FktfM2fBoI1bXBd18k2ggKGYGgdZBgLKTg==
        sLeEvIHA3cR1ROiD8FmFu5B30TTYq4iysuUzmAuOUIs=|unknown|Filippo Valsorda|Up In The Air 'Behind the Sofa' log|WTmyppTGMrn+Y2keMDujW9WwQ8lQHpWlLadMSkmOi4+3+MziW5dy1eo/sSFI6ERrf+rvIv/f9F87bXcEsa+Qjw==
        sMyD5aX5fWuvfAnMKEkEhyrH6IsTLGNQt8b9JuFsbHc=|unknown|Google|Google 'Testtube' log|w8i8S7qiGEs9NXv0ZJFh6uuOmR2Q7dPprzk9XNNGkUXjzqx2SDvRfiwKYwBljfWujozHESVPQyydGaHhkaSz/g==
        sQzVWabWeEaBH335pRUyc5rEjXA76gMj2l04dVvArU4=|rejected|Google|Google 'Xenon2018' log|1syJvwQdrv0a8dM2VAnK/SmHJNw/+FxC+CncFcnXMX2jNH9Xs7Q56FiV3taG5G2CokMsizhpcm7xXzuR3IHmag==
        sh4FzIuizYogTodm+Su5iiUgZ2va+nDnsklTLe+LkF4=|rejected|Google|Google 'Argon2020' log|6Tx2p1yKY4015NyIYvdrk36es0uAc1zA4PQ+TGRY+3ZjUTIYY9Wyu+3q/147JG4vNVKLtDWarZwVqGkg6lAYzA==
        tnQLEgAuAz/Q5+lB9Lo+4b/BSbUktM9ijVPv6h9AOo0=|rejected|Qihoo 360|Qihoo 360 v1 2023|pvIPBkpPfcg4boasja6srvBflgDAznTytKjNWPX151jP/EaRZmNOFBavgBI2oxlQabgYG11YHdwH+FHnyVTaNw==
        tp3cvDwave9vn9YMiLEGe3fwgmiLLXhl0Es5q+knpXU=|rejected|Digicert|DigiCert 'Wyvern2024h1' Log|aKZ5FNFY56uqKWl/YO1o6BD2B4TA+1kEWgnJHeFL+83cA/OoKka5hE1pMOwjNcGO/J+0ICTXFayH9x7BCzx2Gg==
        tz77JN+cTbp18jnFulj0bF38Qs96nzXEnh0JgSXttJk=|rejected|Lets Encrypt|Let's Encrypt 'Oak2023' log|sz0OeL7jrVxEXJu+o4QWQYLKyokXHiPOOKVUL3/TNFFquVzDSer7kZ3gijxzBp98ZTgRgMSaWgCmZ8OD74mFUQ==
        u9nfvB+KcbWTlCOXqpJ7RzhXlQqrUugakJZkNo4e0YU=|rejected|Google|Google 'Skydiver' log|EmyGDvYXsRJsNyXSrYc9DjHsIa2xzb4UR7ZxVoV6mrc9iZB7xjI6+NrOiwH+P/xxkRmOFG6Jel20q37hTh58rA==
        utuIpG+cr6QJDoLlk1bbbni0pT9YLbCBl5UkLym2jJg=|qualified|Google|Google 'ParcelYard2026h2' log|P2H56bHx6pPm5mCku6PFpeRuA5Ux0gs8iwXIVhvVdbojs0pPwZqLtlIEoJNbjxMEePTYo/qDW85AjhMJITlavA==
        uuKpKTLFwF0fpU00gTDwm/yIMxZKFaH7vvUmKDJWyAs=|usable|Cloudflare|Cloudflare 'Raio2026h2a' log|SrSp8+SLuFV5XKzPo6YS5C5qymHjSVFfioV0V8/5Ilhd+AfKuN2m/6d8EAc2VRDD1wGPNFtoYWNotvsqXynfnQ==
        vDvULt2EjVnlRf/XkJcMGs3KpHmmbmmVMI49ZsSR/kA=|unknown|Ipng Networks|IPng Networks 'Lipase2027h2'|1aNm1Y4mLoC1AiEtf9PebaUapA5jA0sEoNV8KmNgMEjdAvHXJRONdqVKD5e0rlLIc2UlZMwe5Qi3b+dtiPlCeA==
        vHjh38X2PGhGSTNNoQ+hXwl5aSAJwIG08/aRfz7ZuKU=|rejected|Digicert|Symantec 'Vega' log|6pWeAv/u8TNtS4e8zf0ZF2L/lNPQWQc/Ai0ckP7IRzA78d0NuBEMXR2G3avTK0Zm+25ltzv9WWis36b4ztIYTQ==
        w2X5s2VPMoPHnamOk9dBj1ure+MlLJjh0vBLuetCfSM=|rejected|Trustasia|Trust Asia Log2022|u1LyFs+SC8555lRtwjdTpPX5OqmzBewdvRbsMKwu+HliNRWOGtgWLuRIa/bGE/GWLlwQ/hkeqBi4Dy3DpIZRlw==
        w78Dp+HKiEHGB7rj/0Jw/KXsRbGG675OLPP8d4Yw9fY=|unknown|Google|Google 'Crucible' log|KATl2B3SAbxyzGOfNRB+AytNTGvdF/FFY6HzWb+/HPE4lJ37vx2nEm99KYUy9SoNzF5VyTwCQG5nL/c5Q77yQQ==
        wRZK4Kdy0tQ5LcgKwQdw1PDEm96ZGkhAwfoHUWT2M2A=|rejected|Digicert|DigiCert Yeti2018 Log|SYlKFDLLFmA9JScaiaNnqlU8oWDytxIYMfswHy9Esg0aiX+WnP/yj4O0ViEHtLwbmOQeSWBGkIu9YK9CLeer+g==
        wYMkC/GkUMdvuwByadysO+IqSAXU2+BJZsPIq8RHsAw=|unknown|Lets Encrypt|Let's Encrypt 'Sapling 2023h1' log|09jAcGbw5CDCK2Kg0kkmmDydfDfZAA8K64BufU37yx3Jcy/ePy1EjAi2wUPVJ0xsaNMCU37mh+fBV3+K/cSG8A==
        wjF+V0UZo0XufzjespBB68fCIVoiv3/Vta12mtkOUs0=|usable|Digicert|DigiCert 'Wyvern2026h2'|enPbSvLeT+zhFBu+pqk8IbhFEs16iCaRIFb1STLDdWzL6XwTdTWcbOzxMTzB3puME5K3rT0PoZyPSM50JxgjmQ==
        wrITHXl+UNevVCq6lNe/gvkblit8VSpx1d6TA3oaZHo=|unknown|Ipng Networks|IPng Networks 'Lipase2026h2'|zbuyo3fveONSA2O1SGsO+FH+H3nKfkOBGeDYAUwvP9xVt4leZF5ATRrvyAq6fh1ryXrq3KpIGjVkZxetF4c3QQ==
        xc/lS2FRtJsULtJjvecykzY3mXmVUK5ENc0aaZfJw8M=|rejected|Qihoo 360|Qihoo 360 v1 2020|DkQZn1WqxqWyWHG86i14qbZ+yk/17Q8SWeubOJw6jQdNJRh4zJwD3mGTZIQge3T6QOgzChWUJA3wYztSx+M/gg==
        xj8iGMN9VqaqBrWW2o5T1NcVbR6brI5E0iAt5k1p2dw=|unknown|Lets Encrypt|Let's Encrypt 'Testflume2020' log|jdjcoKpeBShHgHvRm3BxD5+l+eHZudv3KmD5SDcLcI01Vj5TDTmxanQKCgpvm9pfnfB6URMQV3hhU1I02jRoRw==
        xlKg7EjOs/yrFwmSxDqHQTMJ6ABlomJSQBujNioXxWU=|rejected|Digicert|DigiCert Nessie2020 Log|4hHIyMVIrR9oShgbQMYEk8WX1lmkfFKB448Gn93KbsZnnwljDHY6MQqEnWfKGgMOq0gh3QK48c5ZB3UKSIFZ4g==
        xn2BnpPBLPrrX2WgTQja4wqOXCf7fRUc73xH4tXLHe0=|unknown|Lets Encrypt|Let's Encrypt 'Twig2026h2'|KM7Fje9bHCZbaJj65sHgw1FBDjLwD5rgUawPYMz4U3u4+g2S6XOWcr5h2NtmGOgore78IpDsg/jsXh+FyeibUg==
        xtftntuOdPCnG01KmEvL66u9KMwf12Mp6IcmzUwlRmM=|rejected|Qihoo 360|Qihoo 360 2021|YFtlqKC59Iy+N1sWaUktnSNpbhrrL4VMiaqdDrQu/3hOnxOJiXFlkSYQjBoHDCVA5iC9pu8+1DsrmNsv5FIMDw==
        yEuQege+qimmFMJFhLej9mJDlGh7Jf5ig4tx7EIq0vk=|unknown|Google|Google 'Solera2026h1' log|GIEKGwhsBrD0dHERCo7HCeFvQiia/GOTd27XqCh6zDQhrtgaeeHiwGXcc77eyUv9EW65FuR4iLQ5TqSYRl6hpQ==
        yKPEf8ezrbk1awE/anoSbeM6TkOlxkb5l605dZkdz5o=|usable|Sectigo|Sectigo 'Tiger2026h2'|fJFUD/FRkonvZIA9ZT1J3yvA4EpSp3innbIVpMTDR1oCe5vguapheQ7wYiWaCES1EL1B+2BEC+P5bUfwF44lnA==
        yc+JCiEQnGZswXo+0GXJMNDgE1qf66ha8UIQuAckIao=|rejected|Gdca|GDCA CT log #1|rQ8wrZ55pDiJJlSGq0FykG/7yhemrO7Gn30CBexBqMdBnTJJrbA5vTqHPnzuaGxg0Ucqk67hQPQLyDU8HQ9l0w==
        yzj3FYl8hKFEX1vB3fvJbvKaWc1HCmkFhbDLFMMUWOc=|usable|Cloudflare|Cloudflare 'Nimbus2026'|2FxhT6xq0iCATopC9gStS9SxHHmOKTLeaVNZ661488Aq8tARXQV+6+jB0983v5FkRm4OJxPqu29GJ1iG70Ahow==
        z14MRaO4fEHLthgI+OCQulvrTdMmwUBN/7at+Y4WaRY=|unknown|Geomys|Geomys Navigli2027h2|/X+10fVaeUuD/AambYvE2n40zMehkN2tM8NB+aYaUOYp6TWWWE7NCErYDehUQdiZ9vhMLR5X9zUWOPTm7PZVXQ==
        z1XiiSNJfDQNUgbQU1Ouslg0tS8fjclSaAnyEu/dfKY=|rejected|Sheca|SHECA CT log 1|EalgK7RxRWbgLt7VhzvV/vCSN/RoxpLdPxrivAwi1pljKW4yKBTAdiyAqCJRkdbrptjx7PAHfrD8dnB2cnyR6Q==
        zPsPaoVxCWX+lZtTzumyfCLphVwNl422qX5UwP5MDbA=|rejected|Cloudflare|Cloudflare 'Nimbus2025'|GoAaFRkZI3m0+qB5jo3VwdzCtZaSfpTgw34UfAoNLUaonRuxQWUMX5jEWhd5gVtKFEHsr6ldDqsSGXHNQ++7lw==
        zbUXm3/BwEb+6jETaj+PAC5hgvr4iW/syLL1tatgSQA=|rejected|Certly|Certly.IO log|CyPLhWKYYUgEc+tUXfPQB4wtGS2MNvXrjwFCCnyYJifBtd2Sk7Cu+Js9DNhMTh35FftHaHu6ZrclnNBKwmbbSA==
        zxFW7tUufK/zh1vZaS6b6RpxZ0qwF+ysAdJbd87MOwg=|rejected|Google|Google 'Xenon2025h1' log|guLOkEA/gQ7f6uEgK14uMFRGgblY7a+9/zanngtfamuRpcGY4fLN6xcgcMoqEuZUeFDc/239HKe2Oh/5JqkbvQ==
        """
}
