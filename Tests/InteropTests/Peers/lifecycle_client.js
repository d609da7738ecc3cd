// A TLS client on Node.js that says a line to an echo server, resumes, renegotiates, and ends in a way that is chosen.
//
//     node lifecycle_client.js PORT AUTHORITY VERSION WAY
//
// VERSION is TLSv1.2 or TLSv1.3. WAY is `resume` (two sessions), `renegotiate`, `close-notify` or `fin`. Prints what it got.
"use strict";
const fs = require("fs");
const tls = require("tls");

const [port, authority, version, way] = process.argv.slice(2);

function talk(session) {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      host: "127.0.0.1",
      port: Number(port),
      servername: "localhost",
      ca: fs.readFileSync(authority),
      minVersion: version,
      maxVersion: version,
      session,
    });
    let saved;
    let isChanged = way !== "renegotiate";
    socket.on("session", (data) => { saved = data; });
    // A renegotiation tells it again.
    socket.once("secureConnect", () => socket.write("good morning\n"));
    socket.on("error", reject);
    socket.on("close", () => resolve(saved));
    socket.on("data", (data) => {
      process.stdout.write(data);
      if (isChanged) {
        if (way === "fin") socket.destroy();
        else socket.end();
        return;
      }
      isChanged = true;
      socket.renegotiate({}, (error) => {
        if (error) reject(error);
        else socket.write("good evening\n");
      });
    });
  });
}

talk()
  .then((session) => (way === "resume" ? talk(session) : null))
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
