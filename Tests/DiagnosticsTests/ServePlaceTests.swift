import Certificates
import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

@Suite("serve: where it listens, and how to get there")
struct ServePlaceTests {
    @Test(
        "places as users write them",
        arguments: [
            ("4433", ListenPlace.Place.network(host: "127.0.0.1", port: 4433)),
            ("0", .network(host: "127.0.0.1", port: 0)),
            ("0.0.0.0:1", .network(host: "0.0.0.0", port: 1)),
            ("[::1]:65535", .network(host: "::1", port: 65_535)),
            ("localhost:8443", .network(host: "localhost", port: 8443)),
            ("unix:/run/a:b", .unix(path: "/run/a:b")),
        ]
    )
    func places(text: String, expected: ListenPlace.Place) throws {
        #expect(try ListenPlace(parsing: text).place == expected)
    }

    @Test(
        "what is no place is refused with a hint",
        arguments: [
            "", "x", "host:", "127.0.0.1", ":443", "*:443", "1:2:3", "[::1]", "[x]:1", "a:65536", "a:-1", "unix:",
        ]
    )
    func refused(text: String) {
        #expect(throws: RequestProblem.self) { try ListenPlace(parsing: text) }
        do throws(RequestProblem) {
            _ = try ListenPlace(parsing: text)
        } catch {
            #expect(error.hint != nil)
        }
    }

    private func guide(
        _ endpoint: SocketEndpoint,
        _ change: (inout ServeRequest) -> Void = { _ in }
    ) throws -> ClientGuide {
        var request = ServeRequest(listen: "0")
        change(&request)
        let identity = try ServerIdentity(request, place: ListenPlace(parsing: request.listen))
        return ClientGuide(
            request: request,
            identity: identity,
            endpoint: endpoint,
            summary: try request.acquire(identity).summary
        )
    }

    @Test("without options: by pin, fetched through the pin, then with the file")
    func memory() throws {
        let guide = try guide(.ip(host: "127.0.0.1", port: 4433))
        let pin = ClientGuide.quoted("sha256//\(try #require(guide.identity.leaves.first).spkiPin)")
        #expect(
            guide.commands.map(\.command) == [
                "curl -k --pinnedpubkey \(pin) https://localhost:4433/",
                "curl -sk --pinnedpubkey \(pin) -o sechan.pem https://localhost:4433/certificate.pem",
                "curl --cacert sechan.pem https://localhost:4433/",
                "sechan connect localhost:4433 --ca sechan.pem",
            ]
        )
    }

    @Test("a file that was written is named, quoted")
    func file() throws {
        let commands = try guide(.ip(host: "::", port: 1)) { $0.certificateFile = "it's mine.pem" }.commands
        #expect(commands.last?.command == "sechan connect localhost:1 --ca 'it'\\''s mine.pem'")
        #expect(!commands.contains { $0.purpose == "fetch the certificate" })
    }

    @Test("the address listened on is a name of the certificate, and the one to go to")
    func address() throws {
        let guide = try guide(.ip(host: "2001:db8::7", port: 44)) {
            $0.listen = "[2001:db8::7]:44"
            $0.names = ["*.example.test"]
        }
        let names = try #require(guide.identity.leaves.first).subjectAlternativeNames.map {
            $0.value.encoded(for: .json)
        }
        #expect(names.starts(with: ["localhost", "127.0.0.1", "::1", "*.example.test", "2001:db8::7"]))
        #expect(guide.commands.last?.command == "sechan connect '[2001:db8::7]:44' --ca sechan.pem")
    }

    @Test(
        "another loopback address is not called localhost, which may lead elsewhere",
        arguments: ["::1", "127.0.0.2"]
    )
    func loopback(host: String) throws {
        let place = host.contains(":") ? "[\(host)]:5" : "\(host):5"
        let guide = try guide(.ip(host: host, port: 5)) { $0.listen = place }
        #expect(guide.commands.last?.command == "sechan connect \(ClientGuide.quoted(place)) --ca sechan.pem")
    }

    @Test("old versions, sockets and client certificates have their options")
    func options() throws {
        let old = try guide(.unix(path: "/tmp/a b")) {
            $0.protocols.protocols = "tls1.0-tls1.1"
            $0.clientAuthentication = .require
        }
        #expect(
            old.commands.last?.command
                == "sechan connect 'unix:/tmp/a b' --sni localhost --ca sechan.pem --legacy --cert FILE --key FILE"
        )
        #expect(old.notes.contains { $0.contains("security level is 0") })
        #expect(old.notes.contains { $0.contains("FILE") })
    }

    @Test("a name that can't stand in a certificate is a problem of the request")
    func badName() {
        var request = ServeRequest(listen: "0")
        request.names = ["fine.test", "not a name"]
        #expect(throws: RequestProblem.self) { try ServeOperation(request) }
    }

    @Test(
        "words that a shell would touch are quoted",
        arguments: [
            ("a/b.pem", "a/b.pem"), ("", "''"), ("$(x)", "'$(x)'"), ("a;b", "'a;b'"), ("`", "'`'"), ("@", "@"),
            ("é", "'é'"), ("a'b", "'a'\\''b'"), ("~", "'~'"), ("{a}", "'{a}'"),
        ]
    )
    func quoting(word: String, expected: String) {
        #expect(ClientGuide.quoted(word) == expected)
    }
}
