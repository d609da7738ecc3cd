"""The servers that are probed: real ones on 127.0.0.1."""

import socket
import sys
import time

from .children import Child
from .places import HERE, JSSE_SOURCE, TEST_PYTHON, Problem, tool

ALL_VERSIONS = ("ssl2", "ssl3", "tls1.0", "tls1.1", "tls1.2", "tls1.3")
#: The system's openssl.cnf may forbid what a server here shall allow.
OPEN_OPENSSL = {"OPENSSL_CONF": "/dev/null"}
TLS13_SUITES = ("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256",
                "TLS_AES_128_CCM_SHA256", "TLS_AES_128_CCM_8_SHA256")


class Server:
    """Ports that answer alike, the processes behind them, and what is known of their answers."""

    def __init__(self, name, title, children, ports, serial=False, order=None, behind=None, pause=0):
        self.name, self.title, self.children, self.ports = name, title, children, ports
        #: Whether each port serves one connection at a time.
        self.serial = serial
        #: The server's own order, by version, where it is configured rather than found.
        self.order = order or {}
        #: The good server behind one with a bad habit: what the truth is taken from.
        self.behind = behind
        #: Seconds to leave between runs, where one run spoils the next.
        self.pause = pause

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for child in self.children:
            child.stop()
        if self.behind:
            self.behind.__exit__()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for_port(port, child, seconds=20):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and child.alive():
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise Problem(f"{child.command[0]} does not listen: {child.log[-2000:]}")


def nginx(pki, name, title, directives, order=None, connections=1024, prefix=()):
    port = free_port()
    folder = pki.directory / name
    folder.mkdir()
    lines = []
    for certificate, key in (pki.rsa, pki.ecdsa):
        lines += [f"ssl_certificate {certificate};", f"ssl_certificate_key {key};"]
    (folder / "nginx.conf").write_text(f"""
daemon off;
master_process off;
pid {folder}/pid;
error_log stderr crit;
events {{ worker_connections {connections}; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port} ssl backlog=1024;
        server_name localhost;
        {" ".join(lines + directives)}
        location / {{ return 200 "$ssl_protocol $ssl_cipher\\n"; }}
    }}
}}
""", encoding="ascii")
    child = Child([*prefix, tool("nginx"), "-e", "stderr", "-p", folder, "-c", folder / "nginx.conf"], OPEN_OPENSSL)
    wait_for_port(port, child)
    return Server(name, title, [child], [port], order=order)


def modern(pki, name="modern"):
    suites = {"ECDHE-ECDSA-AES128-GCM-SHA256": 0xC02B, "ECDHE-RSA-AES128-GCM-SHA256": 0xC02F,
              "ECDHE-ECDSA-AES256-GCM-SHA384": 0xC02C, "ECDHE-RSA-AES256-GCM-SHA384": 0xC030,
              "ECDHE-ECDSA-CHACHA20-POLY1305": 0xCCA9, "ECDHE-RSA-CHACHA20-POLY1305": 0xCCA8}
    order = {"tls1.2": [f"0x{suite:04X}" for suite in suites.values()], "tls1.3": ["0x1302", "0x1303", "0x1301"]}
    return nginx(pki, name, "nginx, modern: TLS 1.2 with 6 suites, TLS 1.3 with 3, the server's order",
                 ["ssl_protocols TLSv1.2 TLSv1.3;", f"ssl_ciphers {':'.join(suites)};", "ssl_prefer_server_ciphers on;"],
                 order)


def everything(pki):
    return nginx(pki, "everything", "nginx, everything that its OpenSSL has, RSA and ECDSA, the server's order",
                 ["ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;", "ssl_ciphers ALL:COMPLEMENTOFALL:@SECLEVEL=0;",
                  f"ssl_conf_command Ciphersuites {':'.join(TLS13_SUITES)};", "ssl_prefer_server_ciphers on;",
                  f"ssl_dhparam {pki.dh};"])


def s_server(pki):
    """One process; it serves one connection at a time. The port it was given, and the process."""
    (rsa, rsa_key), (ecdsa, ecdsa_key) = pki.rsa, pki.ecdsa
    child = Child([tool("openssl"), "s_server", "-accept", "127.0.0.1:0", "-cert", rsa, "-key", rsa_key,
                   "-dcert", ecdsa, "-dkey", ecdsa_key, "-cipher", "ALL:eNULL:aNULL:@SECLEVEL=0",
                   "-ciphersuites", ":".join(TLS13_SUITES), "-psk", "00112233445566778899aabbccddeeff"], OPEN_OPENSSL)
    return int(child.wait_for(r"^ACCEPT .*:(\d+)$")[1]), child


def openssl(pki):
    port, child = s_server(pki)
    return Server("openssl", "`openssl s_server`, everything: RSA, ECDSA, PSK, anonymous, NULL; one connection at a time",
                  [child], [port], serial=True)


def many(pki, processes=24):
    started = [s_server(pki) for _ in range(processes)]
    return Server("many", f"the same s_server settings, {processes} processes, so that connections are served at once",
                  [child for _, child in started], [port for port, _ in started], serial=True)


def jsse(pki):
    properties = pki.directory / "open.security"
    properties.write_text("jdk.tls.disabledAlgorithms=\njdk.tls.legacyAlgorithms=\njdk.certpath.disabledAlgorithms=\n",
                          encoding="ascii")
    stores = ",".join(str(pki.store(identity)) for identity in (pki.rsa, pki.ecdsa))
    child = Child([tool("java"), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto",
                   f"-Djava.security.properties={properties}", "-Djdk.tls.ephemeralDHKeySize=2048",
                   JSSE_SOURCE, stores, "", "", "none"])
    return Server("jsse", "Java's JSSE with everything that it still has, SSL 3.0 included", [child],
                  [int(child.wait_for(r"^LISTENING (\d+)$")[1])])


def scapy(pki, name="scapy", title="a server on scapy, SSL 2.0 to TLS 1.2", *habits):
    certificate, key = pki.rsa
    child = Child([TEST_PYTHON, HERE / "scapy_server.py", certificate, key, *habits])
    return Server(name, title, [child], [int(child.wait_for(r"^LISTENING (\d+)$")[1])])


def no_extensions(pki):
    return scapy(pki, "no-extensions", "a server that has never heard of extensions", "without-extensions")


def odd(pki, habit, title):
    """A server with a bad habit in front of a good one, from which the truth is taken."""
    behind = None if habit == "silent" else modern(pki, f"behind-{habit}")
    child = Child([sys.executable, HERE / "odd_servers.py", habit, *(behind.ports if behind else [])])
    return Server(habit, title, [child], [int(child.wait_for(r"^LISTENING (\d+)$")[1])], order=behind and behind.order,
                  behind=behind, pause=1.5 if habit == "throttles" else 0)


def hangs(pki):
    return odd(pki, "hangs", "nginx, modern, behind something that hangs on hellos above 255 bytes")


def throttles(pki):
    return odd(pki, "throttles", "nginx, modern, behind something that resets what comes above 20 connections a second")


def silent(pki):
    return odd(pki, "silent", "a server that accepts and says nothing")


SERVERS = {"modern": modern, "everything": everything, "openssl": openssl, "many": many, "jsse": jsse, "scapy": scapy,
           "hangs": hangs, "no-extensions": no_extensions, "throttles": throttles, "silent": silent}
#: Those that a tool is run against once: they try its patience and honesty, or are slow themselves.
ASKED_ONCE = {"hangs", "no-extensions", "throttles", "silent", "scapy"}
