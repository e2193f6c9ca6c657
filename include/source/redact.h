/* Credentials in text from a recorder's database: camera URLs, settings, metadata hold them in any
 * place (contracts 5.2, 5.7; edge case 99). They are taken out before anything keeps the text. Too
 * much is rather hidden than too little. Pure. */
#ifndef SOURCE_REDACT_H
#define SOURCE_REDACT_H

#include "base/arena.h"
#include <stdbool.h>
#include <stddef.h>

enum { REDACT_JSON_BYTES = 16 << 10 };

/* What stands for a secret. */
#define REDACTED "***"

/* Whether what is called so is a secret: "smtpPassword", "api_key", "detection.token". */
bool redact_is_secret(const char *name);

/* Takes out of text in place: users and passwords of URLs, values of secret names in queries,
 * "name=value", "name: value" and JSON in text, password hashes. It gets no longer. */
void redact_text(char *text);

/* A clean copy without secrets, cut to max_bytes; NULL for NULL and when out of memory. */
const char *redact_copy(const char *raw, size_t max_bytes, struct arena *arena);

/* The same of JSON text: values of secret names are hidden at any depth. What is no JSON is text.
 * More than REDACT_JSON_BYTES becomes words that say so. */
const char *redact_json(const char *raw, struct arena *arena);

#endif
