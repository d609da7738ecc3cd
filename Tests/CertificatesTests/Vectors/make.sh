#!/bin/sh
# Makes the certificates beside this file with the openssl command, and records in NAME.facts what openssl reads in each.
# Run by hand when a new one is needed; the tests use the committed files.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -f ./*.pem ./*.facts ./*.der ./*.hash

cat >"$work/openssl.cnf" <<'CNF'
[req]
distinguished_name = dn
prompt = no
[dn]
CN = unused
[ca]
default_ca = plain
[plain]
database = $ENV::WORK/index.txt
new_certs_dir = $ENV::WORK
rand_serial = yes
default_md = sha256
policy = any
email_in_dn = yes
unique_subject = no
preserve = yes
[any]
countryName = optional
stateOrProvinceName = optional
localityName = optional
organizationName = optional
organizationalUnitName = optional
commonName = optional
emailAddress = optional
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[intermediate]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[leaf]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = serverAuth,clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = DNS:example.com,DNS:www.example.com,IP:192.0.2.1,IP:2001:db8::1,email:admin@example.com,URI:https://example.com/a
authorityInfoAccess = OCSP;URI:http://ocsp.example.com/,caIssuers;URI:http://ca.example.com/ca.der
crlDistributionPoints = URI:http://crl.example.com/ca.crl
certificatePolicies = 2.23.140.1.2.1,1.2.3.4
tlsfeature = status_request
[short]
basicConstraints = CA:FALSE
subjectAltName = DNS:example.com
[wildcard]
subjectAltName = DNS:*.example.com,DNS:example.com
[address]
subjectAltName = IP:127.0.0.1,IP:::1
[clientonly]
extendedKeyUsage = clientAuth
subjectAltName = DNS:example.com
[hugeoid]
subjectAltName = DNS:example.com
extendedKeyUsage = serverAuth,1.2.3.18446744073709551615.99999999999999999999999999999999999999999999999
certificatePolicies = 2.999.340282366920938463463374607431768211455.1
[critical]
subjectAltName = critical,DNS:nosubject.example.com
[odd]
subjectAltName = DER:30:05:82:FF:01:02:03
1.2.3.4 = critical,DER:04:00
CNF
export WORK="$work"
: >"$work/index.txt"

key() { # key NAME TYPE [OPTIONS]
    name=$1 type=$2
    shift 2
    openssl genpkey -algorithm "$type" "$@" -out "$work/$name.key" 2>/dev/null
}
request() { # request NAME SUBJECT
    openssl req -config "$work/openssl.cnf" -new -key "$work/$1.key" -subj "$2" -utf8 -out "$work/$1.csr"
}
sign() { # sign NAME SECTION START END ISSUER|- [OPTIONS]
    name=$1 section=$2 start=$3 end=$4 issuer=$5
    shift 5
    if [ "$issuer" = - ]; then set -- "$@" -selfsign -keyfile "$work/$name.key"
    else set -- "$@" -cert "$issuer.pem" -keyfile "$work/$issuer.key"; fi
    openssl ca -config "$work/openssl.cnf" -batch -notext -in "$work/$name.csr" -out "$name.pem" -extensions "$section" \
        -startdate "$start" -enddate "$end" "$@" 2>"$work/log" || { cat "$work/log"; exit 1; }
    facts "$name"
}
facts() {
    {
        openssl x509 -in "$1.pem" -noout -subject -issuer -nameopt RFC2253,-esc_ctrl,-esc_msb
        openssl x509 -in "$1.pem" -noout -serial
        openssl x509 -in "$1.pem" -noout -dates -dateopt iso_8601
        echo "sha256=$(openssl x509 -in "$1.pem" -noout -fingerprint -sha256 | sed 's/.*=//;s/://g')"
        echo "sha1=$(openssl x509 -in "$1.pem" -noout -fingerprint -sha1 | sed 's/.*=//;s/://g')"
        echo "pin=$(openssl x509 -in "$1.pem" -noout -pubkey | openssl pkey -pubin -outform DER | openssl dgst -sha256 -binary | base64)"
        echo "bits=$(openssl x509 -in "$1.pem" -noout -text | sed -n 's/.*Public-Key: (\([0-9]*\) bit.*/\1/p')"
        echo "algorithm=$(openssl x509 -in "$1.pem" -noout -text | sed -n 's/.*Signature Algorithm: //p' | sed -n 1p)"
        for extension in subjectAltName keyUsage extendedKeyUsage basicConstraints subjectKeyIdentifier authorityKeyIdentifier; do
            echo "$extension=$(openssl x509 -in "$1.pem" -noout -ext "$extension" 2>/dev/null | tail -n +2 | tr -d '\n' | sed 's/^ *//;s/ *$//')"
        done
    } >"$1.facts"
}

forever=20991231235959Z
key root RSA -pkeyopt rsa_keygen_bits:2048
request root "/C=DE/O=Test Vectors/CN=Test Root"
sign root root 20200101000000Z $forever -
key intermediate RSA -pkeyopt rsa_keygen_bits:2048
request intermediate "/C=DE/O=Test Vectors/CN=Test Intermediate"
sign intermediate intermediate 20200101000000Z $forever root
key rsa RSA -pkeyopt rsa_keygen_bits:2048
request rsa "/C=DE/ST=Berlin/L=Berlin/O=Test, Vectors\\+Co/CN=example.com"
sign rsa leaf 20200101000000Z $forever intermediate
key ec EC -pkeyopt ec_paramgen_curve:P-384
request ec "/CN=ec.example.com"
sign ec short 20200101000000Z $forever intermediate
key ed25519 ED25519
request ed25519 "/CN=ed25519.example.com"
sign ed25519 short 20200101000000Z $forever - -md default
key pss RSA-PSS -pkeyopt rsa_keygen_bits:2048
request pss "/CN=pss.example.com"
sign pss short 20200101000000Z $forever - -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32
key explicit EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit
request explicit "/CN=explicit.example.com"
sign explicit short 20200101000000Z $forever intermediate
key p256 EC -pkeyopt ec_paramgen_curve:P-256
for name in expired notyet wildcard address clientonly hugeoid nosubject controls negative ancient endless weak toosmall odd; do
    cp "$work/p256.key" "$work/$name.key"
done
request expired "/CN=expired.example.com"
sign expired short 20100101000000Z 20110101000000Z intermediate
request notyet "/CN=notyet.example.com"
sign notyet short 20900101000000Z $forever intermediate
request wildcard "/CN=wildcard"
sign wildcard wildcard 20200101000000Z $forever intermediate
request address "/CN=127.0.0.1"
sign address address 20200101000000Z $forever intermediate
request clientonly "/CN=client"
sign clientonly clientonly 20200101000000Z $forever intermediate
request hugeoid "/CN=hugeoid"
sign hugeoid hugeoid 20200101000000Z $forever intermediate
request nosubject "/"
sign nosubject critical 20200101000000Z $forever intermediate
# ESC, CR and a right-to-left override in the name, as a hostile server would send them.
request controls "/O=$(printf 'red \033[31m end')/CN=$(printf 'a\342\200\256moc.b')"
sign controls short 20200101000000Z $forever intermediate
openssl req -config "$work/openssl.cnf" -x509 -new -key "$work/negative.key" -subj "/CN=negative" -set_serial -255 -days 20000 -out negative.pem
facts negative
request ancient "/CN=ancient"
sign ancient short 19500101000000Z 20491231235959Z intermediate
request endless "/CN=endless"
sign endless short 20500101000000Z 99991231235959Z intermediate
request weak "/CN=weak"
sign weak short 20200101000000Z $forever intermediate -md sha1
key toosmall RSA -pkeyopt rsa_keygen_bits:1024
request toosmall "/CN=toosmall"
sign toosmall short 20200101000000Z $forever intermediate
request odd "/CN=odd"
sign odd odd 20200101000000Z $forever intermediate

openssl x509 -in root.pem -noout -hash >root.hash

cat rsa.pem root.pem intermediate.pem >chain-out-of-order.pem
{ echo "Subject: text before"; cat rsa.pem; echo; echo "text between"; cat intermediate.pem; } | sed 's/$/\r/' >chain-with-text.pem
cat rsa.pem intermediate.pem root.pem >chain-with-root.pem

# Keys for the tests of identities. They open nothing. The password is "secret".
openssl pkey -in "$work/p256.key" -out key-p256.pem
openssl pkey -in "$work/p256.key" -outform DER -out key-p256.der
openssl ec -in "$work/p256.key" -out key-p256-traditional.pem 2>/dev/null
openssl ec -in "$work/p256.key" -aes128 -passout pass:secret -out key-p256-traditional-encrypted.pem 2>/dev/null
openssl pkcs8 -topk8 -in "$work/p256.key" -iter 2048 -passout pass:secret -out key-p256-encrypted.pem
openssl pkcs8 -topk8 -in "$work/p256.key" -iter 2048 -passout pass:secret -outform DER -out key-p256-encrypted.der
openssl pkey -in "$work/ed25519.key" -out key-ed25519.pem
cat key-p256.pem wildcard.pem intermediate.pem >combined.pem
