/* Rows with pictures for the tests of evidence, picture and wall. */
#include "views/larder.h"

struct capture *larder_capture(struct stage *stage, const char *session_id, const char *id,
	const char *camera_id, int64_t seconds)
{
	struct capture *capture = stage_capture(stage, session_id, id, camera_id, "captured");

	capture->captured_at = NOW - SECONDS(seconds);
	capture->bucket = "delicasa-evidence";
	capture->object_key = capture->picture_key =
		stage_text(stage, "evidence/c1/%s/%s.jpg", session_id, id);
	capture->size_bytes = 184320;
	return capture;
}

void larder_pair(struct stage *stage)
{
	struct overlay *overlay;
	struct run *run = stage_run(stage, "run-203", "sess-7f2d", "needs_review");

	larder_capture(stage, "sess-7f2d", "ev-11", "espcam-0a1b2c", 3110);
	larder_capture(stage, "sess-7f2d", "ev-12", "espcam-b0f7f1", 3109);
	larder_capture(stage, "sess-7f2d", "ev-13", "espcam-0a1b2c", 3082)->thumbnail_key =
		"evidence/c1/sess-7f2d/ev-13-small.jpg";
	larder_capture(stage, "sess-7f2d", "ev-14", "espcam-b0f7f1", 3081);
	run->before_key = "evidence/c1/sess-7f2d/ev-11.jpg";
	run->after_key = "evidence/c1/sess-7f2d/ev-13.jpg";
	overlay = stage_overlay(stage, "run-203", "before", 0, "Water 0.5 l");
	larder_box(overlay, 0.1, 0.2, 0.1, 0.3);
	overlay = stage_overlay(stage, "run-203", "before", 1, "Salad bowl");
	larder_box(overlay, 0.5, 0.2, 0.2, 0.2);
	overlay = stage_overlay(stage, "run-203", "after", 0, "Sandwich ham");
	larder_box(overlay, 0.7, 0.6, 0.2, 0.2);
	stage_commit(stage);
}

void larder_many(struct stage *stage, int count)
{
	stage_session(stage, "sess-many", "completed", NOW - HOURS(1))->capture_count = count;
	for (int i = 0; i < count; i++)
		larder_capture(stage, "sess-many", stage_text(stage, "ev-%04d", i),
			stage_text(stage, "espcam-%06x", i), 1000 - i);
	stage_commit(stage);
}

void larder_cameras(struct stage *stage, int count)
{
	stage_session(stage, "sess-1", "completed", NOW - HOURS(1));
	for (int i = 0; i < count; i++) {
		const char *id = stage_text(stage, "cam-%02d", i);

		stage_camera(stage, id, "online");
		larder_capture(stage, "sess-1", stage_text(stage, "ev-%02d", i), id, 60 + i);
	}
	stage_commit(stage);
}
