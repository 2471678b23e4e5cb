"""Blockwise from Python: one file, nothing but the standard library, Python 3.9 or later.

Put this file beside your notebook, or on the path, and ask::

    from blockwise import Client

    blockwise = Client()                        # BLOCKWISE_URL and BLOCKWISE_TOKEN, or a local `npm start`
    search = blockwise.start_search(spec)       # run the cell again: it starts nothing twice
    blockwise.wait(search)                      # prints what happens until the search has ended
    blockwise.solve(search, macs={"max": 3e8})  # the best networks under any budget
    blockwise.curves(run_ids, keys=["loss"]).to_dataframe()

Everything is synchronous. What the server refuses is a :class:`BlockwiseError` with its code. Lost
connections are tried again where that cannot do anything twice, and a server that asks to wait is
waited for. Only ``to_dataframe()`` needs pandas.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import http.client
import io
import json
import os
import shutil
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
import zipfile
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
    Generic,
    TypedDict,
    TypeVar,
    Union,
)

if TYPE_CHECKING:
    import pandas

__all__ = [
    "BlockwiseError",
    "Client",
    "Columns",
    "Curve",
    "Curves",
    "Event",
    "Rows",
]

Json = dict[str, Any]
Row = TypeVar("Row")

#: Where a local `npm start` answers.
LOCAL_URL = "http://127.0.0.1:4000/graphql"

#: Whole numbers that the API writes as texts, because they may exceed 2^53.
WHOLE_NUMBERS = frozenset(
    [
        "params",
        "macs",
        "flopsTool",
        "activationBytes",
        "spaceSize",
        "size",
        "candidateCount",
        "bytes",
    ]
)

FINAL_STATES = ("COMPLETE", "FAILED", "CANCELLED")


class BlockwiseError(Exception):
    """What the server refused, or why it could not be asked.

    ``code`` is one of the server's closed list, or ``UNREACHABLE`` when no answer came, or
    ``TIMEOUT`` when :meth:`Client.wait` was told to wait no longer.
    """

    def __init__(
        self,
        code: str,
        message: str,
        path: Sequence[str | int] = (),
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        place = " at " + ".".join(str(part) for part in path) if path else ""
        super().__init__(f"{code}{place}: {message}")
        self.code = code
        self.message = message
        #: Place in the input, outermost key first; empty when it is about the whole.
        self.path = tuple(path)
        #: Finds the failure in the server's log.
        self.request_id = request_id
        #: Seconds after which the server would listen again; None unless it said so.
        self.retry_after = retry_after


class Failure(TypedDict):
    """Why a search or a job failed."""

    code: str
    message: str


class Search(TypedDict):
    """A search, as :meth:`Client.search` answers it."""

    id: str
    name: str
    state: str
    phase: str | None
    spaceSize: int
    createdAt: str
    startedAt: str | None
    finishedAt: str | None
    failure: Failure | None


class Retraining(TypedDict):
    """A training of a network with one seed."""

    id: str
    seed: int
    state: str
    top1: float | None


class Network(TypedDict):
    """A network that a search found, or that was asked for."""

    id: str
    origin: str
    predictedRank: int | None
    encoding: str
    architecture: str
    loss: float
    params: int
    macs: int
    state: str
    top1: float | None
    top1Deviation: float | None
    retrainings: list[Retraining]


class Solution(TypedDict):
    """A network chosen exactly from stored ratings."""

    loss: float
    params: int
    macs: int
    flopsTool: int
    activationBytes: int
    latencyMs: float | None
    encoding: str
    architecture: str


class Candidate(TypedDict):
    """A rated path of a cell."""

    rank: int
    path: str
    layers: list[str]
    loss: float
    error: float | None
    kl: float | None
    top1: float | None
    params: int
    macs: int
    flopsTool: int
    activationBytes: int | None


class Bound(TypedDict, total=False):
    """Least and greatest value of a cost."""

    min: float
    max: float


class Leaderboard(TypedDict):
    """Networks that may be compared: of one data set, within one budget, by one metric."""

    id: str
    name: str
    entryCount: int
    visibility: str
    tolerance: float
    dataset: Json
    budget: Json | None


class Entry(TypedDict):
    """A network on a leaderboard."""

    id: str
    rank: int | None
    state: str
    top1: float
    top1Deviation: float | None
    verifiedTop1: float | None
    params: int
    macs: int
    architecture: str
    gpuHours: float
    cpuHours: float
    enteredAt: str


#: An object of the API, or its id.
Reference = Union[str, Mapping[str, Any]]


class Rows(list[Row], Generic[Row]):
    """A list of rows that knows how to become a data frame."""

    def to_dataframe(self) -> pandas.DataFrame:
        """One line for each row, one column for each field. Needs pandas."""
        return _pandas().DataFrame.from_records(list(self))


class Columns(dict[str, list[Any]]):
    """Columns of equal length by name."""

    def to_dataframe(self) -> pandas.DataFrame:
        """The same as a data frame. Needs pandas."""
        return _pandas().DataFrame(dict(self))


@dataclass(frozen=True)
class Curve:
    """What one job measured under one key."""

    job: str
    key: str
    #: Training steps, ascending.
    steps: Sequence[int]
    #: When each was measured, seconds since 1970-01-01 UTC.
    wall_times: Sequence[float]
    values: Sequence[float]


class Curves(list[Curve]):
    """Curves of many jobs, by job in the order asked for, then by key."""

    def to_dataframe(self) -> pandas.DataFrame:
        """One line for each point: job, key, step, wall_time, value. Needs pandas.

        Jobs and keys are categories, so that ten million points fit into memory. A job that has no
        point under a key keeps its category.
        """
        pandas = _pandas()
        import numpy

        lengths = [len(curve.steps) for curve in self]

        def category(names: list[str]) -> Any:
            known = list(dict.fromkeys(names))
            place = {name: at for at, name in enumerate(known)}
            codes = numpy.repeat([place[name] for name in names], lengths)
            return pandas.Categorical.from_codes(codes.astype("int32"), categories=known)

        def joined(columns: Iterable[Sequence[Any]], dtype: str) -> Any:
            parts = [numpy.asarray(column, dtype=dtype) for column in columns]
            return numpy.concatenate(parts) if parts else numpy.empty(0, dtype=dtype)

        return pandas.DataFrame(
            {
                "job": category([curve.job for curve in self]),
                "key": category([curve.key for curve in self]),
                "step": joined((curve.steps for curve in self), "int64"),
                "wall_time": joined((curve.wall_times for curve in self), "float64"),
                "value": joined((curve.values for curve in self), "float64"),
            }
        )


@dataclass(frozen=True)
class Event:
    """Something that happened in a search; ``str(event)`` is one line for people."""

    kind: str
    at: str
    #: Position in the search: :meth:`Client.wait` goes on behind it.
    cursor: str
    #: The fields of the API's ``SearchEvent`` that this kind has.
    fields: Mapping[str, Any] = field(repr=False)

    def __str__(self) -> str:
        told = self.fields.get
        words: dict[str, Callable[[], str]] = {
            "SEARCH_CHANGED": lambda: f"search {_word(told('state'))} {_word(told('phase'))}",
            "JOB_CHANGED": lambda: f"{_word(told('jobKind'))} {_word(told('jobState'))}",
            "JOB_PROGRESS": lambda: "{done:g}/{total:g} {unit}".format(**(told("progress") or {})),
            "CELL_RATED": lambda: (
                f"cell rated: best {told('bestPath')}, loss {told('bestLoss'):.4g}"
            ),
            "SEARCH_SOLVED": lambda: f"{told('networks')} networks found",
            "NETWORK_TESTED": lambda: f"network tested: top-1 {told('top1'):.1%}",
            "LATENCY_MEASURED": lambda: f"latency measured: {told('engine')} on {told('device')}",
            "AUDIT_CHANGED": lambda: f"audit {_word(told('auditState'))}",
            "MESSAGE": lambda: told("message") or "",
        }
        text = words.get(self.kind, lambda: _word(self.kind))().strip()
        failure = told("failure")
        more = f"  {failure['code']}: {failure['message']}" if failure else ""
        return f"{self.at[11:19]}  {text}{more}"


class Client:
    """A connection to the GraphQL API of a Blockwise server.

    :param url: address of the GraphQL endpoint; ``BLOCKWISE_URL``, else that of a local `npm start`
    :param token: made on the server for this purpose; ``BLOCKWISE_TOKEN``, else for a server on this
        machine the one that `npm start` keeps in its state folder (``BLOCKWISE_STATE``, by default
        ``.blockwise`` of the repository that this file lies in)
    :param timeout: seconds until a request without an answer counts as lost
    :param give_up_after: seconds for which a lost connection or a busy server is tried again
    """

    def __init__(
        self,
        url: str | None = None,
        token: str | None = None,
        *,
        timeout: float = 120,
        give_up_after: float = 60,
    ) -> None:
        self.url = url or os.environ.get("BLOCKWISE_URL") or LOCAL_URL
        is_local = urllib.parse.urlsplit(self.url).hostname in ("127.0.0.1", "localhost", "::1")
        # The local token is for the local server alone, whatever address was given.
        self.token = (
            token or os.environ.get("BLOCKWISE_TOKEN") or (is_local and _local_token()) or None
        )
        self.timeout = timeout
        self.give_up_after = give_up_after
        # A proxy of the environment cannot reach this machine by the name "localhost".
        proxies = [urllib.request.ProxyHandler({})] if is_local else []
        self._opener = urllib.request.build_opener(*proxies)

    def __repr__(self) -> str:
        return f"Client({self.url!r})"

    def query(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        *,
        idempotent: bool | None = None,
    ) -> Json:
        """Sends a query or mutation and answers its ``data``.

        :param idempotent: whether it may be sent again when it is not known whether it arrived; by
            default queries may, mutations may not
        :raises BlockwiseError: the first error of the answer
        """
        again = _is_query(document) if idempotent is None else idempotent
        body = json.dumps({"query": document, "variables": dict(variables or {})}, default=_plain)
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        answer = json.loads(self._send(self.url, body.encode(), headers, again))
        data: Json = answer["data"]
        return data

    # Searches

    def start_search(self, spec: Mapping[str, Any], key: str | None = None) -> Search:
        """Starts a search, or answers the one that the same call started before.

        :param spec: as the API's ``SearchSpecInput``
        :param key: idempotency key; by default it follows from the specification, so that a cell
            that is run again starts nothing twice. Name another one to search the same again.
        """
        answer = self._start(
            f"mutation ($input: StartSearchInput!) {{ startSearch(input: $input) {{ {_SEARCH} }} }}",
            {"spec": dict(spec)},
            key,
        )
        return _search(answer["startSearch"])

    def searches(self, state: str | None = None, limit: int | None = None) -> Rows[Search]:
        """Searches that may be seen, the newest first; ``limit`` of them, or all."""
        document = (
            "query ($filter: SearchFilter, $first: Int, $after: String) { searches(filter: $filter, first: "
            f"$first, after: $after) {{ nodes {{ {_SEARCH} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        )
        return Rows(self._pages(document, {"filter": {} if state is None else {"states": [state]}}, ["searches"], limit))

    def search(self, search: Reference) -> Search:
        """A search as it is now.

        :raises BlockwiseError: NOT_FOUND when there is none, or none that may be seen
        """
        document = f"query ($id: ID!) {{ search(id: $id) {{ {_SEARCH} }} }}"
        return _search(self.query(document, {"id": _id(search)})["search"], f"search {_id(search)}")

    def cancel(self, search: Reference) -> Search:
        """Cancels a search; what is finished stays."""
        document = (
            f"mutation ($id: ID!) {{ cancelSearch(input: {{ search: $id }}) {{ {_SEARCH} }} }}"
        )
        return _search(self.query(document, {"id": _id(search)}, idempotent=True)["cancelSearch"])

    def wait(
        self,
        search: Reference,
        on_event: Callable[[Event], object] | None = print,
        timeout: float | None = None,
        *,
        progress: bool = False,
    ) -> Search:
        """Waits until a search has ended and nothing is under way for it (trainings and audits that
        were asked for later). A lost connection is taken up again behind the last event.

        :param on_event: gets every event once, in order; None for silence
        :param timeout: seconds; without one, as long as it takes
        :param progress: whether events that only move a bar are told too
        :raises BlockwiseError: the failure's code when the search failed; CANCELLED; TIMEOUT
        """
        document = (
            "query ($id: ID!, $after: String) { search(id: $id) "
            f"{{ {_SEARCH} jobs(filter: {{ states: [QUEUED, RUNNING] }}) {{ totalCount }} "
            "audits(filter: { states: [QUEUED, RUNNING] }) { totalCount } } "
            f"searchEvents(search: $id, after: $after, first: 500) {{ cursor events {{ {_EVENT} }} }} }}"
        )
        end = None if timeout is None else time.monotonic() + timeout
        after: str | None = None
        pause = 0.25
        while True:
            answer = self.query(document, {"id": _id(search), "after": after})
            found: Json = _found(answer["search"], f"search {_id(search)}")
            page = answer["searchEvents"]
            after = page["cursor"]
            for event in map(_event, page["events"]):
                if (
                    on_event
                    and (progress or event.kind != "JOB_PROGRESS")
                    and event.kind != "CURVE_POINTS"
                ):
                    on_event(event)
            if end is not None and time.monotonic() > end:
                raise BlockwiseError(
                    "TIMEOUT", f"The search is {_word(found['state'])} after {timeout} s."
                )
            if page["events"]:
                pause = 0.25
                continue
            under_way = [found.pop(name)["totalCount"] for name in ("jobs", "audits")]
            if found["state"] in FINAL_STATES and not any(under_way):
                return _ended_well(_search(found))
            time.sleep(pause)
            pause = min(2.0, pause * 1.5)

    def networks(self, search: Reference, origin: str = "SOLVED") -> Rows[Network]:
        """Networks of a search: SOLVED (found), REQUESTED (by :meth:`retrain`) or AUDITED."""
        document = (
            "query ($id: ID!, $origin: NetworkOrigin!, $first: Int, $after: String) { "
            "search(id: $id) { networks(origin: $origin, first: $first, after: $after) { "
            f"nodes {{ {_NETWORK} }} pageInfo {{ hasNextPage endCursor }} }} }} }}"
        )
        variables = {"id": _id(search), "origin": origin}
        return Rows(self._pages(document, variables, ["search", "networks"], None))

    def runs(self, search: Reference) -> Rows[Json]:
        """Jobs of a search, with the keys of the curves that each has: what :meth:`curves` takes."""
        document = (
            "query ($id: ID!, $first: Int, $after: String) { search(id: $id) { "
            "jobs(first: $first, after: $after) { nodes { id kind state curveKeys "
            "cell { block index } network { encoding } retraining { seed } } "
            "pageInfo { hasNextPage endCursor } } } }"
        )
        return Rows(self._pages(document, {"id": _id(search)}, ["search", "jobs"], None))

    # From stored ratings

    def candidates(
        self,
        cell: Reference,
        order_by: str = "LOSS",
        descending: bool = False,
        limit: int | None = None,
        filter: Mapping[str, Any] | None = None,
    ) -> Rows[Candidate]:
        """Rated paths of a cell, page by page to the end (or ``limit``).

        :param filter: as the API's ``CandidateFilter``: ``{"loss": {"max": 0.1}}``
        """
        document = (
            "query ($cell: ID!, $order: CandidateOrder!, $filter: CandidateFilter, $first: Int, "
            "$after: String) { candidates("
            "cell: $cell, orderBy: $order, filter: $filter, first: $first, after: $after) { nodes { "
            "rank path layers loss error kl top1 params macs flopsTool activationBytes "
            "} pageInfo { hasNextPage endCursor } } }"
        )
        order = {"field": order_by, "direction": "DESC" if descending else "ASC"}
        variables = {"cell": _id(cell), "order": order, "filter": filter and dict(filter)}
        return Rows(self._pages(document, variables, ["candidates"], limit))

    def solve(
        self,
        search: Reference,
        *,
        networks: int = 5,
        params: Bound | None = None,
        macs: Bound | None = None,
        flops_tool: Bound | None = None,
        activation_bytes: Bound | None = None,
        latency_ms: Bound | None = None,
        min_distance: int = 0,
        lambdas: Sequence[float] | None = None,
        latency_table: Reference | None = None,
    ) -> Rows[Solution]:
        """The networks of least predicted loss under any budgets, exactly: ``macs={"max": 3e8}``.

        :raises BlockwiseError: INFEASIBLE with the bound that is missed; NOT_READY before all is rated
        """
        bounds = {
            "params": params,
            "macs": macs,
            "flopsTool": flops_tool,
            "activationBytes": activation_bytes,
            "latencyMs": latency_ms,
        }
        document = (
            "query ($id: ID!, $constraints: ConstraintsInput, $networks: Int!, $minDistance: Int!, "
            "$lambdas: [Float!], $table: ID) { solve(search: $id, constraints: $constraints, "
            "networks: $networks, minDistance: $minDistance, lambdas: $lambdas, latencyTable: $table) "
            "{ loss params macs flopsTool activationBytes latencyMs encoding architecture } }"
        )
        variables = {
            "id": _id(search),
            "constraints": {name: bound for name, bound in bounds.items() if bound is not None},
            "networks": networks,
            "minDistance": min_distance,
            "lambdas": lambdas and list(lambdas),
            "table": latency_table and _id(latency_table),
        }
        return Rows(_whole(self.query(document, variables)["solve"]))

    def pareto_front(
        self,
        search: Reference,
        x: str = "MACS",
        y: str = "LOSS",
        lambdas: Sequence[float] | None = None,
        latency_table: Reference | None = None,
    ) -> Columns:
        """The whole exact front of two axes, by ascending ``x``: no network has less of both.

        Axes are LOSS, PARAMS, MACS, FLOPS_TOOL, ACTIVATION_BYTES and LATENCY_MS.
        """
        document = (
            "query ($id: ID!, $x: Axis!, $y: Axis!, $lambdas: [Float!], $table: ID) { paretoFront("
            "search: $id, x: $x, y: $y, lambdas: $lambdas, latencyTable: $table) "
            "{ losses params macs flopsTool activationBytes latencyMs encodings architectures } }"
        )
        variables = {
            "id": _id(search),
            "x": x,
            "y": y,
            "lambdas": lambdas and list(lambdas),
            "table": latency_table and _id(latency_table),
        }
        front = _whole(self.query(document, variables)["paretoFront"])
        names = {"losses": "loss", "encodings": "encoding", "architectures": "architecture"}
        return Columns(
            {names.get(name, name): column for name, column in front.items() if column is not None}
        )

    # After a search

    def retrain(
        self,
        search: Reference,
        *,
        encodings: Sequence[str] | None = None,
        architectures: Sequence[str] | None = None,
        best: Mapping[str, Any] | None = None,
        training: Mapping[str, Any] | None = None,
        key: str | None = None,
    ) -> Rows[Network]:
        """Trains and tests networks of a complete search; :meth:`wait` waits for them.

        Exactly one of ``encodings`` (as :meth:`solve` answers them), ``architectures`` and ``best``
        (as the API's ``BestNetworksInput``). The key is as in :meth:`start_search`.
        """
        choices = {"encodings": encodings, "architectures": architectures, "best": best}
        chosen = {name: choice for name, choice in choices.items() if choice is not None}
        if len(chosen) != 1:
            raise TypeError("retrain takes one of encodings, architectures and best")
        answer = self._start(
            "mutation ($input: RetrainNetworksInput!) { retrainNetworks(input: $input) "
            f"{{ {_NETWORK} }} }}",
            {"search": _id(search), "networks": chosen, "training": dict(training or {})},
            key,
        )
        return Rows(_whole(answer["retrainNetworks"]))

    def start_audit(
        self, search: Reference, spec: Mapping[str, Any] | None = None, key: str | None = None
    ) -> Json:
        """Draws networks at random, trains them and compares their accuracy with the prediction.

        :param spec: as the API's ``AuditSpecInput``. The key is as in :meth:`start_search`.
        """
        answer = self._start(
            "mutation ($input: StartAuditInput!) { startAudit(input: $input) { id name state } }",
            {"search": _id(search), "spec": dict(spec or {})},
            key,
        )
        audit: Json = answer["startAudit"]
        return audit

    # Leaderboards

    def leaderboards(
        self, dataset_hash: str | None = None, limit: int | None = None
    ) -> Rows[Leaderboard]:
        """Boards that may be seen; of one data set, where its hash is given."""
        document = (
            "query ($filter: LeaderboardFilter, $first: Int, $after: String) { leaderboards("
            "filter: $filter, first: $first, after: $after) { nodes { id name entryCount visibility "
            "tolerance dataset { hash kind imageSize classes testCount } budget { axis max } } "
            "pageInfo { hasNextPage endCursor } } }"
        )
        variables = {"filter": {"datasetHash": dataset_hash}}
        return Rows(self._pages(document, variables, ["leaderboards"], limit))

    def entries(
        self,
        board: Reference,
        states: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> Rows[Entry]:
        """Entries of a leaderboard, the best first; those with a place unless states are named."""
        document = (
            "query ($id: ID!, $filter: EntryFilter, $first: Int, $after: String) { leaderboard(id: $id) "
            "{ entries(filter: $filter, first: $first, after: $after) "
            f"{{ nodes {{ {_ENTRY} }} pageInfo {{ hasNextPage endCursor }} }} }} }}"
        )
        variables = {"id": _id(board), "filter": {"states": states and list(states)}}
        return Rows(self._pages(document, variables, ["leaderboard", "entries"], limit))

    def enter(self, board: Reference, network: Reference) -> Entry:
        """Enters a tested network; what is tested on a board's data enters it by itself as a rule."""
        document = (
            "mutation ($board: ID!, $network: ID!) { enterLeaderboard(input: "
            f"{{ leaderboard: $board, network: $network }}) {{ {_ENTRY} }} }}"
        )
        variables = {"board": _id(board), "network": _id(network)}
        entry: Entry = _whole(self.query(document, variables, idempotent=True)["enterLeaderboard"])
        return entry

    def verify(self, entry: Reference, timeout: float | None = None) -> Entry:
        """Has the weights of an entry evaluated again, and waits for it; one that is judged already
        is answered as it is.

        :returns: the entry, VERIFIED, or REJECTED with both figures
        :raises BlockwiseError: the failure's code when it could not be evaluated; TIMEOUT
        """
        fields = f"{_ENTRY} verification {{ state failure {{ code message }} }}"
        document = f"query ($id: ID!) {{ node(id: $id) {{ ... on Entry {{ {fields} }} }} }}"
        ask = f"mutation ($id: ID!) {{ verifyEntry(input: {{ entry: $id }}) {{ {fields} }} }}"
        given = {"id": _id(entry)}
        end = None if timeout is None else time.monotonic() + timeout
        found: Json = _found(self.query(document, given)["node"], f"entry {_id(entry)}")
        if found["state"] == "UNVERIFIED":
            found = _whole(self.query(ask, given, idempotent=True)["verifyEntry"])
        while found["state"] == "VERIFYING":
            if end is not None and time.monotonic() > end:
                raise BlockwiseError("TIMEOUT", f"The entry is not verified after {timeout} s.")
            time.sleep(0.25)
            found = _found(self.query(document, given)["node"], f"entry {_id(entry)}")
        job = found.pop("verification") or {}
        if found["state"] == "UNVERIFIED" and job.get("failure"):
            raise BlockwiseError(job["failure"]["code"], job["failure"]["message"])
        judged: Entry = found  # type: ignore[assignment]
        return judged

    # Curves

    def curves(
        self,
        jobs: Iterable[Reference],
        keys: Sequence[str] | None = None,
        *,
        min_step: int | None = None,
        max_step: int | None = None,
        max_points: int = 2000,
        sampling: str = "MIN_MAX",
    ) -> Curves:
        """Curves of many jobs in one call, as columns.

        :param keys: all that a job has, if not given; named keys that a job lacks come out empty
        :param sampling: of more than ``max_points``: MIN_MAX keeps every spike, LAST the last of each
            stretch, NONE gives all points
        """
        document = (
            "query ($jobs: [ID!]!, $keys: [String!], $minStep: Int, $maxStep: Int, $maxPoints: Int!, "
            "$sampling: Sampling!) { curves(jobs: $jobs, keys: $keys, minStep: $minStep, "
            "maxStep: $maxStep, maxPoints: $maxPoints, sampling: $sampling) "
            "{ job key packed { steps wallTimes values } } }"
        )
        variables = {
            "jobs": [_id(job) for job in jobs],
            "keys": keys and list(keys),
            "minStep": min_step,
            "maxStep": max_step,
            "maxPoints": max_points,
            "sampling": sampling,
        }
        return Curves(_curve(each) for each in self.query(document, variables)["curves"])

    # Files

    def download(
        self,
        network: Reference,
        to: str | os.PathLike[str],
        format: str = "PYTORCH",
        weights: str = "TRAINED",
        timeout: float | None = None,
    ) -> list[Path]:
        """Weights of a network as files for other software; makes them first where nobody did yet.

        :param to: folder; it is made, and files of the same names are overwritten
        :param format: PYTORCH, ONNX, TFJS, SAFETENSORS or ARCHITECTURE
        :param weights: TRAINED, or CUT out of the supernets
        :returns: the files
        """
        fields = "id files { format sha256 url } job { state failure { code message } }"
        asked = self.query(
            f"mutation ($input: ExportNetworkInput!) {{ exportNetwork(input: $input) {{ {fields} }} }}",
            {"input": {"network": _id(network), "weights": weights}},
            idempotent=True,
        )["exportNetwork"]
        end = None if timeout is None else time.monotonic() + timeout
        while not asked["files"]:
            job = asked["job"] or {}
            if job.get("state") in ("FAILED", "CANCELLED"):
                failure = job.get("failure") or {
                    "code": "CANCELLED",
                    "message": "It was cancelled.",
                }
                raise BlockwiseError(failure["code"], failure["message"])
            if end is not None and time.monotonic() > end:
                raise BlockwiseError("TIMEOUT", f"There are no files after {timeout} s.")
            time.sleep(0.25)
            document = f"query ($id: ID!) {{ node(id: $id) {{ ... on Export {{ {fields} }} }} }}"
            asked = _found(self.query(document, {"id": asked["id"]})["node"], "export")
        by_format = {file["format"]: file for file in asked["files"]}
        if format not in by_format:
            raise BlockwiseError("BAD_INPUT", f"There are {', '.join(by_format)}, not {format}.")
        return self._unpack(by_format[format], Path(to))

    def export_candidates(
        self,
        to: str | os.PathLike[str],
        *,
        cell: Reference | None = None,
        search: Reference | None = None,
        format: str = "PARQUET",
    ) -> Path:
        """All rated paths of a cell, or of all cells of a search, as one file.

        :param format: PARQUET, CSV or ARROW
        :returns: the file, which is overwritten where it is there already
        """
        document = (
            "query ($cell: ID, $search: ID, $format: TableFormat!) "
            "{ exportCandidates(cell: $cell, search: $search, format: $format) { url } }"
        )
        variables = {"cell": cell and _id(cell), "search": search and _id(search), "format": format}
        return self._save(self.query(document, variables)["exportCandidates"]["url"], Path(to))

    def export_curves(
        self,
        to: str | os.PathLike[str],
        *,
        search: Reference | None = None,
        jobs: Iterable[Reference] | None = None,
        keys: Sequence[str] | None = None,
        format: str = "PARQUET",
    ) -> Path:
        """All points of all curves of a search, or of some jobs, as one file; as above."""
        document = (
            "query ($search: ID, $jobs: [ID!], $keys: [String!], $format: TableFormat!) "
            "{ exportCurves(search: $search, jobs: $jobs, keys: $keys, format: $format) { url } }"
        )
        variables = {
            "search": search and _id(search),
            "jobs": None if jobs is None else [_id(job) for job in jobs],
            "keys": keys and list(keys),
            "format": format,
        }
        return self._save(self.query(document, variables)["exportCurves"]["url"], Path(to))

    def _save(self, url: str, file: Path) -> Path:
        """Writes what an address answers into a file, which is there only when it is whole."""
        part = file.with_name(file.name + ".part")
        try:
            address = urllib.parse.urljoin(self.url, url)
            with self._opened(urllib.request.Request(address)) as response, part.open("wb") as out:
                shutil.copyfileobj(response, out)
                # Reading in parts does not complain about an end that came too early.
                if response.length:
                    raise http.client.IncompleteRead(b"", response.length)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
        return file

    def _unpack(self, file: Json, folder: Path) -> list[Path]:
        """Fetches an archive, checks its hash, and writes what is in it."""
        archive = self.fetch(file["url"])
        found = hashlib.sha256(archive).hexdigest()
        if found != file["sha256"]:
            raise BlockwiseError(
                "ARTIFACT_MISSING", f"What arrived has the hash {found}, not {file['sha256']}."
            )
        folder.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(io.BytesIO(archive)) as entries:
            names = entries.namelist()
            outside = [name for name in names if Path(name).name != name]
            if outside:
                raise BlockwiseError(
                    "INTERNAL", f"The archive names {outside[0]}, which is no file name."
                )
            entries.extractall(folder)
        return [folder / name for name in names]

    def fetch(self, url: str) -> bytes:
        """The bytes at an address that the API answered; one without a host is on the API's own."""
        return self._send(urllib.parse.urljoin(self.url, url), None, {}, True)

    # Requests

    def _start(self, document: str, given: Json, key: str | None) -> Json:
        """Sends a mutation that starts work, with an idempotency key: so it may be sent again."""
        return self.query(
            document,
            {"input": {**given, "idempotencyKey": key or _key_of(document, given)}},
            idempotent=True,
        )

    def _pages(
        self, document: str, variables: Json, path: Sequence[str], limit: int | None
    ) -> Iterator[Any]:
        """Rows of a connection from its first page to the end, or to so many."""
        after: str | None = None
        left = limit
        while left is None or left > 0:
            first = 100 if left is None else min(100, left)
            page: Any = self.query(document, {**variables, "first": first, "after": after})
            for name in path:
                page = _found(page[name], name)
            yield from _whole(page["nodes"])
            left = None if left is None else left - len(page["nodes"])
            if not page["pageInfo"]["hasNextPage"]:
                return
            after = page["pageInfo"]["endCursor"]

    def _send(self, url: str, body: bytes | None, headers: Mapping[str, str], again: bool) -> bytes:
        """One request with its repetitions.

        :param again: whether a request that may have arrived may be sent once more
        """
        end = time.monotonic() + self.give_up_after
        pause = 0.25
        while True:
            try:
                return self._send_once(url, body, headers)
            except BlockwiseError as error:
                # Refused before anything was done: safe to repeat whatever it asks for.
                refused = error.code == "RATE_LIMITED"
                if not refused and not (again and error.code in _PASSING):
                    raise
                seconds = pause if error.retry_after is None else error.retry_after
                if time.monotonic() + seconds > end:
                    raise
            time.sleep(seconds)
            pause = min(5.0, pause * 2)

    @contextlib.contextmanager
    def _opened(self, request: urllib.request.Request) -> Iterator[Any]:
        """The answer to a request; what goes wrong while it is read is a BlockwiseError too."""
        url = request.full_url
        here, there = urllib.parse.urlsplit(self.url), urllib.parse.urlsplit(url)
        if self.token and (here.scheme, here.netloc) == (there.scheme, there.netloc):
            # Not sent along when another host is named, or redirected to.
            request.add_unredirected_header("Authorization", f"Bearer {self.token}")
        try:
            with self._opener.open(request, timeout=self.timeout) as response:
                yield response
        except urllib.error.HTTPError as refusal:
            with refusal:
                retry_after = refusal.headers.get("Retry-After")
                raise _refusal(url, refusal.code, refusal.read(), retry_after) from None
        except (OSError, http.client.HTTPException) as error:
            raise BlockwiseError(
                "UNREACHABLE", f"There is no connection to {url}: {error}"
            ) from error

    def _send_once(self, url: str, body: bytes | None, headers: Mapping[str, str]) -> bytes:
        request = urllib.request.Request(url, data=body, headers=dict(headers))
        request.add_header("X-Request-Id", str(uuid.uuid4()))
        with self._opened(request) as response:
            text: bytes = response.read()
        if body is not None and b'"errors"' in text:
            errors = json.loads(text).get("errors")
            if errors:
                raise _error(errors[0], None)
        return text


_PASSING = ("UNREACHABLE", "UNAVAILABLE")
"""The server, or its database, is only away."""

_SEARCH = "id name state phase spaceSize createdAt startedAt finishedAt failure { code message }"
_NETWORK = (
    "id origin predictedRank encoding architecture loss params macs state top1 top1Deviation "
    "retrainings { id seed state top1 }"
)
_ENTRY = "id rank state top1 top1Deviation verifiedTop1 params macs architecture gpuHours cpuHours enteredAt"
_EVENT = (
    "cursor at kind state phase job jobKind jobState attempt cell candidates bestPath bestLoss networks "
    "network retraining top1 engine device export audit auditState level message "
    "progress { done total unit } failure { code message }"
)


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise ImportError("to_dataframe() needs pandas: pip install pandas") from error
    return pandas


def _local_token() -> str | None:
    state = (
        os.environ.get("BLOCKWISE_STATE") or Path(__file__).resolve().parent.parent / ".blockwise"
    )
    try:
        return (Path(state) / "token").read_text().strip() or None
    except OSError:
        return None


def _id(thing: Reference) -> str:
    return thing if isinstance(thing, str) else str(thing["id"])


def _word(name: str | None) -> str:
    return (name or "").lower().replace("_", " ")


def _is_query(document: str) -> bool:
    lines = (line.split("#")[0].strip() for line in document.splitlines())
    return not any(line.startswith(("mutation", "subscription")) for line in lines)


def _plain(thing: Any) -> Any:
    """A number of numpy, or of a data frame, as Python's own."""
    if hasattr(thing, "item"):
        return thing.item()
    raise TypeError(f"{type(thing).__name__} {thing!r} cannot be sent")


def _key_of(document: str, given: Json) -> str:
    """The same for the same call, in every run and on every machine."""
    text = json.dumps([document, given], sort_keys=True, separators=(",", ":"), default=_plain)
    return "python " + hashlib.sha256(text.encode()).hexdigest()[:32]


def _found(thing: Any, name: str = "object") -> Any:
    if thing is None:
        raise BlockwiseError("NOT_FOUND", f"There is no {name}, or none that you may see.")
    return _whole(thing)


def _search(told: Any, name: str = "search") -> Search:
    search: Search = _found(told, name)
    return search


def _whole(thing: Any, name: str = "") -> Any:
    """The same with every whole number that came as a text as a number."""
    if isinstance(thing, dict):
        return {key: _whole(value, key) for key, value in thing.items()}
    if isinstance(thing, list):
        return [_whole(each, name) for each in thing]
    return int(thing) if isinstance(thing, str) and name in WHOLE_NUMBERS else thing


def _event(told: Json) -> Event:
    fields = {name: value for name, value in told.items() if value is not None}
    return Event(fields.pop("kind"), fields.pop("at"), fields.pop("cursor"), fields)


def _ended_well(search: Search) -> Search:
    if search["state"] == "COMPLETE":
        return search
    failure = search["failure"] or {"code": "CANCELLED", "message": "The search was cancelled."}
    raise BlockwiseError(failure["code"], failure["message"])


def _curve(told: Json) -> Curve:
    packed = told["packed"]
    return Curve(
        told["job"],
        told["key"],
        steps=_unpacked(packed["steps"], "i"),
        wall_times=_unpacked(packed["wallTimes"], "d"),
        values=_unpacked(packed["values"], "d"),
    )


def _unpacked(text: str, typecode: str) -> array[Any]:
    """Little-endian numbers in base64: "i" whole ones of 4 bytes, "d" floats of 8."""
    column = array(typecode)
    column.frombytes(base64.b64decode(text))
    if sys.byteorder == "big":
        column.byteswap()
    return column


def _refusal(url: str, status: int, text: bytes, retry_after: str | None) -> BlockwiseError:
    """What a status other than 200 means: GraphQL's error where there is one."""
    seconds = float(retry_after) if retry_after and retry_after.isdigit() else None
    try:
        return _error(json.loads(text)["errors"][0], seconds)
    except (ValueError, KeyError, IndexError, TypeError):
        message = f"{url} answered with status {status} and no GraphQL result."
        code = "RATE_LIMITED" if status == 429 else "UNREACHABLE" if status >= 500 else "BAD_INPUT"
        return BlockwiseError(code, message, retry_after=seconds)


def _error(told: Json, retry_after: float | None) -> BlockwiseError:
    more = told.get("extensions") or {}
    seconds = more.get("retryAfterSeconds")
    return BlockwiseError(
        more.get("code", "INTERNAL"),
        told.get("message", ""),
        more.get("path") or (),
        more.get("requestId"),
        retry_after if seconds is None else float(seconds),
    )
