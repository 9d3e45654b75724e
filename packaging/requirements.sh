# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# Sourced by packaging/run, packaging/test, packaging/fuzz and packaging/bench: which packages a machine needs, and how to get those it lacks.
# Tested: Debian 12. Not tested: Ubuntu 24.04 (same names), Fedora, Arch Linux, macOS (names as best known).

say() { printf '\n==> %s\n' "$*"; }
fail() {
    printf 'packaging: %s\n' "$*" >&2
    exit 1
}

# Which of the families below this machine belongs to.
system_family() {
    if [[ $(uname -s) == Darwin ]]; then
        echo macos
        return
    fi
    local ID='' ID_LIKE=''
    if [[ -r /etc/os-release ]]; then
        # shellcheck disable=SC1091
        . /etc/os-release
    fi
    case " $ID $ID_LIKE " in
    *' debian '* | *' ubuntu '*) echo debian ;;
    *' fedora '* | *' rhel '*) echo fedora ;;
    *' arch '*) echo arch ;;
    *) echo unknown ;;
    esac
}

# What building and running needs. A library's package is in the list only if no other package of the list depends on it.
# fonts: a machine without a desktop has none, and text would be boxes. ca-certificates: TLS to the service.
packages_to_run() {
    case $1 in
    debian) echo g++ make cmake ninja-build qt6-base-dev qt6-svg-dev qt6-tools-dev qt6-l10n-tools \
        qtkeychain-qt6-dev libsimdjson-dev libsodium-dev pkg-config libboost-dev libxcb-cursor0 fonts-dejavu-core ca-certificates ;;
    fedora) echo gcc-c++ cmake ninja-build qt6-qtbase-devel qt6-qtsvg-devel qt6-qttools-devel qt6-linguist \
        qtkeychain-qt6-devel simdjson-devel libsodium-devel pkgconf-pkg-config boost-devel dejavu-sans-fonts ca-certificates ;;
    arch) echo gcc cmake ninja qt6-base qt6-svg qt6-tools qtkeychain-qt6 simdjson libsodium pkgconf boost ttf-dejavu ca-certificates ;;
    macos) echo cmake ninja qt qtkeychain simdjson libsodium pkgconf boost ;;
    esac
}

# What the tests need besides: an X server, a session bus with a keyring and an accessibility bus, the service's own
# clients to compare with, and checkers of what is installed.
packages_to_test() {
    packages_to_run "$1"
    case $1 in
    debian) echo ccache xvfb xauth xdotool openbox imagemagick dbus dbus-x11 gnome-keyring at-spi2-core python3 \
        python3-pyatspi awscli python3-boto3 python3-botocore desktop-file-utils appstream ;;
    fedora) echo ccache xorg-x11-server-Xvfb xorg-x11-xauth xdotool openbox ImageMagick dbus-daemon dbus-x11 \
        gnome-keyring at-spi2-core python3 python3-pyatspi awscli2 python3-boto3 python3-botocore desktop-file-utils appstream libasan libtsan libubsan ;;
    arch) echo ccache xorg-server-xvfb xorg-xauth xdotool openbox imagemagick dbus gnome-keyring at-spi2-core \
        python python-atspi aws-cli-v2 python-boto3 python-botocore desktop-file-utils appstream ;;
    macos) echo awscli ;;
    esac
}

# What fuzzing needs besides: clang with libFuzzer and the sanitizers.
packages_to_fuzz() {
    packages_to_run "$1"
    case $1 in
    debian) echo clang libclang-rt-dev ;;
    fedora) echo clang compiler-rt ;;
    arch) echo clang compiler-rt ;;
    macos) fail "Apple's clang has no libFuzzer" ;;
    esac
}

# What the bench needs besides: what the tests compare with, Node.js for one more client, and Matplotlib for the pictures. A
# Node.js from elsewhere brings its own npm, which the distribution's would not install beside.
packages_to_bench() {
    packages_to_run "$1"
    case $1 in
    debian) echo ccache awscli python3 python3-boto3 python3-matplotlib ;;
    fedora) echo ccache awscli2 python3 python3-boto3 python3-matplotlib ;;
    arch) echo ccache aws-cli-v2 python python-boto3 python-matplotlib ;;
    macos) echo awscli python-matplotlib ;;
    esac
    command -v npm > /dev/null && return
    case $1 in
    debian | arch) echo nodejs npm ;;
    fedora) echo nodejs nodejs-npm ;;
    macos) echo node ;;
    esac
}

# Runs a command as root; without sudo and without root, says what to run instead.
as_root() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    elif command -v sudo > /dev/null; then
        if [[ -t 0 ]]; then sudo "$@"; else sudo -n "$@"; fi
    else
        fail "packages are missing, and there is neither root nor sudo to install them; as root: $*"
    fi
}

install_debian() {
    local missing=() package
    for package in "$@"; do
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2> /dev/null) == installed ]] || missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    say "Installing: ${missing[*]}"
    # One unreachable extra source must not end the work: if it mattered, the installation says so.
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 update \
        || printf 'packaging: apt-get update had failures; going on\n' >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 \
        -o Dpkg::Use-Pty=0 install --no-install-recommends "${missing[@]}"
}

# install_requirements run|test|fuzz|bench
install_requirements() {
    local family packages
    family=$(system_family)
    # shellcheck disable=SC2207 # one word a package; mapfile is not in the bash of macOS
    packages=($("packages_to_$1" "$family"))
    case $family in
    debian) install_debian "${packages[@]}" ;;
    fedora) rpm -q --quiet --whatprovides "${packages[@]}" || as_root dnf -y install "${packages[@]}" ;;
    arch) pacman -T "${packages[@]}" > /dev/null || as_root pacman -S --needed --noconfirm "${packages[@]}" ;;
    macos)
        command -v brew > /dev/null || fail 'Homebrew is needed: https://brew.sh'
        brew list --formula "${packages[@]}" > /dev/null 2>&1 || brew install "${packages[@]}"
        ;;
    *)
        printf 'packaging: unknown system; these must be there (names of Debian): %s\n' \
            "$("packages_to_$1" debian | tr '\n' ' ')" >&2
        ;;
    esac
}

# What ccache keeps is good for every clone on this machine, which CI makes anew each time: paths below the project count
# as relative. What a debugger or sanitizer then shows of a file's path may be relative, too, or name another clone.
# Of precompiled headers ccache keeps nothing unless it is told that dates and defines in them do not matter.
export CCACHE_SLOPPINESS="${CCACHE_SLOPPINESS:-pch_defines,time_macros}"
export CCACHE_BASEDIR="${CCACHE_BASEDIR:-$PWD}" CCACHE_NOHASHDIR="${CCACHE_NOHASHDIR:-1}"

# What to compile with besides the preset: a compiler cache if there is one.
cache_options() {
    if command -v ccache > /dev/null; then echo -DCMAKE_CXX_COMPILER_LAUNCHER=ccache; fi
}

# Qt and the AWS CLI want UTF-8; a bare machine or a container says "C".
use_utf8() {
    case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
    *[Uu][Tt][Ff]*8*) ;;
    *) if [[ $(uname -s) == Darwin ]]; then export LC_ALL=en_US.UTF-8; else export LC_ALL=C.UTF-8; fi ;;
    esac
}
