#!/usr/bin/env bash
# Set up .venv with everything the project needs. Debian packages are installed where that is
# allowed; where it is not, the message says which ones to install.
#   scripts/setup.sh            what the program and its tests need
#   scripts/setup.sh debian P…  the Debian packages P
set -euo pipefail
cd "$(dirname "$0")/.."

install_debian() {
    local missing=()
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ "${#missing[@]}" -eq 0 ] && return
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            as_root=(sudo -n)
        else
            echo "Please install these Debian packages and run this again:" >&2
            echo "  sudo apt-get install ${missing[*]}" >&2
            exit 1
        fi
    fi
    echo "Installing Debian packages: ${missing[*]}" >&2
    "${as_root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

find_python() {
    for candidate in python3.13 python3.12 python3.11 python3; do
        if command -v "$candidate" >/dev/null &&
            "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    echo "shokibo needs Python 3.11, 3.12 or 3.13 (Debian: sudo apt-get install python3)." >&2
    exit 1
}

if [ "${1:-}" = debian ]; then
    shift
    install_debian "$@"
    exit
fi

python=$(find_python)
uv=$(command -v uv || true)
if [ -z "$uv" ] || ! "$uv" --version | awk '{split($2, v, "."); exit !(v[1] > 0 || v[2] >= 10)}'; then
    uv=.tools/bin/uv
    if [ ! -x "$uv" ]; then
        "$python" -c 'import ensurepip' 2>/dev/null || install_debian python3-venv
        rm -rf .tools
        "$python" -m venv .tools
        .tools/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.10'
    fi
fi
"$uv" sync --frozen --quiet --compile-bytecode --python "$python" --group dev ${SHOKIBO_GROUPS:-}
.venv/bin/python - <<'PY'
import compileall
import sys

sys.exit(not compileall.compile_dir("src", quiet=1))
PY
