#!/bin/sh
# Once, when the cluster is made: the hubs' user, who owns their database and nothing else. Its password comes from a file.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$(cat "${HUB_PASSWORD_FILE:-/run/secrets/spring.datasource.password}")" \
    --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'EOSQL'
create role relayhub login password :'password';
create database relayhub owner relayhub;
revoke all on database relayhub from public;
revoke all on database postgres from public;
EOSQL
