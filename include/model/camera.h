/* A camera as the Pi's several endpoints describe it, and the rules about its health. Pure. */
#ifndef MODEL_CAMERA_H
#define MODEL_CAMERA_H

#include "model/noun.h"

/* An online camera silent for longer is marked stale (contracts 4.3). */
enum { CAMERA_STALE_MS = 300000 };

struct camera {
	const char *site;
	const char *id;
	const char *name;
	const char *status; /* raw word */
	int64_t last_seen;
	const char *last_seen_raw;
	int64_t last_capture_at;
	int64_t rssi;        /* dBm as sent, also out of range */
	const char *quality; /* the server's word, else derived from rssi; NULL = nothing known */
	int64_t heap;        /* free bytes */
	int64_t uptime_seconds;
	int64_t error_count;
	const char *last_error;
	int64_t last_error_at;
	const char *firmware_version;
	const char *resolution;
	double frame_rate;
	double average_capture_ms;
	const char *ip_address;
	const char *mac_address;
	const char *container_id;
	int64_t position; /* 1..4 */
	int64_t total_captures;
	int64_t failed_captures;
	double capture_success_rate; /* 0..1; meaningless while total_captures is 0 */
	int64_t paired_at;
	const char *location;      /* recorder */
	const char *model;         /* recorder */
	const char *stream_status; /* of its newest stream; recorder */
	int64_t last_recording_at; /* start of its newest; recorder */
	int64_t events_24h;        /* recorder */
	const char *dialect;       /* "O" = a recorder's, as of sessions; NULL = a Pi's */
	const char *picture_key;   /* of the last picture the Pi names itself; NULL = it does not */
};

/* What one endpoint said. source: "detail" "diagnostics" "list" "statistics" "paired" "container"
 * "captures", or "recorder": a row of its table, never taken for another one's. */
struct camera_source {
	const char *source;
	struct camera camera;
};

/* Its name, or the id when the name is unknown or empty. */
const char *camera_name(const struct camera *camera);

/* A row of a recorder's table: it has streams and recordings, but nobody hears from it itself. */
bool camera_is_of_recorder(const struct camera *camera);

/* Online and not seen for more than CAMERA_STALE_MS. */
bool camera_is_stale(const struct camera *camera, int64_t now_ms);

/* "excellent" "good" "fair" "poor"; NULL for UNKNOWN or out of -100..0 (contracts 4.4). */
const char *camera_quality(int64_t rssi_dbm);
/* 4 3 2 1 for the four words, 0 for NULL and unknown words. */
int camera_quality_bars(const char *quality);

/* MAC normalized to 12 lower-case hex digits from any separators, or taken from an id such as
 * esp-1cdbd47a4f10; false when there is none. */
bool camera_mac(char dst[13], const char *mac_or_id);

/* Merges what the endpoints said into one row a camera: by id, by MAC, and an espcam-XXXXXX with
 * the MAC that ends in these digits (contracts 1.8.6, edge case 67). Identity from list and paired,
 * health from detail and diagnostics, counts from statistics; what a better source does not know a
 * lesser one fills in. sources are all of one site; merged has room for count rows; texts are
 * borrowed from the sources. Returns the number of rows, in the order of the sources; 0 when out of
 * memory. A success rate of no captures is NAN (edge case 69). */
size_t camera_merge(const struct camera_source *sources, size_t count, struct camera *merged);

#endif
