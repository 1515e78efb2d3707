# Sourced by .ci/run and usable by hand: `source scripts/test-services.sh; start_test_services; …; stop_test_services`.
#
# The service tests want PostgreSQL, MariaDB and Redis on their usual ports of 127.0.0.1, open to postgres and root without a
# password. What already answers so is used as it is. What does not run is started from a data folder of its own, and
# installed by apt-get first where it is missing; these instances are stopped, and their data removed, at the end.

test_services_dir=''
test_services_pids=()

as_root() {
  if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi
}

apt_updated=''
apt_install() {
  if ! command -v apt-get >/dev/null; then
    echo "Missing: $*. Install these packages by hand; apt-get is not there to do it." >&2
    return 1
  fi
  if [[ -z $apt_updated ]]; then
    as_root apt-get update -qq
    apt_updated=yes
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

port_open() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# until_ready NAME PID COMMAND...: polls for at most 60 s; ends at once when the process has died.
until_ready() {
  local name=$1 pid=$2
  shift 2
  for _ in $(seq 1 300); do
    if "$@" >/dev/null 2>&1; then return 0; fi
    if ! as_root kill -0 "$pid" 2>/dev/null; then break; fi
    sleep 0.2
  done
  echo "$name does not answer. Its log:" >&2
  tail -n 30 "$test_services_dir/$name.log" >&2 || true
  return 1
}

# refuse_foreign NAME PORT VARIABLE: a service we cannot enter holds the port.
refuse_foreign() {
  if port_open "$2"; then
    echo "$1 on 127.0.0.1:$2 does not let the tests in without a password. Stop it for the tests." >&2
    return 1
  fi
}

# run_as USER NAME COMMAND...: in the background, as the service's own user when we are root, logging to NAME.log.
run_as() {
  local user=$1 name=$2
  shift 2
  if ((EUID == 0)); then
    setsid runuser -u "$user" -- "$@" >"$test_services_dir/$name.log" 2>&1 &
  else
    setsid "$@" >"$test_services_dir/$name.log" 2>&1 &
  fi
  test_services_pids+=("$!")
}

once_as() {
  local user=$1
  shift
  if ((EUID == 0)); then runuser -u "$user" -- "$@"; else "$@"; fi
}

data_folder() {
  local folder="$test_services_dir/$1"
  mkdir -p "$folder"
  if ((EUID == 0)); then chown "$2" "$folder"; fi
  echo "$folder"
}

postgres_ready() { psql -w -h 127.0.0.1 -p 5432 -U postgres -d postgres -c 'select 1'; }

start_postgres() {
  command -v psql >/dev/null && postgres_ready >/dev/null 2>&1 && return 0
  refuse_foreign PostgreSQL 5432
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || {
    # The package would start a cluster of its own on our port.
    as_root mkdir -p /etc/postgresql-common
    grep -qs '^create_main_cluster' /etc/postgresql-common/createcluster.conf ||
      echo 'create_main_cluster = false' | as_root tee -a /etc/postgresql-common/createcluster.conf >/dev/null
    apt_install postgresql postgresql-client
  }
  local bin data
  bin=$(dirname "$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1 || command -v initdb)")
  data=$(data_folder postgres postgres)
  once_as postgres "$bin/initdb" -D "$data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
  run_as postgres postgres "$bin/postgres" -D "$data" -h 127.0.0.1 -p 5432 -k "$data"
  until_ready postgres "$!" postgres_ready
}

mariadb_ready() { mariadb --no-defaults -h 127.0.0.1 -P 3306 -u root -e 'select 1'; }

start_mariadb() {
  command -v mariadb >/dev/null && mariadb_ready >/dev/null 2>&1 && return 0
  refuse_foreign MariaDB 3306
  command -v mariadbd >/dev/null || [[ -x /usr/sbin/mariadbd ]] || apt_install mariadb-server mariadb-client
  # The package starts a server whose root wants the socket; ours takes its place.
  mariadb_ready >/dev/null 2>&1 && return 0
  if port_open 3306; then as_root mariadb-admin shutdown; fi
  local data server
  data=$(data_folder mariadb mysql)
  server=$(command -v mariadbd || echo /usr/sbin/mariadbd)
  once_as mysql mariadb-install-db --no-defaults --datadir="$data" --auth-root-authentication-method=normal >/dev/null
  run_as mysql mariadb "$server" --no-defaults --datadir="$data" --bind-address=127.0.0.1 --port=3306 --socket="$data/sock"
  until_ready mariadb "$!" mariadb_ready
}

redis_ready() { redis-cli -h 127.0.0.1 -p 6379 ping | grep -q PONG; }

start_redis() {
  command -v redis-cli >/dev/null && redis_ready >/dev/null 2>&1 && return 0
  refuse_foreign Redis 6379
  command -v redis-server >/dev/null || apt_install redis-server
  redis_ready >/dev/null 2>&1 && return 0
  run_as "$(id -un)" redis redis-server --bind 127.0.0.1 --port 6379 --save '' --appendonly no --dir "$test_services_dir"
  until_ready redis "$!" redis_ready
}

start_test_services() {
  test_services_dir=$(mktemp -d)
  chmod 755 "$test_services_dir"
  start_postgres
  start_mariadb
  start_redis
  psql -w -h 127.0.0.1 -U postgres -d postgres -tAc "select 1 from pg_database where datname = 'test'" | grep -q 1 ||
    psql -w -h 127.0.0.1 -U postgres -d postgres -qc 'create database test'
  mariadb --no-defaults -h 127.0.0.1 -u root -e 'create database if not exists test character set utf8mb4'
  psql -w -h 127.0.0.1 -U postgres -d postgres -tAc 'select version()'
  mariadb --no-defaults -h 127.0.0.1 -u root -Ne 'select version()'
  redis-server --version
}

stop_test_services() {
  local pid
  for pid in "${test_services_pids[@]}"; do
    # Each leads a session of its own, so its children go with it.
    as_root kill -TERM -- "-$pid" 2>/dev/null || continue
    while as_root kill -0 -- "-$pid" 2>/dev/null; do sleep 0.1; done
  done
  test_services_pids=()
  if [[ -n $test_services_dir ]]; then as_root rm -rf "$test_services_dir"; fi
  test_services_dir=''
}

install_browser() {
  local missing=()
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
    missing+=(chromium)
  # Without a font with Cyrillic the screenshots show boxes.
  compgen -G '/usr/share/fonts/truetype/dejavu/*.ttf' >/dev/null || missing+=(fonts-dejavu-core)
  if ((${#missing[@]})); then apt_install "${missing[@]}"; fi
}
