# Sourced by the recipes: messages, a scratch directory, and where the tools stand.
# The caller sets $recipe (its own name) and $here (the folder of the recipes).

say() { printf '%s: %s\n' "$recipe" "$*" >&2; }
die() { say "$*"; exit 1; }
usage() { sed -n '2,/^set -u/{/^#/s/^# \{0,1\}//p;}' "$0" >&2; exit 2; }

# $tmp: gone when the recipe ends, however it ends.
make_tmp() {
    tmp=$(mktemp -d "${TMPDIR:-/tmp}/sdkprint-$recipe.XXXXXX") || exit 1
    trap 'rm -rf "$tmp"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
}

need() { # command Debian-package
    command -v "$1" >/dev/null 2>&1 || die "$1 is not installed (Debian: apt install $2)"
}

# Folder File...: smali wants one class to a file, people like to read many together.
split_smali() {
    folder=$1
    shift
    awk -v folder="$folder" '/^\.class / { close(file); file = folder "/" ++count ".smali" } file { print > file }' "$@"
}

absolute() { # a path that may not exist yet
    case $1 in /*) printf '%s' "$1" ;; *) printf '%s/%s' "$PWD" "$1" ;; esac
}

# The same rule as corpus/fetch.
corpus_cache() {
    printf '%s' "${SDKPRINT_CORPUS:-${XDG_CACHE_HOME:-${HOME:?HOME is not set}/.cache}/sdkprint/corpus}"
}
