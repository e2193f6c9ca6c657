/* Faults on demand: PATH-GLOB=KIND[:ARG][@PROBABILITY]. Pure. */
#ifndef SIM_FAULT_H
#define SIM_FAULT_H

#include "base/err.h"
#include <stdint.h>

struct answer;
struct request;

enum fault_kind {
	FAULT_500,
	FAULT_503,
	FAULT_429,
	FAULT_401,
	FAULT_403,
	FAULT_404,
	FAULT_HTML,
	FAULT_RESET,
	FAULT_HANG,
	FAULT_SLOW,
	FAULT_STALL,
	FAULT_TRUNCATED,
	FAULT_MALFORMED,
	FAULT_HUGE,
	FAULT_BADRECORD,
	FAULT_BARE,
	FAULT_KINDS
};

enum { FAULT_GLOB_BYTES = 160, FAULT_CERTAIN = 1000000 };

struct fault {
	char glob[FAULT_GLOB_BYTES];
	enum fault_kind kind;
	int64_t arg; /* the kind's default when none was given */
	int64_t chance_millionth;
};

bool fault_parse(struct fault *fault, const char *text, struct err *err);

/* One line about each kind, for --help; NULL behind the last. */
const char *fault_kind_name(int kind);
const char *fault_kind_help(int kind);

/* The first fault whose glob matches the path and whose chance strikes; draw is any random number.
 * NULL: none. */
const struct fault *fault_pick(
	const struct fault *faults, int count, const char *path, uint64_t draw);

/* Before the true answer is made: writes the fault's answer and returns true, or returns false when
 * the true answer is needed, which fault_spoil then damages. */
bool fault_replace(const struct fault *fault, struct request *request, struct answer *answer);
void fault_spoil(const struct fault *fault, struct answer *answer);

#endif
