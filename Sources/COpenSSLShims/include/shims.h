// Shims over the function-like macros of <openssl/ssl.h>, <openssl/bio.h> and <openssl/err.h>.
// Each does what the macro of the same name does and nothing else; the macro's manual page is the documentation.
#ifndef SECHAN_SHIMS_H
#define SECHAN_SHIMS_H

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdint.h>

// SSL_CTX
int sechan_SSL_CTX_set_min_proto_version(SSL_CTX *ctx, int version);
int sechan_SSL_CTX_set_max_proto_version(SSL_CTX *ctx, int version);
long sechan_SSL_CTX_set_mode(SSL_CTX *ctx, long mode);
long sechan_SSL_CTX_set_session_cache_mode(SSL_CTX *ctx, long mode);
int sechan_SSL_CTX_set1_groups_list(SSL_CTX *ctx, const char *list);
int sechan_SSL_CTX_set1_sigalgs_list(SSL_CTX *ctx, const char *list);
int sechan_SSL_CTX_set1_client_sigalgs_list(SSL_CTX *ctx, const char *list);
long sechan_SSL_CTX_set_dh_auto(SSL_CTX *ctx, int on);
long sechan_SSL_CTX_set_max_cert_list(SSL_CTX *ctx, long bytes);
long sechan_SSL_CTX_set_tlsext_servername_callback(SSL_CTX *ctx, int (*callback)(SSL *, int *, void *), void *argument);
// A parameter of the context points to the key, so it is an array on the stack of one call.
int sechan_EVP_MAC_CTX_set_hmac_sha256(EVP_MAC_CTX *mac, const unsigned char *key, size_t length);
long sechan_SSL_CTX_set_tlsext_status_cb(SSL_CTX *ctx, int (*callback)(SSL *, void *));

// SSL
long sechan_SSL_set_tlsext_host_name(SSL *ssl, const char *name);
int sechan_SSL_set_min_proto_version(SSL *ssl, int version);
int sechan_SSL_set_max_proto_version(SSL *ssl, int version);
int sechan_SSL_set1_groups_list(SSL *ssl, const char *list);
int sechan_SSL_set1_sigalgs_list(SSL *ssl, const char *list);
int sechan_SSL_get_negotiated_group(SSL *ssl);
int sechan_SSL_get_peer_tmp_key(SSL *ssl, EVP_PKEY **key);
int sechan_SSL_get_peer_signature_nid(SSL *ssl, int *nid);
int sechan_SSL_get_signature_nid(SSL *ssl, int *nid);
long sechan_SSL_get_secure_renegotiation_support(SSL *ssl);
long sechan_SSL_get_tlsext_status_ocsp_resp(SSL *ssl, const unsigned char **response);
// Takes the response over: it has to come from sechan_OPENSSL_memdup.
long sechan_SSL_set_tlsext_status_ocsp_resp(SSL *ssl, unsigned char *response, long length);
void *sechan_OPENSSL_memdup(const void *bytes, size_t count);
long sechan_SSL_set_tlsext_status_type(SSL *ssl, int type);
long sechan_SSL_set_retry_verify(SSL *ssl);

// SSL_OP_* and SSL_MODE_* expand to a cast, which the importer skips.
extern const uint64_t SECHAN_SSL_OP_LEGACY_SERVER_CONNECT;
extern const uint64_t SECHAN_SSL_OP_ALLOW_CLIENT_RENEGOTIATION;
extern const uint64_t SECHAN_SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION;
extern const uint64_t SECHAN_SSL_OP_NO_RENEGOTIATION;
extern const uint64_t SECHAN_SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION;
extern const uint64_t SECHAN_SSL_OP_NO_TICKET;
extern const uint64_t SECHAN_SSL_OP_NO_ENCRYPT_THEN_MAC;
extern const uint64_t SECHAN_SSL_OP_NO_EXTENDED_MASTER_SECRET;
extern const uint64_t SECHAN_SSL_OP_NO_TLSv1_1;
extern const uint64_t SECHAN_SSL_OP_NO_TLSv1_2;
extern const uint64_t SECHAN_SSL_OP_CIPHER_SERVER_PREFERENCE;
extern const long SECHAN_SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER;
extern const long SECHAN_SSL_MODE_RELEASE_BUFFERS;
// A sum of casts.
extern const int SECHAN_EVP_PKEY_PUBLIC_KEY;

// BIO
// Not a macro: BIO_s_mem keeps the memory that it ever needed, and clears and copies all of it to grow. This one gives it back
// whenever it runs empty. Running empty means "try again later" until sechan_BIO_set_mem_eof_return(bio, 0).
BIO *sechan_BIO_new_queue(void);
// Makes room for so many bytes more; 0 without memory.
int sechan_BIO_queue_reserve(BIO *bio, size_t count);
void sechan_BIO_set_mem_eof_return(BIO *bio, int value);
size_t sechan_BIO_ctrl_pending(BIO *bio);

#endif
