#!/usr/bin/env python3
"""tools/openapi: what its short forms stand for, and what it refuses."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
API = """
openapi: 3.1.0
x-answers:
  always: {"400": {description: wrong}, "500": {description: broken}}
  body: {"413": {description: large}}
  write: {"507": {description: full}}
components: {schemas: {}}
"""


class Joining(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.write("api", API)

    def write(self, name, text):
        (self.folder / f"{name}.yaml").write_text(text)

    def run_it(self, *more):
        return subprocess.run([sys.executable, ROOT / "tools" / "openapi", *more, self.folder], capture_output=True, text=True)

    def join(self):
        done = self.run_it()
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_each_operation_gets_the_answers_of_its_kind(self):
        self.write("things", 'paths: {/a: {get: {responses: {"200": {}}}, '
                             'put: {requestBody: {}, responses: {"201": {}, "400": {description: own}}}, '
                             'delete: {responses: {"200": {}}}}}')
        document = self.join()
        self.assertNotIn("x-answers", document)
        answers = {method: list(operation["responses"]) for method, operation in document["paths"]["/a"].items()}
        self.assertEqual(answers, {"get": ["200", "400", "500"], "put": ["201", "400", "413", "500", "507"],
                                   "delete": ["200", "400", "500", "507"]})
        self.assertEqual(document["paths"]["/a"]["put"]["responses"]["400"]["description"], "own")

    def test_the_short_forms_of_required_and_the_members_of_another(self):
        self.write("things", "paths: {}\ncomponents: {schemas: {"
                             "Big: {x-with: Small, required: all, properties: {c: {}}}, "
                             "Small: {required: {all-but: [b]}, properties: {a: {}, b: {}}}, "
                             "Given: {required: [x], properties: {x: {}, y: {required: all, properties: {z: {}}}}}}}")
        schemas = self.join()["components"]["schemas"]
        self.assertEqual(schemas["Big"], {"required": ["a", "b", "c"], "properties": {"a": {}, "b": {}, "c": {}}})
        self.assertEqual(schemas["Small"]["required"], ["a"])
        self.assertEqual(schemas["Given"]["required"], ["x"])
        self.assertEqual(schemas["Given"]["properties"]["y"]["required"], ["z"])

    def test_what_two_files_say_is_a_mistake(self):
        self.write("a", "paths: {/a: {get: {summary: one}}}")
        self.write("b", "paths: {/a: {get: {summary: other}}}")
        done = self.run_it()
        self.assertEqual((done.returncode, done.stderr), (1, "tools/openapi: /paths//a/get/summary is said by two files\n"))

    def test_the_source_holds_the_document(self):
        self.write("things", "paths: {}")
        self.assertEqual(self.run_it("--cpp", self.folder / "x.cpp").returncode, 0)
        source = (self.folder / "x.cpp").read_text()
        self.assertEqual(json.loads(source.split('R"openapi(')[1].split(')openapi"')[0]), self.join())


if __name__ == "__main__":
    unittest.main()
