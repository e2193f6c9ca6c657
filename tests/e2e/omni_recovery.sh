# A recorder's server takes long to shut down, and long to recover: both is said while it lasts.
. "$(dirname "$0")/omni_lib.sh"

server a
writer a
recorder_console c 120x30 "host=$work/a user=postgres dbname=nvr"
check "both are live" shows c '2 of 2 sites live' 30
check "rows that are written appear" shows c 'barn +w[0-9]+' 30

# A process that does not end holds the shutdown up, so that there is time to see it.
psql -X -q -d "host=$work/a user=postgres dbname=nvr" -c "SELECT pg_sleep(600)" >/dev/null 2>&1 </dev/null &
started="$started $!"
sleeper() { ask a "SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(600)%'"; }
sleeps() { [ -n "$(sleeper)" ]; }
until_true 10 sleeps
backend=$(sleeper)
kill -STOP "$backend"
was=$(postmaster a)
kill -INT "$was"
check_down "shut down" c 'barn: .*the database system is shutting down'
kill -CONT "$backend"
until_true 20 is_down "$was"

# Recovery that waits for its archive.
as_owner sh -c "touch '$work/a/data/recovery.signal'
	echo \"restore_command = 'sleep 7; false'\" >>'$work/a/data/postgresql.conf'"
start a &
check_down "starting up" c 'barn: .*(the database system is (starting up|not yet accepting connections)|Connection refused)'
wait $!
check_up "starting up" c a

keys c q
check "it leaves well" shows c 'left with 0'
finish
