#!/usr/bin/env bash
# Builds the web application: web/dist, which the program embeds.
#
#   tools/build_web.sh           installs what package-lock.json names, when it changed, and builds
#   tools/build_web.sh --check   the same, then types, unit tests and layers
#
# Vite wants Node 20.19 or newer. Debian 12 has 18: then Node is taken from npm into build/node, for this build alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

NODE_WANTED=20.19.0
NODE_TAKEN=20.20.2

case ${1:-} in
    "" | --check) ;;
    *) sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 2 ;;
esac

new_enough() {
    local version
    version=$("$1" --version 2>/dev/null) || return 1
    printf 'v%s\n%s\n' "$NODE_WANTED" "$version" | sort --version-sort --check=quiet
}

taken=$PWD/build/node/node_modules/node-linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')/bin
if ! new_enough node; then
    if ! new_enough "$taken/node"; then
        echo "Node is older than $NODE_WANTED; taking $NODE_TAKEN into build/node."
        mkdir -p build/node
        npm install --prefix build/node --no-save --ignore-scripts --no-audit --no-fund --loglevel=error \
            "$(basename "$(dirname "$taken")")@$NODE_TAKEN"
    fi
    export PATH=$taken:$PATH
fi

cd web
if ! cmp -s package-lock.json node_modules/.duban-lock; then
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    cp package-lock.json node_modules/.duban-lock
fi
npm run --silent build
[ "${1:-}" != --check ] || { npm run --silent check && npm run --silent test; }
