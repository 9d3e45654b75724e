# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Uses a program as a person with an assistive tool does: finds things by the names they tell AT-SPI, and works with the real
pointer and keyboard of the X server. Nothing here knows the program's code."""

import os
import pathlib
import subprocess
import sys
import time

import pyatspi

PATIENCE = float(os.environ.get("OPTOUT_PATIENCE", "20"))  # seconds; sanitizers and small machines are slow


class NotSeen(AssertionError):
    """Something a person expects on the screen did not come in time."""


def wait_for(what, look, patience=PATIENCE):
    """The first true thing that look() returns; NotSeen, saying what was awaited, after that many seconds."""
    until = time.monotonic() + patience
    last = None
    while time.monotonic() < until:
        try:
            found = look()
            if found:
                return found
        except (LookupError, RuntimeError, AttributeError, NotImplementedError) as gone:
            last = gone  # a widget that goes away while it is being looked at
        except Exception as gone:  # pyatspi turns D-Bus answers into GLib.Error
            if type(gone).__name__ != "Error":
                raise
            last = gone
        time.sleep(0.1)
    raise NotSeen(f"not seen within {patience:.0f} s: {what}" + (f" ({last})" if last else ""))


class Person:
    def __init__(self, arguments, pictures, log, environment=None):
        self.pictures = pathlib.Path(pictures)
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.log = open(log, "ab")
        self.process = subprocess.Popen(
            arguments, stdout=self.log, stderr=self.log, env={**os.environ, **(environment or {})}
        )
        self.application = wait_for("the program on the accessibility bus", self._find_application, 3 * PATIENCE)

    def _find_application(self):
        if self.process.poll() is not None:
            sys.exit(f"the program ended with status {self.process.returncode} before its window opened")
        for application in pyatspi.Registry.getDesktop(0):
            if application is not None and application.get_process_id() == self.process.pid:
                return application
        return None

    # Looking

    def everything(self, root=None):
        """All accessible things below root, without the cells of tables and trees: a table may have millions."""
        queue = [root or self.application]
        while queue:
            thing = queue.pop(0)
            if thing is None:
                continue
            yield thing
            if thing.getRoleName() in ("table", "tree table", "tree", "list"):
                continue
            queue.extend(thing.getChildAtIndex(i) for i in range(thing.childCount))

    def is_showing(self, thing):
        return thing.getState().contains(pyatspi.STATE_SHOWING)

    def find(self, name, roles=None, showing=True, patience=PATIENCE, root=None):
        def look():
            for thing in self.everything(root):
                if thing.name == name and (roles is None or thing.getRoleName() in roles):
                    if not showing or self.is_showing(thing):
                        return thing
            return None

        return wait_for(f"“{name}”" + (f" ({'/'.join(roles)})" if roles else ""), look, patience)

    def sees(self, name, roles=None):
        try:
            return bool(self.find(name, roles, patience=0.3))
        except NotSeen:
            return False

    def find_text(self, part, patience=PATIENCE):
        """The first showing thing whose name contains the part."""
        def look():
            return next((t for t in self.everything() if part in (t.name or "") and self.is_showing(t)), None)

        return wait_for(f"a text with “{part}”", look, patience)

    def wait_for_keyboard(self, name=None, root=None, patience=PATIENCE):
        """Until what is typed goes there: a window that has just opened gets the keyboard a little later."""
        def look():
            return next((t for t in self.everything(root) if name in (None, t.name)
                         and t.getState().contains(pyatspi.STATE_FOCUSED)), None)

        return wait_for(f"the keyboard in {name or 'the dialog'}", look, patience)

    def table_rows(self, table):
        return table.queryTable().nRows

    def cell(self, table, row, column):
        return table.queryTable().getAccessibleAt(row, column).name

    # Doing

    def click(self, thing, offset=None):
        box = thing.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        x, y = (box.x + box.width // 2, box.y + box.height // 2) if offset is None else (box.x + offset[0], box.y + offset[1])
        subprocess.run(["xdotool", "mousemove", "--sync", str(x), str(y), "click", "1"], check=True)

    def press(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "15", text], check=True)

    def picture(self, name):
        subprocess.run(["import", "-window", "root", str(self.pictures / f"{name}.png")], check=True)

    def leave(self, patience=PATIENCE):
        """Closes the program by its own shortcut and returns its exit status."""
        wait_for("its window in front", lambda: any(  # a dialog that has just closed gives the keyboard back a little later
            window.getRoleName() == "frame" and window.getState().contains(pyatspi.STATE_ACTIVE)
            for window in self.application))
        self.press("ctrl+q")
        try:
            return self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.picture("did-not-leave")
            self.process.kill()
            raise NotSeen("the program did not end on Ctrl+Q") from None
        finally:
            self.log.close()
