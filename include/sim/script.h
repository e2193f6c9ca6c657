/* opsglass-sim --sql: the whole world of a recorder on standard output, and then, where asked for,
 * what happens in it as time passes. Main thread. */
#ifndef SIM_SCRIPT_H
#define SIM_SCRIPT_H

#include "base/err.h"
#include "sim/statement.h"

struct script_options {
	enum sql_layout layout; /* 0: no script */
	bool is_huge;
	bool is_live;
	bool has_odd_records;
	int64_t seed;
	int64_t cameras;
	int64_t history_ms;
	int64_t recordings; /* 0: as many as history_ms has room for */
	int64_t speed;
	int64_t now_ms;  /* UNKNOWN: the wall clock; else nothing waits */
	int64_t live_ms; /* of the wall clock; UNKNOWN: until nobody reads any more */
};

/* Gives up when nobody reads; then that is no error. */
bool script_run(const struct script_options *options, FILE *out, struct err *err);

#endif
