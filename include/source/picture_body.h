/* What the first bytes of a picture, or of what came instead of one, say. Pure. */
#ifndef SOURCE_PICTURE_BODY_H
#define SOURCE_PICTURE_BODY_H

#include <stddef.h>

/* "image/jpeg" "image/png" "image/gif" "image/webp" "image/bmp"; NULL when it is none of them. */
const char *picture_body_type(const void *body, size_t bytes);

/* "HTML" "XML" "JSON" when it clearly is that and no picture; NULL else: damaged pictures are
 * kept. */
const char *picture_body_text(const void *body, size_t bytes);

#endif
