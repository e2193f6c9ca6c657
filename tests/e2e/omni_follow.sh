# Rows that change and go on the server: the console follows what it is told, finds out what it is
# not told, and says of what it cannot know.
. "$(dirname "$0")/omni_lib.sh"

server a
recorder_console c 120x30 "host=$work/a user=postgres dbname=nvr"
check "both are live" shows c '2 of 2 sites live' 30
NOW="(now() AT TIME ZONE 'UTC')"
record() { # record ID: one that records
	ask a "INSERT INTO \"Recording\" (id, \"cameraId\", \"startTime\", status, \"updatedAt\", \"createdAt\")
		SELECT '$1', min(id), $NOW, 'RECORDING', $NOW, $NOW FROM \"Camera\""
}
record told
record untold
record gone
check "recordings begin" shows c '● Active +barn +gone' 20
ask a "UPDATE \"Recording\" SET status = 'COMPLETED', \"endTime\" = $NOW, duration = 5, \"updatedAt\" = $NOW WHERE id = 'told'"
check "one ends" shows c '✓ Completed +barn +told' 20
# By hand, without the updatedAt that says so.
ask a "UPDATE \"Recording\" SET status = 'ERROR', \"endTime\" = $NOW WHERE id = 'untold'"
check "one ends without a word" shows c '✗ Failed +barn +untold' 60
ask a "DELETE FROM \"Recording\" WHERE id = 'gone'"
check "one is deleted: it is said that it is no longer reported" shows c 'barn +gone .*no longer reported' 60

ask a "INSERT INTO \"Event\" (id, timestamp, \"eventType\", \"updatedAt\", \"createdAt\")
	SELECT 'removed', $NOW, 'tamper', $NOW, $NOW"
keys c 6
check "an event appears" shows c '▌ .*tamper|tamper' 20
keys c g
check "it is the first" shows c '▌.*tamper' 10
keys c Enter
check "it is opened" shows c 'removed' 15
ask a "DELETE FROM \"Event\" WHERE id = 'removed'"
check "opened, it is said that the recorder no longer has it" shows c 'no longer has this event|has no such event' 40
keys c Escape

# Retention: all of an hour goes at once; a session that ends makes the console look anew.
ask a "DELETE FROM \"DetectedObject\" WHERE \"eventId\" IN (SELECT id FROM \"Event\" WHERE timestamp < $NOW - interval '1 hour');
	DELETE FROM \"Event\" WHERE timestamp < $NOW - interval '1 hour'"
ask a "DELETE FROM \"Notification\" WHERE \"createdAt\" < $NOW - interval '1 hour'"
admin a "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'opsglass'" >/dev/null
check "what retention removed goes from the list" until_true 40 is_same c a events
check "notifications, too" until_true 20 is_same c a notifications
check "and the Pi's rows are there" pi_is_live c
keys c q
check "it leaves well" shows c 'left with 0'
finish
