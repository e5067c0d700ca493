# Sourced by ./dev: makes what is released of the last commit, in build/package, and tests it.
# shellcheck shell=bash

readonly RELEASE=build/package
readonly PACKAGE_FOLDER=/srv/packages # where the packages are in the root in which they are tried

# package_version: as the header of the last commit has it.
package_version() {
  git show HEAD:include/liveblocks/core/version.hpp | sed -n 's/^#define LIVEBLOCKS_VERSION "\(.*\)"$/\1/p'
}

# make_tarball <file> [repository]: the files of the last commit, with its time. It depends on nothing else.
make_tarball() {
  git -C "${2:-.}" -c tar.umask=0022 archive --format=tar --prefix="liveblocks-cpp-$(package_version)/" HEAD | gzip -9 --no-name >"$1"
}

# The tarball, made again from a clone, by a person with other settings.
check_tarball() {
  step "Is $1 reproducible?"
  rm -rf "$RELEASE/clone"
  git clone --quiet --no-local . "$RELEASE/clone"
  git -C "$RELEASE/clone" config tar.umask 0077
  (umask 0077 && TZ=Asia/Kathmandu LC_ALL=C make_tarball "$RELEASE/again.tar.gz" "$RELEASE/clone")
  cmp "$1" "$RELEASE/again.tar.gz" || fail "$1 is another one when it is made again."
  rm -rf "$RELEASE/clone" "$RELEASE/again.tar.gz"
}

# build_debs <tarball>: source and binary packages from it, in build/package/deb, for the Debian that runs this. They are new each
# time, so that no file of an earlier build gets into one.
build_debs() {
  local folder=$RELEASE/deb version source
  version=$(package_version)
  source="$folder/liveblocks-cpp-$version"
  rm -rf "$folder"
  mkdir -p "$folder"
  cp "$1" "$folder/liveblocks-cpp_$version.orig.tar.gz"
  tar --extract --gzip --file "$1" --directory "$folder"
  cp -r "$source/tools/packaging/debian" "$source/debian"
  debian_changelog "$version" >"$source/debian/changelog"
  step "Building Debian packages in $folder"
  use_ccache
  # debhelper sets HOME to an empty folder.
  (cd "$source" && CCACHE_DIR="${CCACHE_DIR:-$(ccache --get-config cache_dir)}" DEB_BUILD_OPTIONS="noautodbgsym parallel=$(nproc)" \
    dpkg-buildpackage --no-sign) >"$folder/build.log" 2>&1 || fail "$(tail -n 40 "$folder/build.log")"
}

# debian_release: the number of this Debian, such as 12, or the codename of one that has no number yet, which sorts after all numbers.
debian_release() {
  # shellcheck source=/dev/null
  (. /etc/os-release && VERSION_ID=${VERSION_ID:-${VERSION_CODENAME:-}} && echo "${VERSION_ID%%.*}")
}

# debian_changelog <version>: an official package of Debian, whose revision would be 1, comes after it.
debian_changelog() {
  local release
  release=$(debian_release)
  [[ -n "$release" ]] || fail "/etc/os-release tells neither VERSION_ID nor VERSION_CODENAME: for which Debian are the packages?"
  cat <<TEXT
liveblocks-cpp ($1-0+deb$release) $(codename); urgency=medium

  * See the changelog of liveblocks-cpp $1.

 -- $(sed -n 's/^Maintainer: //p' tools/packaging/debian/control)  $(TZ=UTC0 git log -1 --format=%cd --date=rfc2822-local)
TEXT
}

check_debs() {
  step "lintian"
  lintian --allow-root --fail-on error,warning --show-overrides "$RELEASE"/deb/*.changes
}

# check_installation: the packages in a new root of the same Debian.
check_installation() {
  local folder=$RELEASE/installed
  # In a subshell, which ends if it takes root and there is no sudo.
  if ! (permits_platforms); then
    step "The packages are not installed here: this machine does not permit a root of its own."
    return
  fi
  need_packages platform
  if ! lock_platform "$(codename)"; then
    step "Waiting for ./dev platform $(codename), which uses the same base"
    flock 9
  fi
  make_base "$(codename)"
  step "Installing, using and removing the packages in $folder/root"
  as_root rm -rf --one-file-system "$folder/root"
  as_root mkdir -p "$folder/archives" "$folder/ccache"
  as_root cp -a --reflink=auto "build/platform/$(codename)/base" "$folder/root"
  exec 9>&-
  as_root mkdir "$folder/root$PACKAGE_FOLDER"
  as_root cp -r "$RELEASE"/release/*.deb tests/package/consumer tools/packaging/check_installed.sh "$folder/root$PACKAGE_FOLDER"
  as_root cp examples/first_token/main.cpp "$folder/root$PACKAGE_FOLDER/token.cpp"
  run_in_root "$folder" "$PACKAGE_FOLDER" bash check_installed.sh
  as_root rm -rf --one-file-system "$folder/root"
}

# collect_release <tarball>: what is published, with an SBOM and checksums.
collect_release() {
  local folder=$RELEASE/release name
  name=$(basename "$1" .tar.gz)
  rm -rf "$folder"
  mkdir -p "$folder"
  cp "$1" "$folder"
  find "$RELEASE/deb" -maxdepth 1 -name '*.deb' -exec cp {} "$folder" \;
  python3 -B tools/packaging/sbom.py "$(package_version)" "$(TZ=UTC0 git log -1 --format=%cd --date=format-local:%Y-%m-%dT%H:%M:%SZ)" \
    "$folder/$(basename "$1")" "$folder"/*.deb >"$folder/$name.spdx.json"
  python3 -B tools/packaging/check_sbom.py "$folder/$name.spdx.json" "$folder" || fail "The SBOM is not valid."
  (cd "$folder" && sha256sum -- *.deb *.json *.tar.gz >SHA256SUMS && sha256sum --check --quiet SHA256SUMS)
  step "$folder"
  ls "$folder"
}

# build_release: the tarball, and the packages that are built from it.
build_release() {
  [[ -z "$(git status --porcelain --untracked-files=no)" ]] || step "Changes that are not committed are not in the packages"
  mkdir -p "$RELEASE"
  release_tarball="$RELEASE/liveblocks-cpp-$(package_version).tar.gz"
  make_tarball "$release_tarball"
  build_debs "$release_tarball"
}
