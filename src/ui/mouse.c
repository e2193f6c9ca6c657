/* Clicks and the wheel. Nothing happens on a press: what is released elsewhere or late was a drag,
 * of somebody who wanted to select text. Pure. */
#include "ui/mouse.h"
#include "ui/key.h"
#include <stdlib.h>

enum {
	CLICK_MS = 400,
	CLICK_CELLS = 1,
	MODIFIERS = 4 | 8 | 16, /* shift, alt, ctrl */
	WHEEL_UP = 64,
	WHEEL_DOWN = 65,
	LAST_BUTTON = 2,
	OLD_RELEASE = 3, /* of whichever button */
	OLD_OFFSET = 32,
	NUMBER_MAX = 9999
};

/* A report, its place counted from 1. */
struct report {
	int code, column, row;
	bool is_release;
};

static void press(struct input *input, const struct report *report)
{
	input->pressed = (struct mouse){.kind = MOUSE_CLICK,
		.row = report->row - 1,
		.column = report->column - 1,
		.button = report->code};
	input->pressed_at_ms = input->now_ms;
	input->is_pressed = true;
}

static int release(struct input *input, const struct report *report)
{
	const struct mouse *pressed = &input->pressed;
	bool is_click = input->is_pressed && report->code == pressed->button &&
		abs(report->row - 1 - pressed->row) <= CLICK_CELLS &&
		abs(report->column - 1 - pressed->column) <= CLICK_CELLS &&
		input->now_ms - input->pressed_at_ms <= CLICK_MS;

	input->is_pressed = false;
	if (!is_click)
		return KEY_NONE;
	input->mouse = *pressed;
	return KEY_CODE_MOUSE;
}

static int take_report(struct input *input, struct report *report)
{
	if (report->column < 1 || report->row < 1 || report->code < 0)
		return KEY_NONE;
	report->code &= ~MODIFIERS;
	if (report->code == WHEEL_UP || report->code == WHEEL_DOWN) {
		input->mouse = (struct mouse){
			.kind = report->code == WHEEL_UP ? MOUSE_WHEEL_UP : MOUSE_WHEEL_DOWN,
			.row = report->row - 1,
			.column = report->column - 1};
		return report->is_release ? KEY_NONE : KEY_CODE_MOUSE;
	}
	if (report->code > LAST_BUTTON) /* moved, or a button that nobody has */
		return KEY_NONE;
	if (report->is_release)
		return release(input, report);
	press(input, report);
	return KEY_NONE;
}

/* The number at *at, which it moves behind it; -1 when there is none, or one too large. */
static int take_number(const unsigned char **at, const unsigned char *end)
{
	int number = -1;

	for (; *at < end && **at >= '0' && **at <= '9'; ++*at) {
		number = (number < 0 ? 0 : number) * 10 + **at - '0';
		if (number > NUMBER_MAX)
			return -1;
	}
	return number;
}

int mouse_key(struct input *input, const unsigned char *parameters, size_t bytes, bool is_release)
{
	const unsigned char *end = parameters + bytes;
	struct report report = {.is_release = is_release};
	int *const numbers[] = {&report.code, &report.column, &report.row};

	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		if (i > 0 && (parameters == end || *parameters++ != ';'))
			return KEY_NONE;
		*numbers[i] = take_number(&parameters, end);
	}
	return parameters == end ? take_report(input, &report) : KEY_NONE;
}

int mouse_key_old(struct input *input, const unsigned char bytes[3])
{
	struct report report = {.code = bytes[0] - OLD_OFFSET,
		.column = bytes[1] - OLD_OFFSET,
		.row = bytes[2] - OLD_OFFSET};

	report.is_release = report.code >= 0 && (report.code & ~MODIFIERS) == OLD_RELEASE;
	if (report.is_release)
		report.code = input->pressed.button;
	return take_report(input, &report);
}
