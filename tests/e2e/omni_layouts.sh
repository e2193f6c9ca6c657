# The three layouts of a recorder show the same numbers, those of a direct SELECT; and the seed
# layout shows everything else, with the reason, when any one table, column or grant is missing.
# Each such database is a schema and a site of its own: one round asks fifty of them.
. "$(dirname "$0")/lib.sh"

# The server's user must reach its socket in here.
chmod 711 "$work"
cluster=tests/pg/cluster
"$cluster" start "$work/pg" $$ >"$work/dsn" 2>&1
export PGTZ=UTC
at="host=$work/pg user=postgres"
ask() { psql -X -q -A -t -F '	' -v ON_ERROR_STOP=1 -d "$at dbname=$1" -c "$2" </dev/null; }
site() { printf '[site %s]\nkind = omnisight\ndsn = %s\n\n' "$1" "$2"; }
once() { # once NAME: a single round of the sites of NAME.conf into NAME.db
	"$opsglass" --config "$work/$1.conf" --cache "$work/$1.db" list feeds --json >"$work/$1.feeds" 2>"$work/err"
}
offline() { # offline NAME COMMAND...
	name=$1
	shift
	"$opsglass" --config "$work/$name.conf" --cache "$work/$name.db" "$@" --json --offline 2>>"$work/err"
}

# ---- the same numbers in three layouts ----

now=$(date +%s)000
for layout in seed prisma sequelize; do
	ask postgres "CREATE DATABASE $layout"
	"$opsglass_sim" --sql $layout --recordings 40 --now $now >"$work/$layout.sql"
	"$cluster" load "$at dbname=$layout" tests/pg/$layout.sql
	"$cluster" load "$at dbname=$layout" "$work/$layout.sql"
	(umask 077 && site barn "$at dbname=$layout" >"$work/$layout.conf")
	once $layout
done

renamed() { # renamed LAYOUT SQL: in the names of that layout
	[ "$1" != sequelize ] && echo "$2" && return
	echo "$2" | sed -E 's/"DetectedObject"/detected_objects/g; s/"([A-Z][a-z]+)"/\L\1s/g
		s/"(eventType|objectType)"/type/g; :again; s/"([a-z_]+)([A-Z])([A-Za-z]*)"/"\1_\l\2\3"/; t again'
}
selected() { # selected LAYOUT NAME SQL: what a SELECT says; at(COLUMN) is a time as in JSON
	renamed "$1" "$(echo "$3" | sed -E "s/at\(([^()]*)\)/replace(to_char(\1, 'YYYY-MM-DD\"T\"HH24:MI:SS.MS') || 'Z', '.000Z', 'Z')/g")" >"$work/sql"
	ask "$1" "$(cat "$work/sql")" | LC_ALL=C sort >"$work/$1.$2.select"
}
listed() { # listed LAYOUT NAME NOUN FIELDS
	offline "$1" list $3 | jq -r ".[] | $4 | @tsv" | LC_ALL=C sort >"$work/$1.$2.list"
}
is_same() { # is_same FILE FILE: and there is something in them
	[ -s "$1" ] && diff "$1" "$2" >"$work/diff" && return
	head -5 "$work/diff" | sed 's/^/# /'
	return 1
}
agree() { # agree NAME NOUN FIELDS SQL
	for layout in seed prisma sequelize; do
		selected $layout "$1" "$4"
		listed $layout "$1" "$2" "$3"
		check "$layout: $1 are those of a SELECT" is_same "$work/$layout.$1.select" "$work/$layout.$1.list"
		check "$layout: $1 are those of the seed" is_same "$work/seed.$1.list" "$work/$layout.$1.list"
	done
}

agree recordings recordings '[.id, .camera_id, (.status | ascii_downcase), .started_at, .ended_at, .segment_count, .size_bytes, .event_count]' \
	'SELECT id, "cameraId", lower(status::text), at("startTime"), at("endTime"),
	(SELECT count(*) FROM "Segment" s WHERE s."recordingId" = r.id),
	(SELECT COALESCE(sum("fileSize"::bigint), 0) FROM "Segment" s WHERE s."recordingId" = r.id),
	(SELECT count(*) FROM "Event" e WHERE e."recordingId" = r.id) FROM "Recording" r'
agree sessions sessions '[.id, .badge != null, .started_at, .capture_count]' \
	"SELECT id, 'true', at(\"startTime\"), (SELECT count(*) FROM \"Segment\" s WHERE s.\"recordingId\" = r.id) FROM \"Recording\" r"
agree cameras cameras '[.id, .name, .status, .ip_address]' \
	'SELECT id, name, lower(status::text), "ipAddress" FROM "Camera"'
agree streams streams '[.id, .camera_id, (.status | ascii_downcase), .started_at, .ended_at]' \
	'SELECT id, "cameraId", lower(status::text), at("startedAt"), at("endedAt") FROM "Stream"'
agree users users '[.id, .username, .email, (.role | ascii_downcase), .last_login]' \
	'SELECT id, username, email, lower(role::text), at("lastLogin") FROM "User"'
# Only the seed has events without a recording.
agree events events 'select(.recording_id != null) | [.id, .at, .recording_id, .camera_id, .object_count]' \
	'SELECT e.id, at(e.timestamp), e."recordingId", r."cameraId",
	(SELECT count(*) FROM "DetectedObject" o WHERE o."eventId" = e.id)
	FROM "Event" e JOIN "Recording" r ON r.id = e."recordingId"'
selected seed all-events 'SELECT id, COALESCE("cameraId", (SELECT "cameraId" FROM "Recording" r WHERE r.id = "recordingId")), "eventType", CASE WHEN confidence > 1 THEN confidence / 100 ELSE confidence END FROM "Event"'
listed seed all-events events '[.id, .camera_id, .type, .confidence]'
check "seed: all events are there" is_same "$work/seed.all-events.select" "$work/seed.all-events.list"
selected seed notifications "SELECT id, \"eventId\", title, status, (\"readAt\" IS NULL AND lower(status) <> 'read')::text FROM \"Notification\""
listed seed notifications notifications '[.id, .event_id, .title, .status, .unread]'
check "seed: all notifications are there" is_same "$work/seed.notifications.select" "$work/seed.notifications.list"
recording=$(ask seed 'SELECT "recordingId" FROM "Segment" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1')
for layout in seed prisma sequelize; do
	selected $layout segments "SELECT id, at(\"startTime\"), at(\"endTime\"), \"fileSize\", \"filePath\" FROM \"Segment\" WHERE \"recordingId\" = '$recording'"
	"$opsglass" --config "$work/$layout.conf" --cache "$work/$layout.db" list segments --session "$recording" --json |
		jq -r '.[] | [.id, .started_at, .ended_at, .size_bytes, .file_path] | @tsv' | LC_ALL=C sort >"$work/$layout.segments.list"
	check "$layout: segments of a recording are those of a SELECT" is_same "$work/$layout.segments.select" "$work/$layout.segments.list"
	sqlite3 "$work/$layout.db" 'SELECT cameras_online, cameras_offline, cameras_error, recording_now, size_bytes FROM recorder' >"$work/$layout.totals"
	check "$layout: totals are those of the seed" is_same "$work/seed.totals" "$work/$layout.totals"
done
says_what_it_lacks() {
	jq -en 'input | [.[] | select(.state == "not_offered") | .error] ==
	["this database has no table Notification", "this database has no table RetentionPolicy", "this database has no table SystemSettings"]' "$work/prisma.feeds" >/dev/null
}
check "what a layout does not have is said" says_what_it_lacks

# ---- any one of the seed's tables, columns and grants missing ----

# Into one schema each. What is missing: KIND TABLE COLUMN, a line each; the first is whole.
ask postgres "CREATE DATABASE gone"
ask gone "CREATE ROLE watcher LOGIN"
"$cluster" load "$at dbname=gone" tests/pg/seed.sql
"$opsglass_sim" --sql seed --recordings 4 --now $now >"$work/rows.sql"
{
	echo "none - -"
	for kind in table grant; do
		ask gone "SELECT '$kind', table_name, '-' FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 2"
		ask gone "SELECT '$kind', table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 2, 3"
	done | tr '\t' ' '
} >"$work/missing"

remove() { # remove KIND TABLE COLUMN: SQL in the schema
	case $1,$3 in
	table,-) echo "DROP TABLE \"$2\" CASCADE;" ;;
	table,*) echo "ALTER TABLE \"$2\" DROP COLUMN \"$3\" CASCADE;" ;;
	grant,-) echo "REVOKE SELECT ON \"$2\" FROM watcher;" ;;
	grant,*)
		echo "REVOKE SELECT ON \"$2\" FROM watcher; SELECT format('GRANT SELECT (%s) ON %I TO watcher',
			string_agg(quote_ident(column_name), ', '), '$2') FROM information_schema.columns
			WHERE table_schema = current_schema AND table_name = '$2' AND column_name <> '$3' \\gexec"
		;;
	esac
}
whole() { # whole NAME: SQL for a schema with everything in it
	echo "CREATE SCHEMA $1; SET search_path = $1;"
	cat tests/pg/seed.sql "$work/rows.sql"
	echo "GRANT USAGE ON SCHEMA $1 TO watcher; GRANT SELECT ON ALL TABLES IN SCHEMA $1 TO watcher;"
}
number=0
while read -r kind table column; do
	whole m$number
	remove "$kind" "$table" "$column"
	echo "$number $kind $table $column" >>"$work/numbered"
	number=$((number + 1))
done <"$work/missing" >"$work/gone.sql"
check "there are that many things to be missing" [ $number -gt 200 ]
"$cluster" load "$at dbname=gone" "$work/gone.sql" 2>/dev/null >"$work/out"

watcher() { site "$1" "host=$work/pg user=watcher dbname=gone options=-csearch_path=$1"; }

# Fifty at a time: each site is a connection. What came of it is a line each, in JSON.
keep() { # keep NOUN: from an array of rows
	jq -c ".[] | {noun: \"$1\", site, id: (.feed // .id // .key // .camera_id // \"\"), row: del(.site, .duration_seconds)}" >>"$work/rows"
}
nouns="cameras recordings sessions events streams users policies settings notifications"
first=0
while [ $first -lt $number ]; do
	last=$((first + 49 < number ? first + 49 : number - 1))
	for i in $(seq $first $last); do
		watcher "m$i"
	done >"$work/part.conf"
	chmod 600 "$work/part.conf"
	rm -f "$work"/part.db*
	once part
	keep feeds <"$work/part.feeds"
	for noun in $nouns; do offline part list $noun | keep $noun; done
	for table in recorder retention; do sqlite3 -json "$work/part.db" "SELECT * FROM $table" | keep $table; done
	first=$((last + 1))
done

# Which nouns and feeds a table is the source of; the others must not feel that it is gone.
cat >"$work/judge.jq" <<'JQ'
def fed: {Camera: ["cameras", "retention", "recorder.cameras"], User: ["users", "recorder.users"],
	Stream: ["streams", "recorder.streams"], Recording: ["recordings", "sessions", "recorder.recordings"],
	Event: ["events", "recorder.events", "recorder.histogram"], Segment: [], DetectedObject: [],
	Notification: ["notifications", "recorder.notifications"], SystemSettings: ["settings", "recorder.settings"],
	RetentionPolicy: ["policies", "retention", "recorder.policies"]};
def ageless: if type == "string" then gsub("[0-9]+[smhd]"; "") else . end;
# Which of a row's fields become something else than unknown, and rightly; an event may name its
# camera only there.
def other: {"DetectedObject.objectType": ["objects"], "Notification.type": ["severity"],
	"Recording.status": ["badge"], "Recording.endTime": ["ended_at"], "RetentionPolicy.priority": ["is_tied"],
	"Recording.-": ["events_24h"], "Recording.id": ["events_24h"], "Recording.cameraId": ["events_24h"],
	"Event.cameraId": ["events_24h"], "Event.recordingId": ["events_24h"],
	"Notification.readAt": ["unread"], "Notification.status": ["unread"], "Notification.sentAt": ["at"]};
def key: if .table == "SystemSettings" then "settingKey" else "id" end;
def hides: .column == "-" or .column == key;
# Of tables with passwords not all.
def some: if .table == "Camera" or .table == "User" then "(the columns of opsglass.conf(5)) " else "" end;
# What is said, of a whole table or of the key without which it is of no use.
def words: if .column == "-" then
		if .kind == "table" then "this database has no table \(.table)"
		else "no grant to read table \(.table): GRANT SELECT \(some)ON \"\(.table)\" TO watcher" end
	elif .kind == "table" then "table \(.table) has no column \(.column)"
	else "no grant to read column \(.column) of table \(.table): GRANT SELECT (\"\(.column)\") ON \"\(.table)\" TO watcher" end;
# Those two are only seen in others, and are said there.
def gap: {Segment: ["recorder.recordings", "without segments", "recordingId"],
	DetectedObject: ["recorder.events", "without objects", "eventId"]}[.table] as $gap
	| if $gap and (.column == "-" or .column == $gap[2]) then $gap
	elif .table == "RetentionPolicy" and (.column | IN("cameraId", "isActive", "retentionDays"))
	then ["recorder.policies", "without the policy that holds"] else null end;
def state($feed): if hides and (fed[.table] | index($feed)) then ["not_offered", words]
	elif gap and gap[0] == $feed then ["ok", "\(gap[1]): \(words)"] else ["ok", null] end;

(reduce inputs as $line ({}; .[$line.site][$line.noun][$line.id] = $line.row)) as $rows
| $missing | split("\n")[] | select(. != "") | split(" ")
| {site: "m\(.[0])", kind: .[1], table: .[2], column: .[3]} | . as $gone
| "without \(.kind) \(.table).\(.column) (\(.site)): " as $where
| ($rows.m0 | keys[]) as $noun | $rows[.site][$noun] as $is | $rows.m0[$noun] as $was
| if $noun == "feeds" then
	($was | keys[]) as $feed | (if .kind == "none" then ["ok", null] else state($feed) end) as $state
	| select([$is[$feed].state, $is[$feed].error] != $state) | "\($where)\($feed) says \($is[$feed].state) \($is[$feed].error), not \($state)"
elif .kind != "none" and hides and (fed[.table] | index($noun)) then
	select(($is // {}) != {}) | "\($where)there are \($noun)"
elif ($is | keys) != ($was | keys) then "\($where)\($is | length) of \($was | length) \($noun)"
else
	($was | keys[]) as $id | ($was[$id] | keys[]) as $field
	| select($is[$id][$field] != null and ($is[$id][$field] | ageless) != ($was[$id][$field] | ageless))
	| select((other["\(.table).\(.column)"] // [] | index($field)) | not)
	| "\($where)\($noun) \($field) is \($is[$id][$field]), was \($was[$id][$field])"
end
JQ
is_judged() { # nothing to say, about rows of every noun
	[ "$(jq -r 'select(.site == "m0") | .noun' "$work/rows" | sort -u | wc -l)" -eq 12 ] || return 1
	jq -nr --rawfile missing "$work/numbered" -f "$work/judge.jq" "$work/rows" >"$work/judged" || return 1
	[ ! -s "$work/judged" ] && return
	head -20 "$work/judged" | sed 's/^/# /'
	return 1
}
check "whatever is missing: all else is as it was, what depends on it is unknown, the reason is said" is_judged

# ---- on screen ----

lacks() { # lacks NAME REMOVED...: a console on a schema without these, a KIND:TABLE each
	name=$1
	shift
	{
		whole "$name"
		for removed in "$@"; do remove "${removed%%:*}" "${removed#*:}" -; done
	} >"$work/$name.sql"
	"$cluster" load "$at dbname=gone" "$work/$name.sql" 2>>"$work/err" >"$work/out"
	(umask 077 && watcher "$name" >"$work/$name.conf")
	console "$name" 150x30 --config "$work/$name.conf" --cache "$work/$name.db"
	check "$name: the console is there" shows "$name" 'live'
}
view() { # view NAME KEY WORDS REGEX
	keys "$1" "$2"
	check "$1: $3" shows "$1" "$4"
}
lacks half table:Stream table:RetentionPolicy table:DetectedObject grant:Event grant:Notification grant:SystemSettings grant:User
view half 1 "sessions are listed" '(Stale|Active|Completed) .*Loading dock'
view half 2 "cameras are" 'online +Entrance'
view half 6 "events say what is missing" 'no grant to read table Event: GRANT SELECT ON "Event" TO watcher'
view half 7 "streams do" 'this database has no table Stream'
view half 8 "notifications do" 'no grant to read table Notification: GRANT SELECT ON "Notification" TO watcher'
view half 9 "retention does" 'this database has no table RetentionPolicy'
view half 0 "settings do" 'no grant to read table SystemSettings: GRANT SELECT'
view half u "users do" 'no grant to read table User: GRANT SELECT .the columns of opsglass.conf.5.. ON "User" TO watcher'
view half 4 "health says it of each feed" 'not offered +recorder.streams .*this database has no table Stream'
lacks other table:Camera grant:Recording table:Segment grant:DetectedObject
view other 1 "sessions say what is missing" 'no grant to read table Recording: GRANT SELECT ON "Recording" TO watcher'
view other 2 "cameras do" 'this database has no table Camera'
view other 6 "events are listed" '(motion|person|vehicle|animal).* [0-9]+ ?%'
check "other: and say what they are without" shows other 'without objects: no grant to read table DetectedObject'
view other 7 "streams are" '(ACTIVE|Active|active) '
view other 8 "notifications are" 'sent|read'
view other 9 "policies are" 'Default'
view other 0 "settings are" 'detection'
view other u "users are" 'night-shift'
finish
