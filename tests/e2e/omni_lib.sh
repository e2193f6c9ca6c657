# Shared by the end-to-end tests of recorders: PostgreSQL servers of their own, a world that goes on
# in them whatever happens to them, a console on one of them and a Pi, and ids compared with what
# the database says. Each test sources it and ends with `finish`.
. "$(dirname "${E2E:-$0}")/lib.sh"

# The servers' user must reach their sockets in here.
chmod 711 "$work"
cluster=tests/pg/cluster
for bin in "${PG_BINDIR:-}" /usr/lib/postgresql/*/bin; do
	[ -x "$bin/initdb" ] && PATH="$bin:$PATH"
done

# Whatever state they are in; those whose folder goes first would stay for a minute.
stop_servers() {
	for data in "$work"/*/data; do
		[ -d "$data" ] || continue
		thaw "$(basename "${data%/data}")"
		"$cluster" stop "${data%/data}"
	done
	cleanup
}
trap stop_servers EXIT

as_owner() { # as_owner COMMAND...: as the user that the servers run as
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --reuid nobody --regid nogroup --clear-groups -- "$@"
	else
		"$@"
	fi
}
ask() { # ask SERVER SQL
	psql -X -q -A -t -v ON_ERROR_STOP=1 -d "host=$work/$1 user=postgres dbname=nvr" -c "$2" \
		</dev/null 2>>"$work/ask.log"
}
admin() { # admin SERVER SQL: beside the recorder's own database
	psql -X -q -A -t -v ON_ERROR_STOP=1 -d "host=$work/$1 user=postgres dbname=postgres" -c "$2" \
		</dev/null 2>>"$work/ask.log"
}
start() { "$cluster" start "$work/$1" >/dev/null 2>>"$work/start.log"; }
# A second one with the first one's rows, that follows it until it is promoted.
replica() { # replica NAME OF
	as_owner sh -c "echo 'local replication all trust' >>'$work/$2/data/pg_hba.conf'"
	admin "$2" 'SELECT pg_reload_conf()' >/dev/null
	mkdir -m 711 "$work/$1"
	[ "$(id -u)" -ne 0 ] || chown nobody:nogroup "$work/$1"
	(cd / && as_owner "$(command -v pg_basebackup)" -R -X stream -c fast -h "$work/$2" -U postgres \
		-D "$work/$1/data") >>"$work/start.log" 2>&1
	as_owner sh -c "echo \"unix_socket_directories = '$work/$1'\" >>'$work/$1/data/postgresql.conf'"
	"$cluster" start "$work/$1" $$ >/dev/null 2>>"$work/start.log"
}
# All processes of a server, which otherwise go on one by one.
processes() { # processes NAME
	postmaster "$1"
	pgrep -P "$(postmaster "$1")"
}
freeze() { processes "$1" | xargs kill -STOP 2>/dev/null; }
thaw() { processes "$1" | xargs kill -CONT 2>/dev/null; }
postmaster() { head -1 "$work/$1/data/postmaster.pid"; }
is_down() { ! [ -d "/proc/$1" ] || grep -q '^State:.Z' "/proc/$1/status"; }
server() { # server NAME: a new one with a small world in its database "nvr"
	"$cluster" start "$work/$1" $$ >/dev/null 2>>"$work/start.log"
	admin "$1" 'CREATE DATABASE nvr'
	"$cluster" load "host=$work/$1 user=postgres dbname=nvr" tests/pg/seed.sql
	"$opsglass_sim" --sql seed --recordings "${2:-30}" >"$work/world.sql"
	"$cluster" load "host=$work/$1 user=postgres dbname=nvr" "$work/world.sql"
}
# What happens in the world of the simulator, until its server goes away.
live() {
	"$opsglass_sim" --sql seed --recordings "${2:-30}" --live --speed 30 --with-parent 2>/dev/null |
		sed -u '1,/^COMMIT/d' |
		psql -X -q -d "host=$work/$1 user=postgres dbname=nvr" >/dev/null 2>&1 &
	started="$started $!"
}
EVENT="INSERT INTO \"Event\" (id, timestamp, \"eventType\", \"updatedAt\", \"createdAt\")
	SELECT 'NAME', t.t, 'motion', t.t, t.t FROM (SELECT now() AT TIME ZONE 'UTC' AS t) t"
NOTICE="INSERT INTO \"Notification\" (id, title, message, type, status, \"updatedAt\", \"createdAt\")
	SELECT 'NAME', 'Motion', 'seen', 'motion_alert', 'sent', t.t, t.t
	FROM (SELECT now() AT TIME ZONE 'UTC' AS t) t"
RECORDED="INSERT INTO \"Recording\" (id, \"cameraId\", \"startTime\", \"endTime\", duration, status,
		\"updatedAt\", \"createdAt\")
	SELECT 'NAME', c.id, t.t - interval '1 min', t.t, 60, 'COMPLETED', t.t, t.t
	FROM (SELECT now() AT TIME ZONE 'UTC' AS t) t, (SELECT min(id) AS id FROM \"Camera\") c"
# Rows of three kinds, some a second, with ids that are never used twice; what the server does not
# take is left out. The server may be another one each time.
writer() { # writer SERVER
	(
		trap 'exit 0' TERM
		number=0
		while [ -d "$work" ] && [ -d "/proc/$$" ]; do
			number=$((number + 1))
			printf '%s;\n%s;\n%s;\n' "$EVENT" "$NOTICE" "$RECORDED" |
				sed "s/NAME/w$number/" |
				psql -X -q -d "host=$work/$1 user=postgres dbname=nvr connect_timeout=2" \
					>/dev/null 2>&1
			sleep 0.4
		done
	) &
	writer_pid=$!
	started="$started $writer_pid"
}
stop_writer() {
	kill "$writer_pid" 2>/dev/null
	wait "$writer_pid" 2>/dev/null
}

# ---- the console ----

recorder_console() { # recorder_console NAME SIZE DSN: on the recorder "barn" and the Pi "shop"
	[ -n "${url:-}" ] || sim --dialect dashboard --sessions 12 --cameras 3 --containers 1 --seed 7 --scene quiet
	(umask 077 && printf '[site barn]\nkind = omnisight\ndsn = %s\n\n[site shop]\nurl = %s\n' \
		"$3" "$url" >"$work/$1.conf")
	console "$1" "$2" --config "$work/$1.conf" --cache "$work/$1.db"
}
feed() { # feed CONSOLE SITE FEED FIELD: what the cache says of it
	"$opsglass" --config "$work/$1.conf" --cache "$work/$1.db" --offline list feeds --json |
		jq -r ".[] | select(.site == \"$2\" and .feed == \"$3\" and .subject == null) | .$4"
}
feed_is() { # feed_is CONSOLE SITE FEED STATE
	[ "$(feed "$1" "$2" "$3" state)" = "$4" ]
}
says() { # says CONSOLE FEED REGEX: the words of a recorder's feed
	feed "$1" barn "$2" error | grep -qE -- "$3"
}
# The Pi beside it: answered within the last seconds, whatever the recorder does.
pi_is_live() { # pi_is_live CONSOLE
	feed_is "$1" shop sessions ok &&
		[ $(($(date +%s) - $(date -d "$(feed "$1" shop sessions last_ok)" +%s))) -le 12 ]
}

# ---- a role that may be kept out ----

secret=planted-secret-4711
hba() { # hba LINES: the rules for the role on server a; the others stay
	as_owner sh -c "printf '%s\n' \"\$1\" 'local all all trust' >'$work/a/data/pg_hba.conf'" sh "$1"
	admin a 'SELECT pg_reload_conf()' >/dev/null
}
kick() { admin a "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'eye'" >/dev/null; }
# Server a, which is written to, and the console "c" on it as the role "eye", which has a password.
eye_console() {
	server a
	writer a
	admin a "CREATE ROLE eye LOGIN PASSWORD '$secret'" >/dev/null
	ask a 'GRANT SELECT ON ALL TABLES IN SCHEMA public TO eye' >/dev/null
	hba 'local all eye scram-sha-256'
	recorder_console c 124x30 "host=$work/a user=eye password=$secret dbname=nvr"
	check "both are live" shows c '2 of 2 sites live' 30
	check "rows that are written appear" shows c 'barn +w[0-9]+' 30
}

# A recorder that is gone: its last rows stay, dim, with their age and a countdown; the Pi goes on.
check_down() { # check_down WHAT CONSOLE REGEX
	check "$1: the screen says $3" shows "$2" "$3" 30
	check "$1: and how old the data is, and when it tries again" shows "$2" \
		'last good data from [0-9]+[smh] ago, retry (in [0-9]+ s|now|soon)' 30
	check "$1: the rows are still there" shows "$2" 'barn +[A-Za-z0-9[]' 5
	check "$1: the Pi beside it is live" until_true 15 pi_is_live "$2"
}
check_up() { # check_up WHAT CONSOLE SERVER
	check "$1: it comes back by itself" hides "$2" 'last good data from' 60
	check_same "$1: nothing is lost and nothing doubled" "$2" "$3"
}

# ---- nothing lost, nothing doubled ----

cached() { # cached CONSOLE NOUN
	"$opsglass" --config "$work/$1.conf" --cache "$work/$1.db" --offline list "$2" --site barn --json |
		jq -r '.[].id' | sort
}
table_of() {
	case $1 in
	events) echo Event ;;
	recordings) echo Recording ;;
	notifications) echo Notification ;;
	segments) echo Segment ;;
	esac
}
is_same() { # is_same CONSOLE SERVER NOUN: the cache has what the table has, each once
	ask "$2" "SELECT id FROM \"$(table_of "$3")\"" | sort >"$work/$3.there"
	cached "$1" "$3" >"$work/$3.here"
	cmp -s "$work/$3.there" "$work/$3.here"
}
are_same() { # are_same CONSOLE SERVER: all three kinds; what differs is said
	for noun in events recordings notifications; do
		is_same "$1" "$2" $noun || return 1
	done
}
# The world stands still while it is compared.
check_same() { # check_same WORDS CONSOLE SERVER
	stop_writer
	if until_true 60 are_same "$2" "$3"; then
		ok "$1"
	else
		not_ok "$1"
		for noun in events recordings notifications; do
			diff "$work/$noun.there" "$work/$noun.here" | sed "s/^/# $noun /" | head -5
		done
	fi
	writer "$3"
}
