/* One-shot commands over the store: list and show. They read only; polling once before is the
 * caller's (app level). Output is plain aligned columns, JSON or CSV (RFC 4180, no cell a
 * spreadsheet would run). Main thread. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/err.h"
#include "store/reader.h"
#include <stdio.h>

enum cli_format { CLI_PLAIN, CLI_JSON, CLI_CSV };

struct cli_request {
	const char *what;    /* list: sessions captures cameras containers runs feeds, of recorders
				events recordings segments notifications policies settings users
				streams; show: session camera run event recording */
	const char *id;      /* show */
	const char *session; /* captures, segments (their recording): --session */
	const char *site;    /* --site, NULL = all */
	const char *status;  /* --status, NULL = all */
	int64_t since_ms;    /* absolute; UNKNOWN = all */
	int64_t limit;       /* 0 = all */
	enum cli_format format;
	bool is_ascii;
	bool has_color;
	int64_t now_ms;
};

/* The nouns list and show know, for --help, completion and the test that compares the manual. */
extern const char *const cli_list_nouns[];
extern const char *const cli_show_nouns[];

/* Streams page by page: memory stays bounded at any number of rows. */
bool cli_list(struct reader *reader, const struct cli_request *request, FILE *out, struct err *err);
/* false with "no session 'x' ..." when there is none. */
bool cli_show(struct reader *reader, const struct cli_request *request, FILE *out, struct err *err);

#endif
