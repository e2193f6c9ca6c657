/* opsglass doctor: what this terminal can do, how that was found out, and what the user could
 * change. Main thread. */
#ifndef DOCTOR_H
#define DOCTOR_H

#include "base/err.h"
#include "config.h"
#include "options.h"
#include "ui/capabilities.h"
#include <stdbool.h>

struct doctor {
	const struct options *options;
	const struct config *config;
	const char *path; /* of the cache */
	bool is_utf8;     /* the user's own locale */
	bool is_ascii;    /* asked for by option or configuration */
};

/* Asks the terminal, if standard input and output are one, and prints the report. Waits, at most
 * some seconds. */
bool doctor_run(const struct doctor *doctor, struct err *err);

/* doctor_ask.c: asks as the console does, and hears late answers, so that none is left for the
 * shell. Without a terminal, only the environment and tmux are asked. */
bool doctor_ask(struct probe *probe, const struct probe_options *options, struct err *err);

#endif
