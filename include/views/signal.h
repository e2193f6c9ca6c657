/* A camera's signal as words and as a small chart, for the list and its detail. Main thread. */
#ifndef VIEWS_SIGNAL_H
#define VIEWS_SIGNAL_H

#include "model/camera.h"
#include "views/view.h"

enum { SIGNAL_TREND_CELLS = 12, SIGNAL_TREND_MAX = 60, SIGNAL_TREND_BYTES = 4 * SIGNAL_TREND_MAX };

/* Bars and dBm, "▂▄▆_ -57 dBm"; what is out of range raw with "?" (contracts 4.4); its role. */
enum role signal_words(char *dst, size_t dst_bytes, const struct camera *camera, bool is_ascii);
/* A sparkline of the newest samples; asks the store. */
void signal_trend(char dst[SIGNAL_TREND_BYTES], const struct view_context *context,
	const char *site, const char *camera_id, int cells);

#endif
