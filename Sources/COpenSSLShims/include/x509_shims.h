// Shims over the certificate and key macros of <openssl/x509.h>, <openssl/x509v3.h> and <openssl/evp.h>.
#ifndef SECHAN_X509_SHIMS_H
#define SECHAN_X509_SHIMS_H

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// STACK_OF(X509): the typed stack functions are macros. The stack borrows its elements.
STACK_OF(X509) *sechan_sk_X509_new(void);
int sechan_sk_X509_push(STACK_OF(X509) *stack, X509 *certificate);
void sechan_sk_X509_free(STACK_OF(X509) *stack);
void sechan_sk_X509_pop_free(STACK_OF(X509) *stack);

// EVP_EC_gen and EVP_RSA_gen are macros over a variadic function, EVP_PKEY_Q_keygen is that function.
EVP_PKEY *sechan_EVP_EC_gen(const char *curve);
EVP_PKEY *sechan_EVP_RSA_gen(unsigned int bits);
EVP_PKEY *sechan_EVP_PKEY_Q_keygen(const char *type);

// OPENSSL_free is a macro that adds the place in the source.
void sechan_OPENSSL_free(void *memory);

#endif
