/* Exponential back-off with jitter. Owns nothing; any thread with its own dice. */
#include "source/backoff.h"

static uint64_t roll(struct dice *dice)
{
	uint64_t value;

	/* splitmix64 */
	dice->state += UINT64_C(0x9e3779b97f4a7c15);
	value = dice->state;
	value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
	return value ^ value >> 31;
}

int64_t backoff_ms(int failures, struct dice *dice)
{
	int64_t ms = BACKOFF_FIRST_MS;

	for (int i = 1; i < failures && ms < BACKOFF_MAX_MS; i++)
		ms *= 2;
	if (ms > BACKOFF_MAX_MS)
		ms = BACKOFF_MAX_MS;
	return ms * (800 + (int64_t)(roll(dice) % 401)) / 1000;
}
