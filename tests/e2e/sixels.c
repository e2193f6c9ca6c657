/* Finds the sixel pictures in what a terminal was sent (a typescript). Those that no later one was
 * sent over go to FOLDER/N.six and are told as "N ROW COLUMN WIDTH HEIGHT"; ROW and COLUMN are
 * where the cursor was sent to just before, from 1.
 *   sixels TYPESCRIPT FOLDER [CELL-WIDTH CELL-HEIGHT] */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ESC = 0x1b, BYTES_MAX = 64 << 20, PICTURES_MAX = 8192 };

struct picture {
	size_t begin, end;
	int row, column, width, height;
};

static char bytes[BYTES_MAX];
static size_t count;
static struct picture pictures[PICTURES_MAX];
static int picture_count;
static int cell_width = 6, cell_height = 13; /* of the font "fixed" */

/* ESC [ ROW ; COLUMN H at i. */
static void read_position(size_t i, int *row, int *column)
{
	int numbers[2] = {0, 0}, which = 0;

	for (i += 2; i < count && (isdigit((unsigned char)bytes[i]) || bytes[i] == ';'); i++)
		if (bytes[i] == ';')
			which = 1;
		else
			numbers[which] = numbers[which] * 10 + bytes[i] - '0';
	if (i < count && bytes[i] == 'H') {
		*row = numbers[0] ? numbers[0] : 1;
		*column = numbers[1] ? numbers[1] : 1;
	}
}

/* Where the picture that begins at i ends; 0 when it is none, or not yet whole. */
static size_t end_of_sixel(size_t i)
{
	size_t at = i + 2;

	while (at < count && (isdigit((unsigned char)bytes[at]) || bytes[at] == ';'))
		at++;
	if (at >= count || bytes[at] != 'q')
		return 0;
	while (at + 1 < count && !(bytes[at] == ESC && bytes[at + 1] == '\\'))
		at++;
	return at + 1 < count ? at + 2 : 0;
}

static void note_picture(size_t begin, size_t end, int row, int column)
{
	struct picture *picture = &pictures[picture_count++];
	const char *raster = memchr(bytes + begin, '"', end - begin);

	*picture = (struct picture){.begin = begin, .end = end, .row = row, .column = column};
	if (raster)
		sscanf(raster, "\"%*d;%*d;%d;%d", &picture->width, &picture->height);
}

static void write_picture(const char *folder, int number)
{
	const struct picture *picture = &pictures[number];
	size_t length = picture->end - picture->begin;
	char path[4096];
	FILE *file;

	snprintf(path, sizeof path, "%s/%d.six", folder, number);
	file = fopen(path, "w");
	if (!file || fwrite(bytes + picture->begin, 1, length, file) != length || fclose(file) != 0)
		exit(2);
	printf("%d %d %d %d %d\n", number, picture->row, picture->column, picture->width,
		picture->height);
}

static int left(const struct picture *picture)
{
	return (picture->column - 1) * cell_width;
}

static int top(const struct picture *picture)
{
	return (picture->row - 1) * cell_height;
}

static int overlap(const struct picture *a, const struct picture *b)
{
	return left(a) < left(b) + b->width && left(b) < left(a) + a->width &&
		top(a) < top(b) + b->height && top(b) < top(a) + a->height;
}

/* Whether nothing was sent over it since. */
static int is_last_there(int number)
{
	for (int i = number + 1; i < picture_count; i++)
		if (overlap(&pictures[i], &pictures[number]))
			return 0;
	return 1;
}

int main(int argc, char **argv)
{
	FILE *file = argc == 3 || argc == 5 ? fopen(argv[1], "r") : NULL;
	int row = 0, column = 0;

	if (!file)
		return 2;
	if (argc == 5) {
		cell_width = atoi(argv[3]);
		cell_height = atoi(argv[4]);
	}
	count = fread(bytes, 1, BYTES_MAX, file);
	for (size_t i = 0; i + 1 < count; i++) {
		size_t end;

		if (bytes[i] != ESC)
			continue;
		if (bytes[i + 1] == '[')
			read_position(i, &row, &column);
		end = bytes[i + 1] == 'P' ? end_of_sixel(i) : 0;
		if (end == 0)
			continue;
		if (picture_count == PICTURES_MAX)
			return 2;
		note_picture(i, end, row, column);
		i = end - 1;
	}
	for (int i = 0; i < picture_count; i++)
		if (is_last_there(i))
			write_picture(argv[2], i);
	return 0;
}
