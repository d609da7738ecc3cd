#!/usr/bin/env python3
"""Serves what certificates name: OCSP, answered by `openssl ocsp`, and lists, over plain HTTP on loopback.

Arguments: a directory, the command that turns the request in its file "request" into the response in its file "response",
and the list to give out. Prints "LISTENING port", and "ASKED method path length" for each request.
Serves until standard input ends.

  POST /ocsp             the responder's answer
  GET  /list             the list
  ANY  /redirect         302 to /list or /ocsp
  ANY  /missing          404
  ANY  /junk             200, and what is neither a response nor a list
  ANY  /endless          200, and bytes until the client goes
  ANY  /silent           nothing
  ANY  /cut              half of what it promised
"""

import http.server
import subprocess
import sys
import threading

DIRECTORY, COMMAND, LIST = sys.argv[1:]
lock = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def reply(self, status, body, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def ocsp(self, request):
        with lock:
            with open(DIRECTORY + "/request", "wb") as file:
                file.write(request)
            subprocess.run(COMMAND.split(), check=True, capture_output=True)
            with open(DIRECTORY + "/response", "rb") as file:
                return file.read()

    def serve(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        print("ASKED", self.command, self.path, len(body), flush=True)
        self.close_connection = True
        if self.path == "/ocsp":
            assert self.headers["Content-Type"] == "application/ocsp-request"
            self.reply(200, self.ocsp(body), **{"Content-Type": "application/ocsp-response"})
        elif self.path == "/list":
            with open(LIST, "rb") as file:
                self.reply(200, file.read())
        elif self.path == "/redirect":
            self.reply(302, b"", Location="/list" if self.command == "GET" else "/ocsp")
        elif self.path == "/junk":
            self.reply(200, b"neither a response nor a list")
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(bytes(65536))
            except OSError:
                pass
        elif self.path == "/silent":
            self.rfile.read(1)
        elif self.path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(bytes(500))
        else:
            self.reply(404, b"not here")

    do_GET = serve
    do_POST = serve


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("LISTENING", server.server_address[1], flush=True)
    sys.stdin.read()


main()
