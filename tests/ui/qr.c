/* Tests of ui/qr.h. Reading the code is done by zbarimg, where it is installed. */
#include "ui/qr.h"
#include "base/text.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CELL_PX = 8 };

static struct canvas canvas;

static void open_canvas(void)
{
	text_init();
	cr_assert(canvas_init(&canvas, 24, 80));
}

static void close_canvas(void)
{
	canvas_release(&canvas);
}

TestSuite(qr, .init = open_canvas, .fini = close_canvas);

/* Whether half (0 upper, 1 lower) of a cell is inked; what is no part of the code is the ground. */
static bool is_black(const struct cell *cell, int half, bool is_ground_black)
{
	if (cell->role != ROLE_CODE)
		return is_ground_black;
	if (strcmp(cell->text, "▀") == 0)
		return half == 0;
	if (strcmp(cell->text, "▄") == 0)
		return half == 1;
	return strcmp(cell->text, "█") == 0 || strcmp(cell->text, "#") == 0;
}

/* The canvas as a picture: cells are twice as high as wide. */
static void write_picture(const char *path, bool is_ground_black)
{
	FILE *file = fopen(path, "w");

	cr_assert_not_null(file);
	fprintf(file, "P1\n%d %d\n", canvas.columns * CELL_PX, canvas.rows * 2 * CELL_PX);
	for (int y = 0; y < canvas.rows * 2 * CELL_PX; y++) {
		for (int x = 0; x < canvas.columns * CELL_PX; x++) {
			const struct cell *cell =
				&canvas.cells[y / (2 * CELL_PX) * canvas.columns + x / CELL_PX];

			fputc(is_black(cell, y / CELL_PX % 2, is_ground_black) ? '1' : '0', file);
			fputc(x % 32 == 31 ? '\n' : ' ', file);
		}
		fputc('\n', file);
	}
	fclose(file);
}

static void assert_reads(const char *wanted, bool is_ground_black)
{
	char path[] = "/tmp/opsglass-qr-XXXXXX", command[256], seen[1024] = "";
	int descriptor = mkstemp(path);
	FILE *pipe;

	if (system("command -v zbarimg >/dev/null") != 0)
		cr_skip_test("zbarimg is not installed");
	cr_assert_geq(descriptor, 0);
	close(descriptor);
	write_picture(path, is_ground_black);
	snprintf(command, sizeof command, "zbarimg --raw -q pbm:%s 2>/dev/null", path);
	pipe = popen(command, "r");
	cr_assert_not_null(pipe);
	cr_assert_not_null(fgets(seen, sizeof seen, pipe), "nothing was read");
	pclose(pipe);
	unlink(path);
	seen[strcspn(seen, "\n")] = '\0';
	cr_assert_str_eq(seen, wanted);
}

Test(qr, is_read_on_dark_and_on_light_ground)
{
	static const char *const ids[] = {"sess-7f30", "1cdbd47a-4f10-4c5e-9a52-0f6f3f1b8e77",
		"kitchen/2026-02-18/sess-7f30/BEFORE_OPEN_espcam-0a1b2c.jpg"};
	struct err err = {""};

	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
		for (int is_black_ground = 0; is_black_ground <= 1; is_black_ground++) {
			canvas_clear(&canvas);
			cr_assert(qr_draw(&canvas, ids[i], &err), "%s", err.text);
			assert_reads(ids[i], is_black_ground);
		}
}

Test(qr, is_read_in_ascii_too)
{
	struct err err = {""};

	canvas_release(&canvas);
	cr_assert(canvas_init(&canvas, 40, 100));
	canvas.is_ascii = true;
	cr_assert(qr_draw(&canvas, "sess-7f30", &err), "%s", err.text);
	for (int i = 0; i < 40 * 100; i++)
		cr_assert_lt((unsigned char)canvas.cells[i].text[0], 0x80);
	assert_reads("sess-7f30", true);
}

Test(qr, has_the_id_below_it_in_full)
{
	const char *id = "1cdbd47a-4f10-4c5e-9a52-0f6f3f1b8e77";
	struct err err = {""};
	bool is_there = false;

	cr_assert(qr_draw(&canvas, id, &err));
	for (int row = 0; row < canvas.rows; row++) {
		char line[512];

		canvas_row_text(&canvas, row, line, sizeof line);
		is_there |= strstr(line, id) != NULL;
	}
	cr_assert(is_there);
}

Test(qr, says_how_much_room_it_needs_and_draws_nothing_then)
{
	struct err err = {""};
	char line[512];

	canvas_release(&canvas);
	cr_assert(canvas_init(&canvas, 10, 40));
	canvas_text(&canvas, 0, 0, 40, ROLE_TEXT, "as before");
	cr_assert_not(qr_draw(&canvas, "sess-7f30", &err));
	cr_assert_str_eq(err.text, "the QR code needs 25x15 cells");
	canvas_row_text(&canvas, 0, line, sizeof line);
	cr_assert_str_eq(line, "as before");
	canvas_release(&canvas);
	cr_assert(canvas_init(&canvas, 15, 25));
	cr_assert(qr_draw(&canvas, "sess-7f30", &err), "that is enough: %s", err.text);
}

Test(qr, refuses_what_no_code_can_hold)
{
	struct err err = {""};
	char *text = malloc(4001);

	memset(text, 'x', 4000);
	text[4000] = '\0';
	cr_assert_not(qr_draw(&canvas, text, &err));
	cr_assert_str_eq(err.text, "no QR code: the text is too long");
	free(text);
}
