# Events of a time that are more than a recorder's list has: all of them are printed, or it is said
# how many are not.
. "$(dirname "$0")/omni_lib.sh"

server a
(umask 077 && printf '[site barn]\nkind = omnisight\ndsn = host=%s user=postgres dbname=nvr\n' \
	"$work/a" >"$work/conf")
NOW="(now() AT TIME ZONE 'UTC')"
ask a "INSERT INTO \"Event\" (id, timestamp, \"eventType\", \"updatedAt\", \"createdAt\")
	SELECT 'many' || n, $NOW - n * interval '20 s', 'motion', $NOW, $NOW - n * interval '20 s'
	FROM generate_series(1, 1500) n"
list() { "$opsglass" --config "$work/conf" --cache "$work/list.db" list events "$@" 2>"$work/said"; }
has() { # has COUNT PREFIX ARGUMENTS...: so many events whose ids begin so
	wanted=$1 prefix=$2
	shift 2
	[ "$(list --json "$@" | jq --arg p "$prefix" '[.[] | select(.id | startswith($p))] | length')" -eq "$wanted" ]
}

check "without a time: the newest" has 500 ""
check "and it is said of how many" grep -q 'barn: the newest 500 of 1[0-9]* events of 48 h' "$work/said"
rm -f "$work"/list.db*
check "of nine hours: all" has 1500 many --since 9h
check "and there is nothing to say" test ! -s "$work/said"
rm -f "$work"/list.db*
list >/dev/null
check "without asking: those that were read" has 500 "" --offline --since 9h
check "it is said that there are more" grep -q 'barn: only [0-9]* of 1[0-9]* events of these hours were read' \
	"$work/said"
list --since 7d >/dev/null
check "and that older ones are not looked for" grep -q 'barn: of events older than 48 h only what was read before' \
	"$work/said"

refuses() { ! list "$@" >"$work/out" && [ ! -s "$work/out" ]; }
check "a site that is mistyped is no empty list" refuses --site bern --json
check "but said" grep -q "no site 'bern' in the configuration" "$work/said"

rm -f "$work"/list.db*
ask a 'DROP TABLE "Event", "DetectedObject" CASCADE'
check "of a table that is not there nothing is listed, well" has 0 ""
check "and it is said" grep -q 'barn: this database has no table Event' "$work/said"
finish
