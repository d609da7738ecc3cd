"""aiosmtpd_server.py smtp|lmtp CERTIFICATE KEY: aiosmtpd with STARTTLS on a free port of 127.0.0.1."""

import asyncio
import os
import ssl
import sys
import threading

from aiosmtpd.handlers import Sink
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP


async def main():
    kind, certificate, key = sys.argv[1:4]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    protocol = LMTP if kind == "lmtp" else SMTP
    server = await asyncio.get_running_loop().create_server(
        lambda: protocol(Sink(), hostname="localhost", tls_context=context), "127.0.0.1", 0
    )
    print(f"LISTENING {server.sockets[0].getsockname()[1]}", flush=True)
    threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
    await server.serve_forever()


asyncio.run(main())
