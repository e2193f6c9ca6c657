# Clocks and zones: a server, roles and a console in zones of their own, in each layout; rows that
# appear behind those already read; a server whose clock is an hour off. No time is shifted, no row
# lost.
. "$(dirname "$0")/omni_lib.sh"

server a
admin a "ALTER SYSTEM SET timezone = 'America/St_Johns'; " >/dev/null
admin a "ALTER SYSTEM SET datestyle = 'German, DMY'" >/dev/null
admin a 'SELECT pg_reload_conf()' >/dev/null
admin a "CREATE ROLE eye LOGIN; ALTER ROLE eye SET timezone = 'Asia/Kathmandu'; ALTER ROLE eye SET datestyle = 'SQL, MDY';
	ALTER ROLE eye SET intervalstyle = 'sql_standard'; ALTER ROLE eye SET extra_float_digits = -5" >/dev/null
# A zone of our own whose summer ends the night before last: the clock went back within the window.
day=$(date -u +%j | sed 's/^0*//')
summer="AAA5BBB,J$((day > 40 ? day - 30 : 1)),J$((day > 2 ? day - 1 : 1))"

agree() { # agree LAYOUT: what the console has, and what the table says, as milliseconds
	table='"Event"' at=timestamp
	[ "$1" = sequelize ] && table=events
	psql -X -q -A -t -F ' ' -d "host=$work/a user=postgres dbname=$2" -c "SET timezone = 'UTC'; SELECT id,
		floor(extract(epoch FROM $at) * 1000)::bigint FROM $table" </dev/null | sort >"$work/$1.there"
	(umask 077 && printf '[site barn]\nkind = omnisight\ndsn = host=%s user=eye dbname=%s\n' "$work/a" "$2" \
		>"$work/$1.conf")
	TZ="$summer" "$opsglass" --config "$work/$1.conf" --cache "$work/$1.db" list events --json |
		jq -r '.[] | "\(.id) \((.at[0:19] + "Z" | fromdateiso8601) * 1000 + (.at[20:-1] | if . == "" then 0 else tonumber end))"' |
		sort >"$work/$1.here"
	[ -s "$work/$1.there" ] && diff "$work/$1.there" "$work/$1.here" | head -5 | sed 's/^/# /' | grep . && return 1
	return 0
}
for layout in prisma sequelize; do
	admin a "CREATE DATABASE $layout"
	"$cluster" load "host=$work/a user=postgres dbname=$layout" tests/pg/$layout.sql
	"$opsglass_sim" --sql $layout --recordings 30 >"$work/world.sql"
	"$cluster" load "host=$work/a user=postgres dbname=$layout" "$work/world.sql"
done
for name in nvr prisma sequelize; do
	psql -X -q -d "host=$work/a user=postgres dbname=$name" -c 'GRANT SELECT ON ALL TABLES IN SCHEMA public TO eye' </dev/null
done
check "seed: every event at its time, whatever the zones" agree seed nvr
check "prisma: the same" agree prisma prisma
check "sequelize: the same, with zones in the table" agree sequelize sequelize

writer a
CONSOLE_ENV="TZ=$summer"
recorder_console c 100x30 "host=$work/a user=eye dbname=nvr"
check "both are live" shows c '2 of 2 sites live' 30
ask a "INSERT INTO \"Event\" (id, timestamp, \"eventType\", \"updatedAt\", \"createdAt\")
	VALUES ('dst', (now() AT TIME ZONE 'UTC') - interval '10 s', 'tamper', now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC')"
keys c 6
at=$(ask a "SELECT floor(extract(epoch FROM timestamp))::bigint FROM \"Event\" WHERE id = 'dst'")
check "the screen says it in the zone of who looks" shows c "$(TZ="$summer" date -d "@$at" +%H:%M:%S) .*tamper" 30

# Rows behind those already read: by a writer whose clock is behind, and by a transaction that was open
# for long.
ask a "INSERT INTO \"Event\" (id, timestamp, \"eventType\", \"updatedAt\", \"createdAt\")
	SELECT 'behind' || i, t.t - interval '3 hours', 'face', t.t, t.t FROM generate_series(1, 20) i,
	(SELECT (now() AT TIME ZONE 'UTC') - interval '8 min' AS t) t"
psql -X -q -d "host=$work/a user=postgres dbname=nvr" >/dev/null 2>&1 <<-SQL &
	BEGIN;
	INSERT INTO "Event" (id, timestamp, "eventType", "updatedAt", "createdAt") SELECT 'late' || i, t.t - interval '3 hours',
		'face', t.t, t.t FROM generate_series(1, 20) i, (SELECT now() AT TIME ZONE 'UTC' AS t) t;
	SELECT pg_sleep(20);
	COMMIT;
SQL
long=$!
started="$started $long"
has() { cached c events | grep -c "^$1" | grep -qx 20; }
check "rows of a writer whose clock is behind appear" until_true 80 has behind
wait $long
check "so do those of a long transaction" until_true 80 has late
check_same "nothing is lost and nothing doubled" c a

# A server whose clock is an hour ahead, as this role sees it; its writers go by that.
ask a "CREATE SCHEMA ahead; CREATE FUNCTION ahead.now() RETURNS timestamptz LANGUAGE sql STABLE
	AS 'SELECT pg_catalog.now() + interval ''1 hour'''; GRANT USAGE ON SCHEMA ahead TO eye"
admin a 'ALTER ROLE eye SET search_path = ahead, pg_catalog, public' >/dev/null
admin a "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'eye'" >/dev/null
shift_rows() { # shift_rows NAME
	ask a "INSERT INTO \"Event\" (id, timestamp, \"eventType\", \"updatedAt\", \"createdAt\") SELECT '$1' || i, t.t, 'person', t.t, t.t
		FROM generate_series(1, 20) i, (SELECT (now() AT TIME ZONE 'UTC') + interval '1 hour' AS t) t"
}
check "a clock that is ahead is said" shows c "clock is (59|60) min ahead" 40
shift_rows ahead
check "an hour ahead: rows appear" until_true 40 has ahead
admin a 'ALTER ROLE eye RESET search_path' >/dev/null
admin a "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'eye'" >/dev/null
check "set right again: it is not said any more" hides c 'clock is' 40
check_same "set right again: nothing is lost and nothing doubled" c a
keys c q
check "it leaves well" shows c 'left with 0'
finish
