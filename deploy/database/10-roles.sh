#!/usr/bin/env bash
# A database for each service, and two roles: NAME_owner makes and changes its tables, for migrations and restores; as NAME the
# service runs, which reads and writes rows and changes no table. No role can open another service's database.
# Runs when the volume is new, and may be run again, also while the services work: passwords are those of the secrets from then
# on, and what an earlier release let the service own goes over to the owner:
#   docker compose exec database bash /docker-entrypoint-initdb.d/10-roles.sh
# Without a secret NAME_migrate_url (deploy/swarm.yml) there is one role, which owns its database.
set -euo pipefail
secrets=${DIGIPUNT_SECRETS:-/run/secrets}

sql() { psql -v ON_ERROR_STOP=1 --quiet --no-psqlrc -U "${POSTGRES_USER:-postgres}" "$@"; }

# password FILE: that of the address in it, postgresql://NAME:PASSWORD@database/NAME, made by scripts/init of letters and digits
password() {
  local url
  url=$(cat "$1")
  url=${url#*://*:}
  printf %s "${url%%@*}"
}

# role NAME PASSWORD LIMIT: may sign in with it, with so many connections at most
role() {
  # In the environment and not an argument, which everybody in the process list could read.
  ROLE_PASSWORD=$2 sql -d postgres -v name="$1" -v most="$3" <<'SQL'
\getenv password ROLE_PASSWORD
SELECT format('CREATE ROLE %I LOGIN', :'name') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec
SELECT format('ALTER ROLE %I PASSWORD %L CONNECTION LIMIT %s', :'name', :'password', :'most') \gexec
SQL
}

# give SERVICE OWNER: the database and all in it is the owner's, and the service works in it. All of it or nothing.
give() {
  sql -d "$1" --single-transaction -v service="$1" -v owner="$2" <<'SQL'
-- A table is waited for while somebody works in it, and everybody else waits behind this.
SET LOCAL lock_timeout = '5s';
REASSIGN OWNED BY :"service" TO :"owner";
SELECT format('GRANT CONNECT ON DATABASE %I TO %I', :'service', :'service') \gexec
GRANT USAGE ON SCHEMA public TO :"service";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"service";
GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO :"service";
-- What migrations and restores will make.
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"service";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO :"service";
SQL
}

# The services are those whose database is among the secrets of this container.
for secret in "$secrets"/*_database_url; do
  service=$(basename "$secret" _database_url)
  role "$service" "$(password "$secret")" 95
  owner=$service
  if [ -e "$secrets/${service}_migrate_url" ]; then
    owner=${service}_owner
    role "$owner" "$(password "$secrets/${service}_migrate_url")" -1
  fi
  sql -d postgres -v service="$service" -v owner="$owner" <<'SQL'
SELECT format('CREATE DATABASE %I OWNER %I', :'service', :'owner')
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'service') \gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', :'service') \gexec
SQL
  if [ "$owner" != "$service" ]; then
    # A service at work may hold a table, or wait for one that is held here: then PostgreSQL lets one of the two begin anew.
    for try in 1 2 3 4 5; do
      ! give "$service" "$owner" || continue 2
      echo "the tables of $service are in use (try $try)" >&2
    done
    exit 1
  fi
done
sql -d postgres -c 'REVOKE ALL ON DATABASE postgres FROM PUBLIC; REVOKE ALL ON DATABASE template1 FROM PUBLIC'
