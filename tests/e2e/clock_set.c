/* Preloaded into a console by clock.sh: the time of day is off by the seconds in $CLOCK_FILE. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *now)
{
	char text[32] = "";
	const char *path = getenv("CLOCK_FILE");
	long failed = syscall(SYS_clock_gettime, clock, now);
	int descriptor = clock == CLOCK_REALTIME && path ? open(path, O_RDONLY | O_CLOEXEC) : -1;

	if (descriptor >= 0) {
		if (read(descriptor, text, sizeof(text) - 1) > 0)
			now->tv_sec += atol(text);
		close(descriptor);
	}
	return (int)failed;
}
