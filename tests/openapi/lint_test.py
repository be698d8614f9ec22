#!/usr/bin/env python3
"""The OpenAPI document that the build joined is one: Redocly's recommended rules, every one of them an error.

    lint_test.py DOCUMENT                 tools/setup installs the linter and `tools/setup --linter` says where
"""
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# The house has no licence to name yet.
RULES = '{"extends": ["recommended-strict"], "rules": {"info-license": "off"}}'


def main():
    linter = subprocess.run([ROOT / "tools" / "setup", "--linter"], capture_output=True, text=True, check=True).stdout.strip()
    if not pathlib.Path(linter).exists():
        print(f"{linter} is not there; run tools/setup", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        rules = pathlib.Path(folder) / "redocly.yaml"
        rules.write_text(RULES)
        return subprocess.run([linter, "lint", "--config", rules, sys.argv[1]], check=False).returncode


sys.exit(main())
