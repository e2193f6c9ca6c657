/* Rules about one camera: stale, signal quality, its hardware address (contracts 4.3, 4.4). Pure;
 * any thread. */
#include "model/camera.h"
#include "model/span.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

const char *camera_name(const struct camera *camera)
{
	return camera->name && *camera->name ? camera->name : camera->id;
}

bool camera_is_of_recorder(const struct camera *camera)
{
	return camera->dialect && strcmp(camera->dialect, "O") == 0;
}

bool camera_is_stale(const struct camera *camera, int64_t now_ms)
{
	return camera->status && strcasecmp(camera->status, "online") == 0 &&
		time_is_older(camera->last_seen, now_ms, CAMERA_STALE_MS);
}

static const struct {
	const char *word;
	int64_t from_dbm;
	int bars;
} qualities[] = {
	{"excellent", -50, 4},
	{"good", -60, 3},
	{"fair", -70, 2},
	{"poor", -100, 1},
};

enum { QUALITIES = sizeof(qualities) / sizeof(qualities[0]) };

const char *camera_quality(int64_t rssi_dbm)
{
	for (size_t i = 0; rssi_dbm <= 0 && i < QUALITIES; i++) {
		if (rssi_dbm >= qualities[i].from_dbm)
			return qualities[i].word;
	}
	return NULL;
}

int camera_quality_bars(const char *quality)
{
	for (size_t i = 0; quality && i < QUALITIES; i++) {
		if (strcasecmp(qualities[i].word, quality) == 0)
			return qualities[i].bars;
	}
	return 0;
}

/* The hex digits of text without separators; false when anything else is in it, or there are not
 * exactly 12. */
static bool only_mac(char dst[13], const char *text)
{
	size_t digits = 0;

	for (; *text; text++) {
		if (strchr(":-. ", *text))
			continue;
		if (!isxdigit((unsigned char)*text) || digits == 12)
			return false;
		dst[digits++] = (char)tolower((unsigned char)*text);
	}
	dst[digits] = '\0';
	return digits == 12;
}

/* The part of an id such as esp-1cdbd47a4f10 after its last separator. A prefix of nothing but hex
 * digits is no prefix: an UUID ends in 12 of them too. */
static const char *after_prefix(const char *id)
{
	size_t prefix = strlen(id);
	bool is_word = false;

	while (prefix > 0 && !strchr("-_:", id[prefix - 1]))
		prefix--;
	for (size_t i = 0; i < prefix; i++)
		is_word = is_word ||
			(isalpha((unsigned char)id[i]) && !isxdigit((unsigned char)id[i]));
	return is_word ? id + prefix : NULL;
}

/* What devices report that do not know their address. */
static bool is_placeholder(const char mac[13])
{
	return strspn(mac, "0") == 12 || strspn(mac, "f") == 12;
}

bool camera_mac(char dst[13], const char *mac_or_id)
{
	const char *tail;

	if (!mac_or_id)
		return false;
	if (only_mac(dst, mac_or_id))
		return !is_placeholder(dst);
	tail = after_prefix(mac_or_id);
	return tail && only_mac(dst, tail) && !is_placeholder(dst);
}
