/* Seeded draws without state. Owns nothing; any thread. */
#include "sim/dice.h"

/* splitmix64's finalizer: every bit of the input reaches every bit of the output. */
static uint64_t scatter(uint64_t x)
{
	x ^= x >> 30;
	x *= 0xbf58476d1ce4e5b9u;
	x ^= x >> 27;
	x *= 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

uint64_t dice(uint64_t seed, enum dice_salt salt, int64_t index)
{
	uint64_t x = scatter(seed + 0x9e3779b97f4a7c15u * (uint64_t)salt);

	return scatter(x ^ scatter((uint64_t)index + 0x9e3779b97f4a7c15u));
}

int64_t dice_between(uint64_t seed, enum dice_salt salt, int64_t index, int64_t low, int64_t high)
{
	uint64_t span = (uint64_t)(high - low) + 1;

	return low + (int64_t)(dice(seed, salt, index) % span);
}

static int64_t floor_div(int64_t a, int64_t b)
{
	int64_t quotient = a / b;

	return a % b < 0 ? quotient - 1 : quotient;
}

int dice_dealt(uint64_t seed, enum dice_salt salt, int64_t index, int cards)
{
	/* Coprime to 16 and to 20, so that multiplying permutes a block. */
	static const uint64_t strides[] = {1, 3, 7, 9, 11, 13, 17, 19};
	int64_t block = floor_div(index, cards);
	uint64_t place = (uint64_t)(index - block * cards);
	uint64_t shuffle = dice(seed, salt, block);

	return (int)((place * strides[shuffle % 8] + (shuffle >> 8)) % (uint64_t)cards);
}

int64_t dice_wander(uint64_t seed, int64_t index, int64_t now_ms, int64_t step_ms, int64_t swing)
{
	int64_t step = floor_div(now_ms, step_ms);
	int64_t into = now_ms - step * step_ms;
	uint64_t own = dice(seed, DICE_SIGNAL, index);
	int64_t from = dice_between(own, DICE_SIGNAL, step, -swing, swing);
	int64_t to = dice_between(own, DICE_SIGNAL, step + 1, -swing, swing);

	return from + (to - from) * into / step_ms;
}
