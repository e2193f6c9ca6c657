/* Files that hold no picture, or only some of one, or far too much: each gives its words, at once,
 * and nothing is printed by the libraries beneath. */
#include "media/album.h"
#include "media/decode.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct part whole = {0, 0, 1, 1};

struct refusal {
	const char *name, *words;
};

static void check_words(const struct refusal *refusal)
{
	struct file file = album_file(refusal->name);
	struct pixels pixels;
	struct err err = {""};

	cr_assert_not(decode_picture(file.bytes, file.count, &whole, 160, 120, &pixels, &err), "%s",
		refusal->name);
	cr_assert_str_eq(err.text, refusal->words, "%s: \"%s\"", refusal->name, err.text);
	cr_assert_null(pixels.rgb, "%s leaves pixels", refusal->name);
	free(file.bytes);
}

#define CHECK_ALL(table)                                              \
	for (size_t i = 0; i < sizeof(table) / sizeof(table)[0]; i++) \
	check_words(&(table)[i])

static const struct refusal incomplete[] = {
	{"truncated.jpg", "truncated JPEG, 160 x 120, 1.6 KB"},
	{"truncated-end.jpg", "truncated JPEG, 160 x 120, 1.6 KB"},
	{"truncated-progressive.jpg", "truncated JPEG, 160 x 120, 1.7 KB"},
	{"truncated-scans.jpg", "truncated JPEG, 160 x 120, 2.1 KB"},
	{"truncated-head.jpg", "truncated JPEG, 100 bytes"},
	{"truncated.png", "truncated PNG, 64 x 48, 105 bytes"},
	{"truncated-head.png", "truncated PNG, 20 bytes"},
};

Test(broken, says_that_a_file_is_truncated_with_its_sizes)
{
	CHECK_ALL(incomplete);
}

static const struct refusal corrupt[] = {
	{"corrupt.jpg", "corrupt JPEG, 160 x 120, 2.7 KB"},
	{"no-size.jpg", "corrupt JPEG, 369 bytes"},
	{"corrupt.png", "corrupt PNG, 64 x 48, 135 bytes"},
	{"no-size.png", "corrupt PNG, 45 bytes"},
	{"bad-depth.png", "corrupt PNG, 64 x 48, 45 bytes"},
};

Test(broken, says_that_a_file_is_corrupt_with_its_sizes)
{
	CHECK_ALL(corrupt);
}

static const struct refusal foreign[] = {
	{"empty.jpg", "empty file"},
	{"login.html", "not an image: HTML"},
	{"denied.xml", "not an image: XML"},
	{"error.json", "not an image: JSON"},
	{"words.txt", "not an image: text"},
	{"noise.bin", "not an image"},
	{"picture.gif", "GIF is not drawn (JPEG and PNG are)"},
	{"picture.webp", "WebP is not drawn (JPEG and PNG are)"},
	{"picture.bmp", "BMP is not drawn (JPEG and PNG are)"},
	{"12-bit.jpg", "JPEG of more than 8 bits is not drawn, 64 x 48, 369 bytes"},
	{"lossless.jpg", "lossless JPEG is not drawn, 369 bytes"},
};

Test(broken, says_what_a_file_is_when_it_is_nothing_to_draw)
{
	CHECK_ALL(foreign);
}

static const struct refusal bombs[] = {
	{"huge-size.jpg", "65535 x 65535 pixels is too large"},
	{"huge-size.png", "65535 x 65535 pixels is too large"},
	{"too-many-pixels.jpg", "16000 x 16000 pixels is too large"},
	{"16-bit-too-large.png", "PNG is too large, 8000 x 8000, 69 bytes"},
	{"interlaced-too-large.png", "interlaced PNG is too large, 6000 x 6000, 69 bytes"},
	{"scans-200.jpg", "JPEG of too many scans is not drawn, 16 x 16, 2.7 KB"},
};

Test(broken, refuses_a_bomb_before_it_goes_off)
{
	CHECK_ALL(bombs);
}

/* The look sees headers only, but what it sees it refuses with the same words. */
Test(broken, is_refused_by_the_look_where_headers_tell)
{
	static const struct refusal seen[] = {
		{"huge-size.jpg", "65535 x 65535 pixels is too large"},
		{"huge-size.png", "65535 x 65535 pixels is too large"},
		{"too-many-pixels.jpg", "16000 x 16000 pixels is too large"},
		{"truncated-head.jpg", "truncated JPEG, 100 bytes"},
		{"truncated-head.png", "truncated PNG, 20 bytes"},
		{"12-bit.jpg", "JPEG of more than 8 bits is not drawn, 64 x 48, 369 bytes"},
		{"login.html", "not an image: HTML"},
		{"picture.gif", "GIF is not drawn (JPEG and PNG are)"},
		{"empty.jpg", "empty file"},
	};

	for (size_t i = 0; i < sizeof seen / sizeof seen[0]; i++) {
		struct file file = album_file(seen[i].name);
		struct look look;
		struct err err = {""};

		cr_assert_not(decode_look(file.bytes, file.count, &look, &err));
		cr_assert_str_eq(err.text, seen[i].words, "%s: \"%s\"", seen[i].name, err.text);
		free(file.bytes);
	}
}

Test(broken, refuses_a_file_larger_than_any_picture_from_a_camera)
{
	size_t count = DECODE_BYTES_MAX + 1;
	unsigned char *bytes = calloc(count, 1);
	struct look look;
	struct err err = {""};

	memcpy(bytes, "\xFF\xD8\xFF", 3);
	cr_assert_not(decode_look(bytes, count, &look, &err));
	cr_assert_str_eq(err.text, "JPEG of 32.0 MB is too large");
	free(bytes);
}

/* A camera that loses power sends any beginning of a picture. */
static void check_beginnings(const char *name, struct file file, size_t first, size_t last)
{
	for (size_t count = first; count < last; count++) {
		unsigned char *bytes = malloc(count); /* its end is watched */
		struct pixels pixels;
		struct err err = {""};

		memcpy(bytes, file.bytes, count);
		cr_assert_not(decode_picture(bytes, count, &whole, 40, 30, &pixels, &err),
			"%s, %zu bytes", name, count);
		cr_assert_eq(strncmp(err.text, "truncated", 9), 0, "%s, %zu bytes: %s", name, count,
			err.text);
		free(bytes);
	}
	free(file.bytes);
}

Test(broken, is_truncated_wherever_a_jpeg_ends)
{
	static const char *const names[] = {"cloud-420.jpg", "cloud-progressive.jpg"};

	for (size_t i = 0; i < 2; i++) {
		struct file file = album_file(names[i]);

		check_beginnings(names[i], file, 2, file.count - 8);
	}
}

Test(broken, is_truncated_wherever_a_jpeg_with_restart_markers_ends)
{
	struct file file = album_file("cloud-444.jpg");
	struct pixels pixels = album_pixels(file, 96, 80);
	struct file again = album_jpeg(&pixels, 80);

	check_beginnings("restarts", again, 2, again.count - 8);
	pixels_release(&pixels);
	free(file.bytes);
}

/* Rows of blocks went missing between: what follows would be drawn in the wrong place. */
Test(broken, is_corrupt_when_a_restart_marker_is_not_the_next)
{
	struct file file = album_file("cloud-444.jpg");
	struct pixels pixels = album_pixels(file, 96, 80), none;
	struct file again = album_jpeg(&pixels, 80);
	struct err err = {""};
	size_t at = 0;

	while (again.bytes[at] != 0xFF || again.bytes[at + 1] != 0xD2)
		at++;
	again.bytes[at + 1] = 0xD6;
	cr_assert_not(decode_picture(again.bytes, again.count, &whole, 40, 30, &none, &err));
	cr_assert_eq(strncmp(err.text, "corrupt JPEG, 96 x 80", 21), 0, "%s", err.text);
	pixels_release(&pixels);
	free(again.bytes);
	free(file.bytes);
}

Test(broken, is_truncated_wherever_a_png_ends)
{
	static const char *const names[] = {"rgb.png", "interlaced.png"};

	for (size_t i = 0; i < 2; i++) {
		struct file file = album_file(names[i]);

		check_beginnings(names[i], file, 8, file.count - 16);
	}
}

/* Whatever single byte is wrong: a picture of the size asked for, or words. */
Test(broken, gives_pixels_or_words_whichever_byte_is_wrong)
{
	static const char *const names[] = {"baseline.jpg", "progressive.jpg", "cmyk.jpg",
		"orient-6.jpg", "scans-3.jpg", "palette-alpha.png", "interlaced.png"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct file file = album_file(names[i]);

		for (size_t at = 0; at < file.count; at++)
			for (int flip = 0x01; flip <= 0xFF; flip = flip * 16 - flip + 1) {
				struct pixels pixels;
				struct err err = {""};
				bool is_drawn;

				file.bytes[at] ^= (unsigned char)flip;
				is_drawn = decode_picture(
					file.bytes, file.count, &whole, 24, 18, &pixels, &err);
				file.bytes[at] ^= (unsigned char)flip;
				cr_assert(is_drawn ? pixels.rgb && pixels.width == 24
						   : err.text[0] && !pixels.rgb,
					"%s, byte %zu", names[i], at);
				pixels_release(&pixels);
			}
		free(file.bytes);
	}
}

Test(broken, refuses_a_part_or_a_size_that_is_none)
{
	static const struct part parts[] = {{0, 0, 0, 1}, {0, 0, 1, -1}, {2, 0, 1, 1},
		{0, -3, 1, 1}, {0, 0, 0.0 / 0.0, 1}, {0.5, 0.5, 1e-12, 1e-12}};
	struct file file = album_file("baseline.jpg");
	struct pixels pixels;
	struct err err;

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		cr_assert_not(
			decode_picture(file.bytes, file.count, &parts[i], 10, 10, &pixels, &err));
		cr_assert_str_eq(err.text, "no such part of a picture");
	}
	cr_assert_not(decode_picture(file.bytes, file.count, &whole, 0, 10, &pixels, &err));
	cr_assert_str_eq(err.text, "no memory for a picture of 0 x 10");
	cr_assert_not(decode_picture(file.bytes, file.count, &whole, 10, 5000, &pixels, &err));
	free(file.bytes);
}

/* ---- work ---- */

struct bits {
	unsigned char *bytes;
	size_t count;
};

static void put_bytes(struct bits *bits, const void *bytes, size_t count)
{
	memcpy(bits->bytes + bits->count, bytes, count);
	bits->count += count;
}

/* A progressive picture of one colour: its blocks' mean in one bit each, then scan upon scan of
 * which each says of 16384 blocks at once that there is nothing. */
static struct bits flat_progressive(int side, int scans)
{
	static const unsigned char head[] = {0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0};
	static const unsigned char tables[] = {0xFF, 0xC4, 0, 20, 0x00, 1, 0, 0, 0, 0, 0, 0, 0, 0,
		0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
		0, 0, 0, 0, 0xE0};
	unsigned char frame[] = {0xFF, 0xC2, 0, 11, 8, (unsigned char)(side >> 8),
		(unsigned char)side, (unsigned char)(side >> 8), (unsigned char)side, 1, 1, 0x11,
		0};
	unsigned char scan[] = {0xFF, 0xDA, 0, 8, 1, 1, 0x00, 0, 0, 0};
	int blocks = side / 8 * (side / 8);
	struct bits bits = {calloc(1, (size_t)blocks / 8 + (size_t)scans * 512 + 4096), 0};

	put_bytes(&bits, head, sizeof head);
	memset(bits.bytes + bits.count, 16, 64);
	bits.count += 64;
	put_bytes(&bits, frame, sizeof frame);
	put_bytes(&bits, tables, sizeof tables);
	put_bytes(&bits, scan, sizeof scan);
	bits.count += (size_t)blocks / 8;
	for (int i = 0; i < scans; i++) {
		scan[7] = (unsigned char)(1 + i % 63);
		scan[8] = scan[7];
		scan[9] = (unsigned char)(i < 63 ? 1 : 0x10);
		put_bytes(&bits, scan, sizeof scan);
		bits.count += (size_t)(blocks / 16384 + 1) * 15 / 8 + 1;
	}
	put_bytes(&bits, "\xFF\xD9", 2);
	return bits;
}

Test(broken, stops_a_progressive_picture_that_is_all_work)
{
	struct bits bits = flat_progressive(8000, 90);
	struct pixels pixels;
	struct err err = {""};

	cr_assert_lt(bits.count, 400000);
	cr_assert_not(decode_picture(bits.bytes, bits.count, &whole, 100, 100, &pixels, &err));
	cr_assert_eq(strncmp(err.text, "JPEG of too many scans is not drawn, 8000 x 8000", 48), 0,
		"%s", err.text);
	free(bits.bytes);
}

Test(broken, draws_the_same_picture_when_it_is_small)
{
	struct bits bits = flat_progressive(800, 62);
	struct pixels pixels;
	struct err err = {""};

	cr_assert(decode_picture(bits.bytes, bits.count, &whole, 100, 100, &pixels, &err), "%s",
		err.text);
	cr_assert_eq(pixels.rgb[0], 128);
	pixels_release(&pixels);
	free(bits.bytes);
}

/* ---- silence ---- */

Test(broken, prints_nothing_whatever_the_libraries_think)
{
	static const char *const names[] = {"extraneous.jpg", "corrupt.jpg", "truncated.jpg",
		"no-end.jpg", "huge-size.jpg", "corrupt.png", "truncated.png", "packed-bomb.png",
		"bad-depth.png", "exif-lies.jpg"};
	FILE *caught = tmpfile();
	int real = dup(STDERR_FILENO);

	dup2(fileno(caught), STDERR_FILENO);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct file file = album_file(names[i]);
		struct pixels pixels;

		decode_picture(file.bytes, file.count, &whole, 20, 20, &pixels, NULL);
		pixels_release(&pixels);
		free(file.bytes);
	}
	fflush(stderr);
	dup2(real, STDERR_FILENO);
	close(real);
	cr_assert_eq(lseek(fileno(caught), 0, SEEK_END), 0);
	fclose(caught);
}

/* ---- contracts, section 6 ---- */

/* The words go into the placeholder; the file's own bytes say what it is saved as. */
Test(edge, case_56_corrupt_bytes_or_another_type_give_reason_and_size_and_a_name_to_save_by)
{
	static const struct {
		const char *name, *words, *extension;
	} cases[] = {
		{"corrupt.jpg", "corrupt JPEG, 160 x 120, 2.7 KB", "jpg"},
		{"truncated.jpg", "truncated JPEG, 160 x 120, 1.6 KB", "jpg"},
		{"corrupt.png", "corrupt PNG, 64 x 48, 135 bytes", "png"},
		{"login.html", "not an image: HTML", "html"},
		{"picture.gif", "GIF is not drawn (JPEG and PNG are)", "gif"},
		{"empty.jpg", "empty file", "bin"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct refusal refusal = {cases[i].name, cases[i].words};
		struct file file = album_file(cases[i].name);

		check_words(&refusal);
		cr_assert_str_eq(decode_extension(file.bytes, file.count), cases[i].extension);
		free(file.bytes);
	}
}
