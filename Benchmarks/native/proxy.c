/* A TCP proxy on 127.0.0.1 that counts connections and bytes and adds a round-trip time.
 *
 *   proxy RTT_MS shared|exclusive UPSTREAM_PORT...
 *
 * Prints "LISTENING port", then obeys lines on its standard input until that ends: `stats` prints one line of JSON, `reset`
 * zeroes the counters and answers "{}", `trace PATH` begins to write a line a finished connection.
 *
 * A client can't be made to wait in connect(), so the delay of the handshake is added to what follows: a connection counts as
 * established one round trip after it was accepted, and whatever a side sends arrives half a round trip later. FIN and RST travel
 * the same way, in order with the bytes before them.
 *
 * `shared`: the upstreams serve many connections each; one is opened as soon as a client is accepted. `exclusive`: each upstream
 * serves one connection at a time, so a connection is handed to an idle one when its first bytes are due, and waits when all are
 * busy (`waits` and `longestWaitMs` in the counters say so: then the servers were the limit and not the tool). An upstream is idle
 * again when its connection is over, or 600 ms after it sent its FIN, because a client need not close: s_server waits for 500 ms.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { MAXIMUM_QUEUED = 4 << 20, MAXIMUM_UPSTREAMS = 256 };
typedef int64_t nanoseconds;
static const nanoseconds LINGERING = 600000000;

enum kind { BYTES, END, RESET };

struct chunk {
    struct chunk *next;
    nanoseconds due;
    enum kind kind;
    size_t length, offset;
    unsigned char bytes[];
};

/* One direction. */
struct flow {
    struct chunk *first, *last;
    size_t queued;
    uint64_t counted;
    bool source_ended; /* nothing more will be read from the source */
    bool source_reset;
    bool delivered_end;
    bool paused;
};

struct connection;

/* What epoll hands back: which connection, which side of it. */
struct side {
    struct connection *connection;
    int fd;
    bool is_client;
};

struct connection {
    struct connection *previous, *next;
    struct side client, server;
    struct flow up, down;
    nanoseconds accepted, first_sent, first_answered, client_ended;
    nanoseconds waiting_since, server_ended;
    int upstream;
    bool live; /* the client has not ended it yet */
    bool counted;
    bool released; /* its upstream serves others again */
};

static struct {
    uint64_t connections, bytes_up, bytes_down, server_resets, client_resets, failed, waits;
    unsigned live, peak;
    nanoseconds longest_wait, first, last;
} count;

static int queue, timer;
static nanoseconds rtt;
static bool exclusive;
static int upstream_count;
static struct { uint16_t port; bool busy; } upstreams[MAXIMUM_UPSTREAMS];
static int next_upstream;
static struct connection *connections, *newest, *dead;
static FILE *trace;
static nanoseconds epoch;
static unsigned char scratch[1 << 16];

static nanoseconds now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (nanoseconds)time.tv_sec * 1000000000 + time.tv_nsec;
}

static double milliseconds(nanoseconds time) { return (double)time / 1e6; }

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void append(struct connection *connection, struct flow *flow, enum kind kind, const void *bytes, size_t length) {
    struct chunk *chunk = malloc(sizeof *chunk + length);
    if (!chunk) fail("malloc");
    /* The client's first bytes leave when its connect() would have returned, the server's when the client's ACK reached it. */
    nanoseconds open = connection->accepted + (flow == &connection->up ? rtt : rtt + rtt / 2);
    nanoseconds time = now();
    chunk->next = NULL;
    chunk->due = (time > open ? time : open) + rtt / 2;
    chunk->kind = kind;
    chunk->length = length;
    chunk->offset = 0;
    if (length) memcpy(chunk->bytes, bytes, length);
    if (flow->last) flow->last->next = chunk; else flow->first = chunk;
    flow->last = chunk;
    flow->queued += length;
}

static void drop_first(struct flow *flow) {
    struct chunk *chunk = flow->first;
    flow->queued -= chunk->length;
    flow->first = chunk->next;
    if (!flow->first) flow->last = NULL;
    free(chunk);
}

static void watch(struct side *side) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = side};
    if (epoll_ctl(queue, EPOLL_CTL_ADD, side->fd, &event) < 0) fail("epoll_ctl");
}

static void set_nodelay(int fd) {
    int yes = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

static void client_is_done(struct connection *connection) {
    if (!connection->live) return;
    connection->live = false;
    connection->client_ended = now();
    if (connection->counted) count.live -= 1;
}

static void release(struct connection *connection) {
    if (connection->upstream < 0 || connection->released) return;
    connection->released = true;
    upstreams[connection->upstream].busy = false;
}

/* Takes the connection off the list; its memory goes once no event of this round can point to it. */
static void finish(struct connection *connection, bool with_reset) {
    struct linger at_once = {1, 0};
    client_is_done(connection);
    if (trace)
        fprintf(trace, "accepted %.3f first-sent %.3f first-answered %.3f client-ended %.3f up %" PRIu64 " down %" PRIu64 "%s\n",
                milliseconds(connection->accepted - epoch), milliseconds(connection->first_sent - epoch),
                milliseconds(connection->first_answered - epoch), milliseconds(connection->client_ended - epoch),
                connection->up.counted, connection->down.counted, with_reset ? " reset" : "");
    struct side *sides[] = {&connection->client, &connection->server};
    for (int i = 0; i < 2; i++) {
        if (sides[i]->fd < 0) continue;
        if (with_reset) setsockopt(sides[i]->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        close(sides[i]->fd);
        sides[i]->fd = -1;
    }
    release(connection);
    while (connection->up.first) drop_first(&connection->up);
    while (connection->down.first) drop_first(&connection->down);
    if (connection->previous) connection->previous->next = connection->next; else connections = connection->next;
    if (connection->next) connection->next->previous = connection->previous; else newest = connection->previous;
    connection->next = dead;
    dead = connection;
}

static bool open_upstream(struct connection *connection) {
    int chosen = -1;
    for (int i = 0; i < upstream_count && chosen < 0; i++) {
        int candidate = (next_upstream + i) % upstream_count;
        if (!upstreams[candidate].busy) chosen = candidate;
    }
    if (chosen < 0) {
        if (!connection->waiting_since) {
            connection->waiting_since = now();
            count.waits += 1;
        }
        return false;
    }
    if (connection->waiting_since) {
        nanoseconds waited = now() - connection->waiting_since;
        if (waited > count.longest_wait) count.longest_wait = waited;
    }
    next_upstream = (chosen + 1) % upstream_count;
    upstreams[chosen].busy = exclusive;
    connection->upstream = chosen;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(upstreams[chosen].port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) fail("socket");
    set_nodelay(fd);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0 && errno != EINPROGRESS) {
        /* As a refused connection would look, as far as one that was accepted already can. */
        count.failed += 1;
        close(fd);
        append(connection, &connection->down, RESET, NULL, 0);
        connection->down.source_ended = true;
        return true;
    }
    connection->server.fd = fd;
    watch(&connection->server);
    return true;
}

static void read_side(struct side *side);

static void accept_clients(int listener) {
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) return;
        set_nodelay(fd);
        struct connection *connection = calloc(1, sizeof *connection);
        if (!connection) fail("calloc");
        connection->accepted = now();
        connection->upstream = -1;
        connection->client = (struct side){connection, fd, true};
        connection->server = (struct side){connection, -1, false};
        connection->live = connection->counted = true;
        connection->previous = newest;
        if (newest) newest->next = connection; else connections = connection;
        newest = connection;
        if (!count.connections) count.first = connection->accepted;
        count.connections += 1;
        /* A client that closes one connection and opens the next has one open, in whatever order epoll tells of it. */
        if (count.live >= count.peak)
            for (struct connection *other = connections; other; other = other->next)
                if (other->live && other != connection) read_side(&other->client);
        count.live += 1;
        if (count.live > count.peak) count.peak = count.live;
        watch(&connection->client);
        if (!exclusive) open_upstream(connection);
    }
}

static void note_reset(struct connection *connection, struct flow *flow) {
    if (flow->source_reset) return;
    flow->source_reset = flow->source_ended = true;
    if (connection->counted) *(flow == &connection->up ? &count.client_resets : &count.server_resets) += 1;
    if (flow == &connection->up) client_is_done(connection);
    append(connection, flow, RESET, NULL, 0);
}

static void read_side(struct side *side) {
    struct connection *connection = side->connection;
    struct flow *flow = side->is_client ? &connection->up : &connection->down;
    while (side->fd >= 0 && !flow->source_ended) {
        if (flow->queued > MAXIMUM_QUEUED) {
            flow->paused = true;
            return;
        }
        ssize_t length = recv(side->fd, scratch, sizeof scratch, 0);
        if (length > 0) {
            flow->counted += (uint64_t)length;
            if (connection->counted) *(side->is_client ? &count.bytes_up : &count.bytes_down) += (uint64_t)length;
            if (side->is_client && !connection->first_sent) connection->first_sent = now();
            append(connection, flow, BYTES, scratch, (size_t)length);
        } else if (length == 0) {
            flow->source_ended = true;
            if (side->is_client) client_is_done(connection);
            else connection->server_ended = now();
            append(connection, flow, END, NULL, 0);
        } else if (errno == EAGAIN || errno == ENOTCONN) {
            return;
        } else if (errno != EINTR) {
            note_reset(connection, flow);
        }
    }
}

/* Delivers what is due. False when the connection is finished and gone. */
static bool deliver(struct connection *connection, struct flow *flow, nanoseconds time) {
    struct side *target = flow == &connection->up ? &connection->server : &connection->client;
    struct side *source = flow == &connection->up ? &connection->client : &connection->server;
    struct flow *reverse = flow == &connection->up ? &connection->down : &connection->up;
    while (flow->first && flow->first->due <= time) {
        struct chunk *chunk = flow->first;
        if (target->fd < 0) {
            if (chunk->kind != BYTES) {
                finish(connection, chunk->kind == RESET);
                return false;
            }
            if (connection->upstream >= 0 || !open_upstream(connection)) return true;
            if (target->fd < 0) return true;
        }
        if (chunk->kind == RESET) {
            finish(connection, true);
            return false;
        }
        if (chunk->kind == END) {
            if (shutdown(target->fd, SHUT_WR) < 0 && errno == ENOTCONN && !reverse->source_ended) return true;
            flow->delivered_end = true;
            drop_first(flow);
            if (reverse->delivered_end) {
                finish(connection, false);
                return false;
            }
            continue;
        }
        ssize_t sent = send(target->fd, chunk->bytes + chunk->offset, chunk->length - chunk->offset, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EAGAIN || errno == ENOTCONN || errno == EINTR) return true;
            note_reset(connection, reverse);
            while (flow->first) drop_first(flow);
            return true;
        }
        if (target->is_client && !connection->first_answered) connection->first_answered = time;
        if (target->is_client) count.last = time;
        chunk->offset += (size_t)sent;
        if (chunk->offset < chunk->length) return true;
        drop_first(flow);
    }
    if (flow->paused && flow->queued < MAXIMUM_QUEUED / 2) {
        flow->paused = false;
        read_side(source);
    }
    return true;
}

static void deliver_all(void) {
    nanoseconds next = 0, time = now();
    for (struct connection *connection = connections, *following; connection; connection = following) {
        following = connection->next;
        if (!deliver(connection, &connection->up, time) || !deliver(connection, &connection->down, time)) continue;
        struct flow *flows[] = {&connection->up, &connection->down};
        for (int i = 0; i < 2; i++) {
            nanoseconds due = flows[i]->first ? flows[i]->first->due : 0;
            /* What is due and still here waits for a socket or an idle upstream, and those announce themselves. */
            if (due > time && (!next || due < next)) next = due;
        }
        if (connection->server_ended && !connection->released) {
            nanoseconds idle = connection->server_ended + LINGERING;
            if (idle <= time) release(connection);
            else if (!next || idle < next) next = idle;
        }
    }
    struct itimerspec alarm = {.it_value = {next / 1000000000, next % 1000000000}};
    timerfd_settime(timer, TFD_TIMER_ABSTIME, &alarm, NULL);
    while (dead) {
        struct connection *next_dead = dead->next;
        free(dead);
        dead = next_dead;
    }
}

static void handle(struct side *side, uint32_t events) {
    struct connection *connection = side->connection;
    struct flow *flow = side->is_client ? &connection->up : &connection->down;
    if (side->fd < 0) return;
    read_side(side);
    if ((events & EPOLLERR) && flow->source_ended && !flow->source_reset) {
        int error = 0;
        socklen_t size = sizeof error;
        getsockopt(side->fd, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error) note_reset(connection, flow);
    }
}

static void obey(char *line) {
    if (!strcmp(line, "stats")) {
        struct rusage usage;
        getrusage(RUSAGE_SELF, &usage);
        printf("{\"connections\":%" PRIu64 ",\"bytesUp\":%" PRIu64 ",\"bytesDown\":%" PRIu64 ",\"peak\":%u,\"open\":%u,"
               "\"serverResets\":%" PRIu64 ",\"clientResets\":%" PRIu64 ",\"failed\":%" PRIu64 ",\"waits\":%" PRIu64 ","
               "\"longestWaitMs\":%.3f,\"spanMs\":%.3f,\"cpuMs\":%.3f}\n",
               count.connections, count.bytes_up, count.bytes_down, count.peak, count.live, count.server_resets,
               count.client_resets, count.failed, count.waits, milliseconds(count.longest_wait),
               count.last > count.first ? milliseconds(count.last - count.first) : 0,
               (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
                   (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3);
    } else if (!strcmp(line, "reset")) {
        memset(&count, 0, sizeof count);
        /* What is still open belongs to an earlier count. */
        for (struct connection *connection = connections; connection; connection = connection->next) connection->counted = false;
        epoch = now();
        puts("{}");
    } else if (!strncmp(line, "trace ", 6)) {
        if (trace) fclose(trace);
        trace = fopen(line + 6, "w");
        if (!trace) fail(line + 6);
        setvbuf(trace, NULL, _IOLBF, 0);
        epoch = now();
        puts("{}");
    }
    fflush(stdout);
}

static void read_orders(void) {
    static char line[4096];
    static size_t used;
    ssize_t length = read(0, line + used, sizeof line - 1 - used);
    if (length == 0 || (length < 0 && errno != EAGAIN && errno != EINTR)) exit(0);
    if (length < 0) return;
    used += (size_t)length;
    char *end;
    while ((end = memchr(line, '\n', used))) {
        *end = 0;
        obey(line);
        used -= (size_t)(end + 1 - line);
        memmove(line, end + 1, used);
    }
    if (used == sizeof line - 1) exit(2);
}

int main(int argc, char **argv) {
    if (argc < 4 || argc - 3 > MAXIMUM_UPSTREAMS) {
        fputs("usage: proxy RTT_MS shared|exclusive UPSTREAM_PORT...\n", stderr);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    rtt = (nanoseconds)(strtod(argv[1], NULL) * 1e6);
    exclusive = !strcmp(argv[2], "exclusive");
    upstream_count = argc - 3;
    for (int i = 0; i < upstream_count; i++) upstreams[i].port = (uint16_t)strtoul(argv[3 + i], NULL, 10);

    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, size) < 0 || listen(listener, 1024) < 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) < 0)
        fail("listen");
    queue = epoll_create1(EPOLL_CLOEXEC);
    timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    struct side listening = {NULL, listener, false}, ticking = {NULL, timer, false}, orders = {NULL, 0, false};
    struct side *own[] = {&listening, &ticking, &orders};
    for (int i = 0; i < 3; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = own[i]};
        if (epoll_ctl(queue, EPOLL_CTL_ADD, own[i]->fd, &event) < 0) fail("epoll_ctl");
    }
    epoch = now();
    printf("LISTENING %u\n", (unsigned)ntohs(address.sin_port));
    fflush(stdout);

    for (;;) {
        struct epoll_event events[64];
        int found = epoll_wait(queue, events, 64, -1);
        for (int i = 0; i < found; i++) {
            struct side *side = events[i].data.ptr;
            if (side == &listening) {
                accept_clients(listener);
            } else if (side == &ticking) {
                uint64_t ticks;
                if (read(timer, &ticks, sizeof ticks) < 0 && errno != EAGAIN) fail("timer");
            } else if (side == &orders) {
                read_orders();
            } else {
                handle(side, events[i].events);
            }
        }
        deliver_all();
    }
}
