#!/usr/bin/env bash
# Runs once, when the database container is new: makes the roles `eigenaar` and `app` and the database.
# The passwords are those of the addresses that the program reads, so that each stands in one place only.
# Neither role is a superuser: to a superuser row-level security means nothing.
set -euo pipefail

wachtwoord() { # ROLE FILE
  local gevonden
  gevonden="$(sed -nE "s#^postgres(ql)?://$1:([A-Za-z0-9_-]{16,})@.*#\2#p" "$2")"
  if [ -z "$gevonden" ]; then
    echo "$2 is geen adres als postgresql://$1:WACHTWOORD@db/zorgpad (wachtwoord: 16 of meer letters en cijfers)." >&2
    return 1
  fi
  printf '%s' "$gevonden"
}

geheimen="${ZORGPAD_GEHEIMEN:-/run/secrets}"
eigenaar="$(wachtwoord eigenaar "$geheimen/database_url_eigenaar")"
app="$(wachtwoord app "$geheimen/database_url")"

psql --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
  --set eigenaar="$eigenaar" --set app="$app" <<'SQL'
CREATE ROLE eigenaar LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS PASSWORD :'eigenaar';
CREATE ROLE app LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS PASSWORD :'app';
CREATE DATABASE zorgpad OWNER eigenaar;
SQL
