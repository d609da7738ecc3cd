/* The other end of a server or a client whose sessions are measured.
 *
 *   sessions shake  PORT VERSION rsa|ecdsa new|resumed THREADS seconds|count NUMBER
 *   sessions hold   PORT VERSION NUMBER [BYTES]      holds sessions, each after so much data (a GET without it), to the end of input
 *   sessions upload PORT VERSION BYTES
 *   sessions get    PORT VERSION PATH
 *   sessions serve  CERTIFICATE KEY BYTES            answers GET with so many bytes and discards anything else, for ever
 *
 * VERSION is 1.2 or 1.3. One line of JSON a command; `serve` says LISTENING PORT, `hold` says HELD NUMBER first.
 *
 * Handshakes use X25519 and AES-256-GCM whatever the server likes, and end in order: our close_notify, the server's where it sends one, its FIN,
 * ours.
 * So the ports that wait after a connection are the server's, and a run of any length has enough of them. Certificates are not
 * judged: that would be this end's work only.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static char block[65536];

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

__attribute__((noreturn)) static void fail(const char *what) {
    fprintf(stderr, "sessions: %s: %s\n", what, strerror(errno));
    ERR_print_errors_fp(stderr);
    exit(1);
}

static SSL_SESSION **slot_of(SSL *ssl) { return SSL_get_ex_data(ssl, 0); }

/* Keeps the newest session of a connection: a copy, as every connection gets one,
 * for an end without close_notify spoils the session of the connection. */
static int keep(SSL *ssl, SSL_SESSION *session) {
    SSL_SESSION **slot = slot_of(ssl);
    if (!slot) return 0;
    if (*slot) SSL_SESSION_free(*slot);
    *slot = SSL_SESSION_dup(session);
    return 0;
}

static int believe(X509_STORE_CTX *store, void *argument) {
    (void)argument;
    X509_STORE_CTX_set_error(store, X509_V_OK);
    return 1;
}

static SSL_CTX *client_context(const char *version, const char *kind) {
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    int number = strcmp(version, "1.2") == 0 ? TLS1_2_VERSION : TLS1_3_VERSION;
    if (!context || !SSL_CTX_set_min_proto_version(context, number) || !SSL_CTX_set_max_proto_version(context, number) ||
        !SSL_CTX_set1_groups_list(context, "X25519:P-256") || !SSL_CTX_set_ciphersuites(context, "TLS_AES_256_GCM_SHA384") ||
        !SSL_CTX_set_cipher_list(context, "ECDHE+AES256+AESGCM") ||
        !SSL_CTX_set1_sigalgs_list(context, strcmp(kind, "rsa") == 0 ? "RSA-PSS+SHA256" : "ECDSA+SHA256"))
        fail("can't make a context");
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, keep);
    SSL_CTX_set_cert_verify_callback(context, believe, NULL);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    /* nginx does not answer a close_notify. */
    SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF);
    return context;
}

static struct sockaddr_in loopback(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/* A session, or NULL. */
static SSL *open_session(SSL_CTX *context, int port, SSL_SESSION **slot) {
    int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
    if (handle < 0) return NULL;
    struct sockaddr_in address = loopback(port);
    setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    /* A server that hangs shall not hang the run. */
    struct timeval patience = {.tv_sec = 20};
    setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    SSL *ssl = NULL;
    if (connect(handle, (struct sockaddr *)&address, sizeof address) == 0 && (ssl = SSL_new(context))) {
        SSL_set_fd(ssl, handle);
        SSL_set_ex_data(ssl, 0, slot);
        SSL_set_tlsext_host_name(ssl, "localhost");
        if (slot && *slot) {
            SSL_SESSION *copy = SSL_SESSION_dup(*slot);
            SSL_set_session(ssl, copy);
            SSL_SESSION_free(copy);
        }
        if (SSL_connect(ssl) == 1) return ssl;
        SSL_free(ssl);
    }
    close(handle);
    return NULL;
}

/* Ends it in order; whether the server did as well. */
static int end_session(SSL *ssl) {
    int handle = SSL_get_fd(ssl), count;
    char buffer[16384];
    int good = SSL_shutdown(ssl) >= 0;
    while ((count = SSL_read(ssl, buffer, sizeof buffer)) > 0) {}
    good = good && SSL_get_error(ssl, count) == SSL_ERROR_ZERO_RETURN && recv(handle, buffer, sizeof buffer, 0) == 0;
    SSL_free(ssl);
    close(handle);
    ERR_clear_error();
    return good;
}

/* --- shake ------------------------------------------------------------------------------------------------------------- */

static struct {
    SSL_CTX *context;
    int port, resumes;
    double deadline;
    atomic_long left, done, resumed, failed;
} shake;

static void *shaker(void *argument) {
    (void)argument;
    SSL_SESSION *session = NULL;
    if (shake.resumes) {
        SSL *ssl = open_session(shake.context, shake.port, &session);
        if (ssl) end_session(ssl);
    }
    while (now() < shake.deadline && atomic_fetch_sub(&shake.left, 1) > 0) {
        SSL *ssl = open_session(shake.context, shake.port, shake.resumes ? &session : NULL);
        int reused = ssl && SSL_session_reused(ssl);
        if (ssl && end_session(ssl)) {
            atomic_fetch_add(&shake.done, 1);
            atomic_fetch_add(&shake.resumed, reused);
        } else if (atomic_fetch_add(&shake.failed, 1) > 1000) {
            break;
        }
    }
    if (session) SSL_SESSION_free(session);
    return NULL;
}

static int run_shake(char **words) {
    shake.port = atoi(words[0]);
    shake.context = client_context(words[1], words[2]);
    shake.resumes = strcmp(words[3], "resumed") == 0;
    int threads = atoi(words[4]);
    int timed = strcmp(words[5], "seconds") == 0;
    double started = now();
    shake.deadline = started + (timed ? atof(words[6]) : 600);
    shake.left = timed ? 1L << 40 : atol(words[6]);
    pthread_t thread[256];
    if (threads < 1 || threads > 256) fail("1 to 256 threads");
    for (int index = 0; index < threads; index++) pthread_create(&thread[index], NULL, shaker, NULL);
    for (int index = 0; index < threads; index++) pthread_join(thread[index], NULL);
    printf("{\"seconds\":%.6f,\"done\":%ld,\"resumed\":%ld,\"failed\":%ld}\n", now() - started, (long)shake.done,
           (long)shake.resumed, (long)shake.failed);
    return 0;
}

/* --- hold -------------------------------------------------------------------------------------------------------------- */

static int run_hold(char **words, int count) {
    int port = atoi(words[0]), number = atoi(words[2]), held = 0;
    long bytes = count > 3 ? atol(words[3]) : -1;
    SSL_CTX *context = client_context(words[1], "ecdsa");
    SSL **sessions = calloc((size_t)number, sizeof *sessions);
    for (int index = 0; index < number; index++) {
        SSL *ssl = sessions[held] = open_session(context, port, NULL);
        if (!ssl) continue;
        held += 1;
        if (bytes == 0) continue;
        const char *get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        char buffer[16384];
        int wrote = bytes < 0 ? SSL_write(ssl, get, (int)strlen(get)) : SSL_write(ssl, block, (int)bytes);
        /* One answer is there when the first of it is: the rest follows at once. */
        if (wrote <= 0 || (bytes < 0 && SSL_read(ssl, buffer, sizeof buffer) <= 0)) fail("a session ended at once");
    }
    printf("HELD %d\n", held);
    fflush(stdout);
    while (getchar() != EOF) {}
    for (int index = 0; index < held; index++) end_session(sessions[index]);
    return 0;
}

/* --- bulk -------------------------------------------------------------------------------------------------------------- */

static void tell(long long bytes, double seconds) { printf("{\"bytes\":%lld,\"seconds\":%.6f}\n", bytes, seconds); }

static int run_upload(char **words) {
    long long bytes = atoll(words[2]), left = bytes;
    SSL *ssl = open_session(client_context(words[1], "ecdsa"), atoi(words[0]), NULL);
    if (!ssl) fail("no session");
    double started = now();
    while (left > 0) {
        int wrote = SSL_write(ssl, block, left < (long long)sizeof block ? (int)left : (int)sizeof block);
        if (wrote <= 0) fail("can't write");
        left -= wrote;
    }
    /* The server has read all of it when it closes. */
    char rest[16384];
    SSL_shutdown(ssl);
    while (SSL_read(ssl, rest, sizeof rest) > 0) {}
    tell(bytes, now() - started);
    return 0;
}

static int run_get(char **words) {
    SSL *ssl = open_session(client_context(words[1], "ecdsa"), atoi(words[0]), NULL);
    if (!ssl) fail("no session");
    char head[4096];
    int length = snprintf(head, sizeof head, "GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n", words[2]), count;
    double started = now();
    if (SSL_write(ssl, head, length) != length) fail("can't write");
    long long bytes = 0;
    static char buffer[65536];
    while ((count = SSL_read(ssl, buffer, sizeof buffer)) > 0) bytes += count;
    tell(bytes, now() - started);
    return 0;
}

static void answer(SSL *ssl, long long bytes) {
    static char buffer[65536];
    int count = SSL_read(ssl, buffer, sizeof buffer);
    if (count >= 4 && memcmp(buffer, "GET ", 4) == 0) {
        int length = snprintf(buffer, sizeof buffer, "HTTP/1.1 200 OK\r\nContent-Length: %lld\r\nConnection: close\r\n\r\n", bytes);
        if (SSL_write(ssl, buffer, length) != length) return;
        for (long long left = bytes; left > 0;) {
            int wrote = SSL_write(ssl, block, left < (long long)sizeof block ? (int)left : (int)sizeof block);
            if (wrote <= 0) return;
            left -= wrote;
        }
        SSL_shutdown(ssl);
    }
    while (count > 0) count = SSL_read(ssl, buffer, sizeof buffer);
    SSL_shutdown(ssl);
}

static int run_serve(char **words) {
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (!context || SSL_CTX_use_certificate_chain_file(context, words[0]) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, words[1], SSL_FILETYPE_PEM) != 1)
        fail("can't make a context");
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
    struct sockaddr_in address = loopback(0);
    socklen_t length = sizeof address;
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) < 0 || listen(listener, 64) < 0 ||
        getsockname(listener, (struct sockaddr *)&address, &length) < 0)
        fail("can't listen");
    printf("LISTENING %d\n", ntohs(address.sin_port));
    fflush(stdout);
    for (;;) {
        int handle = accept(listener, NULL, NULL);
        if (handle < 0) continue;
        setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        SSL *ssl = SSL_new(context);
        SSL_set_fd(ssl, handle);
        if (SSL_accept(ssl) == 1) answer(ssl, atoll(words[2]));
        SSL_free(ssl);
        close(handle);
        ERR_clear_error();
    }
}

int main(int argc, char **argv) {
    signal(SIGPIPE, SIG_IGN);
    memset(block, 'x', sizeof block);
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    const char *verb = argc > 1 ? argv[1] : "";
    char **words = argv + 2;
    int count = argc - 2;
    if (strcmp(verb, "shake") == 0 && count == 7) return run_shake(words);
    if (strcmp(verb, "hold") == 0 && (count == 3 || count == 4)) return run_hold(words, count);
    if (strcmp(verb, "upload") == 0 && count == 3) return run_upload(words);
    if (strcmp(verb, "get") == 0 && count == 3) return run_get(words);
    if (strcmp(verb, "serve") == 0 && count == 3) return run_serve(words);
    fputs("usage: see the first lines of sessions.c\n", stderr);
    return 2;
}
