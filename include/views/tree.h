/* JSON text of any shape as an indented tree in a document: metadata, settings. Main thread. */
#ifndef VIEWS_TREE_H
#define VIEWS_TREE_H

#include "ui/doc.h"

enum { TREE_DEPTH_MAX = 32, TREE_LINES_MAX = 1000, TREE_BYTES_MAX = 64 << 10 };

/* Writes it in new lines, for a document as wide as columns. What is deeper, longer or larger is
 * left out, which is said; what is no JSON, cut for example, is shown as text. text NULL, "" and
 * null: "none". */
void tree_write(struct doc *doc, const char *text, int columns);

#endif
