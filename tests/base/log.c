/* Tests of base/log.h. */
#include "base/log.h"
#include "base/work.h"
#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];
static char path[96];
static char old_path[96];

static void make_folder(void)
{
	snprintf(folder, sizeof folder, "/tmp/opsglass-log-XXXXXX");
	cr_assert_not_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/log", folder);
	snprintf(old_path, sizeof old_path, "%s/log.1", folder);
}

static void remove_folder(void)
{
	log_close();
	unlink(path);
	unlink(old_path);
	rmdir(folder);
}

TestSuite(log, .init = make_folder, .fini = remove_folder);

static off_t size_of(const char *file)
{
	struct stat status;

	return stat(file, &status) == 0 ? status.st_size : -1;
}

static void read_log(char *dst, size_t bytes)
{
	FILE *file = fopen(path, "r");

	cr_assert_not_null(file);
	dst[fread(dst, 1, bytes - 1, file)] = '\0';
	fclose(file);
}

static void write_bytes(const char *file, size_t bytes)
{
	int fd = open(file, O_WRONLY | O_CREAT, 0600);

	cr_assert_eq(ftruncate(fd, (off_t)bytes), 0);
	close(fd);
}

Test(log, appends_lines_with_their_time_to_a_private_file)
{
	struct stat status;
	char text[512];
	struct err err;

	cr_assert(log_open(path, &err), "%s", err.text);
	cr_assert_geq(log_descriptor(), 0);
	log_line("started %d", 7);
	log_line("second");
	read_log(text, sizeof text);
	cr_assert_eq(text[4], '-');
	cr_assert_not_null(strstr(text, "Z started 7\n"));
	cr_assert_not_null(strstr(text, "Z second\n"));
	cr_assert_eq(stat(path, &status), 0);
	cr_assert_eq(status.st_mode & 0777, 0600);
}

Test(log, goes_nowhere_before_open_and_after_close)
{
	struct err err;

	cr_assert_eq(log_descriptor(), -1);
	log_line("unheard");
	cr_assert(log_open(path, &err));
	log_close();
	cr_assert_eq(log_descriptor(), -1);
	log_line("unheard");
	cr_assert_eq(size_of(path), 0);
}

Test(log, one_call_is_one_line_whatever_the_text)
{
	char text[4096];
	char huge[3000];
	struct err err;
	char *line_end;

	cr_assert(log_open(path, &err));
	log_line("a\nforged line \x1B[31m");
	read_log(text, sizeof text);
	line_end = strchr(text, '\n');
	cr_assert_eq(line_end[1], '\0');
	cr_assert_null(strchr(text, '\x1B'));
	memset(huge, 'x', sizeof huge);
	huge[sizeof huge - 1] = '\0';
	log_line("%s", huge);
	read_log(text, sizeof text);
	cr_assert_leq(strlen(text), 1200);
	cr_assert_eq(text[strlen(text) - 1], '\n');
}

Test(log, open_sets_a_large_file_aside)
{
	struct err err;

	write_bytes(path, (1 << 20) + 1);
	cr_assert(log_open(path, &err));
	cr_assert_eq(size_of(path), 0);
	cr_assert_eq(size_of(old_path), (1 << 20) + 1);
}

Test(log, open_keeps_a_file_of_exactly_one_mebibyte)
{
	struct err err;

	write_bytes(path, 1 << 20);
	cr_assert(log_open(path, &err));
	cr_assert_eq(size_of(path), 1 << 20);
	cr_assert_eq(size_of(old_path), -1);
}

Test(log, turns_over_while_open_and_keeps_its_descriptor)
{
	struct err err;
	int fd;

	write_bytes(path, 1 << 20);
	cr_assert(log_open(path, &err));
	fd = log_descriptor();
	log_line("the last one in the old file");
	cr_assert_gt(size_of(old_path), 1 << 20);
	cr_assert_eq(size_of(path), 0);
	log_line("the first one in the new file");
	cr_assert_gt(size_of(path), 0);
	cr_assert_eq(log_descriptor(), fd);
}

Test(log, follows_a_file_that_another_process_turned_over)
{
	struct err err;

	write_bytes(path, 1 << 20);
	cr_assert(log_open(path, &err));
	cr_assert_eq(rename(path, old_path), 0);
	write_bytes(path, 10);
	log_line("still to the old one");
	log_line("to the new one");
	cr_assert_gt(size_of(path), 10);
	cr_assert_lt(size_of(path), 1000);
	cr_assert_gt(size_of(old_path), 1 << 20);
}

Test(log, open_names_the_file_that_cannot_be_opened)
{
	struct err err = {""};

	cr_assert(!log_open("/no/such/folder/log", &err));
	cr_assert_not_null(strstr(err.text, "/no/such/folder/log"));
	cr_assert_eq(log_descriptor(), -1);
}

Test(log, open_does_not_follow_a_link)
{
	struct err err;

	cr_assert_eq(symlink("/dev/null", path), 0);
	cr_assert(!log_open(path, &err));
}

static void write_lines(void *arg)
{
	for (int i = 0; i < 500; i++)
		log_line("%s %d", (const char *)arg, i);
}

Test(log, lines_of_several_lanes_do_not_mix)
{
	static char names[3][4] = {"one", "two", "six"};
	struct lane *lanes[3];
	struct err err;
	char line[256];
	int count = 0;
	FILE *file;

	cr_assert(log_open(path, &err));
	for (int i = 0; i < 3; i++)
		lanes[i] = lane_start(names[i], write_lines, names[i], &err);
	for (int i = 0; i < 3; i++)
		lane_join(lanes[i]);
	file = fopen(path, "r");
	cr_assert_not_null(file);
	while (fgets(line, sizeof line, file)) {
		const char *at = strchr(line, ' ');
		int number;
		char name[4];

		cr_assert_not_null(at);
		cr_assert_eq(sscanf(at, " %3s %d\n", name, &number), 2, "%s", line);
		count++;
	}
	fclose(file);
	cr_assert_eq(count, 1500);
}
