/* The table of endpoints: one row each says which dialects have it and who answers. */
#ifndef SIM_ROUTE_H
#define SIM_ROUTE_H

#include "sim/answer.h"
#include "sim/camera.h"
#include "sim/run.h"

typedef void (*route_fn)(const struct request *request, struct answer *answer);

/* Answers a request, faults, key check and rate limit included. The request's id, request_id and
 * times are filled in here. */
void route_answer(struct request *request, struct answer *answer);

/* ---- the handlers, by noun ---- */
/* body_session.c */
void body_sessions_a(const struct request *request, struct answer *answer);
void body_session_a(const struct request *request, struct answer *answer);
void body_sessions_b(const struct request *request, struct answer *answer);
void body_sessions_b_diagnostics(const struct request *request, struct answer *answer);
void body_session_b(const struct request *request, struct answer *answer);
/* body_evidence.c */
void body_evidence_a(const struct request *request, struct answer *answer);
void body_evidence_b(const struct request *request, struct answer *answer);
void body_evidence_pair(const struct request *request, struct answer *answer);
/* body_image.c */
void body_presign(const struct request *request, struct answer *answer);
void body_image_by_query(const struct request *request, struct answer *answer);
void body_image_by_path(const struct request *request, struct answer *answer);
void body_object(const struct request *request, struct answer *answer);
/* body_camera.c */
void body_camera_diagnostics(const struct request *request, struct answer *answer);
void body_cameras_diagnostics(const struct request *request, struct answer *answer);
void body_cameras_statistics(const struct request *request, struct answer *answer);
void body_cameras_v1(const struct request *request, struct answer *answer);
void body_cameras_dashboard(const struct request *request, struct answer *answer);
void body_cameras_paired(const struct request *request, struct answer *answer);
/* body_container.c */
void body_containers(const struct request *request, struct answer *answer);
/* body_run.c */
void body_delta_of_session(const struct request *request, struct answer *answer);
void body_latest_of_container(const struct request *request, struct answer *answer);
void body_runs_of_container(const struct request *request, struct answer *answer);
/* body_review.c */
void body_review(const struct request *request, struct answer *answer);
void body_rerun(const struct request *request, struct answer *answer);
/* body_health.c */
void body_health_bridge(const struct request *request, struct answer *answer);
void body_health_storage(const struct request *request, struct answer *answer);
void body_health_system(const struct request *request, struct answer *answer);
void body_health_short(const struct request *request, struct answer *answer);
void body_health_mqtt(const struct request *request, struct answer *answer);
void body_health_link(const struct request *request, struct answer *answer);
void body_health_tailscale(const struct request *request, struct answer *answer);
void body_health_door(const struct request *request, struct answer *answer);

/* body_recorder.c */
void body_thumbnail(const struct request *request, struct answer *answer);
void body_recorder_health(const struct request *request, struct answer *answer);

/* ---- shared by handlers ---- */
/* The session that request->id names; false after writing a 404. */
bool body_find_session(
	const struct request *request, struct answer *answer, struct sim_session *session);
/* The review of a run, or null when it has none. body_review.c. */
void body_emit_review(struct emit *emit, const char *key, const struct sim_run *run);

#endif
