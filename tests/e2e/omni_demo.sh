# The simulated recorder: its SQL loads into each of the three layouts, goes on without an error,
# and the demo shows it beside a Pi and leaves nothing.
. "$(dirname "$0")/lib.sh"

# The server's user must reach its socket in here.
chmod 711 "$work"
cluster=tests/pg/cluster
"$cluster" start "$work/pg" $$ >"$work/dsn" 2>&1
read -r dsn <"$work/dsn"
ask() { psql -X -q -A -t -v ON_ERROR_STOP=1 -d "host=$work/pg user=postgres dbname=$1" -c "$2" </dev/null; }
load() { "$cluster" load "host=$work/pg user=postgres dbname=$1" "$2"; }

counts_agree() { # counts_agree LAYOUT FILE: what its comments say is what there is
	grep '^-- rows: ' "$2" | while read -r _ _ table count; do
		name=$table
		[ "$1" = sequelize ] && case $table in
		DetectedObject) name=detected_objects ;;
		*) name=$(echo "$table" | tr '[:upper:]' '[:lower:]')s ;;
		esac
		[ "$(ask "$1" "SELECT count(*) FROM \"$name\"")" = "$count" ] || echo "$table"
	done | grep . && return 1
	grep -q '^-- rows: Event [1-9]' "$2"
}

for layout in seed prisma sequelize; do
	ask postgres "CREATE DATABASE $layout"
	load $layout tests/pg/$layout.sql
	"$opsglass_sim" --sql $layout --odd --days 1 --now 1771406042000 >"$work/world.sql"
	check "$layout: the world loads" load $layout "$work/world.sql"
	check "$layout: all rows are there" counts_agree $layout "$work/world.sql"
	"$opsglass_sim" --sql $layout --odd --days 1 --now 1771406042000 --live --speed 60 --for 90s |
		sed '1,/^COMMIT/d' >"$work/live.sql"
	check "$layout: it goes on" grep -q '^UPDATE' "$work/live.sql"
	check "$layout: without an error" load $layout "$work/live.sql"
done

is() { # is EXPECTED SQL: on the seed layout
	answer=$(ask seed "$2")
	[ "$answer" = "$1" ] || { echo "# $answer, not $1: $2" && return 1; }
}
check "some rows came late" is t "SELECT count(*) > 5 FROM \"Event\" WHERE \"createdAt\" > \"timestamp\" + interval '15 s'"
check "one recording is silent" is 1 "SELECT count(*) FROM \"Recording\" r WHERE status = 'RECORDING' AND \"endTime\" IS NULL AND \"updatedAt\" < timestamp '2026-02-18 09:14:02' - interval '19 min'"
check "one goes on for more than a day" is 1 "SELECT count(*) FROM \"Recording\" WHERE status = 'RECORDING' AND \"endTime\" IS NULL AND \"startTime\" < timestamp '2026-02-18 09:14:02' - interval '25 h'"
check "one is COMPLETED without an end" is 1 "SELECT count(*) FROM \"Recording\" WHERE status = 'COMPLETED' AND \"endTime\" IS NULL"
check "one is RECORDING with an end" is 1 "SELECT count(*) FROM \"Recording\" WHERE status = 'RECORDING' AND \"endTime\" IS NOT NULL"
check "some failed" is t "SELECT count(*) > 0 FROM \"Recording\" WHERE status = 'ERROR'"
check "sums go beyond 2 GiB" is t 'SELECT SUM("fileSize"::bigint) > 1::bigint << 33 FROM "Segment"'
check "confidences are of 1, of 100 and unknown" is "t|t|t" 'SELECT bool_or(confidence BETWEEN 0 AND 1), bool_or(confidence BETWEEN 30 AND 100), bool_or(confidence IS NULL) FROM "Event"'
check "boxes come as objects, arrays, texts and null" is "array,null,object,string" "SELECT string_agg(DISTINCT jsonb_typeof(\"boundingBox\"), ',' ORDER BY jsonb_typeof(\"boundingBox\")) FROM \"DetectedObject\" WHERE id NOT LIKE 'odd%'"
check "some events have neither recording nor camera" is t 'SELECT count(*) > 0 FROM "Event" WHERE "recordingId" IS NULL AND "cameraId" IS NULL'
check "soft references dangle" is t 'SELECT count(*) > 0 FROM "Event" e WHERE "cameraId" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "Camera" c WHERE c.id = e."cameraId")'
check "every password and hash is a planted one" is 0 "SELECT (SELECT count(*) FROM \"Camera\" WHERE password NOT LIKE 'planted-secret%') + (SELECT count(*) FROM \"User\" WHERE password NOT LIKE '%planted-secret%')"
"$cluster" stop "$work/pg"

OPSGLASS="$opsglass" OPSGLASS_SIM="$opsglass_sim"
export OPSGLASS OPSGLASS_SIM
export TMPDIR="$work"
mux new-session -d -s demo -x 110 -y 30 "env TERM=tmux-256color tests/pg/demo; echo \"[left with \$?]\"; exec cat"
check "the demo shows the recorder" shows demo 'recorder' 60
check "and the Pi" shows demo 'shop'
check "with its recordings as sessions" shows demo '(Active|Completed) +recorder' 20
check "one Sessions view has both" shows demo '(Active|Completed) +shop'
check "both sites are live" shows demo '2 of 2 sites live' 20
check "the header has the recorder's totals" shows demo 'Cameras [0-9]+/[0-9]+ +Recording [0-9]+ +Unread [0-9]+' 20
has_both() { # has_both BADGE: the screen has nothing else than rows with it, of both sites
	screen demo | grep -q "$1 +* *recorder" && screen demo | grep -q "$1 +* *shop"
}
keys demo / completed Enter
check "one filter is over both" shows demo 'of [0-9]+  /completed'
check "and finds rows of both systems" until_true 10 has_both Completed
keys demo Escape
keys demo / 'loading dock' Enter
check "a recording is found by its camera's name" shows demo 'of [0-9]+  /loading dock'
check "and says it" shows demo 'recorder +Loading dock'
keys demo Enter
check "a recording opens" shows demo 'Esc back'
check "with its camera and its segments" shows demo 'Segments|SEGMENT' 20
keys demo Escape
check "and back" shows demo '/loading dock'
keys demo Escape 2
check "one Cameras view has the recorder's cameras" shows demo 'Loading dock' 20
check "beside the Pi's" shows demo 'Shelf left'
check "with what only a recorder knows" shows demo 'STREAM +RECORDED +EVENTS 24H'
keys demo / o f f l i n e Enter
check "one filter is over the cameras of both" until_true 10 has_both offline
keys demo Escape 6
check "its events have a view" shows demo '6 Events'
check "with what was seen" shows demo '(person|motion|vehicle|animal) +recorder' 20
keys demo : u s e r s Enter
check "a view is opened by its name" shows demo 'u Users'
keys demo Tab
check "after the last tab comes the first" shows demo '1 Sessions'
keys demo 4
check "health says what the recorder keeps" shows demo 'recorder +[0-9]+ cameras: .* events in 24 h' 20
keys demo q
check "q leaves" shows demo 'left with 0' 30
check "nothing of it is left" until_true 10 sh -c "! ls -d '$work'/ogdemo-*"
finish
