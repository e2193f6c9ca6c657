/* Pictures on the screen. What lies under one is no-break spaces for curses, which it leaves alone.
 * Where a picture goes, no-break spaces are written again: they take it away for good, while xterm
 * shows a picture again, when it draws its window anew, that was only cleared (EL, ECH), as curses
 * does with blanks. A placing owns what it remembers of pictures: a hash instead of the bytes,
 * which are freed by others. Main thread. */
#include "ui/placing.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	/* Narrower, curses writes over the cells between two changes of a row instead of jumping.
	 */
	JUMP_COLUMNS = 16,
	TMUX_PICTURES_MAX = 8,       /* it keeps 9 images for all its panes */
	TMUX_SEQUENCE_MAX = 1 << 20, /* it drops longer ones */
	ENVELOPE_BYTES = 128         /* position, wrapping, doubled escapes */
};

static const char no_break_space[] = "\u00A0";

struct placed {
	struct area area;
	uint64_t hash;
	size_t count;
	enum rung rung;
	bool is_wrapped; /* the terminal outside has it, tmux knows nothing of it */
	bool is_damaged; /* must be sent again as soon as it can be */
	bool is_wanted;  /* by the canvas at hand */
};

struct placing {
	struct placed placed[CANVAS_PICTURES_MAX];
	size_t count;
};

/* The screens of one update, and what is known about the terminal. */
struct frame {
	const struct canvas *canvas;
	const struct canvas *drawn;
	const struct capabilities *capabilities;
	const struct tmux_facts *tmux;
	size_t room_bytes; /* left for pictures */
	bool has_sent;
	bool has_waiting;
	struct buf *first, *bytes;
};

struct placing *placing_new(void)
{
	return calloc(1, sizeof(struct placing));
}

void placing_free(struct placing *placing)
{
	free(placing);
}

void placing_forget(struct placing *placing)
{
	for (size_t i = 0; i < placing->count; i++)
		placing->placed[i].is_damaged = true;
}

bool placing_is_empty(const struct placing *placing)
{
	return placing->count == 0;
}

bool placing_has_pictures(const struct placing *placing)
{
	for (size_t i = 0; i < placing->count; i++)
		if (placing->placed[i].is_wrapped)
			return true;
	return false;
}

/* ---- what a picture is ---- */

static bool is_for_placing(const struct canvas_picture *picture)
{
	return picture->drawn &&
		(picture->drawn->rung == RUNG_SIXEL || picture->drawn->rung == RUNG_BLOCKS);
}

static struct placed describe(const struct frame *frame, const struct canvas_picture *picture)
{
	const struct drawn *drawn = picture->drawn;

	return (struct placed){.area = {picture->row, picture->column, drawn->rows, drawn->columns},
		.hash = drawn->hash ? drawn->hash : drawn_hash(drawn),
		.count = drawn->count,
		.rung = drawn->rung,
		.is_wrapped = drawn->rung == RUNG_SIXEL && frame->capabilities->is_wrapped,
		.is_wanted = true};
}

static struct placed *find(struct placing *placing, const struct placed *wanted)
{
	for (size_t i = 0; i < placing->count; i++) {
		struct placed *placed = &placing->placed[i];

		if (placed->hash == wanted->hash && placed->count == wanted->count &&
			placed->rung == wanted->rung && placed->is_wrapped == wanted->is_wrapped &&
			memcmp(&placed->area, &wanted->area, sizeof placed->area) == 0)
			return placed;
	}
	return NULL;
}

/* ---- what happened to the cells ---- */

static const struct cell *cell_at(const struct canvas *canvas, int row, int column)
{
	return &canvas->cells[(size_t)row * (size_t)canvas->columns + (size_t)column];
}

static bool has_changed(const struct frame *frame, int row, int first, int end)
{
	size_t bytes = first < end ? (size_t)(end - first) * sizeof(struct cell) : 0;

	return bytes > 0 &&
		memcmp(cell_at(frame->canvas, row, first), cell_at(frame->drawn, row, first),
			bytes) != 0;
}

static bool is_row_touched(const struct frame *frame, const struct area *area, int row)
{
	int end = area->column + area->columns;

	if (frame->capabilities->is_row_sensitive)
		return has_changed(frame, row, 0, frame->canvas->columns);
	return has_changed(frame, row, area->column, end) ||
		(area->columns < JUMP_COLUMNS && has_changed(frame, row, 0, area->column) &&
			has_changed(frame, row, end, frame->canvas->columns));
}

static bool is_no_break_space(const struct cell *cell)
{
	return strcmp(cell->text, no_break_space) == 0;
}

static bool is_inside(const struct frame *frame, const struct area *area)
{
	return area->row >= 0 && area->column >= 0 &&
		area->row + area->rows <= frame->canvas->rows &&
		area->column + area->columns <= frame->canvas->columns;
}

static bool is_covered(const struct frame *frame, const struct area *area)
{
	for (int row = area->row; row < area->row + area->rows; row++)
		for (int column = area->column; column < area->column + area->columns; column++)
			if (!is_no_break_space(cell_at(frame->canvas, row, column)))
				return true;
	return false;
}

/* ---- bytes ---- */

static void go(struct buf *bytes, int row, int column)
{
	buf_printf(bytes, "\033[%d;%dH", row + 1, column + 1);
}

/* Whether curses leaves something of a picture in a cell, or only clears it. */
static bool is_leftover(const struct frame *frame, bool is_kept, int row, int column)
{
	const struct cell *now = cell_at(frame->canvas, row, column);

	return is_no_break_space(cell_at(frame->drawn, row, column)) &&
		(strcmp(now->text, " ") == 0 || (!is_kept && is_no_break_space(now)));
}

static void erase_row(
	const struct frame *frame, const struct area *area, bool is_kept, int row, bool *has_begun)
{
	bool is_there = false; /* the cursor */

	for (int column = area->column; column < area->column + area->columns; column++) {
		if (!is_leftover(frame, is_kept, row, column)) {
			is_there = false;
			continue;
		}
		if (!*has_begun)
			buf_text(frame->first, "\0337\033[m");
		*has_begun = true;
		if (!is_there)
			go(frame->first, row, column);
		is_there = true;
		buf_text(frame->first, no_break_space);
	}
}

/* is_kept: only where other cells come to lie over it. */
static void erase(const struct frame *frame, const struct area *area, bool is_kept)
{
	bool has_begun = false;

	if (!frame->drawn)
		return;
	for (int row = area->row; row < area->row + area->rows; row++)
		erase_row(frame, area, is_kept, row, &has_begun);
	if (has_begun)
		buf_text(frame->first, "\0338");
}

static void append_sixel(
	const struct frame *frame, const struct area *area, const struct drawn *drawn)
{
	struct buf inner;

	if (!frame->capabilities->is_wrapped) {
		buf_text(frame->bytes, "\0337");
		go(frame->bytes, area->row, area->column);
		buf_append(frame->bytes, drawn->bytes, drawn->count);
		buf_text(frame->bytes, "\0338");
		return;
	}
	/* tmux does not take the cursor of the terminal outside to the pane's. */
	buf_init(&inner, drawn->count + ENVELOPE_BYTES);
	buf_text(&inner, "\0337");
	go(&inner, frame->tmux->pane_top + area->row, frame->tmux->pane_left + area->column);
	buf_append(&inner, drawn->bytes, drawn->count);
	if (buf_text(&inner, "\0338"))
		tmux_wrap(frame->bytes, inner.data, inner.len);
	else
		frame->bytes->is_overflowed = true;
	buf_release(&inner);
}

static void append_blocks(
	const struct frame *frame, const struct area *area, const struct drawn *drawn)
{
	const char *at = drawn->bytes;
	const char *end = drawn->bytes + drawn->count;

	buf_text(frame->bytes, "\0337");
	for (int row = 0; row < area->rows && at < end; row++) {
		const char *line_end = memchr(at, '\n', (size_t)(end - at));

		if (!line_end)
			line_end = end;
		go(frame->bytes, area->row + row, area->column);
		buf_append(frame->bytes, at, (size_t)(line_end - at));
		buf_text(frame->bytes, "\033[m");
		at = line_end + 1;
	}
	buf_text(frame->bytes, "\0338");
}

/* ---- sending ---- */

/* Whether the terminal could show a sixel there. */
static bool takes_sixel(
	const struct frame *frame, const struct area *area, size_t count, size_t number)
{
	const struct capabilities *capabilities = frame->capabilities;

	if (capabilities->rung < RUNG_SIXEL)
		return false;
	if (area->row + area->rows >= frame->canvas->rows) /* it could scroll the screen */
		return false;
	if (capabilities->is_wrapped && (!frame->tmux->is_known || !frame->tmux->is_visible))
		return false;
	if (capabilities->is_in_tmux && count > TMUX_SEQUENCE_MAX - ENVELOPE_BYTES)
		return false;
	return !capabilities->is_row_sensitive || number < TMUX_PICTURES_MAX;
}

static bool fits_room(struct frame *frame, size_t count)
{
	if (count <= frame->room_bytes)
		frame->room_bytes -= count;
	else if (frame->has_sent || frame->room_bytes == 0)
		return false;
	else
		frame->room_bytes = 0;
	return frame->has_sent = true;
}

/* Appends all of it or nothing. */
static bool append_picture(
	struct frame *frame, const struct placed *placed, const struct drawn *drawn)
{
	size_t before = frame->bytes->len;

	/* tmux keeps what it draws until it is written over. */
	if (frame->capabilities->is_row_sensitive)
		erase(frame, &placed->area, false);
	if (placed->rung == RUNG_SIXEL)
		append_sixel(frame, &placed->area, drawn);
	else
		append_blocks(frame, &placed->area, drawn);
	if (!frame->bytes->is_overflowed)
		return true;
	frame->bytes->is_overflowed = false;
	frame->bytes->len = before;
	return false;
}

static void send_if_due(struct placing *placing, struct frame *frame,
	const struct canvas_picture *picture, struct placed wanted, size_t number)
{
	struct placed *placed = find(placing, &wanted);

	if (placed && !placed->is_damaged)
		return;
	if (!is_inside(frame, &wanted.area) || is_covered(frame, &wanted.area) ||
		(wanted.rung == RUNG_SIXEL &&
			!takes_sixel(frame, &wanted.area, wanted.count, number)))
		return;
	if (!placed && placing->count == CANVAS_PICTURES_MAX)
		return;
	if (!fits_room(frame, wanted.count)) {
		frame->has_waiting = true;
		return;
	}
	if (!append_picture(frame, &wanted, picture->drawn))
		return;
	if (!placed)
		placed = &placing->placed[placing->count++];
	*placed = wanted;
}

static void note_damage(struct placed *placed, const struct frame *frame)
{
	const struct area *area = &placed->area;

	for (int row = area->row; row < area->row + area->rows && !placed->is_damaged; row++)
		placed->is_damaged = is_row_touched(frame, area, row);
	if (placed->is_damaged)
		erase(frame, area, true);
}

static void drop_unwanted(struct placing *placing, const struct frame *frame)
{
	size_t kept = 0;

	for (size_t i = 0; i < placing->count; i++) {
		if (placing->placed[i].is_wanted)
			placing->placed[kept++] = placing->placed[i];
		else
			erase(frame, &placing->placed[i].area, false);
	}
	placing->count = kept;
}

static void note_wanted(struct placing *placing, struct placed *wanted, size_t count)
{
	for (size_t i = 0; i < placing->count; i++)
		placing->placed[i].is_wanted = false;
	for (size_t i = 0; i < count; i++) {
		struct placed *placed = find(placing, &wanted[i]);

		if (placed)
			placed->is_wanted = true;
	}
}

bool placing_update(struct placing *placing, const struct canvas *canvas,
	const struct canvas *drawn, const struct capabilities *capabilities,
	const struct tmux_facts *tmux, size_t room_bytes, struct buf *first, struct buf *bytes)
{
	struct frame frame = {.canvas = canvas,
		.drawn = drawn,
		.capabilities = capabilities,
		.tmux = tmux,
		.room_bytes = room_bytes,
		.first = first,
		.bytes = bytes};
	const struct canvas_picture *pictures[CANVAS_PICTURES_MAX];
	struct placed wanted[CANVAS_PICTURES_MAX];
	size_t count = 0;
	size_t sixels = 0;

	if (!drawn)
		placing->count = 0;
	for (size_t i = 0; i < canvas->picture_count; i++) {
		if (!is_for_placing(&canvas->pictures[i]))
			continue;
		pictures[count] = &canvas->pictures[i];
		wanted[count++] = describe(&frame, &canvas->pictures[i]);
	}
	note_wanted(placing, wanted, count);
	drop_unwanted(placing, &frame);
	for (size_t i = 0; i < placing->count; i++)
		note_damage(&placing->placed[i], &frame);
	for (size_t i = 0; i < count; i++) {
		send_if_due(placing, &frame, pictures[i], wanted[i], sixels);
		sixels += wanted[i].rung == RUNG_SIXEL;
	}
	return frame.has_waiting;
}
