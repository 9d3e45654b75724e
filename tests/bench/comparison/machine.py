# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""On what machine the figures were taken."""

import ctypes
import datetime
import os
import platform
import subprocess


def _processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def _qt():
    """The version of the library itself, which is the one that programs here run with."""
    for name in ("libQt6Core.so.6", "libQt6Core.so"):
        try:
            version = ctypes.CDLL(name).qVersion
        except (OSError, AttributeError):
            continue
        version.restype = ctypes.c_char_p
        return version().decode()
    return "unknown"


def _system():
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.system()


def _commit(folder):
    try:
        done = subprocess.run(["git", "-C", folder, "describe", "--always", "--dirty"], capture_output=True, text=True)
    except OSError:
        return ""
    return done.stdout.strip()


def build_type(program):
    """What CMake says of the build tree that the program stands in."""
    folder = os.path.dirname(os.path.abspath(program))
    while folder != os.path.dirname(folder):
        cache = os.path.join(folder, "CMakeCache.txt")
        if os.path.isfile(cache):
            with open(cache, encoding="utf-8") as file:
                types = [line.split("=", 1)[1].strip() for line in file if line.startswith("CMAKE_BUILD_TYPE:")]
            return "".join(types)
        folder = os.path.dirname(folder)
    return ""


def facts(program):
    """Facts by title, as text."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    commit = _commit(os.path.dirname(os.path.abspath(__file__)))
    built = ", ".join(word for word in (f"commit {commit}" if commit else "", build_type(program)) if word)
    return {
        "Taken": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "Processor": f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB",
        "System": f"{_system()}, kernel {platform.release()}",
        "Load before": f"{os.getloadavg()[0]:.2f} (average of a minute; above about 0.3 the figures are disturbed)",
        "Qt": _qt(),
        "Built": built or "unknown",
    }
