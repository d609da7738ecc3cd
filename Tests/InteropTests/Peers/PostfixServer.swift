import Foundation
import Glibc

/// Postfix with a queue of its own; mail is taken and thrown away. Its master refuses to run as anybody but root.
enum PostfixServer {
    /// What its programs expect to find in the queue's directory, and which of them are Postfix's own.
    private static let queue = [
        "pid": false, "private": true, "public": true, "active": true, "incoming": true, "maildrop": true, "hold": true,
        "deferred": true, "defer": true, "bounce": true, "corrupt": true, "flush": true, "saved": true, "trace": true,
    ]

    static func start() async throws -> ConfiguredServer {
        let executable = try Tool(name: "postfix", package: "postfix").path()
        guard geteuid() == 0, let entry = getpwnam("postfix")?.pointee else {
            throw InteropError("\(executable) needs root, and the user postfix: run the tests as root")
        }
        let (user, group) = (entry.pw_uid, entry.pw_gid)
        return try await ConfiguredServer { place, port in
            // Its programs give up root and still have to get there.
            chmod(place.directory.path, 0o755)
            for (name, isItsOwn) in queue {
                let directory = try place.makeDirectory("queue/\(name)")
                if isItsOwn { chown(directory, user, group) }
            }
            let data = try place.makeDirectory("data")
            chown(data, user, group)
            let directory = try place.makeDirectory("etc")
            try place.directory.write(
                """
                compatibility_level = 3.6
                queue_directory = \(place.directory.file("queue"))
                data_directory = \(data)
                myhostname = localhost
                mydestination = localhost
                inet_interfaces = 127.0.0.1
                inet_protocols = ipv4
                smtpd_tls_cert_file = \(place.certificate)
                smtpd_tls_key_file = \(place.key)
                smtpd_tls_security_level = may
                smtpd_peername_lookup = no
                local_recipient_maps =
                alias_maps =
                local_transport = discard
                maillog_file = /dev/stdout
                maillog_file_prefixes = /dev/stdout

                """,
                to: "etc/main.cf"
            )
            try place.directory.write(
                """
                127.0.0.1:\(port) inet n - n - - smtpd
                postlog unix-dgram n - n - 1 postlogd
                tlsmgr unix - - n 1000? 1 tlsmgr
                anvil unix - - n - 1 anvil
                cleanup unix n - n - 0 cleanup
                rewrite unix - - n - - trivial-rewrite
                qmgr unix n - n 300 1 qmgr
                discard unix - - n - - discard
                bounce unix - - n - 0 bounce
                defer unix - - n - 0 bounce
                trace unix - - n - 0 bounce
                proxymap unix - - n - - proxymap

                """,
                to: "etc/master.cf"
            )
            return ConfiguredServer.Launch(
                executable: "/usr/lib/postfix/sbin/master",
                arguments: ["-c", directory, "-d"]
            )
        }
    }
}
