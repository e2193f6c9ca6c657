/* How an answer leaves: whole, in drops, by half, endlessly, or never. Owns nothing; the server's
 * thread. */
#include "sim/exchange.h"

#include <microhttpd.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

enum { DROP_BYTES = 16, BLOCK_BYTES = 16384 };

static void add_header(struct MHD_Response *response, const char *name, const char *value)
{
	if (value[0])
		MHD_add_response_header(response, name, value);
}

static void add_headers(struct MHD_Response *response, const struct exchange *exchange)
{
	const struct answer *answer = &exchange->answer;
	char retry[24] = "";

	if (answer->retry_after_seconds > 0)
		snprintf(retry, sizeof retry, "%lld", (long long)answer->retry_after_seconds);
	add_header(response, "Content-Type", answer->status == 304 ? "" : answer->content_type);
	add_header(response, "ETag", answer->etag);
	add_header(response, "Retry-After", retry);
	add_header(response, "X-Request-Id", exchange->request.request_id);
}

static bool queue(struct exchange *exchange, struct MHD_Response *response)
{
	enum MHD_Result result;

	if (!response)
		return false;
	add_headers(response, exchange);
	result = MHD_queue_response(exchange->connection, exchange->answer.status, response);
	MHD_destroy_response(response);
	return result == MHD_YES;
}

static struct MHD_Response *whole(struct answer *answer)
{
	size_t bytes = answer->body.len;
	char *data = buf_detach(&answer->body);
	struct MHD_Response *response =
		MHD_create_response_from_buffer(bytes, data, MHD_RESPMEM_MUST_FREE);

	return response;
}

static ssize_t copy_out(
	const struct exchange *exchange, uint64_t position, char *dst, size_t dst_bytes)
{
	size_t left = exchange->answer.body.len - (size_t)position;
	size_t bytes = left < dst_bytes ? left : dst_bytes;

	memcpy(dst, exchange->answer.body.data + position, bytes);
	return (ssize_t)bytes;
}

static ssize_t read_slowly(void *cls, uint64_t position, char *dst, size_t dst_bytes)
{
	struct exchange *exchange = cls;

	exchange->is_paused = !exchange->is_paused;
	if (exchange->is_paused) {
		exchange_wait(exchange, exchange->answer.delivery_arg);
		return 0;
	}
	return copy_out(exchange, position, dst, dst_bytes < DROP_BYTES ? dst_bytes : DROP_BYTES);
}

/* The first half; then, after a pause where one was asked for, the connection breaks. */
static ssize_t read_half(void *cls, uint64_t position, char *dst, size_t dst_bytes)
{
	struct exchange *exchange = cls;
	uint64_t half = exchange->answer.body.len / 2;

	if (position < half)
		return copy_out(exchange, position, dst,
			half - position < dst_bytes ? (size_t)(half - position) : dst_bytes);
	if (exchange->answer.delivery == DELIVER_STALL && !exchange->is_paused) {
		exchange->is_paused = true;
		exchange_wait(exchange, exchange->answer.delivery_arg);
		return 0;
	}
	return MHD_CONTENT_READER_END_WITH_ERROR;
}

static ssize_t read_endlessly(void *cls, uint64_t position, char *dst, size_t dst_bytes)
{
	static const char head[] = "{\"success\":true,\"data\":{\"sessions\":[";
	static const char record[] = "{\"id\":\"sess-ffff\",\"session_id\":\"sess-ffff\","
				     "\"status\":\"active\",\"capture_count\":1},";
	const struct exchange *exchange = cls;
	size_t done = 0;

	if (position >= (uint64_t)exchange->answer.delivery_arg)
		return MHD_CONTENT_READER_END_OF_STREAM;
	while (done < dst_bytes && done < BLOCK_BYTES) {
		uint64_t at = position + done;

		dst[done++] = at < sizeof head - 1
			? head[at]
			: record[(at - (sizeof head - 1)) % (sizeof record - 1)];
	}
	return (ssize_t)done;
}

static bool reset(struct exchange *exchange)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct linger linger = {.l_onoff = 1, .l_linger = 0};

	if (info)
		setsockopt(info->connect_fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
	return false;
}

bool exchange_deliver(struct exchange *exchange)
{
	struct answer *answer = &exchange->answer;

	switch (answer->delivery) {
	case DELIVER_RESET:
		return reset(exchange);
	case DELIVER_HANG:
		exchange_wait(exchange, answer->delivery_arg);
		return true;
	case DELIVER_SLOW:
		return queue(exchange,
			MHD_create_response_from_callback(
				answer->body.len, BLOCK_BYTES, read_slowly, exchange, NULL));
	case DELIVER_STALL:
	case DELIVER_TRUNCATED:
		return queue(exchange,
			MHD_create_response_from_callback(
				answer->body.len, BLOCK_BYTES, read_half, exchange, NULL));
	case DELIVER_HUGE:
		return queue(exchange,
			MHD_create_response_from_callback(
				MHD_SIZE_UNKNOWN, BLOCK_BYTES, read_endlessly, exchange, NULL));
	default:
		return queue(exchange, whole(answer));
	}
}
