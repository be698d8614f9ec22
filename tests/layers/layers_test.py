#!/usr/bin/env python3
"""Proves that every rule of tools/check_layers.py bites: a clean little tree passes, and each bad snippet is found
at its line with its sentence. The marks are put together here, so that this file itself stays clean."""

import importlib.util
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location("check_layers", ROOT / "tools/check_layers.py")
layers = importlib.util.module_from_spec(spec)
sys.modules["check_layers"] = layers
spec.loader.exec_module(layers)

OPENING = "// What it is and who uses it.\n// What it never does.\n#pragma once\n"
MARK = "TO" + "DO"

# (what, file, text, line, piece of the sentence)
BREACHES = [
    ("a room that is not in the row", "src/pdu/a.cpp", '#include "pdu/a.hpp"\n#include "at/line.hpp"\n', 2, "may not include `at`"),
    ("a room above its own", "src/modem/a.cpp", '#include "gateway/ledger.hpp"\n', 1, "may not include `gateway`"),
    ("another room's inside for config", "src/config/a.cpp", '#include "store/writer.hpp"\n', 1, "may not include `store`"),
    ("a header without a room", "src/pdu/a.cpp", '#include "a.hpp"\n', 1, "in no room"),
    ("a source as a header", "src/pdu/a.cpp", '#include "pdu/b.cpp"\n', 1, "is no header"),
    ("a room without a row", "src/misfit/a.cpp", "int a;\n", 1, "no row"),
    ("a foreign library", "src/modem/a.cpp", "\n#include <sqlite3.h>\n", 2, "belongs to SQLite"),
    ("Asio outside its rooms", "src/clinic/a.cpp", "#include <boost/asio/post.hpp>\n", 1, "belongs to Boost.Asio"),
    ("spdlog above the line", "src/burst/a.cpp", "#include <spdlog/spdlog.h>\n", 1, "belongs to spdlog"),
    ("a thread in a pure room", "src/message/a.cpp", "#include <thread>\n", 1, "pure room"),
    ("a file in a pure room", "src/message/a.cpp", "#include <fstream>\n", 1, "pure room"),
    ("a mutex where none is due", "src/gateway/a.cpp", "#include <mutex>\n", 1, "no threads"),
    ("the system in a pure room", "src/at/a.cpp", "#include <unistd.h>\n", 1, "no POSIX"),
    ("the terminal in a room", "src/store/a.cpp", "#include <iostream>\n", 1, "speak to a terminal"),
    ("the clock", "src/gateway/a.cpp", "auto a = std::chrono::steady_clock::now();\n", 1, "reads the clock"),
    ("the old clock", "src/store/a.cpp", "auto a = std::time(nullptr);\n", 1, "reads the clock"),
    ("co_spawn", "src/modem/a.cpp", "void a() { co_spawn(x, y, z); }\n", 1, "only async::Scope"),
    ("shared_ptr", "tools/sim/a.cpp", "std::shared_ptr<int> a;\n", 1, "shared owner"),
    ("make_shared", "tests/base/a.cpp", "auto a = std::make_shared<int>(1);\n", 1, "shared owner"),
    ("a detached thread", "src/store/a.cpp", "void a() { thread.detach(); }\n", 1, "no parent"),
    ("a macro", "src/base/a.cpp", "\n#define A 1\n", 2, "#define"),
    ("a feature by #if", "src/app/a.cpp", "#ifdef A\n#endif\n", 1, "#ifdef"),
    ("a pragma", "src/app/a.cpp", "#pragma GCC diagnostic push\n", 1, "#pragma"),
    ("a long file", "src/base/a.cpp", "int a;\n" * 301, 301, "300 are allowed"),
    ("a long test", "tests/base/a.cpp", "int a;\n" * 501, 501, "500 are allowed"),
    ("a vendor in code", "src/modem/a.cpp", 'const char* a = "HUAWEI";\n', 1, "makes of modem"),
    ("a vendor in a comment", "src/modem/a.cpp", "// as u-blox does\n", 1, "makes of modem"),
    ("a vendor in a name", "src/modem/a.cpp", "struct QuectelQuirks {};\n", 1, "makes of modem"),
    ("a vague class", "src/modem/a.cpp", "class PortManager {};\n", 1, "PortManager"),
    ("a vague alias", "src/modem/a.cpp", "using ReportHandlers = int;\nusing ReportHandler = int;\n", 2, "ReportHandler"),
    ("a vague inner part", "src/modem/a.cpp", "struct ImplState {};\n", 1, "ImplState"),
    ("a vague file", "src/base/string_utils.cpp", "int a;\n", 1, "does not say its duty"),
    ("a header without opening", "src/base/a.hpp", "#pragma once\n", 1, "opens with"),
    ("a header with one line", "src/base/a.hpp", "// Short.\n#pragma once\n", 1, "here 1"),
    ("a header with a novel", "src/base/a.hpp", "// a\n" * 7 + "#pragma once\n", 1, "here 7"),
    ("SQL outside the store", "src/gateway/a.cpp", 'auto a = "SELECT id FROM part";\n', 1, "all SQL"),
    ("SQL in a raw literal", "src/clinic/a.cpp", 'auto a = R"(\nUPDATE part SET state = 1)";\n', 1, "all SQL"),
    ("a condition awaited", "src/gateway/a.cpp", "while (co_await f(x)) a = b;\n", 1, "condition of a while"),
    ("a braced aggregate", "src/gateway/a.cpp", "co_await f({.a = 1});\n", 1, "braced aggregate"),
    ("a named aggregate", "src/gateway/a.cpp", "const auto x = co_await f(1,\n  P{1});\n", 2, "braced aggregate"),
    ("a braced operand", "tests/modem/a.cpp", "co_await Wait{1};\n", 1, "braced aggregate"),
    ("a by-value capture", "src/gateway/a.cpp", "co_await f([x](int a) { return a; });\n", 1, "captures by value"),
    ("a capture of all", "src/gateway/a.cpp", "co_await f([=] { return 1; });\n", 1, "captures by value"),
    ("an init capture", "src/gateway/a.cpp", "co_await f([&, a = std::move(b)] { return 1; });\n", 1, "captures by value"),
    ("a mark", "src/base/a.cpp", f"int a;  // {MARK}: b\n", 1, MARK),
    ("a mark in data", "drivers/a.yaml", f"# {MARK}\n", 1, MARK),
    ("a foreign namespace", "src/pdu/a.cpp", "namespace burstd::store {}\n", 1, "namespace burstd::store"),
]

# Close to a breach, and right.
SOUND = [
    ("src/base/a.hpp", OPENING),
    ("src/base/errors.cpp", "int a;\n" * 400),
    ("src/async/task.cpp", "auto a = std::chrono::system_clock::now();\n"),
    ("src/async/scope.cpp", "void a() { co_spawn(x, y, z); }\n"),
    ("src/serial/tty.cpp", "#include <libserialport.h>\n#include <termios.h>\n#include <boost/asio/posix/stream_descriptor.hpp>\n"),
    ("src/config/loader.cpp", '#include "store/options.hpp"\n#include "modem/driver.hpp"\n#include <yaml-cpp/yaml.h>\n'),
    ("src/modem/a.cpp", '#include <spdlog/spdlog.h>\n#include "at/reply.hpp"\n// a shared_ptr would hide the owner\n'),
    ("src/store/a.cpp", 'auto a = "SELECT id FROM part";\n'),
    ("src/clinic/a.cpp", 'auto a = "Select a template and update the text set before.";\nstruct Contextual {};\nusing Implied = int;\n'),
    ("src/number/plans.cpp", "// Sierra Leone, satellite phones, a gazetteer\n"),
    ("src/gateway/a.cpp",
     "co_await f([&](int a) { return P{a}; });\nif (co_await g(x)) { P{1}; }\nfor (auto a : co_await h()) { b(); }\n"
     "co_await sleep_for(std::chrono::seconds{30});\nco_await f(base::Milliseconds{1}, [] { return 1; });\n"
     "co_await f([this, &x] { return 1; });\nwhile (a && b()) co_await c();\nif (a) co_await b(x[1]); else c({1});\nconst auto d = co_await e() ? P{1} : P{2};\n"),
    ("src/app/main.cpp", '#include "gateway/gateway.hpp"\n#include <systemd/sd-daemon.h>\n#include <iostream>\n'),
    ("tools/sim/a.cpp", '#include "options.hpp"\n#include "sim/options.hpp"\n#include "pdu/a.hpp"\n#include <CLI/CLI.hpp>\n'),
]


class Layers(unittest.TestCase):
    def check(self, files):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for name, text in [("src/README.md", (ROOT / "src/README.md").read_text(encoding="utf-8")), *files]:
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return layers.check_tree(root)

    def test_every_rule_bites(self):
        for what, name, text, line, piece in BREACHES:
            with self.subTest(what):
                found = self.check([(name, text)])
                hits = [(where, at, said) for where, at, said in found if piece in said]
                self.assertEqual([(name, line)], [(where, at) for where, at, _ in hits][:1], found)

    def test_what_is_right_passes(self):
        self.assertEqual([], self.check(SOUND))

    def test_a_breach_is_found_once_and_nothing_beside_it(self):
        self.assertEqual(1, len(self.check([("src/pdu/a.cpp", '#include "at/line.hpp"\n')])))

    def test_every_room_of_the_tree_has_a_row(self):
        rooms = layers.read_rooms((ROOT / "src/README.md").read_text(encoding="utf-8"))
        there = {path.name for path in (ROOT / "src").iterdir() if path.is_dir()}
        self.assertEqual(set(), there - set(rooms))
        self.assertEqual({"base", "pdu", "at", "number", "message", "burst"}, {name for name, room in rooms.items() if room.pure})

    def test_a_tree_without_the_table_fails(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "src").mkdir()
            (Path(folder) / "src/README.md").write_text("# Rooms\n", encoding="utf-8")
            self.assertIn("no table", layers.check_tree(Path(folder))[0][2])


if __name__ == "__main__":
    unittest.main()
