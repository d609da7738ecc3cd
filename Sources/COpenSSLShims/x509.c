#include "x509_shims.h"
