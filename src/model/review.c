/* What may be sent as a review, decided before it is sent (contracts 4.10). Pure; any thread. */
#include "model/review.h"
#include "base/text.h"
#include <string.h>

bool review_is_possible(const struct run *run)
{
	return run_is_ready(run) && !run_has_review(run);
}

bool correction_counts(const struct correction *row)
{
	if (row->is_added || row->is_removed)
		return row->is_added != row->is_removed;
	return row->corrected_count != row->original_count;
}

/* Every space of Unicode, whatever the locale. */
static bool is_space(uint32_t code)
{
	return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xa0 || code == 0x1680 ||
		(code >= 0x2000 && code <= 0x200a) || code == 0x202f || code == 0x205f ||
		code == 0x3000;
}

static bool is_blank(const char *text)
{
	size_t left = text ? strlen(text) : 0;

	while (left > 0) {
		uint32_t code;
		size_t bytes = text_decode(text, left, &code);

		if (!is_space(code))
			return false;
		text += bytes;
		left -= bytes;
	}
	return true;
}

static size_t character_count(const char *text)
{
	size_t left = text ? strlen(text) : 0;
	size_t count = 0;

	while (left > 0) {
		uint32_t code;
		size_t bytes = text_decode(text, left, &code);

		text += bytes;
		left -= bytes;
		count++;
	}
	return count;
}

/* Counts are UNKNOWN, so below 0, when what was typed is no number. */
static bool check_row(const struct correction *row, size_t number, struct err *err)
{
	if (is_blank(row->name))
		return err_set(err, "name of row %zu: must not be blank", number);
	if (!row->is_removed && row->corrected_count < 0)
		return err_set(err, "count of row %zu: must be a whole number, 0 or more", number);
	return true;
}

bool review_check_override(
	const struct correction *rows, size_t count, const char *notes, struct err *err)
{
	size_t characters = character_count(notes);
	size_t corrections = 0;

	for (size_t i = 0; i < count; i++) {
		if (!correction_counts(&rows[i]))
			continue;
		if (!check_row(&rows[i], i + 1, err))
			return false;
		corrections++;
	}
	if (corrections == 0)
		return err_set(err, "corrections: none yet, change, add or remove a row first");
	if (characters > REVIEW_NOTES_MAX)
		return err_set(err, "notes: %zu characters, at most %d are taken", characters,
			REVIEW_NOTES_MAX);
	return true;
}
