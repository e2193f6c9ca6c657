# A recorder's server that does not answer what it is asked: a table is locked, statements are
# cancelled, sessions ended, a process or the whole server stands still. Only what is concerned goes
# stale, the rest and the Pi beside it stay live, and all comes back by itself.
. "$(dirname "$0")/omni_lib.sh"

server a
writer a
admin a 'CREATE ROLE eye LOGIN; ALTER ROLE eye SET statement_timeout = 1; ALTER ROLE eye SET lock_timeout = 1;
	ALTER ROLE eye SET idle_session_timeout = 1000' >/dev/null
ask a 'GRANT SELECT ON ALL TABLES IN SCHEMA public TO eye' >/dev/null
ours() { # ours FUNCTION: on the console's sessions
	admin a "SELECT bool_or($1(pid)) FROM pg_stat_activity WHERE application_name = 'opsglass'"
}
recorder_console c 110x30 "host=$work/a user=eye dbname=nvr"
check "a role's own limits do not matter" shows c '2 of 2 sites live' 30
check "rows that are written appear" shows c 'barn +w[0-9]+' 30

# Somebody changes the table, and leaves the transaction open.
psql -X -q -d "host=$work/a user=postgres dbname=nvr application_name=holder" >/dev/null 2>&1 <<-SQL &
	BEGIN;
	LOCK TABLE "Notification" IN ACCESS EXCLUSIVE MODE;
	SELECT pg_sleep(600);
SQL
started="$started $!"
keys c 8
check_down "a locked table" c 'barn: a table is locked by others'
check "a locked table: all that does not need it is live" feed_is c barn recorder.recordings ok
check "a locked table: so is the site" shows c '2 of 2 sites live' 5
cancelled() {
	ours pg_cancel_backend
	says c recorder.notifications 'cancelled by somebody'
}
check "a cancelled statement is not called slow" until_true 40 cancelled
admin a "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'holder'" >/dev/null
check_up "a locked table" c a

keys c 1
ours pg_terminate_backend >/dev/null
check "an ended session: it is said" shows c 'barn: .*(administrator command|connection broke)' 30
check_up "an ended session" c a

# A process of the server stands still: its session is given up, another one works.
backend=$(admin a "SELECT pid FROM pg_stat_activity WHERE application_name = 'opsglass' LIMIT 1")
kill -STOP "$backend"
check "a silent session: it is said" shows c 'barn: the server did not answer in time' 40
check_up "a silent session: another takes its place" c a
kill -CONT "$backend"

freeze a
check_down "a server that stands still" c 'barn: (database: no answer within 5 s|the server did not answer in time)'
thaw a
check_up "a server that stands still" c a
keys c q
check "it leaves well" shows c 'left with 0'
finish
