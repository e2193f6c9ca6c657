/* Odd pictures: generated from scenes by breaking or encoding them in other ways. Owns nothing; the
 * server's thread. */
#include "sim/odd_picture.h"

#include "sim/dice.h"
#include "sim/png.h"
#include "sim/presign.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GARBAGE_BYTES = 4000, LINE_CHARACTERS = 76, PICTURE_MAX_BYTES = 8 << 20 };

static const char folder[] = "evidence/odd/" ODD_PICTURES_SESSION "/";
static const char unreachable[] = "127.0.0.1:9";
/* 2026-02-18T09:14:02Z */
static const int64_t first_ms = INT64_C(1771406042000);

/* ---- bytes ---- */

/* Pictures before and after in turn. */
static struct object object_of(const struct request *request, int index, bool is_thumbnail)
{
	struct object object = {.is_thumbnail = is_thumbnail};

	sim_session_at(&request->site->world, -1 - index / 2, request->now_ms, &object.session);
	object.capture = (struct sim_capture){
		.tag = index % 2 ? AFTER_CLOSE : BEFORE_OPEN, .status = CAPTURE_DONE};
	return object;
}

static bool append_scene(
	const struct request *request, const struct object *object, struct buf *out)
{
	size_t bytes = 0;
	const unsigned char *data =
		gallery_picture(request->site->gallery, &request->site->world, object, &bytes);

	return data && buf_append(out, data, bytes);
}

static bool make_form(
	const struct request *request, int index, enum object_form form, struct buf *out)
{
	struct object object = object_of(request, index, false);

	object.form = form;
	return append_scene(request, &object, out);
}

static bool make_plain(const struct request *request, int index, struct buf *out)
{
	return make_form(request, index, FORM_PLAIN, out);
}

static bool make_progressive(const struct request *request, int index, struct buf *out)
{
	return make_form(request, index, FORM_PROGRESSIVE, out);
}

static bool make_cmyk(const struct request *request, int index, struct buf *out)
{
	return make_form(request, index, FORM_CMYK, out);
}

static bool make_rotated(const struct request *request, int index, struct buf *out)
{
	return make_form(request, index, FORM_ROTATED, out);
}

static bool make_small(const struct request *request, int index, struct buf *out)
{
	struct object object = object_of(request, index, true);

	return append_scene(request, &object, out);
}

static bool make_truncated(const struct request *request, int index, struct buf *out)
{
	if (!make_plain(request, index, out))
		return false;
	out->len /= 2;
	return true;
}

static bool make_garbage(const struct request *request, int index, struct buf *out)
{
	for (int i = 0; i < GARBAGE_BYTES; i++) {
		unsigned char byte = (unsigned char)dice(
			request->site->world.seed + (uint64_t)index, DICE_NOISE, i);

		buf_append(out, &byte, 1);
	}
	return true;
}

static bool make_png(const struct request *request, int index, struct buf *out)
{
	struct object object = object_of(request, index, true);
	int width_px, height_px;
	unsigned char *pixels = scene_pixels(&request->site->world, &object, &width_px, &height_px);
	bool is_ok = pixels && png_write(out, pixels, width_px, height_px);

	free(pixels);
	return is_ok;
}

static bool make_empty(const struct request *request, int index, struct buf *out)
{
	(void)request;
	(void)index;
	(void)out;
	return true;
}

static bool make_page(const struct request *request, int index, struct buf *out)
{
	(void)request;
	(void)index;
	return buf_text(out, "<!doctype html>\n<html><body>Please sign in</body></html>\n");
}

/* Says that the picture is that large, and has no more data than before. */
static bool make_sized(
	const struct request *request, int index, unsigned char size, struct buf *out)
{
	static const char frame[] = {(char)0xff, (char)0xc0};
	char *at;

	if (!make_small(request, index, out))
		return false;
	at = memmem(out->data, out->len, frame, sizeof frame);
	if (at && out->len - (size_t)(at - out->data) > 9)
		memset(at + 5, size, 4);
	return true;
}

static bool make_huge(const struct request *request, int index, struct buf *out)
{
	return make_sized(request, index, 0xff, out);
}

static bool make_sizeless(const struct request *request, int index, struct buf *out)
{
	return make_sized(request, index, 0, out);
}

/* ---- the table ---- */

typedef bool (*make_fn)(const struct request *request, int index, struct buf *out);

/* How a client is told of it. */
enum told {
	TOLD_SIGNED,      /* A: a good URL; B: an object key */
	TOLD_LATE,        /* A: an URL that has expired */
	TOLD_BAD_EXPIRY,  /* A */
	TOLD_UNREACHABLE, /* A: an URL at a host that is not there */
	TOLD_RELATIVE,    /* A */
	TOLD_DATA,        /* A */
	TOLD_BREAKS,      /* B: base64 with line breaks */
	TOLD_BARE,        /* B: without padding */
	TOLD_ILLEGAL      /* B: with characters that mean nothing */
};

static const struct odd_picture {
	const char *name;
	make_fn make; /* NULL: it was deleted */
	enum told told;
	const char *content_type; /* NULL: image/jpeg */
} pictures[] = {
	{"plain", make_plain, TOLD_SIGNED, NULL},
	{"progressive", make_progressive, TOLD_SIGNED, NULL},
	{"cmyk", make_cmyk, TOLD_SIGNED, NULL},
	{"rotated", make_rotated, TOLD_SIGNED, NULL},
	{"png", make_png, TOLD_SIGNED, "image/png"},
	{"truncated", make_truncated, TOLD_SIGNED, NULL},
	{"garbage", make_garbage, TOLD_SIGNED, NULL},
	{"huge", make_huge, TOLD_SIGNED, NULL},
	{"sizeless", make_sizeless, TOLD_SIGNED, NULL},
	{"empty", make_empty, TOLD_SIGNED, NULL},
	{"html", make_page, TOLD_SIGNED, NULL},
	{"deleted", NULL, TOLD_SIGNED, NULL},
	{"late", make_plain, TOLD_LATE, NULL},
	{"bad-expiry", make_plain, TOLD_BAD_EXPIRY, NULL},
	{"unreachable", make_plain, TOLD_UNREACHABLE, NULL},
	{"relative", make_plain, TOLD_RELATIVE, NULL},
	{"data", make_small, TOLD_DATA, NULL},
	{"breaks", make_small, TOLD_BREAKS, NULL},
	{"bare", make_small, TOLD_BARE, NULL},
	{"illegal", make_small, TOLD_ILLEGAL, NULL},
};

enum { PICTURES = sizeof pictures / sizeof pictures[0] };

static void key_of(const struct odd_picture *picture, char key[OBJECT_KEY_BYTES])
{
	snprintf(key, OBJECT_KEY_BYTES, "%s%s.jpg", folder, picture->name);
}

bool odd_pictures_asked(const struct request *request)
{
	return request->site->options->has_odd_records &&
		!strcmp(request->id, ODD_PICTURES_SESSION);
}

bool odd_picture_send(const struct request *request, struct answer *answer, const char *key)
{
	char own[OBJECT_KEY_BYTES];

	for (int i = 0; request->site->options->has_odd_records && i < PICTURES; i++) {
		key_of(&pictures[i], own);
		if (!pictures[i].make || strcmp(own, key) != 0)
			continue;
		answer->content_type =
			pictures[i].content_type ? pictures[i].content_type : "image/jpeg";
		return pictures[i].make(request, i, &answer->body);
	}
	return false;
}

/* ---- texts ---- */

/* The picture as base64, in the way its row says. */
static void write_base64(const struct request *request, int index, enum told told, struct buf *out)
{
	struct buf picture, plain;
	struct emit emit = {.out = &plain};
	size_t length;

	buf_init(&picture, PICTURE_MAX_BYTES);
	buf_init(&plain, PICTURE_MAX_BYTES * 2);
	pictures[index].make(request, index, &picture);
	emit_base64(&emit, NULL, (const unsigned char *)picture.data, picture.len);
	length = plain.len - 1; /* without the quotes */
	while (told == TOLD_BARE && plain.data[length - 1] == '=')
		length--;
	for (size_t at = 1; at < length; at += LINE_CHARACTERS) {
		size_t left = length - at;

		buf_append(out, plain.data + at, left < LINE_CHARACTERS ? left : LINE_CHARACTERS);
		if (told == TOLD_BREAKS)
			buf_text(out, "\r\n");
	}
	if (told == TOLD_ILLEGAL)
		memcpy(out->data + out->len / 2, "!*#?", 4);
	buf_release(&picture);
	buf_release(&plain);
}

static void write_signed(const struct request *request, const char *host, const char *key,
	bool is_late, struct buf *out)
{
	int64_t at_ms = request->wall_ms - (is_late ? PRESIGN_MAX_SECONDS * 1000 : 0);

	presign_url(
		out, request->site->world.seed, host, key, at_ms, request_url_seconds(request, 0));
}

static void write_url(const struct request *request, int index, struct buf *out)
{
	const struct odd_picture *picture = &pictures[index];
	char key[OBJECT_KEY_BYTES];

	key_of(picture, key);
	switch (picture->told) {
	case TOLD_RELATIVE:
		buf_printf(out, "/api/dashboard/diagnostics/images/proxy?key=%s", key);
		break;
	case TOLD_DATA:
		buf_text(out, "data:image/jpeg;base64,");
		write_base64(request, index, TOLD_DATA, out);
		break;
	case TOLD_UNREACHABLE:
		write_signed(request, unreachable, key, false, out);
		break;
	default:
		write_signed(request, request->host, key, picture->told == TOLD_LATE, out);
		break;
	}
}

/* ---- captures ---- */

static void emit_names(struct emit *emit, const char *id_name, int index)
{
	char id[IDENT_BYTES];

	snprintf(id, sizeof id, "odd-%s", pictures[index].name);
	emit_text(emit, id_name, id);
	emit_text(emit, "session_id", ODD_PICTURES_SESSION);
}

static void emit_capture_a(struct emit *emit, const struct request *request, int index)
{
	const struct odd_picture *picture = &pictures[index];
	int64_t late_ms = picture->told == TOLD_LATE ? PRESIGN_MAX_SECONDS * 1000 : 0;
	struct buf url;

	buf_init(&url, PICTURE_MAX_BYTES);
	write_url(request, index, &url);
	emit_object(emit, NULL);
	emit_names(emit, "id", index);
	emit_time(emit, "captured_at", first_ms + index * 1000);
	emit_text(emit, "camera_id", "odd-edge");
	emit_text(emit, "thumbnail_url", url.data);
	emit_text(emit, "full_url", url.data);
	if (picture->told == TOLD_BAD_EXPIRY)
		emit_text(emit, "expires_at", "soon");
	else
		emit_time(emit, "expires_at",
			((request->wall_ms - late_ms) / 1000 + request_url_seconds(request, 0)) *
				1000);
	emit_text(
		emit, "content_type", picture->content_type ? picture->content_type : "image/jpeg");
	emit_object_end(emit);
	buf_release(&url);
}

void odd_pictures_emit_a(struct emit *emit, const struct request *request)
{
	for (int i = PICTURES - 1; i >= 0; i--)
		if (pictures[i].told <= TOLD_DATA)
			emit_capture_a(emit, request, i);
}

static void emit_image_b(struct emit *emit, const struct request *request, int index)
{
	char key[OBJECT_KEY_BYTES];
	struct buf text;

	if (pictures[index].told == TOLD_SIGNED) {
		key_of(&pictures[index], key);
		emit_text(emit, "object_key", key);
		return;
	}
	buf_init(&text, PICTURE_MAX_BYTES);
	write_base64(request, index, pictures[index].told, &text);
	emit_text(emit, "image_data", text.data);
	buf_release(&text);
}

static void emit_capture_b(struct emit *emit, const struct request *request, int index)
{
	const struct odd_picture *picture = &pictures[index];

	emit_object(emit, NULL);
	emit_names(emit, "evidence_id", index);
	emit_text(emit, "capture_tag", sim_tag_text((enum capture_tag)(index % CAPTURE_TAGS)));
	emit_text(emit, "status", "captured");
	emit_text(emit, "device_id", "odd-edge");
	emit_time(emit, "created_at", first_ms + index * 1000);
	emit_image_b(emit, request, index);
	emit_text(
		emit, "content_type", picture->content_type ? picture->content_type : "image/jpeg");
	emit_object_end(emit);
}

void odd_pictures_emit_b(struct emit *emit, const struct request *request)
{
	for (int i = PICTURES - 1; i >= 0; i--)
		if (pictures[i].told == TOLD_SIGNED || pictures[i].told >= TOLD_BREAKS)
			emit_capture_b(emit, request, i);
}
