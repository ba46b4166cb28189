/* A clock of its own for one process tree: LD_PRELOAD this, and the time of day is shifted.
 *
 * CLOCK_SHIFT: seconds, negative = back. CLOCK_SHIFT_FROM: the shift begins when this file exists;
 * not given, it holds from the start. Monotonic clocks and the times of files stay as they are. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long shift(void) {
    static int begun = 0;
    const char *seconds = getenv("CLOCK_SHIFT"), *from = getenv("CLOCK_SHIFT_FROM");
    if (!seconds) return 0;
    if (!begun) begun = !from || access(from, F_OK) == 0;
    return begun ? atol(seconds) : 0;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    static int (*real)(clockid_t, struct timespec *) = NULL;
    if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int failed = real(clock, now);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += shift();
    return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec precise;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &precise);
    now->tv_sec = precise.tv_sec;
    now->tv_usec = precise.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *kept) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (kept) *kept = now.tv_sec;
    return now.tv_sec;
}
