/* Writing captures; the newest of each camera tells when that camera last worked. Owns nothing;
 * store lane. */
#include "model/camera.h"
#include "model/capture.h"
#include "store/writer.h"
#include <string.h>

static bool is_taken(const struct capture *capture)
{
	return capture->camera_id && capture->captured_at != UNKNOWN &&
		(!capture->status || strcmp(capture->status, "captured") == 0);
}

static bool note_camera(
	struct writer *writer, const struct capture *capture, bool *is_changed, struct err *err)
{
	struct camera_source source;
	const struct camera_source *stored;
	struct put put;

	noun_clear(&nouns[NOUN_CAMERA_SOURCE], &source);
	source.source = "captures";
	source.camera.site = capture->site;
	source.camera.id = capture->camera_id;
	source.camera.last_capture_at = capture->captured_at;
	stored = relation_find(&writer->tables[NOUN_CAMERA_SOURCE], &source);
	if (stored && stored->camera.last_capture_at >= capture->captured_at)
		return true;
	*is_changed = true;
	return writer_put(writer, NOUN_CAMERA_SOURCE, &source, FIELDS_ALL, &put, err);
}

bool captures_put(struct writer *writer, const struct batch *batch, struct err *err)
{
	const char *site = NULL;
	bool is_changed = false;

	for (size_t i = 0; i < batch->rows[NOUN_CAPTURE].count; i++) {
		const struct capture *row = batch_row(batch, NOUN_CAPTURE, struct capture, i);
		struct put put;

		if (!writer_put(writer, NOUN_CAPTURE, row, FIELDS_ALL, &put, err))
			return false;
		if (put.result == PUT_SAME || !is_taken(row))
			continue;
		if (is_changed && strcmp(site, row->site) != 0) {
			if (!cameras_merge(writer, site, err))
				return false;
			is_changed = false;
		}
		site = row->site;
		if (!note_camera(writer, row, &is_changed, err))
			return false;
	}
	return !is_changed || cameras_merge(writer, site, err);
}
