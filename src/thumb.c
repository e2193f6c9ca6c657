/* thumb: finds the picture's bytes, decides how to draw, draws, prints. Owns nothing between calls.
 * Main thread. */
#include "thumb.h"

#include "base/buf.h"
#include "base/text.h"
#include "doctor.h"
#include "media/decode.h"
#include "media/draw.h"
#include "media/encode.h"
#include "model/capture.h"
#include "store/reader.h"
#include "ui/term.h"
#include "ui/tty.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	CHUNK_BYTES = 1 << 16,
	NAME_BYTES = 256,
	CAPTURES_MAX = 2, /* two with one id are enough to know that it means no single one */
	PIPE_WIDTH_PX = 320,
	PIPE_HEIGHT_PX = 240,
	COLUMNS_MAX = 80,
	PIPE_ROWS = 60,
	CELL_WIDTH_PX = 10, /* where nobody knows better */
	CELL_HEIGHT_PX = 20,
	SIXEL_COLORS = 256,
	LINES_BELOW = 2 /* the text line, and the prompt */
};

struct thumb {
	const struct options *options;
	const char *format; /* asked for or configured; NULL = what the terminal can */
	bool is_ascii, has_color, is_terminal;
	struct buf picture; /* the original bytes */
	char name[NAME_BYTES];
	struct draw_job job;
};

/* ---- where the picture is ---- */

bool thumb_is_file(const struct options *options)
{
	struct stat status;
	return stat(options->what, &status) == 0;
}

static bool read_all(int descriptor, struct buf *bytes, struct err *err)
{
	char chunk[CHUNK_BYTES];
	ssize_t count;
	while ((count = read(descriptor, chunk, sizeof(chunk))) != 0) {
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return err_set(err, "%s", strerror(errno));
		if (!buf_append(bytes, chunk, (size_t)count))
			return err_set(err, "a file of more than %d MB is not drawn",
				DECODE_BYTES_MAX >> 20);
	}
	return true;
}

static bool read_file(struct thumb *thumb, struct err *err)
{
	const char *path = thumb->options->what;
	const char *slash = strrchr(path, '/');
	const char *name = slash && slash[1] ? slash + 1 : path;
	text_clean(thumb->name, sizeof(thumb->name), name, strlen(name));
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);
	if (descriptor < 0)
		return err_set(err, "%.120s: %s", thumb->name, strerror(errno));
	struct err why = {0};
	bool is_read = read_all(descriptor, &thumb->picture, &why);
	close(descriptor);
	return is_read || err_set(err, "%.120s: %.100s", thumb->name, why.text);
}

static bool is_one(const struct page *page, const char *id, struct err *err)
{
	if (page->count == 0)
		return err_set(err, "%.100s: neither a file nor a capture in the cache", id);
	if (page->count == 1)
		return true;
	const struct capture *one = page_row(page, capture, 0), *other = page_row(page, capture, 1);
	if (strcmp(one->site, other->site) != 0)
		return err_set(err, "%.60s is a capture of %.60s and of %.60s: add --site", id,
			one->site, other->site);
	return err_set(err, "%.60s is a capture of %.60s and of %.60s", id, one->session_id,
		other->session_id);
}

/* The large picture, or the small one as long as there is no other. */
static bool read_kept(
	struct thumb *thumb, struct reader *reader, const struct capture *capture, struct err *err)
{
	const char *keys[] = {capture->picture_key, capture->thumbnail_key};
	struct err why = {0};
	for (size_t i = 0; i < 2 && thumb->picture.len == 0; i++)
		if (keys[i])
			reader_picture(reader, capture->site, keys[i], &thumb->picture, &why);
	if (thumb->picture.len > 0)
		return true;
	if (why.text[0])
		return err_set(err, "%.100s: %.140s", capture->id, why.text);
	if (!keys[0] && !keys[1])
		return err_set(err, "%.100s has no picture%s%.100s", capture->id,
			capture->reason ? ": " : "", capture->reason ? capture->reason : "");
	return err_set(err, "the picture of %.100s is not in the cache: open session %.60s once",
		capture->id, capture->session_id);
}

static void name_capture(struct thumb *thumb, const struct capture *capture)
{
	char when[CLOCK_TEXT_BYTES];
	clock_full(when, capture->captured_at);
	snprintf(thumb->name, sizeof(thumb->name), "%s  %s  %s  %s", capture->id,
		capture->tag ? capture->tag : "-", capture->camera_id ? capture->camera_id : "-",
		capture->captured_at == UNKNOWN ? "-" : when);
}

static bool find_capture(struct thumb *thumb, struct reader *reader, struct err *err)
{
	const struct options *options = thumb->options;
	struct query query = {
		.noun = NOUN_CAPTURE,
		.matches = {{"id", options->what}, {options->site ? "site" : NULL, options->site}},
		.since_ms = UNKNOWN,
		.now_ms = clock_now_ms(),
	};
	struct page page;
	page_init(&page);
	bool is_found = reader_page(reader, &query, PAGE_FIRST, NULL, CAPTURES_MAX, &page, err) &&
		is_one(&page, options->what, err);
	if (is_found) {
		const struct capture *capture = page_row(&page, capture, 0);
		name_capture(thumb, capture);
		is_found = read_kept(thumb, reader, capture, err);
	}
	page_release(&page);
	return is_found;
}

static bool read_capture(struct thumb *thumb, const char *cache_path, struct err *err)
{
	struct reader *reader = reader_open(cache_path, err);
	bool is_read = reader && find_capture(thumb, reader, err);
	reader_close(reader);
	return is_read;
}

/* ---- how it is drawn ---- */

static int at_most(int64_t wanted, int64_t room)
{
	return (int)(wanted < room ? wanted : room);
}

static int at_least_1(int count)
{
	return count < 1 ? 1 : count;
}

static enum rung rung_of(const char *format)
{
	return strcmp(format, "sixel") == 0     ? RUNG_SIXEL
		: strcmp(format, "blocks") == 0 ? RUNG_BLOCKS
						: RUNG_ASCII;
}

/* --images and its configuration say more: "auto" and "off" leave it open. */
static const char *find_format(const struct options *options, const struct config *config)
{
	const char *images = options->images ? options->images : config ? config->images : "auto";
	bool is_open = strcmp(images, "auto") == 0 || strcmp(images, "off") == 0;
	if (options->format)
		return options->format;
	return is_open || !images[0] ? NULL : images;
}

static bool has_direct_color(void)
{
	const char *color = getenv("COLORTERM");
	return color && (strcmp(color, "truecolor") == 0 || strcmp(color, "24bit") == 0);
}

/* By what was asked for, and what is known without asking anybody. */
static void assume(struct thumb *thumb, struct capabilities *found)
{
	struct winsize size = {0};
	*found = (struct capabilities){
		.rung = thumb->is_ascii || !thumb->has_color ? RUNG_ASCII : RUNG_BLOCKS,
		.cell_width_px = CELL_WIDTH_PX,
		.cell_height_px = CELL_HEIGHT_PX,
		.sixel_colors = SIXEL_COLORS,
		.block_colors = has_direct_color() ? ENCODE_COLORS_DIRECT : 256,
	};
	if (thumb->format)
		found->rung = rung_of(thumb->format);
	if (!thumb->is_terminal || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ||
		size.ws_col == 0 || size.ws_row == 0)
		return;
	if (size.ws_xpixel < size.ws_col || size.ws_ypixel < size.ws_row)
		return;
	found->cell_width_px = size.ws_xpixel / size.ws_col;
	found->cell_height_px = size.ws_ypixel / size.ws_row;
}

/* tmux's passthrough paints where the cursor of the terminal outside is, which is not ours. */
static bool ask_terminal(struct thumb *thumb, struct capabilities *found, struct err *err)
{
	struct probe probe;
	struct probe_options options = {
		.images = thumb->is_ascii ? IMAGES_ASCII : IMAGES_AUTO,
		.is_utf8 = !thumb->is_ascii,
		.has_color = thumb->has_color,
		.terminal_colors = term_colors(),
		.is_terminal = isatty(STDIN_FILENO),
	};
	if (!doctor_ask(&probe, &options, err))
		return false;
	*found = *probe_found(&probe);
	if (found->rung == RUNG_TEXT)
		found->rung = RUNG_ASCII;
	if (found->rung == RUNG_SIXEL && found->is_wrapped)
		found->rung = RUNG_BLOCKS;
	return true;
}

/* In cells of the terminal; a sixel for a pipe knows no cells: there a pixel is one. */
static void set_room(struct thumb *thumb, const struct capabilities *found)
{
	const struct size_option *size = &thumb->options->size;
	struct draw_job *job = &thumb->job;
	bool is_sixel = found->rung == RUNG_SIXEL;
	int rows = PIPE_ROWS + LINES_BELOW, columns = COLUMNS_MAX;
	if (thumb->is_terminal)
		tty_size(&rows, &columns);
	job->cell_width_px = is_sixel && !thumb->is_terminal ? 1 : found->cell_width_px;
	job->cell_height_px = is_sixel && !thumb->is_terminal ? 1 : found->cell_height_px;
	job->columns = at_most(columns, COLUMNS_MAX);
	job->rows = at_least_1(rows - LINES_BELOW);
	if (is_sixel && !thumb->is_terminal) {
		job->columns = PIPE_WIDTH_PX;
		job->rows = PIPE_HEIGHT_PX;
	}
	if (size->width == 0)
		return;
	job->columns = at_most(size->width, PIXELS_SIDE_MAX);
	job->rows = at_most(size->height, PIXELS_SIDE_MAX);
	if (!is_sixel)
		return;
	job->columns = at_least_1(job->columns / job->cell_width_px);
	job->rows = at_least_1(job->rows / job->cell_height_px);
}

static void set_colors(struct thumb *thumb, const struct capabilities *found)
{
	int64_t wanted = thumb->options->colors;
	int usual = thumb->options->is_low_bandwidth ? ENCODE_COLORS_LOW : ENCODE_COLORS_NORMAL;
	int colors = found->block_colors;
	if (found->rung == RUNG_SIXEL)
		colors = at_most(wanted ? wanted : usual, found->sixel_colors);
	else if (wanted)
		colors = at_most(wanted, ENCODE_COLORS_DIRECT);
	int least = found->rung == RUNG_SIXEL ? 2 : 8;
	thumb->job.colors = colors < least ? least : colors;
}

static bool decide(struct thumb *thumb, struct err *err)
{
	struct capabilities found;
	assume(thumb, &found);
	if (!thumb->format && thumb->is_terminal && !ask_terminal(thumb, &found, err))
		return false;
	set_room(thumb, &found);
	set_colors(thumb, &found);
	thumb->job.rung = found.rung;
	thumb->job.part = (struct part){0, 0, 1, 1};
	return true;
}

/* ---- what is printed ---- */

static void print_line(const struct thumb *thumb, const struct drawn *drawn)
{
	printf("%s  %dx%d px  %zu KB\n", thumb->name, drawn->source_width_px,
		drawn->source_height_px, (thumb->picture.len + 1023) / 1024);
}

static bool print(const struct thumb *thumb, const struct drawn *drawn, struct err *err)
{
	fwrite(drawn->bytes, 1, drawn->count, stdout);
	if (drawn->rung == RUNG_SIXEL)
		putchar('\n');
	if (thumb->is_terminal)
		print_line(thumb, drawn);
	if (fflush(stdout) == 0 && !ferror(stdout))
		return true;
	return err_set(err, "cannot write to standard output");
}

static bool draw(struct thumb *thumb, struct err *err)
{
	struct drawn drawn;
	struct err why = {0};
	thumb->job.bytes = thumb->picture.data;
	thumb->job.count = thumb->picture.len;
	if (!draw_picture(&thumb->job, &drawn, &why))
		return err_set(err, "%.100s: %.140s", thumb->name, why.text);
	bool is_fine = print(thumb, &drawn, err);
	drawn_release(&drawn);
	return is_fine;
}

bool thumb_run(const struct options *options, const struct config *config, const char *cache_path,
	bool is_ascii, bool has_color, struct err *err)
{
	struct thumb thumb = {
		.options = options,
		.format = find_format(options, config),
		.is_ascii = is_ascii,
		.has_color = has_color,
		.is_terminal = isatty(STDOUT_FILENO),
	};
	buf_init(&thumb.picture, DECODE_BYTES_MAX);
	bool is_fine = (thumb_is_file(options) ? read_file(&thumb, err)
					       : read_capture(&thumb, cache_path, err)) &&
		decide(&thumb, err) && draw(&thumb, err);
	buf_release(&thumb.picture);
	return is_fine;
}
