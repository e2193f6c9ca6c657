/* Tests of model/noun.h: the field tables against the structs they describe. */
#include "model/noun.h"
#include "model/camera.h"
#include "model/picture.h"
#include "model/session.h"
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const names[NOUN_COUNT] = {"session", "capture", "camera", "camera_source",
	"container", "run", "delta_row", "review", "service", "service_check", "feed", "change",
	"sample", "demand", "overlay", "picture", "picture_wish", "recording", "segment", "stream",
	"event", "detected_object", "notification", "policy", "retention", "setting", "account",
	"recorder", "event_hour"};

static const char *const keys[NOUN_COUNT] = {
	"site id ",
	"site session_id id ",
	"site id ",
	"site id source ",
	"site id ",
	"site run_id ",
	"site run_id ordinal ",
	"site run_id ",
	"site name ",
	"site service name ",
	"site feed subject ",
	"site kind id at ",
	"site camera_id at ",
	"site feed subject ",
	"site run_id side ordinal ",
	"site key ",
	"console ordinal ",
	"site id ",
	"site recording_id id ",
	"site id ",
	"site id ",
	"site event_id id ",
	"site id ",
	"site id ",
	"site camera_id ",
	"site key ",
	"site id ",
	"site ",
	"site hour type ",
};

/* What is no field: the bytes of a picture, which have a table of their own. */
static size_t tail_bytes(size_t noun)
{
	return noun == NOUN_PICTURE ? sizeof(struct picture) - offsetof(struct picture, body) : 0;
}

static void flagged(char *dst, size_t dst_bytes, const struct noun *noun, unsigned flag)
{
	size_t length = 0;

	dst[0] = '\0';
	for (size_t i = 0; i < noun->field_count; i++) {
		if (noun->fields[i].flags & flag)
			length += (size_t)snprintf(
				dst + length, dst_bytes - length, "%s ", noun->fields[i].name);
	}
}

/* Marks the bytes of a row that a field covers, twice where two fields do. */
static size_t cover(const struct noun *noun, unsigned char *bytes)
{
	size_t overlaps = 0;

	for (size_t i = 0; i < noun->field_count; i++) {
		for (size_t b = 0; b < field_bytes(&noun->fields[i]); b++)
			overlaps += bytes[noun->fields[i].offset + b]++ > 0;
	}
	return overlaps;
}

Test(noun, every_member_of_every_struct_is_exactly_one_field)
{
	for (size_t n = 0; n < NOUN_COUNT; n++) {
		unsigned char bytes[1024] = {0};
		size_t overlaps;

		cr_assert_leq(nouns[n].row_bytes, sizeof(bytes));
		overlaps = cover(&nouns[n], bytes);
		cr_expect_eq(
			overlaps, 0, "%s: two fields share %zu bytes", nouns[n].name, overlaps);
		for (size_t b = 0; b < nouns[n].row_bytes - tail_bytes(n); b++)
			cr_assert_eq(bytes[b], 1, "%s: no field for byte %zu", nouns[n].name, b);
	}
}

Test(noun, tables_are_named_after_their_nouns)
{
	for (size_t n = 0; n < NOUN_COUNT; n++)
		cr_expect_str_eq(nouns[n].name, names[n]);
}

Test(noun, keys_are_the_identity_and_come_first_in_order)
{
	for (size_t n = 0; n < NOUN_COUNT; n++) {
		char found[256];
		bool is_past_keys = false;

		flagged(found, sizeof(found), &nouns[n], FIELD_KEY);
		cr_expect_str_eq(found, keys[n], "%s: keys are %s", nouns[n].name, found);
		for (size_t i = 0; i < nouns[n].field_count; i++) {
			bool is_key = nouns[n].fields[i].flags & FIELD_KEY;

			cr_expect(!(is_key && is_past_keys), "%s.%s", nouns[n].name,
				nouns[n].fields[i].name);
			is_past_keys = is_past_keys || !is_key;
		}
	}
}

Test(noun, field_names_are_unique_and_snake_case)
{
	for (size_t n = 0; n < NOUN_COUNT; n++) {
		for (size_t i = 0; i < nouns[n].field_count; i++) {
			const struct field *field = &nouns[n].fields[i];

			cr_expect_eq(noun_field(&nouns[n], field->name), field, "%s.%s",
				nouns[n].name, field->name);
			cr_expect_eq(strspn(field->name, "abcdefghijklmnopqrstuvwxyz_0123456789"),
				strlen(field->name));
		}
	}
}

Test(noun, an_unknown_field_name_is_not_found)
{
	cr_assert_null(noun_field(&nouns[NOUN_SESSION], "colour"));
}

Test(noun, a_session_keeps_what_other_feeds_told_and_estimates_stale_after)
{
	char found[512];

	flagged(found, sizeof(found), &nouns[NOUN_SESSION], FIELD_KEEP);
	cr_expect_str_eq(found,
		"completed_at delivery_id container_id error_reason correlation_id camera_name "
		"size_bytes event_count ");
	flagged(found, sizeof(found), &nouns[NOUN_SESSION], FIELD_LOOSE);
	cr_expect_str_eq(found, "stale_after ");
}

Test(noun, a_run_keeps_all_it_knows_because_list_and_detail_know_different_things)
{
	const struct noun *run = &nouns[NOUN_RUN];

	for (size_t i = 0; i < run->field_count; i++) {
		unsigned flags = run->fields[i].flags;

		cr_expect(flags & (FIELD_KEY | FIELD_KEEP), "%s", run->fields[i].name);
	}
}

Test(noun, a_picture_keeps_what_a_failed_attempt_does_not_know)
{
	char found[128];

	flagged(found, sizeof(found), &nouns[NOUN_PICTURE], FIELD_KEEP);
	cr_expect_str_eq(found, "session_id content_type size_bytes seen_at ");
}

Test(noun, nothing_of_a_capture_or_a_container_outlives_its_answer)
{
	char found[64];

	flagged(found, sizeof(found), &nouns[NOUN_CAPTURE], FIELD_KEEP);
	cr_expect_str_empty(found);
	flagged(found, sizeof(found), &nouns[NOUN_CONTAINER], FIELD_KEEP);
	cr_expect_str_empty(found);
}

static const struct {
	enum noun_id noun;
	const char *fields;
} searched[] = {
	{NOUN_SESSION,
		"site id status delivery_id container_id error_phase error_reason "
		"error_device_id correlation_id camera_id camera_name "},
	{NOUN_CAPTURE, "id camera_id tag status reason object_key "},
	{NOUN_CAMERA,
		"site id name status last_error firmware_version ip_address mac_address "
		"container_id location model "},
	{NOUN_CAMERA_SOURCE, ""},
	{NOUN_CONTAINER, "id label "},
	{NOUN_RUN, "site run_id session_id container_id status provider error_message "},
	{NOUN_SERVICE, "name status error "},
	{NOUN_FEED, "site feed subject path state error "},
	{NOUN_RECORDING, "site id camera_id camera_name status "},
	{NOUN_SEGMENT, "id file_path "},
	{NOUN_STREAM, "site id camera_id status "},
	{NOUN_EVENT, "site id type camera_id recording_id objects "},
	{NOUN_NOTIFICATION, "site username title message type status "},
	{NOUN_POLICY, "site name description camera_id "},
	{NOUN_RETENTION, "site camera_id policy_name "},
	{NOUN_SETTING, "site key category value description "},
	{NOUN_ACCOUNT, "site username email role "},
};

Test(noun, the_filter_looks_into_ids_words_and_reasons)
{
	for (size_t i = 0; i < sizeof(searched) / sizeof(searched[0]); i++) {
		char found[512];

		flagged(found, sizeof(found), &nouns[searched[i].noun], FIELD_SEARCH);
		cr_expect_str_eq(
			found, searched[i].fields, "%s: %s", nouns[searched[i].noun].name, found);
	}
}

Test(noun, a_cleared_row_knows_nothing)
{
	for (size_t n = 0; n < NOUN_COUNT; n++) {
		unsigned char row[1024] __attribute__((aligned(16)));

		memset(row, 0x5a, sizeof(row));
		noun_clear(&nouns[n], row);
		for (size_t i = 0; i < nouns[n].field_count; i++) {
			const struct field *field = &nouns[n].fields[i];

			cr_expect_not(
				row_is_known(row, field), "%s.%s", nouns[n].name, field->name);
			if (field->type == FIELD_TEXT)
				cr_expect_null(row_text(row, field));
			else if (field->type == FIELD_REAL)
				cr_expect(isnan(row_real(row, field)));
			else
				cr_expect_eq(row_int(row, field), UNKNOWN);
		}
		cr_expect_eq(
			row[nouns[n].row_bytes], 0x5a, "%s: wrote past its row", nouns[n].name);
	}
}

Test(noun, a_row_is_read_through_its_fields)
{
	const struct noun *noun = &nouns[NOUN_CAMERA_SOURCE];
	struct camera_source row;

	noun_clear(noun, &row);
	row.source = "detail";
	row.camera.name = "Shelf left";
	row.camera.rssi = -58;
	row.camera.frame_rate = 2.5;
	cr_expect_str_eq(row_text(&row, noun_field(noun, "source")), "detail");
	cr_expect_str_eq(row_text(&row, noun_field(noun, "name")), "Shelf left");
	cr_expect_eq(row_int(&row, noun_field(noun, "rssi")), -58);
	cr_expect_eq(row_real(&row, noun_field(noun, "frame_rate")), 2.5);
	cr_expect(row_is_known(&row, noun_field(noun, "rssi")));
	cr_expect_not(row_is_known(&row, noun_field(noun, "heap")));
}
