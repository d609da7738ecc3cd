// Real functions for what Swift's importer cannot see: function-like macros. Nothing clever lives here.
#ifndef SECHAN_COPENSSL_SHIMS_H
#define SECHAN_COPENSSL_SHIMS_H

#include "shims.h"
#include "x509_shims.h"

#endif
