/* Lets Criterion run under ThreadSanitizer. Criterion's sandbox (BoxFort) maps the memory it shares
 * with a test at 0x200000000000 + 2^24 * rand_r(), nearly always where ThreadSanitizer allows no
 * mapping, and gives up: Snaipe/Criterion issue 274. This rand_r stands before the C library's and
 * leads it to the part below position-independent programs, which both like. */
#include <stdlib.h>

#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define __SANITIZE_THREAD__ 1
#endif
#endif

#if defined(__SANITIZE_THREAD__) && defined(__x86_64__)
int rand_r(unsigned int *seed)
{
	enum { FIRST = 0x350000, COUNT = 0x4000 }; /* 0x550000000000 to 0x554000000000 */

	*seed = *seed * 1103515245u + 12345u;
	return FIRST + (int)(*seed >> 8) % COUNT;
}
#endif
