"""Killed anywhere, damaged anywhere: --resume gives the bytes of an uninterrupted build.

`GOLONG_KILLS=20 pytest tests/build/test_resume.py` kills at 20 moments instead of 6.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from conftest import SIZE, command, kill, running  # type: ignore[import-not-found]
from support import Ran, build_cli, checksums, run_cli

from golong_data.build.shards import STATE

KILLS = int(os.environ.get("GOLONG_KILLS", "6"))
