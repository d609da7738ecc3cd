"""starttls_server.py PROTOCOL BEHAVIOUR CERTIFICATE KEY: a server that begins in the clear, from the protocol's specification.

For protocols that no light server of Debian speaks (nntp, telnet, mssql, vnc), for OpenVPN with more than one client at a time,
and for behaviour that no real server has. TLS is Python's ssl module. Behaviours:

  normal   goes over to TLS when asked
  refuse   says that it has no TLS
  inject   sends a line, in one segment with its go-ahead, that TLS would have protected
  keep     answers inside TLS what came in the clear behind the request for it (smtp, imap, pop3)
  forget   the same protocols, and drops it, as is right
  slow     is quiet for three seconds before its greeting, the first line of which comes at once
"""

import os
import socket
import ssl
import struct
import sys
import threading
import time

PROTOCOL, BEHAVIOUR, CERTIFICATE, KEY = sys.argv[1:5]
CONTEXT = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
CONTEXT.load_cert_chain(CERTIFICATE, KEY)
INJECTED = b"injected in the clear\r\n" if BEHAVIOUR == "inject" else b""


# What came in the clear behind the request for TLS, by connection, for the two behaviours that look at it.
BEHIND = {}


def note_behind(connection):
    if BEHAVIOUR in ("keep", "forget"):
        # It came in one segment with the request, so it is here.
        connection.setblocking(False)
        try:
            BEHIND[connection.fileno()] = connection.recv(4096)
        except BlockingIOError:
            BEHIND[connection.fileno()] = b""
        connection.settimeout(20)


def answer(command):
    """A reply to a command inside TLS, and whether it is the last."""
    words = command.decode("latin-1").split()
    verb = words[-1].upper() if words else ""
    if PROTOCOL == "imap":
        bye = "* BYE\r\n" if verb == "LOGOUT" else ""
        return f"{bye}{words[0]} OK done\r\n".encode(), verb == "LOGOUT"
    replies = {"smtp": ("250 2.0.0 ok", "221 2.0.0 bye"), "pop3": ("-ERR not now", "+OK bye")}[PROTOCOL]
    return f"{replies[verb == 'QUIT']}\r\n".encode(), verb == "QUIT"


def converse(tls, said):
    """Answers line by line what has been `said` and what is said then."""
    while True:
        while b"\n" in said:
            command, said = said.split(b"\n", 1)
            reply, is_last = answer(command)
            tls.sendall(reply)
            if is_last:
                return
        more = tls.recv(4096)
        if not more:
            return
        said += more


class Refused(Exception):
    """There is no TLS; the client has been told."""


def exactly(connection, count):
    """The next `count` bytes."""
    data = b""
    while len(data) < count:
        more = connection.recv(count - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def line(connection):
    """The next line, without its end."""
    data = b""
    while not data.endswith(b"\n"):
        data += exactly(connection, 1)
    return data.rstrip(b"\r\n")


def smtp(connection):
    if BEHAVIOUR == "slow":
        connection.sendall(b"220-mail.example waits\r\n")
        time.sleep(3)
    connection.sendall(b"220 mail.example ESMTP\r\n")
    assert line(connection).startswith(b"EHLO ")
    connection.sendall(b"250-mail.example\r\n250 STARTTLS\r\n")
    assert line(connection) == b"STARTTLS"
    if BEHAVIOUR == "refuse":
        connection.sendall(b"454 4.7.0 TLS not available \x1b[31mtoday\r\n")
        raise Refused
    note_behind(connection)
    connection.sendall(b"220 2.0.0 ready\r\n" + INJECTED)
    return connection


def imap(connection):
    # RFC 9051 section 6.2.1
    connection.sendall(b"* OK IMAP4rev2 ready\r\n")
    tag, command = line(connection).split()
    assert command == b"STARTTLS"
    note_behind(connection)
    connection.sendall(tag + b" OK begin\r\n")
    return connection


def pop3(connection):
    # RFC 2595 section 4
    connection.sendall(b"+OK ready\r\n")
    assert line(connection) == b"STLS"
    note_behind(connection)
    connection.sendall(b"+OK begin\r\n")
    return connection


def busy(connection):
    connection.sendall(b"421 4.7.0 mail.example too many connections from you\r\n")
    raise Refused


def nntp(connection):
    # RFC 4642 section 2.2
    connection.sendall(b"201 news.example ready\r\n")
    command = line(connection).upper()
    if command == b"CAPABILITIES":
        connection.sendall(b"101 capabilities\r\nVERSION 2\r\nSTARTTLS\r\n.\r\n")
        command = line(connection).upper()
    assert command == b"STARTTLS"
    if BEHAVIOUR == "refuse":
        connection.sendall(b"580 Can not initiate TLS negotiation\r\n")
        raise Refused
    connection.sendall(b"382 Continue with TLS negotiation\r\n" + INJECTED)
    return connection


def telnet(connection):
    # draft-altman-telnet-starttls-02: the server asks for the option (DO), the client agrees (WILL), both say FOLLOWS.
    iac, dont, do, will, sb, se, starttls, follows = 255, 254, 253, 251, 250, 240, 46, 1
    if BEHAVIOUR == "refuse":
        exactly(connection, 3)
        connection.sendall(bytes([iac, dont, starttls]))
        raise Refused
    noise = bytes([iac, do, 24]) + b"welcome\r\n" if BEHAVIOUR == "inject" else b""
    connection.sendall(noise + bytes([iac, do, starttls]))
    seen = b""
    while bytes([iac, sb, starttls, follows, iac, se]) not in seen:
        seen += exactly(connection, 1)
    assert bytes([iac, will, starttls]) in seen
    connection.sendall(bytes([iac, sb, starttls, follows, iac, se]) + INJECTED)
    return connection


def vnc(connection):
    # RFC 6143 section 7.1; VeNCrypt 0.2 with X509None (260).
    connection.sendall(b"RFB 003.008\n")
    assert exactly(connection, 12) == b"RFB 003.008\n"
    if BEHAVIOUR == "refuse":
        connection.sendall(b"\x01\x02")
        raise Refused
    connection.sendall(b"\x02\x02\x13")
    assert exactly(connection, 1) == b"\x13"
    connection.sendall(b"\x00\x02")
    assert exactly(connection, 2) == b"\x00\x02"
    connection.sendall(b"\x00" + b"\x02" + struct.pack(">II", 258, 260))
    assert exactly(connection, 4) == struct.pack(">I", 260)
    connection.sendall(b"\x01" + INJECTED)
    return connection


class Wrapped:
    """TLS in the packets of another protocol, by an SSLObject and two memory BIOs."""

    def __init__(self, connection, wrap, unwrap):
        self.connection, self.wrap, self.unwrap = connection, wrap, unwrap
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = CONTEXT.wrap_bio(self.incoming, self.outgoing, server_side=True)

    def step(self, action):
        while True:
            try:
                result = action()
                self.flush()
                return result
            except ssl.SSLWantReadError:
                self.flush()
                data = self.unwrap(self.connection)
                if data is None:
                    self.incoming.write_eof()
                else:
                    self.incoming.write(data)
            except ssl.SSLError:
                self.flush()
                raise

    def flush(self):
        data = self.outgoing.read()
        if data:
            self.connection.sendall(self.wrap(data))

    def serve(self):
        self.step(self.tls.do_handshake)
        self.after_handshake()
        while self.step(lambda: self.tls.read(4096)):
            pass
        try:
            self.tls.unwrap()
        except ssl.SSLError:
            self.flush()

    def after_handshake(self):
        pass


class TDS(Wrapped):
    """MS-TDS 2.2.6.5: PRELOGIN packets until the handshake is over, then nothing but TLS."""

    def __init__(self, connection):
        super().__init__(connection, self.packets, self.payload)

    @staticmethod
    def packets(data):
        pieces = [data[i : i + 4088] for i in range(0, len(data), 4088)]
        last = len(pieces) - 1
        return b"".join(
            struct.pack(">BBHHBB", 0x12, int(i == last), len(piece) + 8, 0, i + 1, 0) + piece
            for i, piece in enumerate(pieces)
        )

    @staticmethod
    def payload(connection):
        kind, _, size, _, _, _ = struct.unpack(">BBHHBB", exactly(connection, 8))
        assert kind == 0x12, f"packet type {kind}"
        return exactly(connection, size - 8)

    def after_handshake(self):
        self.wrap = lambda data: data
        self.unwrap = lambda connection: connection.recv(65536) or None


def mssql(connection):
    kind, _, size, _, _, _ = struct.unpack(">BBHHBB", exactly(connection, 8))
    request = exactly(connection, size - 8)
    assert kind == 0x12 and request[0] == 0
    encryption = 2 if BEHAVIOUR == "refuse" else 1
    values = bytes([15, 0, 7, 0, 0, 0, encryption])
    response = bytes([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 255]) + values
    connection.sendall(struct.pack(">BBHHBB", 4, 1, len(response) + 8, 0, 1, 0) + response + INJECTED)
    if BEHAVIOUR == "refuse":
        raise Refused
    return TDS(connection)


class OpenVPN(Wrapped):
    """The control channel over TCP without tls-auth: P_CONTROL_V1 packets, sent in order, each acknowledged."""

    def __init__(self, connection, theirs):
        super().__init__(connection, self.packets, self.payload)
        self.ours, self.theirs = os.urandom(8), theirs
        self.number, self.unacknowledged = 0, set()

    def send(self, opcode, acknowledged, payload=None):
        packet = bytes([opcode << 3]) + self.ours + bytes([len(acknowledged)])
        packet += b"".join(struct.pack(">I", number) for number in acknowledged)
        if acknowledged:
            packet += self.theirs
        if payload is not None:
            packet += struct.pack(">I", self.number) + payload
            self.unacknowledged.add(self.number)
            self.number += 1
        return struct.pack(">H", len(packet)) + packet

    def packets(self, data):
        return b"".join(self.send(4, [], data[i : i + 1100]) for i in range(0, len(data), 1100))

    def payload(self, connection):
        size = struct.unpack(">H", exactly(connection, 2))[0]
        packet = exactly(connection, size)
        count = packet[9]
        acknowledged = struct.unpack(f">{count}I", packet[10 : 10 + 4 * count])
        rest = packet[10 + 4 * count :]
        if count:
            assert rest[:8] == self.ours
            rest = rest[8:]
        self.unacknowledged -= set(acknowledged)
        # OpenVPN has room for six packets that nobody has acknowledged.
        assert len(self.unacknowledged) <= 6, "the client does not acknowledge"
        if packet[0] >> 3 == 5:
            return b""
        assert packet[0] >> 3 == 4
        connection.sendall(self.send(5, [struct.unpack(">I", rest[:4])[0]]))
        return rest[4:]


def openvpn(connection):
    size = struct.unpack(">H", exactly(connection, 2))[0]
    packet = exactly(connection, size)
    assert packet[0] == 7 << 3 and packet[9:] == b"\0\0\0\0\0"
    if BEHAVIOUR == "refuse":
        raise Refused
    peer = OpenVPN(connection, packet[1:9])
    connection.sendall(peer.send(8, [0], b""))
    return peer


def serve(connection):
    with connection:
        connection.settimeout(20)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            stream = globals()[PROTOCOL](connection)
            if isinstance(stream, Wrapped):
                stream.serve()
            else:
                behind = BEHIND.pop(connection.fileno(), None)
                with CONTEXT.wrap_socket(stream, server_side=True) as tls:
                    if behind is not None:
                        converse(tls, behind if BEHAVIOUR == "keep" else b"")
                    else:
                        while tls.recv(4096):
                            pass
                    tls.unwrap()
        except Refused:
            connection.shutdown(socket.SHUT_WR)
            try:
                connection.recv(4096)
            except OSError:
                pass
        except (AssertionError, EOFError, OSError) as failure:
            print(f"{type(failure).__name__}: {failure}", file=sys.stderr, flush=True)


def main():
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    print(f"LISTENING {listener.getsockname()[1]}", flush=True)

    def accept():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
