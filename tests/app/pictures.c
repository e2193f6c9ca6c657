/* The pictures of a frame: from the store over the image lane onto the canvas, and back as wishes.
 */
#include "pictures.h"
#include "app/files.h"
#include "store/reader.h"
#include "store/store.h"
#include "ui/picture.h"
#include <criterion/criterion.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NOW = 1000000, PATIENCE_MS = 20000, FILE_BYTES = 1 << 20 };

static struct store *store;
static struct pictures *pictures;
static struct canvas canvas;
static char path[256];
static struct capabilities capabilities = {.rung = RUNG_BLOCKS,
	.block_colors = 256,
	.sixel_colors = 256,
	.cell_width_px = 6,
	.cell_height_px = 13,
	.has_answered = true};

static void set_up(void)
{
	struct err err = {""};

	snprintf(path, sizeof(path), "%s", test_path("pictures.db"));
	struct store_options options = {.path = path};
	store = store_open(&options, &err);
	cr_assert(store, "%s", err.text);
	store_become_writer(store);
	pictures = pictures_open(path, &err);
	cr_assert(pictures, "%s", err.text);
	cr_assert(canvas_init(&canvas, 24, 80));
}

static void tear_down(void)
{
	pictures_close(pictures);
	store_close(store);
	canvas_release(&canvas);
}

TestSuite(pictures, .init = set_up, .fini = tear_down);

/* ---- a small language of its own ---- */

static void keep(const char *key, const char *file, const char *error)
{
	struct batch *batch = batch_new(4 * FILE_BYTES);
	struct picture *picture = batch_add(batch, NOUN_PICTURE);

	picture->site = "pi";
	picture->key = key;
	picture->state = error ? "failed" : "ok";
	picture->error = error;
	picture->fetched_at = NOW;
	if (file) {
		FILE *from = fopen(file, "r");
		char *body = arena_alloc(batch->arena, FILE_BYTES);

		cr_assert(from, "%s", file);
		picture->body_bytes = fread(body, 1, FILE_BYTES, from);
		picture->body = body;
		fclose(from);
	}
	store_put(store, batch);
	store_flush(store);
}

static struct canvas_picture *want(struct area area, const char *key)
{
	struct canvas_picture *picture = canvas_picture(&canvas, area);

	cr_assert(picture);
	snprintf(picture->site, sizeof(picture->site), "pi");
	snprintf(picture->key, sizeof(picture->key), "%s", key);
	snprintf(picture->caption, sizeof(picture->caption), "BEFORE_OPEN");
	return picture;
}

static const struct area room = {2, 0, 16, 40};

static struct canvas_picture *frame(const char *key, const char *stand_in)
{
	struct canvas_picture *picture;

	canvas_clear(&canvas);
	picture = want(room, key);
	snprintf(picture->stand_in, sizeof(picture->stand_in), "%s", stand_in);
	pictures_place(pictures, &canvas, &capabilities, false);
	return picture;
}

/* Until the lane has done something for this frame. */
static bool take(struct err *words)
{
	struct pollfd polled = {.fd = pictures_descriptor(pictures), .events = POLLIN};

	for (int i = 0; i < 50; i++) {
		if (poll(&polled, 1, PATIENCE_MS) <= 0)
			return false;
		if (pictures_take(pictures, words))
			return true;
	}
	return false;
}

static size_t wishes(struct picture_wish list[PICTURE_WISHES_MAX], bool *is_changed)
{
	return pictures_wishes(pictures, list, is_changed);
}

static bool says(const char *text)
{
	char row[1024];

	for (int i = 0; i < canvas.rows; i++) {
		canvas_row_text(&canvas, i, row, sizeof(row));
		if (strstr(row, text))
			return true;
	}
	return false;
}

static const char baseline[] = "tests/data/pictures/baseline.jpg";
static const char corrupt[] = "tests/data/pictures/corrupt.jpg";
static const char gray[] = "tests/data/pictures/gray.jpg";
static const char cloud[] = "tests/data/pictures/cloud-444.jpg";

static uint64_t hash_of(const struct drawn *drawn)
{
	uint64_t hash = 0;

	for (size_t i = 0; drawn && i < drawn->count; i++)
		hash = hash * 31 + (unsigned char)drawn->bytes[i];
	return hash;
}

/* ---- showing ---- */

Test(pictures, what_the_store_has_is_drawn_beside_the_main_thread)
{
	struct err words;

	keep("a.jpg", baseline, NULL);
	cr_expect_null(frame("a.jpg", "")->drawn);
	cr_expect(says("loading"));
	cr_assert(take(&words));
	cr_expect_not_null(frame("a.jpg", "")->drawn);
	cr_expect_not(says("loading"));
	cr_expect(says("BEFORE_OPEN"));
}

Test(pictures, what_cannot_come_is_not_said_to_be_loading)
{
	struct err words;

	pictures_set_words(pictures, "not in the cache", NULL);
	frame("a.jpg", "");
	cr_expect(says("loading"), "nobody looked yet");
	take(&words);
	frame("a.jpg", "");
	cr_expect(says("not in the cache"));
	keep("b.jpg", baseline, NULL);
	frame("a.jpg", "b.jpg");
	cr_assert(take(&words));
	cr_expect_not_null(frame("a.jpg", "b.jpg")->drawn);
	cr_expect(says("BEFORE_OPEN not in the cache"), "the small one is");
	pictures_set_words(pictures, NULL, NULL);
	frame("a.jpg", "");
	cr_expect(says("loading"));
}

Test(edge, case_49_a_picture_that_failed_names_the_key_to_try_again, .init = set_up,
	.fini = tear_down)
{
	struct err words;

	keep("a.jpg", NULL, "image unavailable: cannot refresh");
	frame("a.jpg", "");
	cr_assert(take(&words));
	pictures_set_words(pictures, NULL, "r");
	frame("a.jpg", "");
	cr_expect(says("image unavailable: cannot refresh"));
	cr_expect(says("r = retry"));
	pictures_set_words(pictures, NULL, NULL);
	frame("a.jpg", "");
	cr_expect(says("image unavailable: cannot refresh"));
	cr_expect_not(says("retry"));
}

Test(pictures, a_picture_shown_again_is_not_drawn_again)
{
	struct err words;
	const struct drawn *drawn;

	keep("a.jpg", baseline, NULL);
	frame("a.jpg", "");
	cr_assert(take(&words));
	drawn = frame("a.jpg", "")->drawn;
	keep("a.jpg", gray, NULL); /* would be seen if it were looked at again */
	canvas_clear(&canvas);
	pictures_place(pictures, &canvas, &capabilities, false);
	cr_expect_eq(frame("a.jpg", "")->drawn, drawn);
	cr_expect_not(pictures_take(pictures, &words));
}

/* "camera:ID" is the camera's last picture, whichever that is. */
Test(pictures, a_picture_that_became_another_is_drawn_anew)
{
	struct err words;
	uint64_t before;

	keep("camera:cam-1", baseline, NULL);
	frame("camera:cam-1", "");
	cr_assert(take(&words));
	before = hash_of(frame("camera:cam-1", "")->drawn);
	keep("camera:cam-1", cloud, NULL);
	pictures_recheck(pictures);
	cr_expect_not_null(frame("camera:cam-1", "")->drawn, "the old one is shown meanwhile");
	cr_assert(take(&words));
	cr_assert_not_null(frame("camera:cam-1", "")->drawn);
	cr_expect_neq(hash_of(frame("camera:cam-1", "")->drawn), before);
}

Test(pictures, news_of_others_draw_nothing_anew)
{
	struct pollfd polled = {.fd = pictures_descriptor(pictures), .events = POLLIN};
	struct err words;
	const struct drawn *drawn;
	const char *bytes;

	keep("camera:cam-1", baseline, NULL);
	frame("camera:cam-1", "");
	cr_assert(take(&words));
	drawn = frame("camera:cam-1", "")->drawn;
	bytes = drawn->bytes;
	keep("b.jpg", gray, NULL);
	pictures_recheck(pictures);
	cr_assert_eq(poll(&polled, 1, PATIENCE_MS), 1);
	cr_expect_not(pictures_take(pictures, &words));
	cr_expect_eq(frame("camera:cam-1", "")->drawn->bytes, bytes);
}

Test(pictures, another_size_or_number_of_colours_is_another_drawing)
{
	struct err words;

	keep("a.jpg", baseline, NULL);
	frame("a.jpg", "");
	cr_assert(take(&words));
	capabilities.block_colors = 16;
	cr_expect_null(frame("a.jpg", "")->drawn);
	cr_assert(take(&words));
	cr_expect_not_null(frame("a.jpg", "")->drawn);
}

Test(pictures, a_picture_that_is_missing_is_wished_for_and_drawn_when_it_comes)
{
	struct picture_wish list[PICTURE_WISHES_MAX];
	struct err words;
	bool is_changed;

	frame("a.jpg", "");
	cr_assert(take(&words));
	frame("a.jpg", "");
	cr_assert_eq(wishes(list, &is_changed), 1);
	cr_expect(is_changed);
	cr_expect_str_eq(list[0].site, "pi");
	cr_expect_str_eq(list[0].key, "a.jpg");
	cr_expect_eq(list[0].asked_at, UNKNOWN);
	wishes(list, &is_changed);
	cr_expect_not(is_changed);
	keep("a.jpg", baseline, NULL);
	pictures_recheck(pictures);
	cr_assert(take(&words));
	cr_expect_not_null(frame("a.jpg", "")->drawn);
	cr_expect_eq(wishes(list, &is_changed), 0);
	cr_expect(is_changed);
}

Test(pictures, the_small_one_stands_in_until_the_whole_one_comes)
{
	struct picture_wish list[PICTURE_WISHES_MAX];
	struct err words;
	bool is_changed;

	keep("small.jpg", gray, NULL);
	frame("a.jpg", "small.jpg");
	cr_assert(take(&words));
	cr_expect_not_null(frame("a.jpg", "small.jpg")->drawn);
	cr_expect(says("loading"));
	cr_assert_eq(wishes(list, &is_changed), 1);
	cr_expect_str_eq(list[0].key, "a.jpg");
}

Test(pictures, the_small_one_is_wished_for_before_the_whole_one)
{
	struct picture_wish list[PICTURE_WISHES_MAX];
	struct err words;
	bool is_changed;

	frame("a.jpg", "small.jpg");
	cr_assert(take(&words));
	frame("a.jpg", "small.jpg");
	cr_assert_eq(wishes(list, &is_changed), 2);
	cr_expect_str_eq(list[0].key, "small.jpg");
	cr_expect_str_eq(list[1].key, "a.jpg");
}

Test(pictures, what_is_no_longer_on_screen_is_no_longer_wished_for)
{
	struct picture_wish list[PICTURE_WISHES_MAX];
	struct err words;
	bool is_changed;

	frame("a.jpg", "");
	cr_assert(take(&words));
	frame("b.jpg", "");
	cr_assert(take(&words));
	frame("b.jpg", "");
	cr_assert_eq(wishes(list, &is_changed), 1);
	cr_expect_str_eq(list[0].key, "b.jpg");
}

Test(pictures, a_failure_is_said_in_its_words_and_tried_again_when_a_person_asks)
{
	struct picture_wish list[PICTURE_WISHES_MAX];
	struct err words;
	bool is_changed;

	keep("a.jpg", NULL, "image no longer stored");
	frame("a.jpg", "");
	cr_assert(take(&words));
	frame("a.jpg", "");
	cr_expect(says("image no longer stored"));
	pictures_retry(pictures, NOW + 5000);
	cr_assert_eq(wishes(list, &is_changed), 1);
	cr_expect(is_changed);
	cr_expect_eq(list[0].asked_at, NOW + 5000);
}

Test(pictures, a_corrupt_one_has_a_placeholder_with_the_reason)
{
	struct picture_wish list[PICTURE_WISHES_MAX];
	struct err words;
	bool is_changed;

	keep("a.jpg", corrupt, NULL);
	frame("a.jpg", "");
	cr_assert(take(&words));
	cr_expect_null(frame("a.jpg", "")->drawn);
	cr_expect(says("JPEG"));
	cr_expect_eq(wishes(list, &is_changed), 0); /* it is there, it just cannot be drawn */
}

Test(pictures, a_difference_needs_both_pictures)
{
	struct picture_wish list[PICTURE_WISHES_MAX];
	struct canvas_picture *picture;
	struct err words;
	bool is_changed;

	keep("after.jpg", baseline, NULL);
	for (int i = 0; i < 2; i++) {
		canvas_clear(&canvas);
		picture = want(room, "after.jpg");
		picture->drawing = DRAWING_DIFFERENCE;
		snprintf(picture->before, sizeof(picture->before), "before.jpg");
		pictures_place(pictures, &canvas, &capabilities, false);
		if (i == 0)
			cr_assert(take(&words));
	}
	cr_assert_eq(wishes(list, &is_changed), 2);
	cr_expect_str_eq(list[1].key, "before.jpg");
	keep("before.jpg", baseline, NULL);
	pictures_recheck(pictures);
	cr_assert(take(&words));
	canvas_clear(&canvas);
	picture = want(room, "after.jpg");
	picture->drawing = DRAWING_DIFFERENCE;
	snprintf(picture->before, sizeof(picture->before), "before.jpg");
	pictures_place(pictures, &canvas, &capabilities, false);
	cr_assert_not_null(picture->drawn);
	cr_expect(says("changed: 0.0 %"));
}

Test(pictures, one_row_is_a_caption_and_asks_for_nothing)
{
	struct picture_wish list[PICTURE_WISHES_MAX];
	bool is_changed;

	canvas_clear(&canvas);
	want((struct area){3, 0, 1, 40}, "a.jpg");
	pictures_place(pictures, &canvas, &capabilities, false);
	cr_expect(says("BEFORE_OPEN"));
	cr_expect_eq(wishes(list, &is_changed), 0);
}

Test(pictures, hundreds_of_pictures_passing_by_leave_a_bounded_memory)
{
	struct err words;
	char key[32];
	int shown = 0;

	keep("last.jpg", baseline, NULL);
	for (int i = 0; i < 600; i++) {
		snprintf(key, sizeof(key), "%d.jpg", i);
		if (i % 60 == 0)
			keep(key, baseline, NULL);
		frame(key, "");
		pictures_take(pictures, &words);
	}
	for (int i = 0; i < 200 && !shown; i++) {
		shown = frame("last.jpg", "")->drawn != NULL;
		if (!shown)
			cr_assert(take(&words));
	}
	cr_expect(shown, "the one that is looked at comes, whatever passed by");
}

Test(pictures, what_was_drawn_is_told_as_seen)
{
	const char *site, *key;
	struct err words;

	keep("a.jpg", baseline, NULL);
	frame("a.jpg", "");
	cr_assert(take(&words));
	cr_assert(pictures_seen(pictures, &site, &key));
	cr_expect_str_eq(site, "pi");
	cr_expect_str_eq(key, "a.jpg");
	cr_expect_not(pictures_seen(pictures, &site, &key));
}

/* ---- saving ---- */

static const struct picture_name name = {"pi", "s-1", "a.jpg", "cap-7"};

Test(pictures, saves_what_is_there)
{
	struct picture_wish list[PICTURE_WISHES_MAX];
	struct err words, err = {""};
	bool is_changed;

	keep("a.jpg", corrupt, NULL); /* also what cannot be drawn */
	cr_assert(pictures_save(pictures, test_folder(), &name, NOW, &err));
	cr_expect_eq(wishes(list, &is_changed), 0, "nobody knows yet that it is missing");
	cr_assert(take(&words));
	cr_expect(strstr(words.text, "saved evidence-cap-7.jpg"), "%s", words.text);
	cr_expect_eq(access(test_path("evidence-cap-7.jpg"), F_OK), 0);
}

Test(pictures, saves_what_must_be_fetched_once_it_is_there)
{
	struct picture_wish list[PICTURE_WISHES_MAX];
	struct pollfd polled = {.fd = pictures_descriptor(pictures), .events = POLLIN};
	struct err words, err = {""};
	bool is_changed;

	cr_assert(pictures_save(pictures, test_folder(), &name, NOW, &err));
	cr_assert_eq(poll(&polled, 1, PATIENCE_MS), 1);
	pictures_take(pictures, &words);
	cr_expect_str_eq(words.text, "");
	cr_assert_eq(wishes(list, &is_changed), 1);
	cr_expect_str_eq(list[0].key, "a.jpg");
	keep("a.jpg", baseline, NULL);
	pictures_recheck(pictures);
	cr_assert(take(&words));
	cr_expect(strstr(words.text, "saved evidence-cap-7.jpg"), "%s", words.text);
	cr_expect_eq(wishes(list, &is_changed), 0);
}

Test(pictures, says_when_what_should_be_saved_cannot_be_had)
{
	struct pollfd polled = {.fd = pictures_descriptor(pictures), .events = POLLIN};
	struct err words, err = {""};

	keep("a.jpg", NULL, "image unavailable: cannot reach the storage"); /* an older failure */
	cr_assert(pictures_save(pictures, test_folder(), &name, NOW + 1, &err));
	cr_assert_eq(poll(&polled, 1, PATIENCE_MS), 1);
	pictures_take(pictures, &words);
	cr_expect_str_eq(words.text, "");
	struct batch *batch = batch_new(4096);
	struct picture *picture = batch_add(batch, NOUN_PICTURE);
	picture->site = "pi";
	picture->key = "a.jpg";
	picture->state = "failed";
	picture->error = "image no longer stored";
	picture->fetched_at = NOW + 2;
	store_put(store, batch);
	store_flush(store);
	pictures_recheck(pictures);
	cr_assert(take(&words));
	cr_expect_str_eq(words.text, "cannot save it: image no longer stored");
}

Test(pictures, gives_up_saving_what_nobody_fetches)
{
	struct pollfd polled = {.fd = pictures_descriptor(pictures), .events = POLLIN};
	struct picture_wish list[PICTURE_WISHES_MAX];
	struct err words, err = {""};
	bool is_changed;

	cr_assert(pictures_save(pictures, test_folder(), &name, NOW, &err));
	cr_expect_not(pictures_give_up(pictures, NOW, 0, &words), "it was not looked for yet");
	cr_assert_eq(poll(&polled, 1, PATIENCE_MS), 1);
	pictures_take(pictures, &words);
	cr_expect_not(pictures_give_up(pictures, NOW + 59999, 60000, &words));
	cr_assert(pictures_give_up(pictures, NOW + 60000, 60000, &words));
	cr_expect_str_eq(words.text, "cannot save it: the picture did not come");
	cr_expect_not(pictures_give_up(pictures, NOW + 60000, 60000, &words));
	cr_expect_eq(wishes(list, &is_changed), 0);
}

Test(pictures, says_at_once_that_offline_there_is_nothing_to_save)
{
	struct pollfd polled = {.fd = pictures_descriptor(pictures), .events = POLLIN};
	struct err words, err = {""};

	cr_assert(pictures_save(pictures, test_folder(), &name, NOW, &err));
	cr_assert_eq(poll(&polled, 1, PATIENCE_MS), 1);
	pictures_take(pictures, &words);
	cr_assert(pictures_give_up(pictures, NOW, 0, &words));
	cr_expect_str_eq(words.text, "cannot save it: the cache does not have the picture");
}
