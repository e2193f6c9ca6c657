/* Evidence files: names, never over another file, words. */
#include "save.h"
#include "app/files.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define folder test_folder()

static const char jpeg[] = "\xff\xd8\xff\xe0 and so on";

static bool holds(const char *name, const char *bytes, size_t count)
{
	char path[256], read[64] = "";
	FILE *file;
	size_t got;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "r");
	if (!file)
		return false;
	got = fread(read, 1, sizeof(read), file);
	fclose(file);
	return got == count && memcmp(read, bytes, count) == 0;
}

Test(save, writes_the_bytes_as_they_came_and_says_so)
{
	struct err words = {""};

	cr_assert(save_evidence(folder, "cap-7", jpeg, sizeof(jpeg) - 1, &words));
	cr_expect(holds("evidence-cap-7.jpg", jpeg, sizeof(jpeg) - 1));
	cr_expect_str_eq(words.text, "saved evidence-cap-7.jpg, 0.0 KB");
}

Test(save, never_writes_over_another_file)
{
	struct err words = {""};

	save_evidence(folder, "cap-7", jpeg, sizeof(jpeg) - 1, &words);
	cr_assert(save_evidence(folder, "cap-7", jpeg, 6, &words));
	cr_expect(holds("evidence-cap-7.jpg", jpeg, sizeof(jpeg) - 1));
	cr_expect(holds("evidence-cap-7-2.jpg", jpeg, 6));
}

Test(save, follows_no_link_that_lies_in_wait)
{
	struct err words = {""};
	char link_path[256], target[256];

	snprintf(target, sizeof(target), "%s/victim", folder);
	snprintf(link_path, sizeof(link_path), "%s/evidence-cap-7.jpg", folder);
	cr_assert_eq(symlink(target, link_path), 0);
	cr_assert(save_evidence(folder, "cap-7", jpeg, sizeof(jpeg) - 1, &words));
	cr_expect_neq(access(target, F_OK), 0);
	cr_expect(holds("evidence-cap-7-2.jpg", jpeg, sizeof(jpeg) - 1));
}

Test(save, keeps_hostile_ids_inside_the_folder)
{
	struct err words = {""};

	cr_assert(save_evidence(folder, "../../etc/\xc3\xa9 x", jpeg, sizeof(jpeg) - 1, &words));
	cr_expect(holds("evidence-.._.._etc____x.jpg", jpeg, sizeof(jpeg) - 1), "%s", words.text);
}

Test(save, cuts_an_endless_id)
{
	struct err words = {""};
	char id[2000];

	memset(id, 'x', sizeof(id) - 1);
	id[sizeof(id) - 1] = '\0';
	cr_expect(save_evidence(folder, id, jpeg, sizeof(jpeg) - 1, &words), "%s", words.text);
}

Test(save, names_the_file_by_what_it_is)
{
	static const struct {
		const char *bytes;
		const char *name;
	} rows[] = {
		{"\x89PNG\r\n\x1a\n....", "evidence-a.png"},
		{"\x01\x02\x03 garbage", "evidence-a.bin"},
	};
	struct err words = {""};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cr_assert(save_evidence(folder, "a", rows[i].bytes, strlen(rows[i].bytes), &words));
		cr_expect(holds(rows[i].name, rows[i].bytes, strlen(rows[i].bytes)), "%s",
			rows[i].name);
	}
}

Test(save, says_why_it_cannot)
{
	struct err words = {""};

	cr_expect_not(save_evidence("/nowhere/at/all", "a", jpeg, sizeof(jpeg) - 1, &words));
	cr_expect_str_eq(words.text, "cannot save evidence-a.jpg: No such file or directory");
}
