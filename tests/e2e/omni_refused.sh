# A recorder's server that refuses: too many connections, no role, no database, no entry in pg_hba,
# no TLS. Each is said in the server's words, with the age of what is shown, and passes by itself.
. "$(dirname "$0")/omni_lib.sh"

eye_console

admin a 'ALTER ROLE eye CONNECTION LIMIT 0'
kick
check_down "connections of a role" c 'barn: database: too many connections for role "eye"'
admin a 'ALTER ROLE eye CONNECTION LIMIT -1'
check_up "connections of a role" c a

hba 'local all eye reject'
kick
check_down "pg_hba" c 'barn: database: pg_hba.conf rejects connection'
hba 'local all eye scram-sha-256'
check_up "pg_hba" c a
keys c q
check "it leaves well" shows c 'left with 0'

# Words of what never was: one round each, without a console.
words() { # words DSN...: of a round
	(umask 077 && printf '[site barn]\nkind = omnisight\ndsn = %s\n' "$*" >"$work/w.conf")
	timeout 60 "$opsglass" --config "$work/w.conf" --cache "$work/w.db" list events --json 2>&1 >/dev/null
}
check "no such role" sh -c "echo '$(words "host=$work/a user=nobody_here dbname=nvr")' | grep -q 'role .nobody_here. does not exist'"
check "no such database" sh -c "echo '$(words "host=$work/a user=postgres dbname=none")' | grep -q 'database .none. does not exist'"
# A server that others reach, without TLS, and with no rule for them.
"$opsglass_sim" --port 0 >"$work/port" 2>/dev/null &
free=$!
started="$started $free"
until_true 10 grep -q http "$work/port"
port=$(sed 's/.*://' "$work/port")
kill $free
"$cluster" start "$work/t" $$ >/dev/null
was=$(postmaster t)
as_owner sh -c "printf 'listen_addresses = %s\nport = %s\n' \\'127.0.0.1\\' $port >>'$work/t/data/postgresql.conf'"
kill -INT "$was"
until_true 20 is_down "$was"
start t
check "TLS that is wanted and not there" sh -c "echo '$(words "host=127.0.0.1 port=$port user=postgres dbname=postgres sslmode=require")' |
	grep -q 'does not support SSL'"
check "no rule for who comes without TLS" sh -c "echo '$(words "host=127.0.0.1 port=$port user=postgres dbname=postgres sslmode=disable" | tr -d '"')' |
	grep -q 'no pg_hba.conf entry for host 127.0.0.1.*no encryption'"

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
