# Sourced by ./dev: finds and installs what a chore needs. Silent when nothing is missing.
# shellcheck shell=bash

readonly NODE_MAJOR=20 NODE_VERSION=20.20.2

step() { printf '==> %s\n' "$*"; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# has <command>...
has() {
  local command
  for command in "$@"; do command -v "$command" >/dev/null || return 1; done
}

# codename: that of this Debian, such as bookworm.
codename() {
  # shellcheck source=/dev/null
  (. /etc/os-release && echo "${VERSION_CODENAME:-}")
}

# The Debian packages of a group of needs.
packages_of() {
  case "$1" in
    build)
      echo ca-certificates git g++ cmake ninja-build make meson python3 ccache pkg-config curl patch \
        libssl-dev libcurl4-openssl-dev nlohmann-json3-dev catch2 libboost-dev libasio-dev libuv1-dev qtbase5-dev libsqlite3-dev libbenchmark-dev \
        libcpp-httplib-dev librestinio-dev libpoco-dev libpistache-dev qt6-base-dev qt6-websockets-dev qt6-httpserver-dev libgrpc++-dev \
        libhiredis-dev libpq-dev redis-server postgresql prometheus-cpp-dev libspdlog-dev
      # Debian has it since 13. jsoncpp is not among what it depends on, but its headers include it.
      [[ "$(codename)" != trixie ]] || echo libdrogon-dev libjsoncpp-dev
      ;;
    peers) has node npm || echo nodejs npm ;;
    chromium) [[ -n "${CHROMIUM:-}" ]] || echo chromium ;; # CHROMIUM: the path of one that is there
    clang) echo clang libclang-rt-dev ;;
    format) echo git clang-format ;;
    lint) echo clang-tidy shellcheck ;;
    docs) echo doxygen doxygen-awesome-css mkdocs mkdocs-material ;;
    coverage) echo gcovr ;;
    analyze) echo git cppcheck ;;
    package) echo git build-essential debhelper dpkg-dev lintian abigail-tools binutils ;;
    platform) echo git mmdebstrap debian-archive-keyring ;;
  esac
}

# need_packages <group>...
need_packages() {
  local group package
  local -a wanted=() missing=()
  for group in "$@"; do
    # shellcheck disable=SC2207
    wanted+=($(packages_of "$group"))
  done
  if ! has apt-get dpkg-query; then
    tell_packages "${wanted[@]}"
  else
    for package in "${wanted[@]}"; do
      is_installed "$package" || missing+=("$package")
    done
    [[ ${#missing[@]} -eq 0 ]] || apt_install "${missing[@]}"
  fi
  case " $* " in *" peers "*) need_node; need_nginx ;; esac
  case " $* " in *" build "*) need_second_boost ;; esac
}

# Boost 1.81, whose packages conflict with those of Boost 1.74, the default of Debian 12. The tests use both.
need_second_boost() {
  [[ "$(codename)" == bookworm ]] || return 0
  unpack boost-1.81 libboost1.81-dev libboost-context1.81-dev
}

# Where it is not installed: the package would start a server at port 80.
need_nginx() { has nginx || [[ -x /usr/sbin/nginx ]] || unpack nginx nginx; }

# unpack <folder> <package>...: into a folder in build/, without installing anything.
unpack() {
  local folder=build/$1 package
  shift
  [[ -e "$folder/.complete" ]] && return
  has apt-get || return 0
  step "Unpacking $* into $folder/"
  mkdir -p "$folder/packages"
  apt_cached "$1" || as_root apt-get update -qq
  (cd "$folder/packages" && apt-get download -qq -o APT::Sandbox::User=root "$@")
  for package in "$folder"/packages/*.deb; do dpkg-deb --extract "$package" "$folder"; done
  rm -r "$folder/packages"
  touch "$folder/.complete"
}

is_installed() {
  [[ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]
}

apt_install() {
  step "Installing $*"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

as_root() {
  if [[ $EUID -eq 0 ]]; then
    "$@"
  else
    has sudo || fail "Not root, and there is no sudo. As root: $*"
    sudo "$@"
  fi
}

apt_cached() { apt-cache show "$1" >/dev/null 2>&1; }

# Elsewhere than on Debian and its kin we can only name the packages, once for each set.
tell_packages() {
  local stamp
  stamp="build/.told-$(printf '%s\n' "$@" | cksum | cut -d ' ' -f 1)"
  [[ -e "$stamp" ]] && return
  step "This system has no apt-get. Please install what Debian calls: $*"
  mkdir -p build
  touch "$stamp"
}

# The folder of a Node that the peers can run under, when the system's is too old.
node_folder=

# Puts that Node first in PATH. Call it last: npm stays with the system's Node, which trusts the certificates this machine
# trusts.
use_node() {
  PATH="${node_folder:+$node_folder:}$PATH"
}

# Debian 12 has Node 18: a newer one then comes from npm.
need_node() {
  has node npm || fail "node (>= $NODE_MAJOR) and npm are needed."
  local major machine
  major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
  [[ "$major" -ge $NODE_MAJOR ]] && return
  case "$(uname -sm)" in
    "Linux x86_64") machine=linux-x64 ;;
    "Linux aarch64") machine=linux-arm64 ;;
    *) fail "node $(node --version) is too old: $NODE_MAJOR or later is needed." ;;
  esac
  local folder="build/node-$NODE_VERSION"
  if [[ ! -x "$folder/node_modules/.bin/node" ]]; then
    step "Installing Node $NODE_VERSION into build/ (the system has $(node --version))"
    npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error "node-$machine@$NODE_VERSION"
  fi
  node_folder="$PWD/$folder/node_modules/.bin"
}

# need_npm_project <folder>: its node_modules as its lock file says.
need_npm_project() {
  local stamp="$1/node_modules/.lock-checksum" sum
  sum=$(cksum <"$1/package-lock.json")
  [[ -e "$stamp" && "$(<"$stamp")" == "$sum" ]] && return
  step "Installing the npm packages of $1"
  (cd "$1" && npm ci --loglevel=error)
  printf '%s\n' "$sum" >"$stamp"
}
