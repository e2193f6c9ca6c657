/* Bodies from tests/data/bodies and decoders run on them. */
#ifndef TESTS_SOURCE_BODIES_H
#define TESTS_SOURCE_BODIES_H

#include "model/batch.h"
#include "source/decode.h"

#define NOW INT64_C(1771406100000) /* 2026-02-18T09:15:00Z */

/* The whole file as a text; the test fails when it is not there. */
char *body_read(const char *name);

/* What a decoder makes of a text. The test fails when it refuses it. */
struct batch *decoded(decode_fn decode, const char *feed, const char *subject, const char *body);
/* The same of a file. */
struct batch *decoded_file(
	decode_fn decode, const char *feed, const char *subject, const char *name);
/* The words with which a decoder refuses a text, "" when it takes it. */
const char *refused(decode_fn decode, const char *body);

#endif
