"""Holds every answer that the system tests get to the OpenAPI document: its operation must be there, the status, the
headers and the media type among what is written of it, and the body must have just the members of its schema.

The document is the one that the build joined (BURSTD_OPENAPI). Clients may meet more members than it says; these
tests may not, or the document would fall behind.
"""
import functools
import json
import os
import pathlib
import re
import urllib.parse

import jsonschema

DOCUMENT = os.environ.get("BURSTD_OPENAPI", "build/release/openapi.json")
# Headers of the API. What any HTTP answer has (Content-Type, Date …) is not described one by one.
TOLD = {"location", "retry-after", "idempotent-replayed", "allow", "event-after", "event-epoch", "cache-control"}
MOST_KNOWN = 200_000


class Breach(AssertionError):
    pass


@functools.cache
def contract():
    return Contract(json.loads(pathlib.Path(DOCUMENT).read_text(encoding="utf-8")))


def closed(schema):
    """The schema, by which a member that is not described is a fault."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    whole = {name: closed(value) for name, value in schema.items()}
    if isinstance(whole.get("properties"), dict):
        whole.setdefault("additionalProperties", False)
    return whole


class Body:
    """A schema, ready to be held against. The elements of a page are looked at one by one, each only once."""

    def __init__(self, schema):
        items = schema.get("properties", {}).get("items", {}).get("items")
        self.kinds = None
        self.elements = None
        if items is not None:
            self.elements = {None: self.validator(items)}
            if "discriminator" in items:
                self.kinds = items["discriminator"]["propertyName"]
                self.elements = {each["properties"][self.kinds]["const"]: self.validator(each)
                                 for each in items["oneOf"]}
        self.whole = self.validator(schema)
        self.known = set()

    @staticmethod
    def validator(schema):
        return jsonschema.Draft202012Validator(closed(schema))

    def check(self, value):
        if self.elements is not None and isinstance(value, dict) and isinstance(value.get("items"), list):
            for element in value["items"]:
                self.check_element(element)
            value = {**value, "items": []}
        self.look(self.whole, value)

    def check_element(self, element):
        kind = element.get(self.kinds) if self.kinds else None
        if kind not in self.elements:
            raise Breach(f"the kind {kind!r} is not described")
        self.look(self.elements[kind], element)

    def look(self, validator, value):
        text = (id(validator), json.dumps(value))
        if text in self.known:
            return
        faults = [f"{'/'.join(map(str, fault.absolute_path)) or 'the whole'}: {fault.message[:300]}"
                  for fault in validator.iter_errors(value)]
        if faults:
            raise Breach("; ".join(faults))
        if len(self.known) < MOST_KNOWN:
            self.known.add(text)


class Contract:
    def __init__(self, document):
        self.document = document
        self.paths = [(re.compile("".join("[^/]+" if piece.startswith("{") else re.escape(piece)
                                          for piece in re.split(r"(\{[^}]*\})", path)) + "$"),
                       path, self.whole(methods)) for path, methods in document["paths"].items()]
        self.paths.sort(key=lambda known: known[1].count("{"))  # an exact path goes before a placeholder
        self.other_methods = {"405": self.whole(document["x-other-methods"])}
        self.other_paths = {"404": self.whole(document["x-other-paths"])}
        self.bodies = {}
        self.events = set()  # those that are known to be as described

    def whole(self, node):
        """With what the references of the document stand for."""
        if isinstance(node, list):
            return [self.whole(each) for each in node]
        if not isinstance(node, dict):
            return node
        if "$ref" not in node:
            return {name: self.whole(value) for name, value in node.items()}
        target = self.document
        for name in node["$ref"].removeprefix("#/").split("/"):
            target = target[name]
        return {**self.whole(target), **self.whole({key: value for key, value in node.items() if key != "$ref"})}

    def operation(self, method, target):
        """The name and the description; for what is no operation, which answers it has then."""
        wanted = urllib.parse.urlsplit(target).path
        for pattern, path, methods in self.paths:
            if pattern.match(wanted):
                known = methods.get("get" if method == "HEAD" else method.lower())
                always = methods[next(iter(methods))]["responses"]
                return f"{method} {path}", known or {"responses": {**refusals(always), **self.other_methods}}
        always = next(iter(self.paths[0][2].values()))["responses"]
        return f"{method} {wanted}", {"responses": {**refusals(always), **self.other_paths}}

    def check(self, asked, answer):
        """Of a request method, target and body (or None), of its answer status, headers and octets."""
        method, target, sent = asked
        status, headers, raw = answer
        name, operation = self.operation(method, target)
        try:
            described = operation["responses"].get(str(status))
            if described is None:
                raise Breach("the document does not have this status")
            check_headers(described, headers)
            if method != "HEAD":
                self.check_body((name, status), described, headers, raw)
            if status < 300 and sent:
                self.check_request(name, operation, sent)
        except Breach as breach:
            raise Breach(f"{name} answered {status}, and docs/openapi says otherwise: {breach}") from None

    def check_body(self, key, described, headers, raw):
        kind = media_type(headers)
        if kind not in described["content"]:
            raise Breach(f"the media type {kind!r} is not described")
        if kind == "application/vnd.sqlite3":
            if not raw.startswith(b"SQLite format 3\0"):
                raise Breach("the body is no SQLite file")
            return
        if kind == "text/event-stream":
            for line in raw.decode().splitlines():
                if line.startswith("data: "):
                    self.check_event(line.removeprefix("data: "))
            return
        value = raw.decode() if kind == "text/plain" else json.loads(raw)
        self.body((*key, kind), described["content"][kind]["schema"]).check(value)

    def check_request(self, name, operation, sent):
        if "requestBody" not in operation:
            raise Breach("a body was taken, and none is described")
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        self.body((name, "request"), schema).check(json.loads(sent))

    def check_event(self, text):
        """The data of one server-sent event."""
        if text in self.events:
            return
        stream = self.operation("GET", "/v1/events")[1]["responses"]["200"]["content"]["application/json"]["schema"]
        try:
            self.body("event", stream).check_element(json.loads(text))
        except Breach as breach:
            raise Breach(f"an event is not as docs/openapi says: {breach}: {text}") from None
        self.events.add(text)

    def body(self, key, schema):
        if key not in self.bodies:
            self.bodies[key] = Body(schema)
        return self.bodies[key]


def refusals(responses):
    return {status: answer for status, answer in responses.items() if status in ("400", "403", "408", "411", "413", "417",
                                                                                  "429", "431", "500", "501", "503", "505")}


def media_type(headers):
    found = [value for name, value in headers if name.lower() == "content-type"]
    return found[0].split(";")[0].strip() if found else None


def check_headers(described, headers):
    known = {name.lower(): told for name, told in described.get("headers", {}).items()}
    given = {name.lower(): value for name, value in headers}
    for name in TOLD & given.keys():
        if name not in known:
            raise Breach(f"the header {name} is not described")
        faults = list(jsonschema.Draft202012Validator(known[name]["schema"]).iter_errors(given[name]))
        if faults:
            raise Breach(f"the header {name}: {faults[0].message}")
    for name, told in known.items():
        if told.get("required") and name not in given:
            raise Breach(f"the header {name} is missing")
