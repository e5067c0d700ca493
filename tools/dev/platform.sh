# Sourced by ./dev: runs chores in a Debian of their own, below build/platform.
# shellcheck shell=bash

readonly PLATFORM_TREE=/srv/liveblocks-cpp # where the tree is in the root of a platform

# The chores of a platform unless some are named. Those of Debian 13 need neither npm nor a browser.
platform_chores() {
  case "$1" in
    trixie) printf '%s\n' "test unit" "test integration" "test hygiene" "test package" "test fuzz" clang ;;
    bookworm)
      printf '%s\n' help "format --check" format docs "docs --check" lint \
        "test unit" "test integration" "test hygiene" "test package" "test fuzz" "test examples" "test oracle" "test e2e" test \
        "demo --check" bench "bench endpoint" clang asan tsan "fuzz 1"
      ;;
  esac
}

# run_platform <codename> [chore]...: Debian 13 keeps what chores install, Debian 12 gets a new root for each of them.
run_platform() {
  local codename=$1 folder="build/platform/$1" chore begin
  local -a chores=("${@:2}") failed=()
  [[ ${#chores[@]} -gt 0 ]] || mapfile -t chores < <(platform_chores "$codename")
  git ls-files --error-unmatch dev >/dev/null
  lock_platform "$codename" || fail "Another ./dev platform $codename or a ./dev package is running."
  make_base "$codename"
  for chore in "${chores[@]}"; do
    step "On $codename: ./dev $chore"
    begin=$SECONDS
    [[ "$codename" != bookworm ]] || as_root rm -rf --one-file-system "$folder/root"
    # A chore whose root could not be prepared has failed, too.
    if prepare_root "$folder" && enter_root "$folder" "$chore"; then
      step "On $codename: ./dev $chore has succeeded after $((SECONDS - begin)) s"
    else
      step "On $codename: ./dev $chore has failed after $((SECONDS - begin)) s"
      failed+=("$chore")
    fi
  done
  if [[ ${#failed[@]} -gt 0 ]]; then
    fail "On $codename these have failed:$(printf ' "%s"' "${failed[@]}")"
  fi
}

# lock_platform <codename>: fails if another process has the lock, which is needed to make a base and to enter a root. It ends with
# this process, or when descriptor 9 is closed.
lock_platform() {
  mkdir -p "build/platform/$1"
  exec 9>"build/platform/$1/.lock"
  flock --nonblock 9
}

# Whether this machine permits what enter_root does; a container may not.
permits_platforms() {
  as_root unshare --mount --pid --fork --kill-child -- \
    bash -c 'mount -t proc proc /proc && mount --rbind /dev /mnt && chroot / true'
}

# make_base <codename>: the packages without which there is no Debian, apt, and what this machine needs for its network. Once, and again
# when the recipe has changed.
make_base() {
  local codename=$1 folder="build/platform/$1" sum
  local stamp="$folder/.complete"
  sum=$( (declare -f make_base && debian_mirror && machine_apt_options) | cksum)
  [[ -e "$stamp" && "$(<"$stamp")" == "$sum" ]] && return
  step "Making a root of Debian $codename in $folder"
  rm -f "$stamp"
  as_root rm -rf --one-file-system "$folder/base" "$folder/root"
  machine_apt_options >"$folder/apt.conf"
  # shellcheck disable=SC2046,SC2016
  as_root mmdebstrap --quiet --mode=root --variant=minbase --aptopt="$folder/apt.conf" \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    --setup-hook='for auth in /etc/apt/auth.conf*; do [ ! -e "$auth" ] || cp -a "$auth" "$1/etc/apt/"; done' \
    "$codename" "$folder/base" $(debian_mirror)
  trust_as_this_machine "$folder/base"
  printf '%s\n' "$sum" >"$stamp"
}

# The mirror of Debian that this machine uses, if it is a Debian.
debian_mirror() {
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -m 1 '/debian/*$' || true
}

# How this machine reaches mirrors: proxies, timeouts and the like.
machine_apt_options() {
  apt-config dump Acquire | grep -E '^Acquire::(https?|Retries|Check-)' | grep -v '""' || true
}

# trust_as_this_machine <root>: apt trusts certificates as this machine does, and so does the rest once ca-certificates is installed.
trust_as_this_machine() {
  local bundle=/etc/ssl/certs/ca-certificates.crt own=/usr/local/share/ca-certificates
  [[ ! -d "$own" ]] || as_root cp -a "$own" "$1/usr/local/share/"
  [[ -e "$bundle" ]] || return 0
  as_root cp "$bundle" "$1/etc/apt/machine.crt"
  # The quotes belong to apt's syntax.
  as_root tee "$1/etc/apt/apt.conf.d/99machine" >/dev/null <<<'Acquire::https::CaInfo "/etc/apt/machine.crt";'
}

# prepare_root <folder>: a root that holds the tracked files of the tree as they are now.
prepare_root() {
  local root="$1/root" tree="$1/root$PLATFORM_TREE"
  [[ -d "$root" ]] || as_root cp -a --reflink=auto "$1/base" "$root" || return
  as_root mkdir -p "$tree" "$1/archives" "$1/ccache" &&
    as_root find "$tree" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} + &&
    tracked_files | tar --create --format=posix --null --files-from=- | as_root tar --extract --no-same-owner --directory "$tree" &&
    as_root git -C "$tree" init --quiet && as_root git -C "$tree" add --all
}

tracked_files() {
  local file
  while read -r -d '' file; do
    [[ ! -e "$file" ]] || printf '%s\0' "$file"
  done < <(git ls-files -z)
}

# enter_root <folder> <chore>
enter_root() {
  local -a words
  read -r -a words <<<"$2"
  run_in_root "$1" "$PLATFORM_TREE" ./dev "${words[@]}"
}

# run_in_root <folder> <where in the root> <command>...
run_in_root() {
  local name
  local -a variables=()
  for name in TERM CI LIVEBLOCKS_TEST_UNITS CMAKE_BUILD_PARALLEL_LEVEL {http,https,no}_proxy {HTTP,HTTPS,NO}_PROXY; do
    [[ -z "${!name:-}" ]] || variables+=("$name=${!name}")
  done
  as_root env NPMRC="${HOME:-/root}/.npmrc" NODE_CERTIFICATES="${NODE_EXTRA_CA_CERTS:-}" \
    unshare --mount --pid --fork --kill-child -- \
    bash tools/dev/platform_enter.sh "$1" "$2" "${variables[@]}" "${@:3}"
}
