/* Which view is on top: the tabs live as long as the console, details are opened over one of them.
 * Owns the views. Main thread. */
#ifndef STACK_H
#define STACK_H

#include "views/view.h"
#include <stdbool.h>
#include <stddef.h>

enum { STACK_TABS_MAX = 12, STACK_DEPTH_MAX = 16 };

struct stack {
	struct view *tabs[STACK_TABS_MAX];
	struct view *opened[STACK_DEPTH_MAX]; /* newest last */
	size_t depth;
	size_t tab;
};

/* All tabs of views/view.h, the first one on top. false when out of memory. */
bool stack_init(struct stack *stack);
void stack_release(struct stack *stack);

struct view *stack_top(const struct stack *stack);
/* false when too many are open already, or out of memory. */
bool stack_push(struct stack *stack, const struct view_ops *ops, const char *site, const char *id);
/* false when only the tab is left. */
bool stack_pop(struct stack *stack);
/* Leaves all that is opened. */
void stack_show_tab(struct stack *stack, size_t tab);

#endif
