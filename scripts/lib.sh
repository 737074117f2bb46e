# Sourced by the scripts beside it: sets up what is missing, and does nothing when nothing is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { echo "$*" >&2; }

# What a script does stands at its top; asking for it sets nothing up.
case "${1:-}" in
  -h | --help)
    sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "scripts/${0##*/}"
    exit
    ;;
esac

# as_root COMMAND…: run it as root, if that needs no password.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif sudo -n true 2>/dev/null; then sudo -n "$@"; else return 1; fi
}

# packages WHY PACKAGE…: install Debian packages, or say what to run. Daemons that they bring are not started.
packages() {
  local why=$1
  shift
  if ! command -v apt-get >/dev/null || ! as_root true; then
    say "$why. Run: sudo apt-get install $*"
    [ "${CI:-}" != true ] || exit 3
    return 0
  fi
  say "Installing $*"
  local policy=/usr/sbin/policy-rc.d ours=
  if [ ! -e "$policy" ]; then
    ours=yes
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod +x "$policy"
  fi
  as_root env DEBIAN_FRONTEND=noninteractive sh -c 'apt-get update -q && apt-get install -qy --no-install-recommends "$@"' \
    apt "$@" >/dev/null || say "apt-get could not install $*"
  [ -z "$ours" ] || as_root rm -f "$policy"
}

# find_python: the newest Python that the project supports.
find_python() {
  local each
  for each in python3.13 python3.12 python3.11 python3; do
    if "$each" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
      echo "$each"
      return
    fi
  done
  say "Digipunt needs Python 3.11, 3.12 or 3.13."
  exit 3
}

# environment LOCK [FOLDER]: the virtual environment in FOLDER (.venv) holds what the lock file says, and the project itself,
# compiled: pip compiles what it copies, and not what it links to, as it does to the project.
environment() {
  local lock=$1 folder=${2:-.venv} wanted
  local stamp=$folder/.set-up
  wanted="$1 $(cat "$lock" pyproject.toml | sha256sum)"
  if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
    set_up "$lock" "$folder"
    echo "$wanted" >"$stamp"
  fi
  "$folder/bin/python" -m compileall -q contracts chassis common services digipunt
}

set_up() {
  local lock=$1 folder=$2 python
  python=$(find_python)
  "$python" -c 'import ensurepip, venv' 2>/dev/null || packages "A virtual environment needs python3-venv" python3-venv
  say "Setting up $folder; this may take some minutes"
  [ -x "$folder/bin/python" ] || "$python" -m venv "$folder"
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -e .
}

# servers WHAT: RabbitMQ and PostgreSQL are installed, or WHAT says what comes of it when they are not.
servers() {
  if [ -z "${DIGIPUNT_TEST_BROKER_URL:-}" ] && ! command -v epmd >/dev/null; then
    packages "Without RabbitMQ $1" rabbitmq-server
  fi
  if [ -z "${DIGIPUNT_TEST_DATABASE_URL:-}" ] && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ! command -v initdb >/dev/null; then
    packages "Without PostgreSQL $1" postgresql
  fi
}

# sms_gateway WHAT: the same for Kannel.
sms_gateway() {
  if ! command -v bearerbox >/dev/null && [ ! -x /usr/sbin/bearerbox ]; then
    packages "Without Kannel $1" kannel kannel-extras
  fi
}

# nginx_server WHAT: the same for nginx.
nginx_server() {
  if ! command -v nginx >/dev/null && [ ! -x /usr/sbin/nginx ]; then
    packages "Without nginx $1" nginx-light
  fi
}

# pdf_parts WHAT: the same for what WeasyPrint needs to make PDFs.
pdf_parts() {
  if ! ldconfig -p | grep -q libpangoft2-1.0 || ! ldconfig -p | grep -q libharfbuzz-subset; then
    packages "Without Pango $1" libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core fonts-droid-fallback
  fi
}

# poppler WHAT: the same for the tools with which tests look into PDFs.
poppler() {
  command -v pdftotext >/dev/null || packages "Without Poppler $1" poppler-utils
}
