/* Which fault strikes, and what it does to an answer. Owns nothing; any thread. */
#include "sim/fault.h"

#include "base/text.h"
#include "sim/answer.h"
#include "sim/presign.h"
#include <stdio.h>
#include <string.h>

static const struct kind {
	const char *name;
	int64_t default_arg;
	const char *help;
} kinds[FAULT_KINDS + 1] = {
	[FAULT_500] = {"500", 0, "internal error, E1 body"},
	[FAULT_503] = {"503", 30, "unavailable, E2 body with retry_after_seconds=ARG"},
	[FAULT_429] = {"429", 2, "rate limited, E2 body with retry_after_seconds=ARG"},
	[FAULT_401] = {"401", 0, "key refused, E3 body"},
	[FAULT_403] = {"403", 0, "refused, the XML of an object store"},
	[FAULT_404] = {"404", 0, "not found, E1 body"},
	[FAULT_HTML] = {"html", 200, "the web interface's index page with status ARG"},
	[FAULT_RESET] = {"reset", 0, "the connection is reset"},
	[FAULT_HANG] = {"hang", 120, "nothing for ARG seconds, then the connection closes"},
	[FAULT_SLOW] = {"slow", 100, "16 bytes every ARG milliseconds"},
	[FAULT_STALL] = {"stall", 120, "headers and half the body, then nothing for ARG seconds"},
	[FAULT_TRUNCATED] = {"truncated", 0, "the connection closes after half the body"},
	[FAULT_MALFORMED] = {"malformed", 0, "well delivered, but half the JSON"},
	[FAULT_HUGE] = {"huge", 80, "ARG MiB of JSON"},
	[FAULT_BADRECORD] = {"badrecord", 0, "one unusable record first in each list"},
	[FAULT_BARE] = {"bare", 0, "a recorder's health with no more than its status"},
};

const char *fault_kind_name(int kind)
{
	return kinds[kind].name;
}

const char *fault_kind_help(int kind)
{
	return kinds[kind].help;
}

static bool parse_chance(struct fault *fault, char *chance, struct err *err)
{
	double probability;

	fault->chance_millionth = FAULT_CERTAIN;
	if (!chance)
		return true;
	*chance++ = '\0';
	if (!text_to_double(chance, &probability) || probability < 0 || probability > 1)
		return err_set(err, "a fault's probability must be 0..1, not %s", chance);
	fault->chance_millionth = (int64_t)(probability * FAULT_CERTAIN);
	return true;
}

static bool parse_kind(struct fault *fault, const char *name, char *arg, struct err *err)
{
	if (arg)
		*arg++ = '\0';
	for (int kind = 0; kind < FAULT_KINDS; kind++) {
		if (strcmp(kinds[kind].name, name) != 0)
			continue;
		fault->kind = (enum fault_kind)kind;
		fault->arg = kinds[kind].default_arg;
		if (arg && (!text_to_int64(arg, &fault->arg) || fault->arg < 0))
			return err_set(err, "a fault's argument must be a number, not %s", arg);
		return true;
	}
	return err_set(err, "no such fault: %s (--help lists them)", name);
}

bool fault_parse(struct fault *fault, const char *text, struct err *err)
{
	char copy[FAULT_GLOB_BYTES + 64];
	char *kind;

	if (snprintf(copy, sizeof copy, "%s", text) >= (int)sizeof copy)
		return err_set(err, "a fault is at most %zu bytes long", sizeof copy - 1);
	kind = strrchr(copy, '=');
	if (!kind || kind == copy || kind - copy >= FAULT_GLOB_BYTES)
		return err_set(err, "a fault is PATH-GLOB=KIND[:ARG][@PROBABILITY], not %s", text);
	*kind++ = '\0';
	memcpy(fault->glob, copy, strlen(copy) + 1);
	return parse_chance(fault, strchr(kind, '@'), err) &&
		parse_kind(fault, kind, strchr(kind, ':'), err);
}

const struct fault *fault_pick(
	const struct fault *faults, int count, const char *path, uint64_t draw)
{
	for (int i = 0; i < count; i++, draw = draw >> 7 | draw << 57)
		if (text_glob(faults[i].glob, path) &&
			(int64_t)(draw % FAULT_CERTAIN) < faults[i].chance_millionth)
			return &faults[i];
	return NULL;
}

static void not_found(const struct request *request, struct answer *answer)
{
	static const char store[] = "/" PRESIGN_BUCKET "/";

	if (strncmp(request->path, store, strlen(store)) == 0)
		answer_storage_error(answer, 404, "NoSuchKey", "The specified key does not exist.");
	else
		answer_error(answer, 404, "not found");
}

bool fault_replace(const struct fault *fault, struct request *request, struct answer *answer)
{
	switch (fault->kind) {
	case FAULT_500:
		answer_error(answer, 500, "internal error: database is locked");
		return true;
	case FAULT_503:
		answer_error_code(answer, request, 503, "SERVICE_UNAVAILABLE",
			"service is restarting", fault->arg);
		return true;
	case FAULT_429:
		answer_error_code(
			answer, request, 429, "RATE_LIMITED", "too many requests", fault->arg);
		return true;
	case FAULT_401:
		answer_unauthorized(answer, request);
		return true;
	case FAULT_403:
		answer_storage_error(answer, 403, "AccessDenied", "Request has expired");
		return true;
	case FAULT_404:
		not_found(request, answer);
		return true;
	case FAULT_HTML:
		answer_index_page(answer);
		answer->status = (unsigned)fault->arg;
		return true;
	case FAULT_RESET:
		answer->delivery = DELIVER_RESET;
		return true;
	case FAULT_HANG:
		answer->delivery = DELIVER_HANG;
		answer->delivery_arg = fault->arg * 1000;
		return true;
	case FAULT_HUGE:
		answer->delivery = DELIVER_HUGE;
		answer->delivery_arg = fault->arg << 20;
		return true;
	case FAULT_BADRECORD:
		request->wants_bad_record = true;
		return false;
	case FAULT_BARE:
		request->wants_bare = true;
		return false;
	default:
		return false;
	}
}

void fault_spoil(const struct fault *fault, struct answer *answer)
{
	answer->delivery_arg = fault->arg;
	switch (fault->kind) {
	case FAULT_SLOW:
		answer->delivery = DELIVER_SLOW;
		break;
	case FAULT_STALL:
		answer->delivery = DELIVER_STALL;
		answer->delivery_arg = fault->arg * 1000;
		break;
	case FAULT_TRUNCATED:
		answer->delivery = DELIVER_TRUNCATED;
		break;
	case FAULT_MALFORMED:
		answer->body.len /= 2;
		break;
	default:
		break;
	}
}
