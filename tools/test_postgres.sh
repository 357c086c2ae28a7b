#!/bin/sh
# A private PostgreSQL cluster for tests: its own directory, a socket only, no fsync.
#
#   tools/test_postgres.sh start DIR   makes it if absent, starts it, prints the connection string
#   tools/test_postgres.sh stop DIR    stops it and removes DIR
#
#   export DUBAN_TEST_POSTGRES="$(tools/test_postgres.sh start /tmp/duban-pg)"
#
# PostgreSQL refuses to run as root: there the user postgres runs it. PG_BIN names another
# directory of binaries.
set -eu

PG_BIN=${PG_BIN:-/usr/lib/postgresql/15/bin}

usage() {
    echo "usage: $0 start DIR | stop DIR" >&2
    exit 2
}

as_owner() {
    if [ "$(id -u)" != 0 ]; then
        "$@"
    elif command -v runuser >/dev/null; then
        (cd / && runuser -u postgres -- "$@")
    else
        (cd / && su postgres -s /bin/sh -c '"$0" "$@"' -- "$@")
    fi
}

connection() {
    if [ "$(id -u)" = 0 ]; then user=postgres; else user=$(id -un); fi
    echo "host=$dir port=5432 dbname=postgres user=$user"
}

is_running() {
    [ -f "$dir/data/postmaster.pid" ] && as_owner "$PG_BIN/pg_ctl" status -D "$dir/data" >/dev/null 2>&1
}

start() {
    if [ ! -d "$dir/data" ]; then
        mkdir -p "$dir"
        [ "$(id -u)" != 0 ] || chown postgres "$dir"
        chmod 755 "$dir"
        # Peers on this machine's socket only; nothing listens on the network.
        as_owner "$PG_BIN/initdb" -D "$dir/data" --no-sync --locale=C.UTF-8 --encoding=UTF8 \
            --auth=trust >"$dir.initdb.log" 2>&1 || { cat "$dir.initdb.log" >&2; exit 1; }
        rm -f "$dir.initdb.log"
        as_owner sh -c "cat >>'$dir/data/postgresql.conf'" <<CONF
listen_addresses = ''
unix_socket_directories = '$dir'
port = 5432
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 300
shared_buffers = 128MB
timezone = 'UTC'
CONF
    fi
    if ! is_running; then
        as_owner "$PG_BIN/pg_ctl" start -D "$dir/data" -l "$dir/data/server.log" -w -t 60 \
            >/dev/null 2>&1 || { cat "$dir/data/server.log" >&2; exit 1; }
    fi
    connection
}

stop() {
    if is_running; then
        as_owner "$PG_BIN/pg_ctl" stop -D "$dir/data" -m immediate -w -t 60 >/dev/null
    fi
    rm -rf "$dir/data" "$dir"/.s.PGSQL.5432* 2>/dev/null || true
    rmdir "$dir" 2>/dev/null || true
}

[ $# -eq 2 ] || usage
case $2 in
    /*) dir=$2 ;;
    *) dir=$(pwd)/$2 ;;
esac
case $1 in
    start) start ;;
    stop) stop ;;
    *) usage ;;
esac
