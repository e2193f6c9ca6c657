/* A container: a fridge or shelf with up to four cameras. Pure data. */
#ifndef MODEL_CONTAINER_H
#define MODEL_CONTAINER_H

#include "model/noun.h"

struct container {
	const char *site;
	const char *id;
	const char *label; /* NULL: shown as "Unnamed Container" */
	const char *description;
	int64_t camera_count;
	int64_t online_count;
	int64_t created_at;
	int64_t updated_at;
};

#endif
