/* Copies that cross threads. Owns what it copied; any thread. */
#include "source/orders.h"
#include <stdlib.h>
#include <string.h>

static void free_text(const char *text)
{
	free((void *)(uintptr_t)text);
}

void orders_free(void *job)
{
	struct orders *orders = job;

	if (!orders)
		return;
	for (size_t i = 0; orders->demands && i < orders->count; i++) {
		free_text(orders->demands[i].site);
		free_text(orders->demands[i].feed);
		free_text(orders->demands[i].subject);
	}
	for (size_t i = 0; orders->wishes && i < orders->count; i++) {
		free_text(orders->wishes[i].site);
		free_text(orders->wishes[i].key);
		free_text(orders->wishes[i].session_id);
	}
	free(orders->demands);
	free(orders->wishes);
	free(orders);
}

static const char *copy_text(const char *text)
{
	return strdup(text ? text : "");
}

static bool copy_demand(struct demand *copy, const struct demand *demand)
{
	*copy = *demand;
	copy->site = copy_text(demand->site);
	copy->feed = copy_text(demand->feed);
	copy->subject = copy_text(demand->subject);
	return copy->site && copy->feed && copy->subject;
}

static bool copy_wish(struct picture_wish *copy, const struct picture_wish *wish)
{
	*copy = *wish;
	copy->console = NULL;
	copy->site = copy_text(wish->site);
	copy->key = copy_text(wish->key);
	copy->session_id = copy_text(wish->session_id);
	return copy->site && copy->key && copy->session_id;
}

struct orders *orders_of_demands(const struct demand *demands, size_t count)
{
	struct orders *orders = calloc(1, sizeof *orders);
	bool is_ok;

	if (!orders)
		return NULL;
	orders->demands = calloc(count + 1, sizeof orders->demands[0]);
	is_ok = orders->demands != NULL;
	for (size_t i = 0; is_ok && i < count; i++)
		is_ok = copy_demand(&orders->demands[orders->count++], &demands[i]);
	if (is_ok)
		return orders;
	orders_free(orders);
	return NULL;
}

struct orders *orders_of_wishes(const struct picture_wish *wishes, size_t count)
{
	struct orders *orders = calloc(1, sizeof *orders);
	bool is_ok;

	if (!orders)
		return NULL;
	orders->wishes = calloc(count + 1, sizeof orders->wishes[0]);
	is_ok = orders->wishes != NULL;
	for (size_t i = 0; is_ok && i < count; i++)
		is_ok = copy_wish(&orders->wishes[orders->count++], &wishes[i]);
	if (is_ok)
		return orders;
	orders_free(orders);
	return NULL;
}
