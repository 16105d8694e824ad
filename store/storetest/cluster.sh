# Runs one temporary PostgreSQL cluster for as long as standard input is open.
#
# Arguments: the folder of PostgreSQL's programs, an empty folder of our own.
# Prints "ready" once connections are accepted; anything else is the reason why
# not. The process that holds the other end of standard input need not say
# goodbye: when it ends, even killed, the end of file stops the cluster.
set -u
bin=$1 dir=$2

cleanup() {
	"$bin/pg_ctl" -D "$dir/data" -m immediate -t 20 stop >>"$dir/log" 2>&1
	rm -rf "$dir"
}
trap cleanup EXIT

cd "$dir" || exit 1
"$bin/initdb" -D data --username=postgres --auth=trust --encoding=UTF8 --locale=C --no-sync >log 2>&1 </dev/null &&
	"$bin/pg_ctl" -D data -l log -t 60 -w -o "-F -k $dir -c listen_addresses= -c max_connections=200" start >>log 2>&1 </dev/null ||
	{ tail -n 20 log; exit 1; }

echo ready
exec >/dev/null
cat >/dev/null
