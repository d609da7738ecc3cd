// Shims over the certificate and key macros of <openssl/x509.h>, <openssl/x509v3.h> and <openssl/evp.h>.
#ifndef SECHAN_X509_SHIMS_H
#define SECHAN_X509_SHIMS_H

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#endif
