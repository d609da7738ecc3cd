#include "shims.h"

#include <openssl/crypto.h>
#include <string.h>

// The bytes from `start` to `end` wait. Only records go through here, and they are no secret: nothing is wiped.
struct queue {
    unsigned char *bytes;
    size_t start, end, capacity;
    int ends;
};

static int queue_create(BIO *bio) {
    struct queue *queue = OPENSSL_zalloc(sizeof *queue);
    if (!queue) return 0;
    BIO_set_data(bio, queue);
    BIO_set_init(bio, 1);
    return 1;
}

static int queue_destroy(BIO *bio) {
    struct queue *queue = bio ? BIO_get_data(bio) : NULL;
    if (!queue) return 0;
    OPENSSL_free(queue->bytes);
    OPENSSL_free(queue);
    BIO_set_data(bio, NULL);
    return 1;
}

static int queue_make_room(struct queue *queue, size_t count) {
    size_t waiting = queue->end - queue->start;
    if (count <= queue->capacity - queue->end) return 1;
    if (count <= queue->capacity - waiting) {
        memmove(queue->bytes, queue->bytes + queue->start, waiting);
    } else {
        size_t capacity = queue->capacity * 2 > waiting + count ? queue->capacity * 2 : waiting + count;
        unsigned char *bytes = count <= SIZE_MAX / 4 ? OPENSSL_malloc(capacity) : NULL;
        if (!bytes) return 0;
        if (waiting > 0) memcpy(bytes, queue->bytes + queue->start, waiting);
        OPENSSL_free(queue->bytes);
        queue->bytes = bytes;
        queue->capacity = capacity;
    }
    queue->start = 0;
    queue->end = waiting;
    return 1;
}

static int queue_write(BIO *bio, const char *bytes, int count) {
    struct queue *queue = BIO_get_data(bio);
    BIO_clear_retry_flags(bio);
    if (count <= 0 || !queue_make_room(queue, (size_t)count)) return -1;
    memcpy(queue->bytes + queue->end, bytes, (size_t)count);
    queue->end += (size_t)count;
    return count;
}

static int queue_read(BIO *bio, char *bytes, int count) {
    struct queue *queue = BIO_get_data(bio);
    BIO_clear_retry_flags(bio);
    size_t waiting = queue->end - queue->start;
    if (waiting == 0) {
        if (queue->ends) return 0;
        BIO_set_retry_read(bio);
        return -1;
    }
    if (count <= 0) return 0;
    size_t taken = (size_t)count < waiting ? (size_t)count : waiting;
    memcpy(bytes, queue->bytes + queue->start, taken);
    queue->start += taken;
    if (queue->start == queue->end) {
        OPENSSL_free(queue->bytes);
        queue->bytes = NULL;
        queue->start = queue->end = queue->capacity = 0;
    }
    return (int)taken;
}

static long queue_control(BIO *bio, int command, long number, void *pointer) {
    struct queue *queue = BIO_get_data(bio);
    (void)pointer;
    switch (command) {
    case BIO_CTRL_PENDING: return (long)(queue->end - queue->start);
    case BIO_CTRL_EOF: return queue->start == queue->end;
    case BIO_CTRL_FLUSH: return 1;
    case BIO_C_SET_BUF_MEM_EOF_RETURN: queue->ends = number == 0; return 1;
    default: return 0;
    }
}

static CRYPTO_ONCE once = CRYPTO_ONCE_STATIC_INIT;
static BIO_METHOD *method;

static void make_method(void) {
    BIO_METHOD *made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "queue");
    if (made && BIO_meth_set_create(made, queue_create) && BIO_meth_set_destroy(made, queue_destroy) &&
        BIO_meth_set_write(made, queue_write) && BIO_meth_set_read(made, queue_read) && BIO_meth_set_ctrl(made, queue_control))
        method = made;
}

BIO *sechan_BIO_new_queue(void) { return CRYPTO_THREAD_run_once(&once, make_method) && method ? BIO_new(method) : NULL; }

int sechan_BIO_queue_reserve(BIO *bio, size_t count) { return queue_make_room(BIO_get_data(bio), count); }
