#!/usr/bin/env bash
# A database and a role for each service; no role can open another's database. Runs when the volume is new, and may be run
# again: docker compose exec database bash /docker-entrypoint-initdb.d/10-roles.sh
set -euo pipefail
# The services are those whose database is among the secrets of this container.
for secret in /run/secrets/*_database_url; do
  service=$(basename "$secret" _database_url)
  # postgresql://NAME:PASSWORD@database/NAME, made by scripts/init of letters and digits
  url=$(cat "$secret")
  password=${url#*://*:}
  password=${password%%@*}
  # In the environment and not an argument, which everybody in the process list could read.
  ROLE_PASSWORD=$password psql -v ON_ERROR_STOP=1 --quiet --no-psqlrc -U "${POSTGRES_USER:-postgres}" -d postgres \
    -v service="$service" <<'SQL'
\getenv password ROLE_PASSWORD
SELECT format('CREATE ROLE %I LOGIN', :'service')
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'service') \gexec
SELECT format('ALTER ROLE %I PASSWORD %L CONNECTION LIMIT 95', :'service', :'password') \gexec
SELECT format('CREATE DATABASE %I OWNER %I', :'service', :'service')
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'service') \gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', :'service') \gexec
SQL
done
psql -v ON_ERROR_STOP=1 --quiet --no-psqlrc -U "${POSTGRES_USER:-postgres}" -d postgres \
  -c 'REVOKE ALL ON DATABASE postgres FROM PUBLIC; REVOKE ALL ON DATABASE template1 FROM PUBLIC'
