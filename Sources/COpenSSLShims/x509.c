#include "x509_shims.h"

STACK_OF(X509) *sechan_sk_X509_new(void) { return sk_X509_new_null(); }
int sechan_sk_X509_push(STACK_OF(X509) *stack, X509 *certificate) { return sk_X509_push(stack, certificate); }
void sechan_sk_X509_free(STACK_OF(X509) *stack) { sk_X509_free(stack); }
void sechan_sk_X509_pop_free(STACK_OF(X509) *stack) { sk_X509_pop_free(stack, X509_free); }

EVP_PKEY *sechan_EVP_EC_gen(const char *curve) { return EVP_EC_gen(curve); }
EVP_PKEY *sechan_EVP_RSA_gen(unsigned int bits) { return EVP_RSA_gen(bits); }
EVP_PKEY *sechan_EVP_PKEY_Q_keygen(const char *type) { return EVP_PKEY_Q_keygen(NULL, NULL, type); }

void sechan_OPENSSL_free(void *memory) { OPENSSL_free(memory); }
