#!/usr/bin/env bash
# Installs what Duban needs to be built and tested on Debian 12, and only what is missing.
#
#   tools/install.sh             to build and test
#   tools/install.sh --run       only what building and running needs, Node for the web application too
#   tools/install.sh --check     names what is missing; installs nothing
#   tools/install.sh --fuzz      also clang-19 for the preset fuzz
#   tools/install.sh --package   what ./package needs
set -euo pipefail

BUILD=(g++ cmake ninja-build pkg-config git ca-certificates
    libboost1.81-dev libboost-json1.81-dev libsqlite3-dev libpq-dev libssl-dev libsodium-dev libicu-dev
    libyaml-cpp-dev libfmt-dev libmimalloc-dev libgtest-dev libgmock-dev
    ccache mold python3 curl sqlite3 tzdata iproute2 procps)
TEST=(postgresql-15 poppler-utils poppler-data chromium fonts-noto-cjk)
FUZZ=(clang-19 libclang-rt-19-dev)
PACKAGE=(patchelf)
# A Node from elsewhere will do, with the npm that it brings; Debian's two would conflict with it.
command -v node >/dev/null || BUILD+=(nodejs)
command -v npm >/dev/null || BUILD+=(npm)

wanted=("${BUILD[@]}" "${TEST[@]}")
install=yes
for argument in "$@"; do
    case $argument in
        --run) wanted=("${BUILD[@]}") ;;
        --fuzz) wanted+=("${FUZZ[@]}") ;;
        --package) wanted=("${BUILD[@]}" "${PACKAGE[@]}") ;;
        --check) install=no ;;
        *) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2 ;;
    esac
done

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This is no Debian. Duban is built on Debian 12; install by hand what these packages hold:" >&2
    printf '  %s\n' "${wanted[@]}" >&2
    exit 1
fi

missing=()
for package in "${wanted[@]}"; do
    status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$install" = no ]; then
    printf '%s\n' "${missing[@]}"
    exit 1
fi

as_root=()
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "These packages are missing; have an administrator install them:" >&2
        echo "  apt-get install ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi

echo "Installing ${#missing[@]} packages: ${missing[*]}"

# Debian's postgresql-15 makes and starts a cluster when it is installed; the tests make their own.
if [[ " ${missing[*]} " == *" postgresql-15 "* ]] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    "${as_root[@]}" mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' | "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q "$@" >"$log" 2>&1 || {
        tail -n 20 "$log" >&2
        echo "apt-get $1 failed. Is there a network, and is this Debian 12 (bookworm)?" >&2
        exit 1
    }
}
apt update
apt install -y --no-install-recommends "${missing[@]}"
