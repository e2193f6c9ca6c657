# A recorder's server that refuses: too many connections, a password that is wrong or was changed, no
# database, no entry in pg_hba, no TLS. Each is said in the server's words, with the age of what is
# shown, and passes by itself; the password is nowhere.
. "$(dirname "$0")/omni_lib.sh"

secret=planted-secret-4711
server a
writer a
admin a "CREATE ROLE eye LOGIN PASSWORD '$secret'" >/dev/null
ask a 'GRANT SELECT ON ALL TABLES IN SCHEMA public TO eye' >/dev/null
hba() { # hba LINES: the rules for the role; the others stay
	as_owner sh -c "printf '%s\n' \"\$1\" 'local all all trust' >'$work/a/data/pg_hba.conf'" sh "$1"
	admin a 'SELECT pg_reload_conf()' >/dev/null
}
hba 'local all eye scram-sha-256'
kick() { admin a "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'eye'" >/dev/null; }

recorder_console c 110x30 "host=$work/a user=eye password=$secret dbname=nvr"
check "both are live" shows c '2 of 2 sites live' 30
check "rows that are written appear" shows c 'barn +w[0-9]+' 30

admin a 'ALTER ROLE eye CONNECTION LIMIT 0'
kick
check_down "connections of a role" c 'barn: database: too many connections for role "eye"'
screen c >>"$work/screens"
admin a 'ALTER ROLE eye CONNECTION LIMIT -1'
check_up "connections of a role" c a

admin a "ALTER ROLE eye PASSWORD 'another-one'"
sleep 3
check "a password that is changed does not matter to a session" feed_is c barn recorder.recordings ok
kick
check_down "another password" c 'barn: database: password authentication failed for user "eye"'
screen c >>"$work/screens"
admin a "ALTER ROLE eye PASSWORD '$secret'"
check_up "another password" c a

hba 'local all eye reject'
kick
check_down "pg_hba" c 'barn: database: pg_hba.conf rejects connection'
screen c >>"$work/screens"
hba 'local all eye scram-sha-256'
check_up "pg_hba" c a
check "no screen has the password" sh -c "! grep -q $secret '$work/screens'"
check "no file of the cache has it, and no log" sh -c "! grep -rqa $secret '$work/cache' '$work'/c.db*"
check "no command line has it" sh -c "! tr '\0' '\n' </proc/$(child_of c)/cmdline | grep -q $secret"
keys c q
check "it leaves well" shows c 'left with 0'

# Words of what never was: one round each, without a console.
words() { # words DSN...: of a round
	(umask 077 && printf '[site barn]\nkind = omnisight\ndsn = %s\n' "$*" >"$work/w.conf")
	timeout 60 "$opsglass" --config "$work/w.conf" --cache "$work/w.db" list events --json 2>&1 >/dev/null
}
check "no such role" sh -c "echo '$(words "host=$work/a user=nobody_here dbname=nvr")' | grep -q 'role .nobody_here. does not exist'"
check "no such database" sh -c "echo '$(words "host=$work/a user=postgres dbname=none")' | grep -q 'database .none. does not exist'"
# All connections: those of superusers are kept back, so another role finds none.
full=$(admin a "SHOW max_connections")
kept=$(admin a "SHOW superuser_reserved_connections")
used=$(admin a "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")
hold() { # hold COUNT: sessions that stay for a while
	for one in $(seq "$1"); do
		psql -X -q -d "host=$work/a user=postgres dbname=postgres" -c 'SELECT pg_sleep(25)' >/dev/null 2>&1 </dev/null &
		started="$started $!"
	done
}
stop_writer
hold $((full - kept - used + 2))
is_full() { ! psql -X -q -d "host=$work/a user=eye password=$secret dbname=nvr" -c 'SELECT 1' </dev/null >/dev/null 2>&1; }
until_true 20 is_full
check "no connection is left" sh -c "echo '$(words "host=$work/a user=eye password=$secret dbname=nvr" | tr -d "'")' |
	grep -qE 'too many clients|remaining connection slots'"
finish
