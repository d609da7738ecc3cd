// A TLS server on Node.js with the OpenSSL that it brings along (3.5 or newer, so with ML-KEM groups).
//
//     node node_server.js '{"identities": [{"certificate": "rsa.pem", "key": "rsa.key"}], "groups": "X25519MLKEM768:X25519", ...}'
//
// Further keys: ciphers, signatureSchemes, minVersion, maxVersion, alpn (an array), honorCipherOrder, echo (a number
// of bytes to send back before it closes). What isn't given is Node's default. Prints "LISTENING port", and serves until standard input ends.
"use strict";
const fs = require("fs");
const tls = require("tls");

const wanted = JSON.parse(process.argv[2]);
const options = {
  cert: wanted.identities.map((identity) => fs.readFileSync(identity.certificate)),
  key: wanted.identities.map((identity) => fs.readFileSync(identity.key)),
  minVersion: wanted.minVersion || "TLSv1.2",
  maxVersion: wanted.maxVersion || "TLSv1.3",
  honorCipherOrder: wanted.honorCipherOrder !== false,
};
if (wanted.groups) options.ecdhCurve = wanted.groups;
if (wanted.ciphers) options.ciphers = wanted.ciphers;
if (wanted.signatureSchemes) options.sigalgs = wanted.signatureSchemes;
if (wanted.alpn) options.ALPNProtocols = wanted.alpn;

const server = tls.createServer(options, (connection) => {
  connection.on("error", () => {});
  if (wanted.echo) {
    let left = wanted.echo;
    connection.on("data", (piece) => {
      left -= piece.length;
      connection.write(piece);
      if (left <= 0) connection.end();
    });
    return;
  }
  connection.end(`${connection.getProtocol()} ${connection.getCipher().standardName}\n`);
});
server.on("tlsClientError", (error) => console.error(error.code || error.message));
server.listen(0, "127.0.0.1", 128, () => console.log(`LISTENING ${server.address().port}`));
process.stdin.on("end", () => process.exit(0));
process.stdin.resume();
