#include "unbound_lookup.h"

#include <dlfcn.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// As in unbound.h since version 1.4.
struct ub_ctx;
struct ub_result {
    char *qname;
    int qtype;
    int qclass;
    char **data;
    int *len;
    char *canonname;
    int rcode;
    void *answer_packet;
    int answer_len;
    int havedata;
    int nxdomain;
    int secure;
    int bogus;
    char *why_bogus;
};
typedef void (*ub_callback)(void *, int, struct ub_result *);

static struct {
    struct ub_ctx *(*create)(void);
    void (*destroy)(struct ub_ctx *);
    int (*resolvconf)(struct ub_ctx *, const char *);
    int (*set_fwd)(struct ub_ctx *, const char *);
    int (*add_ta_file)(struct ub_ctx *, const char *);
    int (*set_option)(struct ub_ctx *, const char *, const char *);
    int (*zone_remove)(struct ub_ctx *, const char *);
    int (*async)(struct ub_ctx *, int);
    int (*resolve_async)(struct ub_ctx *, const char *, int, int, void *, ub_callback, int *);
    int (*fd)(struct ub_ctx *);
    int (*process)(struct ub_ctx *);
    void (*resolve_free)(struct ub_result *);
} unbound;

static int load(void) {
    static int state = 0;
    if (state != 0) return state > 0;
    void *library = dlopen("libunbound.so.8", RTLD_NOW | RTLD_LOCAL);
    state = -1;
    if (!library) return 0;
#define FIND(member, name)                                                                                             \
    *(void **)&unbound.member = dlsym(library, name);                                                                  \
    if (!unbound.member) return 0
    FIND(create, "ub_ctx_create");
    FIND(destroy, "ub_ctx_delete");
    FIND(resolvconf, "ub_ctx_resolvconf");
    FIND(set_fwd, "ub_ctx_set_fwd");
    FIND(add_ta_file, "ub_ctx_add_ta_file");
    FIND(set_option, "ub_ctx_set_option");
    FIND(zone_remove, "ub_ctx_zone_remove");
    FIND(async, "ub_ctx_async");
    FIND(resolve_async, "ub_resolve_async");
    FIND(fd, "ub_fd");
    FIND(process, "ub_process");
    FIND(resolve_free, "ub_resolve_free");
#undef FIND
    state = 1;
    return 1;
}

// Questions are asked from one thread at a time; see RecordLookup.swift.
int sechan_unbound_is_available(void) { return load(); }

// Keeps at most this much of an answer: what is looked up here is small.
enum { DATA_LIMIT = 65536 };

static void answered(void *context, int error, struct ub_result *result) {
    sechan_dns_question *question = context;
    if (error || !result) {
        question->state = -1;
        if (result) unbound.resolve_free(result);
        return;
    }
    question->state = 1;
    question->rcode = result->rcode;
    question->secure = result->secure;
    question->bogus = result->bogus;
    if (result->bogus && result->why_bogus) {
        strncpy(question->reason, result->why_bogus, sizeof question->reason - 1);
    }
    size_t length = 0;
    int count = 0;
    for (; result->havedata && result->data[count]; count++) {
        size_t size = (size_t)result->len[count];
        if (size > 65535 || length + 2 + size > DATA_LIMIT) break;
        length += 2 + size;
    }
    if (length > 0) question->data = malloc(length);
    if (question->data) {
        uint8_t *place = question->data;
        for (int i = 0; i < count; i++) {
            size_t size = (size_t)result->len[i];
            *place++ = (uint8_t)(size >> 8);
            *place++ = (uint8_t)size;
            memcpy(place, result->data[i], size);
            place += size;
        }
        question->length = length;
    }
    unbound.resolve_free(result);
}

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (long long)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

int sechan_unbound_ask(const char *forwarder, const char *anchor, sechan_dns_question *questions, int count,
                       int milliseconds) {
    if (!load()) return -1;
    long long deadline = now() + milliseconds;
    struct ub_ctx *context = unbound.create();
    if (!context) return -1;
    // A resolver on this machine is one like any other; by default libunbound asks none there.
    int failed = unbound.set_option(context, "do-not-query-localhost:", "no");
    failed |= forwarder ? unbound.set_fwd(context, forwarder) : unbound.resolvconf(context, NULL);
    if (anchor) failed |= unbound.add_ta_file(context, anchor);
    // A thread, not a process of its own.
    failed |= unbound.async(context, 1);
    // libunbound has answers of its own for these, which a resolver at home or in a laboratory may know better. One that this
    // version hasn't got needs no removing.
    if (!failed) {
        unbound.zone_remove(context, "test.");
        unbound.zone_remove(context, "home.arpa.");
    }
    if (failed) {
        unbound.destroy(context);
        return -1;
    }
    for (int i = 0; i < count; i++) {
        if (unbound.resolve_async(context, questions[i].name, questions[i].type, 1, &questions[i], answered, NULL)) {
            questions[i].state = -1;
        }
    }
    for (;;) {
        int open = 0;
        for (int i = 0; i < count; i++) open += questions[i].state == 0;
        long long left = deadline - now();
        if (open == 0 || left <= 0) break;
        struct pollfd descriptor = {.fd = unbound.fd(context), .events = POLLIN};
        if (poll(&descriptor, 1, (int)left) > 0 && unbound.process(context)) break;
    }
    // Ends the thread; questions that are still open get no answer any more.
    unbound.destroy(context);
    return 0;
}

void sechan_unbound_free(sechan_dns_question *questions, int count) {
    for (int i = 0; i < count; i++) {
        free(questions[i].data);
        questions[i].data = NULL;
    }
}
