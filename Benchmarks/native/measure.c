/* Runs a command and measures it.
 *
 *   measure TIMEOUT_SECONDS RESULT_FILE COMMAND [ARGUMENT...]
 *
 * Writes {"wall", "user", "system", "maxRSS", "exit", "signal", "timedOut"} (seconds, KiB) to RESULT_FILE. A small program of its
 * own because the kernel counts the memory of whoever forked, up to its exec, to the child: Python's would hide ours. Processor
 * time covers all descendants, orphans included; memory is the largest process's.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

int main(int argc, char **argv) {
    if (argc < 4) {
        fputs("usage: measure TIMEOUT_SECONDS RESULT_FILE COMMAND [ARGUMENT...]\n", stderr);
        return 2;
    }
    sigset_t child_ended;
    sigemptyset(&child_ended);
    sigaddset(&child_ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ended, NULL);
    prctl(PR_SET_CHILD_SUBREAPER, 1);

    double started = now(), deadline = started + strtod(argv[1], NULL), ended = 0;
    pid_t child = fork();
    if (child < 0) {
        perror("fork");
        return 1;
    }
    if (child == 0) {
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        sigprocmask(SIG_UNBLOCK, &child_ended, NULL);
        execvp(argv[3], argv + 3);
        perror(argv[3]);
        _exit(127);
    }
    setpgid(child, child);

    int status = 0, timed_out = 0;
    for (;;) {
        int one;
        pid_t pid = waitpid(-1, &one, WNOHANG);
        if (pid == child) {
            status = one;
            ended = now();
            /* What the command left running is not waited for. */
            kill(-child, SIGKILL);
            continue;
        }
        if (pid > 0 || (pid < 0 && errno == EINTR)) continue;
        if (pid < 0) break;
        double left = deadline - now();
        if (ended && left > 2) left = 2;
        if (left <= 0) {
            timed_out = !ended;
            if (kill(-child, SIGKILL) < 0 && ended) break;
            deadline += 5;
            continue;
        }
        struct timespec wait = {(time_t)left, (long)((left - (double)(time_t)left) * 1e9)};
        sigtimedwait(&child_ended, NULL, &wait);
    }

    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    FILE *result = fopen(argv[2], "w");
    if (!result) {
        perror(argv[2]);
        return 1;
    }
    fprintf(result, "{\"wall\":%.6f,\"user\":%.6f,\"system\":%.6f,\"maxRSS\":%ld,\"exit\":%d,\"signal\":%d,\"timedOut\":%s}\n",
            ended - started, seconds(usage.ru_utime), seconds(usage.ru_stime), usage.ru_maxrss,
            WIFEXITED(status) ? WEXITSTATUS(status) : -1, WIFSIGNALED(status) ? WTERMSIG(status) : 0,
            timed_out ? "true" : "false");
    return fclose(result) == 0 ? 0 : 1;
}
