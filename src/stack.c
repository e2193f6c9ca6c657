/* Tabs and the views opened over them. Owns the views; main thread. */
#include "stack.h"

bool stack_init(struct stack *stack)
{
	*stack = (struct stack){.depth = 0};
	for (size_t i = 0; i < view_tab_count && i < STACK_TABS_MAX; i++)
		if (!(stack->tabs[i] = view_new(view_tabs[i], "", "")))
			return false;
	return true;
}

void stack_release(struct stack *stack)
{
	while (stack_pop(stack))
		;
	for (size_t i = 0; i < STACK_TABS_MAX; i++)
		view_free(stack->tabs[i]);
}

struct view *stack_top(const struct stack *stack)
{
	return stack->depth ? stack->opened[stack->depth - 1] : stack->tabs[stack->tab];
}

bool stack_push(struct stack *stack, const struct view_ops *ops, const char *site, const char *id)
{
	struct view *view = stack->depth < STACK_DEPTH_MAX ? view_new(ops, site, id) : NULL;
	if (!view)
		return false;
	stack->opened[stack->depth++] = view;
	return true;
}

bool stack_pop(struct stack *stack)
{
	if (!stack->depth)
		return false;
	view_free(stack->opened[--stack->depth]);
	stack->opened[stack->depth] = NULL;
	return true;
}

void stack_show_tab(struct stack *stack, size_t tab)
{
	while (stack_pop(stack))
		;
	stack->tab = tab;
}
