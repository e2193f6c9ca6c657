/* A probe and the terminal it asks. */
#include "ui/terminal.h"
#include "base/text.h"
#include "ui/input.h"
#include "ui/key.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { BEGIN_MS = 1000000, ASKED_BYTES = 4096 };

void terminal_init(struct terminal *terminal, const char *term)
{
	static const char *const names[] = {"TMUX", "TMUX_PANE", "SSH_CONNECTION", "SSH_TTY",
		"SSH_CLIENT", "NO_COLOR", "COLORTERM", "WT_SESSION", "TERM_PROGRAM"};

	text_init();
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		unsetenv(names[i]);
	setenv("TERM", term, 1);
	*terminal = (struct terminal){
		.options = {.is_utf8 = true,
			.has_color = true,
			.terminal_colors = 256,
			.is_terminal = true},
		.now_ms = BEGIN_MS,
	};
	buf_init(&terminal->asked, ASKED_BYTES);
	terminal_restart(terminal);
}

void terminal_release(struct terminal *terminal)
{
	buf_release(&terminal->asked);
}

void terminal_restart(struct terminal *terminal)
{
	probe_init(&terminal->probe, &terminal->options);
	probe_hear_size(&terminal->probe, 24, 80, 0, 0);
}

const char *terminal_ask(struct terminal *terminal)
{
	buf_clear(&terminal->asked);
	probe_ask(&terminal->probe, &terminal->asked, terminal->now_ms);
	cr_assert_not(terminal->asked.is_overflowed);
	return terminal->asked.len ? terminal->asked.data : "";
}

void terminal_answer(struct terminal *terminal, const char *bytes)
{
	struct input input = {0};
	size_t left = strlen(bytes);
	int key;

	do {
		size_t part = left < input_room(&input) ? left : input_room(&input);

		input.now_ms = terminal->now_ms;
		input_put(&input, bytes, part);
		bytes += part;
		left -= part;
		while ((key = input_key(&input, false)) != KEY_NONE)
			if (key == KEY_CODE_REPORT)
				probe_hear(&terminal->probe, input.report, input.report_count,
					terminal->now_ms);
	} while (left > 0);
}

void terminal_tell_tmux(struct terminal *terminal, const char *text)
{
	struct tmux_facts facts;

	cr_assert(tmux_parse(&facts, text), "%s", text);
	probe_hear_tmux(&terminal->probe, &facts, terminal->now_ms);
}

void terminal_pass(struct terminal *terminal, int64_t ms)
{
	terminal->now_ms += ms;
	probe_tick(&terminal->probe, terminal->now_ms);
}

const struct capabilities *terminal_found(struct terminal *terminal)
{
	return probe_found(&terminal->probe);
}
