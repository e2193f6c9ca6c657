# The password of a recorder's role is changed while the console runs: its session goes on, the next
# one is refused until the password is right again; and it is on no screen, in no file, nowhere.
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

recorder_console c 124x30 "host=$work/a user=eye password=$secret dbname=nvr"
check "both are live" shows c '2 of 2 sites live' 30
check "rows that are written appear" shows c 'barn +w[0-9]+' 30

admin a "ALTER ROLE eye PASSWORD 'another-one'"
sleep 3
check "a password that is changed does not matter to a session" feed_is c barn recorder.recordings ok
kick
check_down "another password" c 'barn: database: password authentication failed for user "eye"'
screen c >>"$work/screens"
admin a "ALTER ROLE eye PASSWORD '$secret'"
check_up "another password" c a

check "no screen has the password" sh -c "! grep -q $secret '$work/screens'"
check "no file of the cache has it, and no log" sh -c "! grep -rqa $secret '$work'/c.db*"
check "no command line has it" sh -c "! tr '\0' '\n' </proc/$(child_of c)/cmdline | grep -q $secret"
keys c q
check "it leaves well" shows c 'left with 0'
finish
