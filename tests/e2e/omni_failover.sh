# A recorder with two servers: the first falls silent without a word, the second takes over, and the
# console finds it; then another database answers at the same address, with older rows.
. "$(dirname "$0")/omni_lib.sh"

server a
replica b a
writer a
recorder_console c 80x24 "host=$work/a,$work/b user=postgres dbname=nvr target_session_attrs=read-write"
check "both are live" shows c '2 of 2 sites live' 30
check "rows that are written appear" shows c 'barn +w[0-9]+' 30
keys c 6

# What was acknowledged is on both when it happens; what is lost then is the servers' affair.
stop_writer
is_replayed() { [ "$(admin a 'SELECT pg_current_wal_lsn()')" = "$(admin b 'SELECT pg_last_wal_replay_lsn()')" ]; }
until_true 20 is_replayed
freeze a
check_down "a silent server" c '(did not answer in time|no answer within 5 s)'
admin b 'SELECT pg_promote()' >/dev/null
writer b
check_up "failover" c b
processes a | xargs kill -KILL 2>/dev/null
check "failover: the dead server is not missed" shows c '2 of 2 sites live' 30

# Another database under the same name, written long before, with some ids that are known.
stop_writer
admin b 'CREATE DATABASE other'
"$cluster" load "host=$work/b user=postgres dbname=other" tests/pg/seed.sql
old() { # old FIRST LAST: rows written two days ago, as their clock says
	psql -X -q -d "host=$work/b user=postgres dbname=$1" -c "INSERT INTO \"Event\" (id, timestamp,
		\"eventType\", \"updatedAt\", \"createdAt\") SELECT 'o' || i, t.t, 'face', t.t, t.t
		FROM generate_series($2, $3) i, LATERAL (SELECT now() AT TIME ZONE 'UTC' -
		interval '2 days' + i * interval '1 s' AS t) t" </dev/null
}
old other 1 30
admin b "ALTER DATABASE nvr ALLOW_CONNECTIONS false"
admin b "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'nvr'" >/dev/null
check "another database: it is said that there is none" shows c 'barn: .*(not currently accepting connections|administrator command)' 20
until_true 20 admin b "ALTER DATABASE nvr RENAME TO was"
check "no database: it is said by name" shows c 'barn: .*"nvr" does not exist' 40
until_true 20 admin b "ALTER DATABASE other RENAME TO nvr"
check "another database: it comes back by itself" hides c 'last good data from' 60
check "another database: it has its rows, and no longer the other's" until_true 30 is_same c b events
old nvr 31 60
check "another database: new rows older than all before appear" until_true 40 is_same c b events
check "another database: what recorded is no longer reported" until_true 20 sh -c \
	"! '$opsglass' --config '$work/c.conf' --cache '$work/c.db' --offline list sessions --site barn --since 1d --json |
		jq -e '.[] | select(.badge == \"Active\" and .reason != \"no longer reported by the recorder\")' >/dev/null"
keys c q
check "it leaves well" shows c 'left with 0'
finish
