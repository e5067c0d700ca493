#!/usr/bin/env bash
# platform_enter.sh <folder> <tree> [variable=value]... <command>...: runs a command in the root of a platform, with the network of
# this machine. For platform.sh, as root in namespaces of its own: what is mounted here goes with them.
set -euo pipefail

folder=$1 root="$1/root" tree=$2
shift 2

mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --rbind --read-only /sys "$root/sys"

# share <file or folder> <where in the root>
share() {
  mkdir -p "$root$2"
  mount --bind "$1" "$root$2"
}
share "$folder/archives" /var/cache/apt/archives
share "$folder/ccache" /var/cache/ccache

for file in /etc/resolv.conf /etc/hosts; do
  rm -f "$root$file"
  cp "$file" "$root$file"
done

declare -a certificates=()
if [[ -e "$NODE_CERTIFICATES" ]]; then
  cp "$NODE_CERTIFICATES" "$root/etc/node.crt"
  certificates=(NODE_EXTRA_CA_CERTS=/etc/node.crt)
fi
if [[ -e "$NPMRC" ]]; then
  touch "$root/root/.npmrc"
  mount --bind --read-only "$NPMRC" "$root/root/.npmrc"
fi

exec chroot "$root" env -i -C "$tree" HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  LC_ALL=C.UTF-8 CCACHE_DIR=/var/cache/ccache "${certificates[@]}" "$@"
