/* What a document is made of, for ui/doc.c and ui/doc_view.c only. */
#ifndef UI_DOC_PARTS_H
#define UI_DOC_PARTS_H

#include "base/buf.h"
#include "ui/doc.h"
#include <stdint.h>

enum { DOC_KEY_BYTES = 512, DOC_NO_KEY = -1 };

struct doc_span {
	size_t text; /* offset into texts */
	int column;
	enum role role;
	int64_t id; /* offset into texts: what a click copies; DOC_NO_KEY = nothing */
};

struct doc_row {
	size_t first_span;
	size_t span_count;
	int width;
	int64_t key; /* offset into texts; DOC_NO_KEY = cannot be selected */
	bool is_pinned;
};

struct doc {
	struct doc_row *lines;
	size_t line_count, line_cap;
	struct doc_span *spans;
	size_t span_count, span_cap;
	struct buf texts; /* NUL-terminated, one behind the other */
	bool is_full;
	bool is_apart; /* scrolled by the wheel: the selection may be out of sight */
	int top;
	int visible_rows; /* as last heard */
	bool has_selection;
	char selected_key[DOC_KEY_BYTES];
	int selected_line; /* where the key was last seen */
};

#endif
