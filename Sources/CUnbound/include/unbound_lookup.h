// Lookups of DNS records by libunbound, which is loaded when the first one is asked for.
//
// Few runs ask for records, so nobody has to have the library, or to wait for it to be loaded, for all the others. What is
// declared here is the part of libunbound(3) that is used.
#ifndef SECHAN_UNBOUND_LOOKUP_H
#define SECHAN_UNBOUND_LOOKUP_H

#include <stddef.h>
#include <stdint.h>

// One question, and its answer once sechan_unbound_ask has returned.
typedef struct {
    // The name, and the type by its number; classes other than IN are not asked for.
    const char *name;
    int type;
    // 0 until there is an answer, then 1, or -1 for an error that is not the DNS's.
    int state;
    // The answer's code (RFC 1035 section 4.1.1).
    int rcode;
    // Whether it was validated, and whether that failed.
    int secure;
    int bogus;
    // Why it is bogus, cut where it is long; empty if it isn't.
    char reason[160];
    // The records: each a length of two bytes, most significant first, and its data. NULL for none.
    uint8_t *data;
    size_t length;
} sechan_dns_question;

// Whether the library is there.
int sechan_unbound_is_available(void);

// Asks all questions at once, and returns when each has its answer or after so many milliseconds. `forwarder` is an
// address, `ADDR` or `ADDR@PORT`; NULL takes what /etc/resolv.conf names. `anchor` is a file of trust anchors; NULL
// validates nothing. Returns 0, or -1 if the library can't be used.
int sechan_unbound_ask(const char *forwarder, const char *anchor, sechan_dns_question *questions, int count,
                       int milliseconds);

// Frees what the answers hold.
void sechan_unbound_free(sechan_dns_question *questions, int count);

#endif
