"""Chromium and a Chinese font for the journeys, from Debian's own packages. Standard library only."""

import glob
import os
import shutil
import subprocess

from tools.environment import say

NAMES = ("chromium", "chromium-browser", "google-chrome")
FONTS = ("/usr/share/fonts/**/NotoSansCJK*", "/usr/share/fonts/**/wqy*", "/usr/share/fonts/**/SourceHanSans*")


def ensure():
    """Install what is missing where we may; "" when all is there, else what is missing and how to get it."""
    packages = _missing()
    if packages:
        apt = _apt()
        if apt:
            say("Browser (%s) ..." % ", ".join(packages))
            quiet = {"stdout": subprocess.DEVNULL}
            options = ["-o", "DPkg::Lock::Timeout=400"]
            subprocess.call(apt + options + ["update"], **quiet)
            subprocess.call(apt + options + ["install", "-y", "--no-install-recommends"] + packages, **quiet)
        packages = _missing()
    if packages:
        return "there is no %s; sudo apt-get install %s" % (" and no ".join(packages), " ".join(packages))
    return ""


def _missing():
    packages = []
    if not any(shutil.which(name) for name in NAMES):
        packages.append("chromium")
    if not any(glob.glob(pattern, recursive=True) for pattern in FONTS):
        packages.append("fonts-noto-cjk")
    return packages


def _apt():
    """The command that installs packages, if this user may call it."""
    if not shutil.which("apt-get"):
        return None
    plain = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    if os.geteuid() == 0:
        return plain
    may = shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0
    return ["sudo", "-n", *plain] if may else None
