"""Tests of blockwise.py: ``python3 -m unittest`` in this folder.

Most talk to a server that is made up here. Those of :class:`LiveServer` talk to a real one, where
``BLOCKWISE_URL`` names it and ``BLOCKWISE_TEST_SEARCH`` a complete search of it.
"""

from __future__ import annotations

import array
import base64
import contextlib
import hashlib
import http.server
import io
import json
import os
import struct
import tempfile
import threading
import unittest
import zipfile
from pathlib import Path
from typing import Any, Callable
from unittest import mock

import blockwise as module
from blockwise import BlockwiseError, Client, Event

try:
    import pandas
except ImportError:
    pandas = None  # type: ignore[assignment]

#: Answers a request: a body for status 200, a pair of status and body, or None to drop the connection.
Answer = Callable[[dict[str, Any]], Any]


#: An answer that breaks off.
HALF = object()


class FakeServer:
    """A server on a free port; keeps what was asked."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[dict[str, Any]] = []
        self.authorization: list[str | None] = []
        asked, authorization = self.asked, self.authorization

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self.reply(body)

            def do_GET(self) -> None:
                self.reply({"path": self.path})

            def reply(self, body: dict[str, Any]) -> None:
                asked.append(body)
                authorization.append(self.headers["Authorization"])
                told = answer(body)
                if told is HALF:
                    self.send_response(200)
                    self.send_header("Content-Length", "1000")
                    self.end_headers()
                    self.wfile.write(b"step,value")
                    told = None
                if told is None:
                    self.connection.close()
                    return
                status, content = told if isinstance(told, tuple) else (200, told)
                headers = {}
                if status == 302:
                    headers, content = {"Location": content}, b""
                if not isinstance(content, bytes):
                    content = json.dumps(content).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # type: ignore[assignment]
        self.url = f"http://127.0.0.1:{self.server.server_port}/graphql"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def refusal(code: str, **more: Any) -> dict[str, Any]:
    extensions = {"code": code, "requestId": "request 7", **more}
    return {"data": None, "errors": [{"message": "No.", "extensions": extensions}]}


def search(state: str, **more: Any) -> dict[str, Any]:
    return {"id": "search", "name": "n", "state": state, "spaceSize": "16", "failure": None, **more}


class WithServer(unittest.TestCase):
    def serve(self, answer: Answer) -> FakeServer:
        server = FakeServer(answer)
        self.addCleanup(server.close)
        return server

    def client(self, answer: Answer, **options: Any) -> tuple[Client, FakeServer]:
        server = self.serve(answer)
        return Client(server.url, "secret", **options), server

    def setUp(self) -> None:
        self.slept: list[float] = []
        patch = mock.patch.object(module.time, "sleep", self.slept.append)
        patch.start()
        self.addCleanup(patch.stop)


class Requests(WithServer):
    def test_an_error_has_its_code_place_and_request_id(self) -> None:
        client, _ = self.client(lambda _: refusal("BAD_INPUT", path=["spec", "retrain", 0]))
        with self.assertRaises(BlockwiseError) as caught:
            client.query("{ serverInfo { name } }")
        error = caught.exception
        self.assertEqual(str(error), "BAD_INPUT at spec.retrain.0: No.")
        self.assertEqual((error.code, error.path), ("BAD_INPUT", ("spec", "retrain", 0)))
        self.assertEqual((error.message, error.request_id), ("No.", "request 7"))

    def test_an_error_that_comes_with_a_status_is_the_same(self) -> None:
        client, _ = self.client(lambda _: (401, refusal("UNAUTHENTICATED")))
        with self.assertRaises(BlockwiseError) as caught:
            client.query("{ serverInfo { name } }")
        self.assertEqual(caught.exception.code, "UNAUTHENTICATED")

    def test_a_query_is_sent_again_when_the_connection_is_lost(self) -> None:
        answers = iter([None, (502, b"bad gateway"), {"data": {"ok": True}}])
        client, server = self.client(lambda _: next(answers))
        self.assertEqual(client.query("# mutation\n{ ok }"), {"ok": True})
        self.assertEqual(len(server.asked), 3)
        self.assertEqual(self.slept, [0.25, 0.5])

    def test_a_mutation_is_not_unless_it_cannot_do_anything_twice(self) -> None:
        client, server = self.client(lambda _: None)
        with self.assertRaises(BlockwiseError) as caught:
            client.query("mutation { cancel }")
        self.assertEqual((caught.exception.code, len(server.asked)), ("UNREACHABLE", 1))
        answers = iter([None, {"data": {"cancel": True}}])
        client, server = self.client(lambda _: next(answers))
        self.assertEqual(client.query("mutation { cancel }", idempotent=True), {"cancel": True})

    def test_a_busy_server_is_waited_for_as_long_as_it_says_mutations_included(self) -> None:
        answers = iter(
            [(429, refusal("RATE_LIMITED", retryAfterSeconds=7)), {"data": {"ok": True}}]
        )
        client, _ = self.client(lambda _: next(answers))
        self.assertEqual(client.query("mutation { ok }"), {"ok": True})
        self.assertEqual(self.slept, [7])

    def test_no_longer_than_it_was_told_to(self) -> None:
        client, server = self.client(
            lambda _: refusal("RATE_LIMITED", retryAfterSeconds=3600), give_up_after=10
        )
        with self.assertRaises(BlockwiseError) as caught:
            client.query("{ ok }")
        self.assertEqual((caught.exception.retry_after, len(server.asked)), (3600, 1))

    def test_the_token_goes_to_its_own_server_and_no_other(self) -> None:
        other = self.serve(lambda _: b"file")
        elsewhere = other.url.replace("graphql", "file")
        client, server = self.client(
            lambda body: (302, elsewhere) if body.get("path") == "/moved" else b"here"
        )
        self.assertEqual(client.fetch("/artifacts/1"), b"here")
        self.assertEqual(client.fetch("/moved"), b"file")
        self.assertEqual(client.fetch(elsewhere), b"file")
        self.assertEqual(server.authorization, ["Bearer secret", "Bearer secret"])
        self.assertEqual(other.authorization, [None, None])

    def test_the_local_token_is_for_the_local_server(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "token").write_text("local\n")
            given = {"BLOCKWISE_STATE": folder, "BLOCKWISE_URL": "", "BLOCKWISE_TOKEN": ""}
            with mock.patch.dict(os.environ, given):
                self.assertEqual(Client().token, "local")
                self.assertEqual(Client(token="mine").token, "mine")
                self.assertIsNone(Client("https://example.org/graphql").token)


class Starts(WithServer):
    def test_the_same_specification_has_the_same_key_and_another_another(self) -> None:
        client, server = self.client(lambda _: {"data": {"startSearch": search("QUEUED")}})
        for spec in ({"name": "a", "seed": 1}, {"seed": 1, "name": "a"}, {"name": "b", "seed": 1}):
            self.assertEqual(client.start_search(spec)["spaceSize"], 16)
        client.start_search({"name": "a"}, key="mine")
        keys = [body["variables"]["input"]["idempotencyKey"] for body in server.asked]
        self.assertEqual(keys[0], keys[1])
        self.assertEqual(len(set(keys)), 3)
        self.assertEqual(keys[3], "mine")
        self.assertTrue(all(0 < len(key) <= 200 for key in keys))

    def test_a_start_that_was_lost_is_sent_again_with_its_key(self) -> None:
        answers = iter([None, {"data": {"startSearch": search("QUEUED")}}])
        client, server = self.client(lambda _: next(answers))
        client.start_search({"name": "a"})
        self.assertEqual(server.asked[0], server.asked[1])

    def test_retrain_takes_one_choice(self) -> None:
        client, server = self.client(lambda _: {"data": {"retrainNetworks": []}})
        with self.assertRaises(TypeError):
            client.retrain("search", encodings=["1:0"], best={"networks": 1})
        client.retrain("search", encodings=["1:0"], training={"epochs": 2})
        given = server.asked[0]["variables"]["input"]
        self.assertEqual(given["networks"], {"encodings": ["1:0"]})


class Waiting(WithServer):
    def page(self, state: str, cursor: str, *events: dict[str, Any], **more: Any) -> dict[str, Any]:
        row = {"audits": {"totalCount": 0}, "jobs": {"totalCount": 0}, **more}
        at = "2026-01-31T12:00:00.000Z"
        told = [{"at": at, "cursor": cursor, **event} for event in events]
        page = {"cursor": cursor, "events": told}
        return {"data": {"search": search(state, **row), "searchEvents": page}}

    def test_events_come_once_across_a_lost_connection_until_all_has_ended(self) -> None:
        running = {"kind": "SEARCH_CHANGED", "state": "RUNNING", "phase": "TEACHER"}
        bar = {"kind": "JOB_PROGRESS", "progress": {"done": 1, "total": 2, "unit": "steps"}}
        solved = {"kind": "SEARCH_SOLVED", "networks": 2}
        answers = iter(
            [
                self.page("RUNNING", "1", running, bar),
                None,
                self.page("COMPLETE", "2", solved),
                self.page("COMPLETE", "2", jobs={"totalCount": 1}),
                self.page("COMPLETE", "2", jobs={"totalCount": 0}),
            ]
        )
        client, server = self.client(lambda _: next(answers))
        lines: list[str] = []
        found = client.wait("search", on_event=lambda event: lines.append(str(event)))
        self.assertEqual(lines, ["12:00:00  search running teacher", "12:00:00  2 networks found"])
        self.assertEqual(found["state"], "COMPLETE")
        self.assertNotIn("jobs", found)
        cursors = [body["variables"]["after"] for body in server.asked]
        self.assertEqual(cursors, [None, "1", "1", "2", "2"])

    def test_progress_is_told_where_it_is_wanted(self) -> None:
        bar = {"kind": "JOB_PROGRESS", "progress": {"done": 1, "total": 2, "unit": "steps"}}
        answers = iter([self.page("RUNNING", "1", bar), self.page("COMPLETE", "1")])
        client, _ = self.client(lambda _: next(answers))
        events: list[Event] = []
        client.wait("search", on_event=events.append, progress=True)
        self.assertEqual([str(event) for event in events], ["12:00:00  1/2 steps"])

    def test_a_failed_search_is_an_error_with_its_code(self) -> None:
        failure = {"code": "DIVERGED", "message": "Not finite."}
        client, _ = self.client(lambda _: self.page("FAILED", "1", failure=failure))
        with self.assertRaises(BlockwiseError) as caught:
            client.wait("search", on_event=None)
        self.assertEqual(str(caught.exception), "DIVERGED: Not finite.")

    def test_it_ends_at_its_timeout(self) -> None:
        client, _ = self.client(lambda _: self.page("RUNNING", "1"))
        with self.assertRaises(BlockwiseError) as caught:
            client.wait("search", on_event=None, timeout=0)
        self.assertEqual(caught.exception.code, "TIMEOUT")


class Verifying(WithServer):
    def entry(self, state: str, failure: Any = None) -> dict[str, Any]:
        return {"id": "entry", "state": state, "macs": "7", "verification": {"failure": failure}}

    def test_an_entry_is_verified_once_and_waited_for(self) -> None:
        answers = iter(["UNVERIFIED", "VERIFYING", "VERIFYING", "VERIFIED"])

        def answer(body: dict[str, Any]) -> Any:
            name = "verifyEntry" if "mutation" in body["query"] else "node"
            return {"data": {name: self.entry(next(answers))}}

        client, server = self.client(answer)
        self.assertEqual(client.verify("entry"), {"id": "entry", "state": "VERIFIED", "macs": 7})
        asked = ["mutation" in body["query"] for body in server.asked]
        self.assertEqual(asked, [False, True, False, False])

    def test_what_could_not_be_evaluated_is_an_error(self) -> None:
        failure = {"code": "ARTIFACT_MISSING", "message": "Gone."}
        answers = iter([self.entry("VERIFYING"), self.entry("UNVERIFIED", failure)])
        client, _ = self.client(lambda _: {"data": {"node": next(answers)}})
        with self.assertRaises(BlockwiseError) as caught:
            client.verify("entry")
        self.assertEqual(caught.exception.code, "ARTIFACT_MISSING")


class Reading(WithServer):
    def test_pages_are_read_to_the_end_or_the_limit(self) -> None:
        def answer(body: dict[str, Any]) -> Any:
            given = body["variables"]
            at = int(given["after"] or 0)
            to = min(250, at + given["first"])
            nodes = [{"rank": rank + 1, "macs": "12"} for rank in range(at, to)]
            info = {"hasNextPage": to < 250, "endCursor": str(to)}
            return {"data": {"candidates": {"nodes": nodes, "pageInfo": info}}}

        client, server = self.client(answer)
        rows = client.candidates("cell")
        self.assertEqual([row["rank"] for row in rows], list(range(1, 251)))
        self.assertEqual((rows[0]["macs"], len(server.asked)), (12, 3))
        self.assertEqual(len(client.candidates("cell", limit=130)), 130)
        self.assertEqual([body["variables"]["first"] for body in server.asked[3:]], [100, 30])

    def test_packed_columns_are_numbers(self) -> None:
        columns = {
            "steps": base64.b64encode(b"\x01\0\0\0\x02\0\0\0").decode(),
            "wallTimes": base64.b64encode(struct.pack("<2d", 10.5, 11.5)).decode(),
            "values": base64.b64encode(struct.pack("<2d", 0.1, 1e300)).decode(),
        }
        curve = {"job": "a", "key": "loss", "packed": columns}
        client, server = self.client(lambda _: {"data": {"curves": [curve]}})
        [found] = client.curves([{"id": "a"}], keys=["loss"])
        self.assertEqual(list(found.steps), [1, 2])
        self.assertEqual(list(found.wall_times), [10.5, 11.5])
        self.assertEqual(list(found.values), [0.1, 1e300])
        self.assertEqual(server.asked[0]["variables"]["jobs"], ["a"])

    def test_what_is_not_there_is_an_error(self) -> None:
        client, _ = self.client(lambda _: {"data": {"search": None}})
        with self.assertRaises(BlockwiseError) as caught:
            client.search("nothing")
        self.assertEqual(caught.exception.code, "NOT_FOUND")

    @unittest.skipIf(pandas is None, "pandas is not installed")
    def test_columns_and_rows_become_data_frames(self) -> None:
        curves = module.Curves(
            [
                module.Curve("a", "loss", [1, 2], [5.0, 6.0], [0.5, 0.25]),
                module.Curve("a", "top1", [], [], []),
                module.Curve("b", "loss", array.array("i", [7]), array.array("d", [8]), [9.0]),
            ]
        )
        frame = curves.to_dataframe()
        self.assertEqual(list(frame.columns), ["job", "key", "step", "wall_time", "value"])
        self.assertEqual(list(frame["job"]), ["a", "a", "b"])
        self.assertEqual(list(frame["value"]), [0.5, 0.25, 9.0])
        self.assertEqual(list(frame["key"].cat.categories), ["loss", "top1"])
        self.assertEqual(len(module.Curves().to_dataframe()), 0)
        self.assertEqual(list(module.Columns(macs=[1, 2]).to_dataframe()["macs"]), [1, 2])
        self.assertEqual(list(module.Rows([{"loss": 1.5}]).to_dataframe()["loss"]), [1.5])

    @unittest.skipIf(pandas is None, "pandas is not installed")
    def test_numbers_of_a_data_frame_are_sent(self) -> None:
        client, server = self.client(lambda _: {"data": {"solve": []}})
        client.solve("search", macs={"max": pandas.Series([7, 9]).max()})
        self.assertEqual(server.asked[0]["variables"]["constraints"], {"macs": {"max": 9}})


class Files(WithServer):
    def archive(self, *names: str) -> bytes:
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as archive:
            for name in names:
                archive.writestr(name, "text")
        return written.getvalue()

    def download(self, content: bytes, announced: bytes, folder: str) -> list[Path]:
        sha256 = hashlib.sha256(announced).hexdigest()
        file = {"format": "PYTORCH", "sha256": sha256, "url": "/artifacts/1"}
        asked = {"id": "export", "job": {"state": "RUNNING", "failure": None}}

        def answer(body: dict[str, Any]) -> Any:
            if "path" in body:
                return content
            if "mutation" in body["query"]:
                return {"data": {"exportNetwork": {**asked, "files": []}}}
            return {"data": {"node": {**asked, "files": [file]}}}

        client, _ = self.client(answer)
        return client.download({"id": "network"}, folder)

    def test_files_are_made_checked_and_written(self) -> None:
        archive = self.archive("network.py", "network.json")
        with tempfile.TemporaryDirectory() as folder:
            files = self.download(archive, archive, os.path.join(folder, "new"))
            self.assertEqual([file.name for file in files], ["network.py", "network.json"])
            self.assertEqual(files[0].read_text(), "text")

    def test_half_a_table_is_no_file(self) -> None:
        def answer(body: dict[str, Any]) -> Any:
            return HALF if "path" in body else {"data": {"exportCurves": {"url": "/table"}}}

        client, _ = self.client(answer)
        with tempfile.TemporaryDirectory() as folder:
            with self.assertRaises(BlockwiseError):
                client.export_curves(os.path.join(folder, "curves.csv"), search="search")
            self.assertEqual(os.listdir(folder), [])

    def test_other_bytes_than_announced_and_names_outside_are_refused(self) -> None:
        bad = self.archive("../up.py")
        for content, announced in ((b"other", b"announced"), (bad, bad)):
            with tempfile.TemporaryDirectory() as folder:
                with self.assertRaises(BlockwiseError):
                    self.download(content, announced, os.path.join(folder, "in"))
                self.assertFalse(os.path.exists(os.path.join(folder, "up.py")))


@unittest.skipUnless(os.environ.get("BLOCKWISE_TEST_SEARCH"), "no live server is named")
class LiveServer(unittest.TestCase):
    def setUp(self) -> None:
        self.client = Client()
        self.search = os.environ["BLOCKWISE_TEST_SEARCH"]

    def test_a_complete_search_is_read_in_every_way(self) -> None:
        client, search = self.client, self.search
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            self.assertEqual(client.wait(search, timeout=60)["state"], "COMPLETE")
        self.assertIn("networks found", printed.getvalue())
        self.assertIn(search, [row["id"] for row in client.searches()])
        best = client.solve(search, networks=3)
        self.assertEqual(best, sorted(best, key=lambda row: row["loss"]))
        self.assertIsInstance(best[0]["macs"], int)
        front = client.pareto_front(search)
        self.assertEqual(front["macs"], sorted(front["macs"]))
        self.assertEqual(len(front["loss"]), len(front["encoding"]))
        runs = client.runs(search)
        curves = client.curves(runs)
        points = sum(len(curve.steps) for curve in curves)
        self.assertGreater(points, 0)
        if pandas is not None:
            self.assertEqual(len(curves.to_dataframe()), points)
            self.assertEqual(len(front.to_dataframe()), len(front["macs"]))
        found = client.query(
            "query ($id: ID!) { search(id: $id) { blocks { cells { id candidateCount } } } }",
            {"id": search},
        )
        cell = found["search"]["blocks"][0]["cells"][0]
        candidates = client.candidates(cell)
        self.assertEqual(len(candidates), int(cell["candidateCount"]))
        least = candidates[0]["loss"]
        self.assertEqual(client.candidates(cell, filter={"loss": {"max": least}}), candidates[:1])

    def test_whole_tables_are_files(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            curves = self.client.export_curves(
                os.path.join(folder, "curves.csv"), search=self.search, format="CSV"
            )
            head, *rows = curves.read_text().splitlines()
            self.assertIn("step", head.split(","))
            self.assertGreater(len(rows), 0)
            paths = self.client.export_candidates(
                os.path.join(folder, "paths.parquet"), search=self.search
            )
            self.assertEqual(paths.read_bytes()[:4], b"PAR1")
            self.assertEqual(len(os.listdir(folder)), 2)

    def test_its_refusals_are_errors_with_their_codes(self) -> None:
        for code, ask in (
            ("INFEASIBLE", lambda: self.client.solve(self.search, params={"max": 1})),
            ("BAD_INPUT", lambda: self.client.wait("nothing", on_event=None)),
            ("BAD_INPUT", lambda: self.client.start_search({"name": "no more"})),
        ):
            with self.subTest(code), self.assertRaises(BlockwiseError) as caught:
                ask()
            self.assertEqual(caught.exception.code, code)

    def test_the_same_start_starts_nothing_twice(self) -> None:
        encoding = self.client.solve(self.search, networks=1)[0]["encoding"]
        training = {"epochs": 1}
        first, second = (
            self.client.retrain(self.search, encodings=[encoding], training=training)
            for _ in range(2)
        )
        self.assertEqual([row["id"] for row in first], [row["id"] for row in second])


if __name__ == "__main__":
    unittest.main()
