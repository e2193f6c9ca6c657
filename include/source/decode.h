/* Bytes to rows: one decoder per noun, all of this shape. Pure: no network, no clock, no store. */
#ifndef SOURCE_DECODE_H
#define SOURCE_DECODE_H

#include "base/err.h"
#include "model/batch.h"

struct json;

struct decode_context {
	const char *site;    /* rows borrow it: it must live as long as the batch */
	const char *subject; /* so must the feed's subject, "" if none */
	const char *bucket;  /* NULL = none configured */
	const char *source;  /* name of the feed, for camera sources */
	int64_t fetched_at;
	int64_t limit; /* that was asked for; 0 = none */
};

/* Adds the good records of a parsed body to the batch, counts them in batch->feed->records and the
 * bad ones in ->skipped. false: the body as a whole is not what the endpoint should say. */
typedef bool (*decode_fn)(const struct decode_context *context, const struct json *body,
	struct batch *batch, struct err *err);

bool decode_sessions(
	const struct decode_context *, const struct json *, struct batch *, struct err *);
bool decode_session(
	const struct decode_context *, const struct json *, struct batch *, struct err *);
bool decode_evidence(
	const struct decode_context *, const struct json *, struct batch *, struct err *);
bool decode_cameras(
	const struct decode_context *, const struct json *, struct batch *, struct err *);
bool decode_camera(
	const struct decode_context *, const struct json *, struct batch *, struct err *);
bool decode_containers(
	const struct decode_context *, const struct json *, struct batch *, struct err *);
bool decode_runs(const struct decode_context *, const struct json *, struct batch *, struct err *);
bool decode_run(const struct decode_context *, const struct json *, struct batch *, struct err *);
bool decode_bridge_health(
	const struct decode_context *, const struct json *, struct batch *, struct err *);
bool decode_storage_health(
	const struct decode_context *, const struct json *, struct batch *, struct err *);
bool decode_system(
	const struct decode_context *, const struct json *, struct batch *, struct err *);
bool decode_mqtt(const struct decode_context *, const struct json *, struct batch *, struct err *);
bool decode_bridge_link(
	const struct decode_context *, const struct json *, struct batch *, struct err *);
bool decode_tailscale(
	const struct decode_context *, const struct json *, struct batch *, struct err *);
bool decode_gateway(
	const struct decode_context *, const struct json *, struct batch *, struct err *);
bool decode_door(const struct decode_context *, const struct json *, struct batch *, struct err *);

#endif
