/* The Pi's error codes in words (contracts 1.6). Pure. */
#ifndef MODEL_ERROR_CODE_H
#define MODEL_ERROR_CODE_H

/* A short sentence for a code such as "CAMERA_OFFLINE"; NULL for one not in the table. */
const char *error_code_text(const char *code);

#endif
