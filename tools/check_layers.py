#!/usr/bin/env python3
"""Holds every source file to the house rules that a compiler does not know; ctest runs it as `layers`.

    tools/check_layers.py [ROOT]      prints FILE:LINE: sentence for each breach, exit status 1 if there is any

Which room may include what is read from the table in src/README.md. The other rules are below, one function each;
tests/layers proves that each of them bites.
"""

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

SOURCES = (".cpp", ".hpp")
TEXTS = SOURCES + (".py", ".yaml", ".txt", ".md", ".at", ".service", ".socket", ".rules", ".json", ".cmake", ".sh", "")
LONGEST = {"src": 300, "tools": 300, "tests": 500}
TABLES = ("_table.hpp", "_table.cpp", "_tables.hpp", "_tables.cpp", "plans.cpp", "errors.cpp")

# Where the headers of a library begin. A header that is neither here nor C++ is the operating system's.
LIBRARIES = {
    "Boost.System": ("boost/system/", "boost/assert/source_location.hpp"),
    "Boost.Asio": ("boost/asio/", "boost/asio.hpp", "boost/system/"),
    "Boost.Beast": ("boost/beast/", "boost/beast.hpp", "boost/system/"),
    "Boost.Intrusive": ("boost/intrusive/",),
    "Boost.JSON": ("boost/json/", "boost/json.hpp", "boost/system/"),
    "libserialport": ("libserialport.h",),
    "libcrypto": ("openssl/",),
    "SQLite": ("sqlite3.h",),
    "yaml-cpp": ("yaml-cpp/",),
    "date": ("date/",),
    "libsystemd": ("systemd/",),
    "CLI11": ("CLI/",),
    "spdlog": ("spdlog/", "fmt/"),
    "fmt": ("fmt/",),
}
THREADS = {"thread", "mutex", "shared_mutex", "condition_variable", "future", "semaphore", "latch", "barrier",
           "stop_token"}
NOT_PURE = THREADS | {"iostream", "istream", "ostream", "fstream", "filesystem", "random", "ctime", "csignal", "cstdlib",
                      "atomic", "coroutine", "syncstream", "clocale", "locale"}
CLOCK = re.compile(r"\b(?:system_clock|steady_clock|high_resolution_clock|utc_clock|file_clock)::now\b"
                   r"|\b(?:gettimeofday|clock_gettime)\s*\(|(?<![\w.>])(?:std::)?time\s*\(\s*(?:nullptr|NULL|0|&)")
CLOCK_FILE = "src/async/task.cpp"

# Makes of modem are data (drivers/*.yaml): code that knows one by name has a special case that IT cannot change.
VENDORS = re.compile(r"huawei|(?<![a-z])zte(?![a-z])|quectel|sierra(?!\s+leone)|wavecom|simcom|(?<![a-z])telit(?![a-z])|cinterion|"
                     r"u-?blox|ericsson|nokia|siemens|novatel|qualcomm|fibocom|alcatel|motorola|icera|gemalto|(?<![a-z])gobi(?![a-z])",
                     re.IGNORECASE)
# Words that say nothing about a duty.
VAGUE_TYPE = re.compile(r"\b(?:class|struct|union|enum(?:\s+class)?|concept|using)\s+"
                        r"(\w*?(?:Manager|Handler|Helper|Util(?:s|ity|ities)?|Impl|Context)(?![a-z])\w*)")
VAGUE_FILE = re.compile(r"(?:^|_)(?:manager|handler|helpers?|utils?|utility|impl|context|misc|common)(?:_|\.|$)")
MARKS = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK", "NO" + "LINT\\w*",
                                             "GTEST_" + "SKIP", "DISABLED_" + "\\w+")) + r")\b")
SQL = re.compile(r"\b(?:SELECT\s+[\w*(?]|INSERT\s+(?:OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|"
                 r"CREATE\s+(?:TABLE|INDEX|TRIGGER|UNIQUE|VIEW)\b|PRAGMA\s+\w|BEGIN\s+IMMEDIATE|SAVEPOINT\s)")
# Types with a constructor, of which GCC 12 frees no temporary twice.
SOUND_BRACES = re.compile(r"(?:\b(?:nano|micro|milli)?seconds|\bminutes|\bhours|\bdays|Milliseconds|Seconds|Steady|::Time|"
                          r"\bstd::string|\bstd::string_view|\bint|\bunsigned|size_t|int(?:8|16|32|64)_t)$")


@dataclass
class Room:
    name: str
    pure: bool = False
    everything: bool = False
    rooms: set = field(default_factory=set)
    headers: set = field(default_factory=set)  # "*/options.hpp"
    libraries: set = field(default_factory=set)


@dataclass
class Source:
    path: str         # from the root, with slashes
    text: str         # as it stands
    code: str         # comments and the inside of literals blanked, same length
    literals: list    # (offset, inside)

    def line(self, offset):
        return self.text.count("\n", 0, offset) + 1

    @property
    def top(self):
        return self.path.split("/")[0]

    @property
    def room(self):
        parts = self.path.split("/")
        if parts[0] == "src" and len(parts) > 2:
            return parts[1]
        return "tools/" + parts[1] if parts[0] == "tools" and len(parts) > 2 else None


# --- reading ---------------------------------------------------------------------------------------------------

def read_rooms(readme):
    """The table of src/README.md: name → Room. What stands before the line "pure above" is pure."""
    rooms, pure = {}, True
    for line in readme.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|") or len(cells) != 4:
            continue
        if "pure above" in cells[0]:
            pure = False
        if not cells[0].startswith("`"):
            continue
        room = Room(cells[0].strip("`"), pure)
        for word in (word.strip() for word in cells[2].split(",")):
            if word == "all":
                room.everything = True
            elif word.startswith("`"):
                room.headers.add(word.strip("`"))
            elif word != "–":
                room.rooms.add(word)
        room.libraries = {word.strip() for word in cells[3].split(",")} - {"–"}
        if not pure and not room.name.startswith("tools/"):
            room.libraries.add("spdlog")
        rooms[room.name] = room
    return rooms


TOKENS = re.compile(r'//[^\n]*|/\*.*?\*/|R"(?P<tag>[^(\s]*)\((?P<raw>.*?)\)(?P=tag)"|"(?P<string>(?:\\.|[^"\\\n])*)"'
                    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'", re.DOTALL)


def read_source(path, text):
    literals, out, last = [], [], 0
    for match in TOKENS.finditer(text):
        out.append(text[last:match.start()])
        last = match.end()
        whole = match.group(0)
        if text[text.rfind("\n", 0, match.start()) + 1:match.start()].lstrip().startswith("#include"):
            out.append(whole)
            continue
        inside = match.group("raw") if match.group("raw") is not None else match.group("string")
        if inside is not None:
            literals.append((match.start(), inside))
        blank = re.sub(r"[^\n]", " ", whole)
        out.append(blank if whole.startswith("/") else '"' + blank[1:-1] + '"')
    return Source(path, text, "".join(out) + text[last:], literals)


# --- rules: each yields (line, sentence) ---------------------------------------------------------------------------

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


def check_includes(source, rooms):
    room = rooms.get(source.room)
    if source.room is None:
        return
    if room is None:
        yield 1, f"the room `{source.room}` has no row in src/README.md"
        return
    for match in INCLUDE.finditer(source.code):
        quoted, header = match.group(1) == '"', match.group(2)
        said = check_quoted(source, room, rooms, header) if quoted else check_angled(room, header)
        if said:
            yield source.line(match.start()), said


def check_quoted(source, room, rooms, header):
    if source.top == "tools" and ("/" not in header or header.startswith(room.name.removeprefix("tools/") + "/")):
        return None  # its own house
    target = header.split("/")[0]
    if not header.endswith(".hpp"):
        return f'"{header}" is no header'
    if "/" not in header or target not in rooms:
        return f'"{header}" is in no room; write "room/file.hpp" for what is ours and <…> for what is not'
    wildcard = "*/" + header.split("/", 1)[1]
    if target == room.name or room.everything or target in room.rooms or {header, wildcard} & room.headers:
        return None
    return f"`{room.name}` may not include `{target}` (src/README.md names {words(room.rooms | room.headers)})"


def check_angled(room, header):
    if header.startswith("nlohmann/") or header.startswith("gtest/"):
        return f"<{header}> has no place here"
    owners = {name for name, starts in LIBRARIES.items() if header.startswith(starts)}
    if owners:
        if owners & room.libraries:
            return None
        return f"<{header}> belongs to {words(owners)}; `{room.name}` may use {words(room.libraries)}"
    if "." in header or "/" in header:
        if "POSIX" in room.libraries or header in ("sys/types.h",) and not room.pure:
            return None
        return f"<{header}> is the operating system's or unknown; `{room.name}` has no POSIX in its row"
    if room.pure and header in NOT_PURE:
        return f"<{header}> in the pure room `{room.name}`: no I/O, no clock, no threads above the line"
    if header in THREADS and "threads" not in room.libraries:
        return f"<{header}>: `{room.name}` has no threads in its row"
    if header == "iostream" and room.name != "app" and not room.name.startswith("tools/"):
        return "<iostream>: only app and the tools speak to a terminal"
    return None


def words(names):
    return ", ".join(sorted(names)) or "nothing"


def check_namespace(source, rooms):
    room = rooms.get(source.room)
    if source.top != "src" or room is None or room.everything:
        return
    for match in re.finditer(r"^namespace burstd::(\w+)", source.code, re.MULTILINE):
        if match.group(1) != room.name and match.group(1) not in room.rooms:
            yield source.line(match.start()), f"namespace burstd::{match.group(1)} in the room `{room.name}`"


def check_words(source, _):
    """shared_ptr hides who owns; co_spawn belongs to async::Scope, which joins; the clock is read in one line."""
    rules = [(r"\b(?:shared_ptr|make_shared|enable_shared_from_this)\b", "a shared owner: say who owns it (unique_ptr, a value, a reference)", True),
             (r"\bco_spawn\b", "co_spawn: only async::Scope starts coroutines, so that each has a parent", source.top == "src" and source.room != "async"),
             (r"\bdetached\b(?=\s*[),])", "a detached coroutine or thread has no parent that joins it", source.top != "tests"),
             (r"\.detach\(\)", "a detached thread has no parent that joins it", source.top != "tests")]
    for pattern, said, applies in rules:
        if applies:
            for match in re.finditer(pattern, source.code):
                yield source.line(match.start()), said
    if source.top == "src" and source.path != CLOCK_FILE:
        for match in CLOCK.finditer(source.code):
            yield source.line(match.start()), f"reads the clock; time comes as a parameter, only {CLOCK_FILE} reads it"


def check_preprocessor(source, _):
    if source.top == "tests":
        return
    for match in re.finditer(r"^[ \t]*#[ \t]*(\w+)([^\n]*)", source.code, re.MULTILINE):
        if match.group(1) != "include" and (match.group(1), match.group(2).strip()) != ("pragma", "once"):
            yield source.line(match.start()), f"#{match.group(1)}: no macros and no features by #if; a constant, a template or a file of its own"


def check_length(source, _):
    lines, most = source.text.count("\n"), LONGEST[source.top]
    if lines > most and not source.path.endswith(TABLES):
        yield most + 1, f"{lines} lines, {most} are allowed: two duties in one file, or a table that wants a name ending in _table"


def check_vendors(source, _):
    if source.top == "src":
        for match in VENDORS.finditer(source.text):
            yield source.line(match.start()), f'"{match.group(0)}": makes of modem are data, they belong to drivers/*.yaml'


def check_names(source, _):
    name = source.path.rsplit("/", 1)[1]
    if VAGUE_FILE.search(name):
        yield 1, f"{name}: the file's name does not say its duty"
    for match in VAGUE_TYPE.finditer(source.code):
        yield source.line(match.start(1)), f"{match.group(1)}: the name does not say the duty (no Manager, Handler, Helper, Util, Impl, Context)"


def check_opening(source, _):
    if not source.path.endswith(".hpp"):
        return
    opening = 0
    for line in source.text.splitlines():
        if not line.startswith("//"):
            break
        opening += 1
    if not 2 <= opening <= 6:
        yield 1, f"a header opens with 2 to 6 lines of comment (what it is, who uses it, what it never does), here {opening}"


def check_sql(source, _):
    if source.top != "src" or source.room == "store":
        return
    for offset, inside in source.literals:
        if SQL.search(inside):
            yield source.line(offset), "SQL in a literal: all SQL lives in `store`"


def check_co_await(source, _):
    """GCC 12 frees temporaries of braced aggregates and by-value captures twice in a co_await expression."""
    for match in re.finditer(r"\bco_await\b", source.code):
        for offset, said in bad_temporaries(source.code, match.end()):
            yield source.line(offset), f"co_await with {said}: GCC 12 frees it twice; name it on the line above and move it in"
    for match in re.finditer(r"\bwhile\s*\([^;{}]*?\bco_await\b[^;{}]*?\)\s*[^;{}]", source.code):
        if match.group().index("co_await") < condition_end(match.group()):
            yield source.line(match.start()), "co_await as the condition of a while: GCC 12 was seen to compile it to a trap; await into a local"


def condition_end(text):
    depth = 0
    for at, letter in enumerate(text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == ")" and depth == 0:
            return at
    return len(text)


def bad_temporaries(code, at):
    depth = 0
    while at < len(code):
        char = code[at]
        if depth == 0 and char in ";,?:" and code[at:at + 2] != "::" and code[at - 1:at + 1] != "::":
            return
        if char == "[" and is_lambda(code, at):
            close = code.index("]", at)
            if by_value(code[at + 1:close]):
                yield at, "a lambda that captures by value"
            body = code.find("{", close)
            at = matching_brace(code, body)
            continue
        if char == "{" and depth == 0 and code[:at].rstrip().endswith(")"):
            return
        if char == "{" and not SOUND_BRACES.search(code[:at].rstrip()):
            yield at, "a braced aggregate"
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if depth < 0:
                return
        at += 1


def is_lambda(code, at):
    before = code[:at].rstrip()[-1:]
    return not (before.isalnum() or before in "_)]")


def by_value(captures):
    return any(word and not word.startswith("&") and word not in ("this", "*this") or word == "*this"
               for word in (part.strip() for part in captures.split(",")))


def matching_brace(code, at):
    depth = 0
    while 0 <= at < len(code):
        depth += {"{": 1, "}": -1}.get(code[at], 0)
        at += 1
        if depth == 0:
            return at
    return len(code)


RULES = (check_includes, check_namespace, check_words, check_preprocessor, check_length, check_vendors, check_names,
         check_opening, check_sql, check_co_await)


# --- the walk ------------------------------------------------------------------------------------------------------

def walk(root, folders, endings):
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix in endings and "__pycache__" not in path.parts and "corpus" not in path.parts:
                yield path


def check_tree(root):
    rooms = read_rooms((root / "src/README.md").read_text(encoding="utf-8"))
    found = []
    for path in walk(root, ("src", "tools", "tests"), SOURCES):
        name = path.relative_to(root).as_posix()
        source = read_source(name, path.read_text(encoding="utf-8"))
        found += [(name, line, said) for rule in RULES for line, said in rule(source, rooms)]
    for path in walk(root, ("src", "tools", "tests", "config", "drivers", "systemd"), TEXTS):
        name = path.relative_to(root).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if mark := MARKS.search(line):
                found.append((name, number, f"{mark.group(0)}: do it now, or write down plainly what is not done"))
    if not rooms:
        found.append(("src/README.md", 1, "there is no table of rooms"))
    return sorted(set(found))


def main(arguments):
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent
    found = check_tree(root)
    for name, line, said in found:
        print(f"{name}:{line}: {said}")
    print(f"layers: {len(found)} breaches" if found else "layers: every file keeps the house rules", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
