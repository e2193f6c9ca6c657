/* The names things go by in each dialect, and the way back from a name to the thing. Pure. */
#ifndef SIM_IDENT_H
#define SIM_IDENT_H

#include "sim/session.h"

enum { IDENT_BYTES = 64, OBJECT_KEY_BYTES = 256 };

/* dashboard: sess-7f30. v1, field: live-ops-<epoch seconds>, in v1 every other one a UUIDv7. */
void ident_session(const struct world *world, int64_t slot, char dst[IDENT_BYTES]);
/* false when no session of that name has started at now_ms. */
bool ident_find_session(const struct world *world, const char *id, int64_t now_ms, int64_t *slot);

/* espcam-0a1b2c; in field esp-1cdbd47a4f10, which breaks the documented pattern. */
void ident_camera(const struct world *world, int camera, char dst[IDENT_BYTES]);
bool ident_find_camera(const struct world *world, const char *id, int *camera);
void ident_camera_mac(const struct world *world, int camera, char dst[IDENT_BYTES]);

void ident_container(const struct world *world, int container, char dst[IDENT_BYTES]);
bool ident_find_container(const struct world *world, const char *id, int *container);

/* run-007f30, and run-007f30-2 after a re-run. */
void ident_run(const struct world *world, int64_t slot, int attempt, char dst[IDENT_BYTES]);
bool ident_find_run(
	const struct world *world, const char *id, int64_t now_ms, int64_t *slot, int *attempt);

/* dashboard: ev-7f30-3; else a UUIDv7. */
void ident_evidence(const struct world *world, const struct sim_session *session,
	const struct sim_capture *capture, char dst[IDENT_BYTES]);
void ident_delivery(const struct world *world, int64_t slot, char dst[IDENT_BYTES]);

/* evidence/<container>/<session>/[thumb_]<TAG>_<YYYYMMDDThhmmss>_<8 hex>.jpg */
void ident_object_key(const struct world *world, const struct sim_session *session,
	const struct sim_capture *capture, bool is_thumbnail, char dst[OBJECT_KEY_BYTES]);

/* How the picture is encoded. */
enum object_form { FORM_PLAIN, FORM_PROGRESSIVE, FORM_CMYK, FORM_ROTATED };

struct object {
	struct sim_session session;
	struct sim_capture capture;
	bool is_thumbnail;
	enum object_form form;
};
/* The picture a key names; false when there is none (yet). */
bool ident_find_object(
	const struct world *world, const char *key, int64_t now_ms, struct object *object);

#endif
