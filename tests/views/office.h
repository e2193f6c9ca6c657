/* What a recorder's house keeps: cameras with streams, notifications, policies, settings and users,
 * as its lists show them. */
#ifndef TESTS_VIEWS_OFFICE_H
#define TESTS_VIEWS_OFFICE_H

#include "model/recorder.h"
#include "views/stage.h"

#define OFFICE_ENTRANCE "cam-entrance-4f1c"
#define OFFICE_DOCK "cam-dock-81b2"
#define OFFICE_PARKING "cam-parking-33d9"
#define OFFICE_ROOF "cam-roof-0a77"
/* An id that nothing has. */
#define OFFICE_NOBODY "53b6620f-5eb5-45bb-b857-b304809aaaa1"

/* Beside a recorder: its tabs are there. */
void office_open(struct stage *stage);

/* Rows of the batch, as in stage.h; all of them with their feed, good 3 s ago. */
void office_cameras(struct stage *stage);
void office_streams(struct stage *stage);
void office_notifications(struct stage *stage);
/* Policies, and what holds for each camera. */
void office_retention(struct stage *stage);
void office_settings(struct stage *stage);
void office_users(struct stage *stage);

struct stream *office_stream(
	struct stage *stage, const char *id, const char *camera_id, const char *status);
struct notification *office_notification(
	struct stage *stage, const char *id, const char *type, const char *title);
struct policy *office_policy(
	struct stage *stage, const char *id, const char *name, const char *camera_id);
struct setting *office_setting(
	struct stage *stage, const char *category, const char *key, const char *value);
struct account *office_user(
	struct stage *stage, const char *id, const char *username, const char *role);

#endif
