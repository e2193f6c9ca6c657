/* Reviews and re-runs, in memory. Owns its notes; the server's thread. */
#include "sim/desk.h"

#include "base/clock.h"
#include <stdlib.h>
#include <string.h>

struct desk {
	struct desk_note *notes;
	int count;
	int max;
	int oldest;
};

struct desk *desk_new(int max)
{
	struct desk *desk = calloc(1, sizeof *desk);

	if (!desk)
		return NULL;
	desk->max = max;
	desk->notes = calloc((size_t)max, sizeof *desk->notes);
	if (!desk->notes) {
		free(desk);
		return NULL;
	}
	return desk;
}

static void forget_review(struct desk_note *note)
{
	free(note->corrections);
	free(note->notes);
	note->corrections = note->notes = NULL;
	note->reviewed_ms = UNKNOWN;
}

void desk_free(struct desk *desk)
{
	if (!desk)
		return;
	for (int i = 0; i < desk->count; i++)
		forget_review(&desk->notes[i]);
	free(desk->notes);
	free(desk);
}

const struct desk_note *desk_find(const struct desk *desk, int64_t slot)
{
	for (int i = 0; desk && i < desk->count; i++)
		if (desk->notes[i].slot == slot)
			return &desk->notes[i];
	return NULL;
}

static struct desk_note *note_for(struct desk *desk, int64_t slot)
{
	struct desk_note *note = (struct desk_note *)desk_find(desk, slot);

	if (note)
		return note;
	if (desk->count < desk->max) {
		note = &desk->notes[desk->count++];
	} else {
		note = &desk->notes[desk->oldest];
		desk->oldest = (desk->oldest + 1) % desk->max;
	}
	forget_review(note);
	note->slot = slot;
	note->attempt = 1;
	note->rerun_ms = UNKNOWN;
	return note;
}

bool desk_review(struct desk *desk, int64_t slot, int64_t now_ms, const char *action,
	struct span corrections, struct span notes)
{
	struct desk_note *note = note_for(desk, slot);

	forget_review(note);
	note->action = action;
	note->corrections = strndup(corrections.text, corrections.bytes);
	note->notes = notes.bytes > 0 ? strndup(notes.text, notes.bytes) : NULL;
	if (!note->corrections)
		return false;
	note->reviewed_ms = now_ms;
	return true;
}

int desk_rerun(struct desk *desk, int64_t slot, int64_t now_ms)
{
	struct desk_note *note = note_for(desk, slot);

	forget_review(note);
	note->rerun_ms = now_ms;
	return ++note->attempt;
}
