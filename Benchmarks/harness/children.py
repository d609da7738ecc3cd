"""Processes that are started here, waited for until they say that they listen, and ended by their own number."""

import os
import re
import subprocess
import tempfile
import time

from .places import Problem


class Child:
    """A program that runs until `stop`. Its standard input stays open; what it writes goes to a file, or nowhere."""

    def __init__(self, command, environment=None, folder=None, discards=False):
        self.command = [str(word) for word in command]
        self._log = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")
        self._process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL if discards else self._log, stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})}, start_new_session=True, cwd=folder)

    @property
    def pid(self):
        return self._process.pid

    @property
    def log(self):
        self._log.seek(0)
        return self._log.read()

    def wait_for(self, pattern, seconds=60):
        """The match of a pattern in what the program writes."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = re.search(pattern, self.log, re.MULTILINE)
            if found:
                return found
            if self._process.poll() is not None:
                break
            time.sleep(0.01)
        raise Problem(f"{self.command[0]} did not start: {self.log[-2000:]}")

    def alive(self):
        return self._process.poll() is None

    def stop(self):
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._process.stdin.close()
        self._process.wait()
        self._log.close()
