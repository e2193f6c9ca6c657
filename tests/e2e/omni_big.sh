# A recorder's database with more rows than are ever read as a whole, and no index but the seed's:
# what is said of it, what its statements read, and that rows are found wherever they are put. The
# size is $BIG_RECORDINGS (five times as many segments, events and objects).
. "$(dirname "$0")/lib.sh"

recordings=${BIG_RECORDINGS:-40000}
chmod 711 "$work"
CLUSTER_CONF="shared_preload_libraries = 'pg_stat_statements'
autovacuum = off" tests/pg/cluster start "$work/pg" $$ >/dev/null 2>"$work/start.log"
dsn="host=$work/pg user=postgres dbname=nvr"
ask() { psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$dsn" -c "$1" </dev/null; }
psql -X -q -d "host=$work/pg user=postgres dbname=postgres" -c 'CREATE DATABASE nvr' </dev/null
tests/pg/cluster load "$dsn" tests/pg/seed.sql
check "the database is filled" tests/pg/big "$dsn" "$recordings"
ask 'CREATE EXTENSION pg_stat_statements'
(umask 077 && printf '[site barn]\nkind = omnisight\ndsn = %s\n' "$dsn" >"$work/big.conf")
feeds() { "$opsglass" --config "$work/big.conf" --cache "$work/big.db" --offline list feeds --json; }
error_of() { feeds | jq -r ".[] | select(.feed == \"recorder.$1\" and .subject == null) | .error"; }
is_through() { # is_through FEED: a round through the whole table has come to its end
	error_of "$1" | grep -q 'the whole of it in'
}
total() { # total COLUMN: in the cache
	sqlite3 "file:$work/big.db?mode=ro" "SELECT \"$1\" FROM recorder" 2>/dev/null
}
is_total() { [ "$(total "$1")" = "$2" ]; }
has_event() { # has_event ID
	[ -n "$(sqlite3 "file:$work/big.db?mode=ro" "SELECT 1 FROM event WHERE id = '$1'")" ]
}
event() { # event ID [AGE]: one more
	ask "INSERT INTO \"Event\" (id, timestamp, \"eventType\", \"createdAt\", \"updatedAt\")
		SELECT '$1', t.t - interval '${2:-0 s}', 'motion', t.t, t.t
		FROM (SELECT now() AT TIME ZONE 'UTC' AS t) t"
}

console big 110x24 --config "$work/big.conf" --cache "$work/big.db"
check "recordings are there" shows big '(Completed|Active) +Camera' 20
keys big 6
check "so are events" shows big '(motion|person|vehicle) +Camera' 20
check "what is slow is said, and what helps" shows big 'large table without an index: read in parts.*CREATE INDEX' 20
for feed in events totals cameras histogram; do
	check "$feed: all of it is read, a part at a time" until_true 90 is_through $feed
done
check "the sum of all segments is right" until_true 40 is_total size_bytes \
	"$(ask 'SELECT sum("fileSize"::bigint) FROM "Segment"')"

# Steady: nothing is read as a whole, however few rows come of it.
scans() { ask "SELECT sum(seq_scan) FROM pg_stat_user_tables WHERE relname IN ('Event', 'Segment', 'DetectedObject')"; }
worst() { # worst EXPRESSION: of all statements since the last reset
	ask "SELECT COALESCE(ceil(max($1)), 0) FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
		WHERE d.datname = 'nvr' AND query LIKE '%ctid%' AND query NOT LIKE '%INSERT%'"
}
before=$(scans)
ask 'SELECT pg_stat_statements_reset()' >/dev/null
for number in $(seq 15); do
	event "steady$number"
	sleep 1
done
check "new events come" until_true 15 has_event steady15
check "all of them" [ "$(sqlite3 "file:$work/big.db?mode=ro" "SELECT count(*) FROM event WHERE id LIKE 'steady%'")" = 15 ]
check "no large table is scanned" [ "$(scans)" = "$before" ]
check "statements were asked" [ "$(worst calls)" -ge 3 ]
# 32 MiB of its own table, a quarter of that beside it, and what is looked up by keys.
blocks=$(worst '(shared_blks_hit + shared_blks_read) / calls')
check "a statement reads a bounded number of blocks ($blocks)" [ "$blocks" -le 16000 ]
check "and answers with a bounded number of rows" [ "$(worst 'rows / calls')" -le 5000 ]
check "none is near its timeout" [ "$(worst max_exec_time)" -lt 5000 ]
check "the server works for us less than a third of the time" [ \
	"$(ask "SELECT ceil(sum(total_exec_time)) FROM pg_stat_statements WHERE query LIKE '%ctid%'")" -lt 6000 ]

# A recorder deletes what is old: then new rows stand where that was, not at the end.
ask 'SET session_replication_role = replica; DELETE FROM "Event" WHERE ctid < '"'(300,0)'"'::tid'
ask 'VACUUM "Event"'
event middle
check "the row is in the middle of the table" [ \
	"$(ask "SELECT ctid < '(300,0)'::tid FROM \"Event\" WHERE id = 'middle'")" = t ]
check "and is found" until_true 90 has_event middle
event late '3 hours'
check "so is one that was written late" until_true 60 has_event late

# One recording: its segments are looked for in all of the table.
id=$(ask 'SELECT id FROM "Recording" ORDER BY "startTime" OFFSET 100 LIMIT 1')
"$opsglass" --config "$work/big.conf" --cache "$work/one.db" show recording "$id" --json >"$work/one.json" 2>"$work/one.log"
check "one shot finds the segments of an old recording" [ \
	"$(sqlite3 "$work/one.db" "SELECT count(*) FROM segment WHERE recording_id = '$id'")" = 5 ]
finish
