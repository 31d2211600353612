"""Many pairs: planning, resuming after SIGKILL, crashes, clusters; always the same bytes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mocalign import ConfigError, MissingExtraError, ReadError, batch, cli, review_many
from mocalign.batch import Plan, Settings, from_folder, from_manifest, run, summary
from mocalign.config import Config
from mocalign.model import Document
from mocalign.readers import parse
from mocalign.report import Report

CONFIG = Config(embedder="lexical", cache=False, select=("LIN001",))
TAIL = ["--embedder", "lexical", "--no-cache", "--select", "LIN001", "--lang", "en"]
JA = "# 覚書\n\n1. 両国の学{}界は、対話を行う。\n\n2. 双方は、費用を負担する。\n"
EN = "# Memorandum\n\n1. Academia of both countries will hold a dialogue.\n\n2. Both sides meet the costs.\n"


def config_for(_: Path) -> Config:
    return CONFIG


def make(folder: Path, count: int) -> Path:
    """A folder of small pairs, every third with a finding."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(count):
        (folder / f"m{n:03}.ja.md").write_text(
            JA.format("术" if n % 3 == 0 else "術") + f"\n{n}. 以上。\n", encoding="utf-8"
        )
        (folder / f"m{n:03}.en.md").write_text(EN, encoding="utf-8")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("pairs") / "in", 12)


@pytest.fixture(scope="module")
def expected(pairs: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one process makes of the pairs without interruption."""
    out = tmp_path_factory.mktemp("expected")
    run(from_folder(pairs, config_for), out, workers=1)
    return tree(out)


# ---------------------------------------------------------------- planning

NAMES = {
    ("x.ja.md", "x.en.md"): "x",
    ("x_ja.docx", "x_en.pdf"): "x",
    ("x-JP.txt", "x-EN.txt"): "x",
    ("ja_x.md", "en_x.md"): "x",
    ("ja/x.md", "en/x.md"): "x",
    ("2026/japanese/x.md", "2026/english/x.md"): "2026/x",
    ("x/ja.md", "x/en.md"): "x",
    ("x（和文）.docx", "x（英文）.docx"): "x",
    ("a.b.ja.md", "a.b.en.md"): "a.b",
}


@pytest.mark.parametrize(("files", "name"), NAMES.items())
def test_files_are_paired_by_name(tmp_path: Path, files: tuple[str, str], name: str) -> None:
    """The language stands at the end or the beginning of the name, or in a folder."""
    for path in (*files, "readme.md", ".hidden/x.ja.md", "x.ja.bak", "jam.md", "ending.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    plan = from_folder(tmp_path, config_for)
    assert [(job.ja, job.en, job.name) for job in plan.jobs] == [(*files, name)]
    assert plan.unpaired == ()


def test_several_formats_and_missing_partners(tmp_path: Path) -> None:
    """One name in two formats gives two pairs; what has no partner is told."""
    for path in ("x.ja.md", "x.en.md", "x.ja.docx", "x.en.docx", "y.ja.md", "z.en.md"):
        (tmp_path / path).write_text("x")
    plan = from_folder(tmp_path, config_for)
    assert [job.name for job in plan.jobs] == ["x.docx", "x.md"]
    assert plan.unpaired == ("y.ja.md", "z.en.md")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ConfigError, match="paired by name"):
        from_folder(tmp_path / "empty", config_for)


MANIFESTS = {
    "m.csv": "ja,en,name,profile,note\na.ja.md,a.en.md,first,treaty,x\nb.ja.md,,,,\n",
    "m.tsv": "ja\ten\tname\tprofile\na.ja.md\ta.en.md\tfirst\ttreaty\nb.ja.md\t\t\t\n",
    "semi.csv": "\ufeffJA;EN;name;profile\na.ja.md;a.en.md;first;treaty\nb.ja.md;;;\n",
    "m.jsonl": '{"ja": "a.ja.md", "en": "a.en.md", "name": "first", "profile": "treaty"}\n\n{"ja": "b.ja.md"}\n',
    "m.json": '[{"ja": "a.ja.md", "en": "a.en.md", "name": "first", "profile": "treaty"}, {"ja": "b.ja.md"}]',
}


@pytest.mark.parametrize("name", MANIFESTS)
def test_manifests(tmp_path: Path, name: str) -> None:
    """CSV, TSV and JSONL say the same; settings in columns hold for their row."""
    (tmp_path / name).write_text(MANIFESTS[name], encoding="utf-8")
    plan = from_manifest(tmp_path / name, config_for)
    assert [(j.name, j.ja, j.en, j.config.profile) for j in plan.jobs] == [
        ("first", "a.ja.md", "a.en.md", "treaty"),
        ("b", "b.ja.md", "", "auto"),
    ]


def test_a_manifest_in_the_encoding_of_excel(tmp_path: Path) -> None:
    """Shift_JIS is read; equal names are told apart; columns of settings are typed."""
    text = "ja,name,select,min_confidence,備考\n覚書.md,覚書,LIN TER,0.7,草案\n二.md,覚書,,,\n"
    (tmp_path / "m.csv").write_bytes(text.encode("cp932"))
    first, second = from_manifest(tmp_path / "m.csv", config_for).jobs
    assert (first.name, second.name) == ("覚書", "覚書-2")
    assert (first.config.select, first.config.min_confidence) == (("LIN", "TER"), 0.7)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("m.csv", "ja,en,profil\na,b,moc\n", "m.csv:2: unknown column 'profil' (did you mean 'profile'?)"),
        ("m.csv", "a,b\n1,2\n", "no column ja or en"),
        ("m.csv", "ja,en\n", "no pairs"),
        ("m.csv", "ja,en\na,b,c\n", "m.csv:2: 2 columns are expected"),
        ("m.csv", "ja,en,profile\na,b,mou\n", "profile = 'mou' is unknown"),
        ("m.csv", "ja,name\na,../b\n", "cannot name a report"),
        ("m.jsonl", '{"ja": "a"}\n{', "m.jsonl:2: not JSON"),
        ("m.jsonl", "[1]\n", "an object"),
        ("m.jsonl", '{"name": "a"}\n', "neither ja nor en"),
        ("m.txt", "", "a manifest is .csv"),
    ],
)
def test_a_bad_manifest_gets_one_clear_line(tmp_path: Path, name: str, text: str, words: str) -> None:
    """What, where, and what would be accepted."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises((ConfigError, ReadError)) as error:
        from_manifest(tmp_path / name, config_for)
    assert words in str(error.value)


# ---------------------------------------------------------------- running


def test_processes_give_the_bytes_of_one(pairs: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    """Two workers, same bytes, from the command line too."""
    assert cli.main(["batch", str(pairs), "-o", str(tmp_path / "a"), "-j", "2", "--quiet", *TAIL]) == 1
    assert tree(tmp_path / "a") == expected
    data = json.loads(expected["summary.json"])
    assert data["totals"]["pairs"] == 12
    assert data["totals"]["codes"] == {"LIN001": 4}
    report = json.loads(expected["reports/m000.json"])
    assert report["documents"]["ja"]["source"] == "m000.ja.md"


def test_a_bad_pair_is_told_and_stops_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Exit 2 with one line for the bad pair; the others are done, and a repaired pair is done the next time."""
    folder = make(tmp_path / "in", 3)
    (folder / "m001.ja.md").unlink()
    (folder / "m001.ja.docx").write_bytes(b"no archive")
    out = tmp_path / "out"
    assert cli.main(["batch", str(folder), "-o", str(out), "-j", "1", *TAIL]) == 2
    captured = capfd.readouterr()
    assert [line for line in captured.err.splitlines() if "m001" in line]
    assert str(tmp_path) not in captured.err
    assert "3 pairs, 1 failed" in captured.out
    rows = json.loads((out / "summary.json").read_text(encoding="utf-8"))["pairs"]
    assert [row["status"] for row in rows] == ["ok", "failed", "ok"]
    (folder / "m001.ja.docx").unlink()
    (folder / "m001.ja.md").write_text(JA.format("術"), encoding="utf-8")
    assert cli.main(["batch", str(folder), "-o", str(out), "-j", "1", "--quiet", *TAIL]) == 1


def test_only_what_changed_is_done_again(pairs: Path, tmp_path: Path) -> None:
    """An edited text, another setting or a damaged report is done again; everything else is skipped."""
    folder = make(tmp_path / "in", 4)
    out = tmp_path / "out"
    done: list[tuple[str, bool]] = []

    def again(config: Config = CONFIG, formats: tuple[str, ...] = ("json", "html")) -> list[str]:
        done.clear()
        plan = from_folder(folder, lambda _: config)
        run(plan, out, workers=1, settings=Settings(formats=formats), on_row=lambda r, _, s: done.append((r.name, s)))
        return [name for name, skipped in done if not skipped]

    assert len(again()) == 4
    assert again() == []
    (folder / "m002.en.md").write_text(EN + "\n3. More.\n", encoding="utf-8")
    assert again() == ["m002"]
    (out / "reports" / "m001.html").write_text("cut")
    assert again() == ["m001"]
    (out / ".mocalign" / "m003.json").write_text("{")
    assert again() == ["m003"]
    assert len(again(Config(embedder="lexical", cache=False))) == 4
    assert len(again(formats=("sarif",))) == 4
    (out / "reports" / ".m000.json.abcd1234").write_text("half")
    again(formats=("sarif",))
    assert not (out / "reports" / ".m000.json.abcd1234").exists()


SLOW = """
import sys, time
from mocalign import api, cli
real = api.review
def slow(*a, **k):
    time.sleep(0.15)
    return real(*a, **k)
api.review = slow
sys.exit(cli.main(sys.argv[1:]))
"""


def _finished(out: Path) -> int:
    return len(list((out / ".mocalign").glob("*.json"))) if out.is_dir() else 0


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_killed_twice_and_resumed_gives_the_same_bytes(pairs: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    """SIGKILL in mid-run, twice; nothing finished is done again, and the end is as if nothing had happened."""
    out = tmp_path / "out"
    command = [sys.executable, "-c", SLOW, "batch", str(pairs), "-o", str(out), "-j", "1", "--quiet", *TAIL]
    seen = 0
    for _ in range(2):
        process = subprocess.Popen(command)
        until = time.monotonic() + 60
        while _finished(out) < seen + 2 and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert seen + 2 <= _finished(out) < 12
        seen = _finished(out)
    before = {p.name: p.stat().st_mtime_ns for p in (out / "reports").glob("*.json") if not p.name.startswith(".")}
    assert subprocess.run(command, check=False).returncode == 1
    after = {p.name: p.stat().st_mtime_ns for p in (out / "reports").glob("*.json")}
    kept = [name for name in before if after[name] == before[name]]
    assert len(kept) >= seen
    assert tree(out) == expected


def _kill_on_marked(pair: tuple[Any, Any]) -> str:
    """Dies always for "always", the first time for "once"."""
    text, folder = pair
    if text == "always" or (text == "once" and not Path(folder, "died").exists()):
        Path(folder, "died").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return str(text)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_crashed_worker_is_survived(tmp_path: Path) -> None:
    """A pair whose process was killed is tried again alone; one that kills again is reported; order is kept."""
    items = [(text, str(tmp_path)) for text in ("a", "once", "b", "always", "c", "d")]
    work = _module_work(tmp_path)
    results = list(batch._in_order(items, work, workers=2))
    assert [r if isinstance(r, str) else type(r).__name__ for r in results] == ["a", "once", "b", "_Died", "c", "d"]


def _module_work(folder: Path) -> Any:
    """The function above in a module that worker processes can import."""
    import importlib

    source = "import os, signal\nfrom pathlib import Path\nfrom typing import Any\n"
    import inspect

    (folder / "killing_work.py").write_text(source + inspect.getsource(_kill_on_marked), encoding="utf-8")
    sys.path.insert(0, str(folder))
    os.environ["PYTHONPATH"] = os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])
    return importlib.import_module("killing_work")._kill_on_marked


def test_two_runs_never_share_a_folder(pairs: Path, tmp_path: Path) -> None:
    """The second run is refused in one line while the first holds the folder."""
    pytest.importorskip("fcntl")
    with batch._alone(tmp_path), pytest.raises(batch.WriteError, match="another batch"), batch._alone(tmp_path):
        pass


def test_summary_page_escapes_and_links(tmp_path: Path) -> None:
    """Names from outside are text, links are relative, no script and nothing from elsewhere is allowed."""
    row = batch.Row(name="a <b>", ja="a", en="b", status="failed", error="<script>x</script>")
    fine = batch.Row(name="c d", ja="a", en="b", status="ok", counts={"major": 1}, files={"html": "reports/c d.html"})
    page = batch._html(summary((row, fine), Plan(())), "en")
    assert "<script>" not in page
    assert 'href="reports/c%20d.html"' in page
    assert "default-src 'none'" in page
    assert "失敗1組" in batch._html(summary((row, fine), Plan(())), "ja")
    assert "\r\n'=x" in "\r\n" + batch._csv((batch.Row(name="=x", ja="", en="", status="ok"),)).split("\r\n")[1]


# ---------------------------------------------------------------- clusters


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A Dask scheduler and two workers, separate processes on the loopback interface."""
    pytest.importorskip("distributed")
    address = f"tcp://127.0.0.1:{_free_port()}"
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    dask = [sys.executable, "-m", "distributed.cli"]
    host = ["--host", "127.0.0.1", "--no-dashboard"]
    scheduler = [*dask[:-1], "distributed.cli.dask_scheduler", *host, "--port", address.rsplit(":", 1)[1]]
    worker = [*dask[:-1], "distributed.cli.dask_worker", address, *host, "--no-nanny", "--nthreads", "1"]
    made = [subprocess.Popen(scheduler, **quiet)]
    try:
        made += [subprocess.Popen([*worker, "--name", str(n)], **quiet) for n in range(2)]
        import distributed

        until = time.monotonic() + 60
        while True:
            try:
                with distributed.Client(address, timeout=5, set_as_default=False) as client:
                    client.wait_for_workers(2, timeout=60)
                break
            except OSError:
                assert time.monotonic() < until, "the cluster did not come up"
                time.sleep(0.2)
        yield address, made
    finally:
        for process in made:
            process.kill()
            process.wait()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_dask_cluster_gives_the_same_bytes_though_a_worker_dies(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], pairs: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    """One of two workers is killed when the first reports are in; the run ends as if nothing had happened."""
    address, processes = cluster
    killed: list[str] = []

    def on_row(row: batch.Row, done: int, skipped: bool) -> None:
        if not killed:
            processes[1].send_signal(signal.SIGKILL)
            killed.append(row.name)

    rows = run(from_folder(pairs, config_for), tmp_path, engine="dask", scheduler=address, on_row=on_row)
    assert killed
    assert processes[1].wait(timeout=10) == -signal.SIGKILL
    assert [row.status for row in rows] == ["ok"] * 12
    assert tree(tmp_path) == expected


def test_clusters_that_are_not_there(pairs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One clear line: no address, nothing installed."""
    plan = from_folder(pairs, config_for)
    with pytest.raises(ConfigError, match="--scheduler"):
        run(plan, tmp_path, engine="dask")
    for engine, module in (("dask", "distributed"), ("ray", "ray")):
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(MissingExtraError, match=rf"mocalign\[{engine}\]"):
            run(plan, tmp_path, engine=engine, scheduler="tcp://127.0.0.1:1")
    with pytest.raises(ConfigError, match="did you mean 'dask'"):
        run(plan, tmp_path, engine="dusk")


def _fake_ray(fail: str) -> types.ModuleType:
    """Just enough of Ray's interface: tasks run at once, one of them fails as a dead worker does."""
    made = types.ModuleType("ray")
    state = {"on": False}

    class Task:
        def __init__(self, function: Any) -> None:
            self.function = function

        def remote(self, *arguments: Any) -> tuple[Any, ...]:
            return (self.function, *arguments[:2], arguments[2], tuple(arguments[3].items()))

    def get(reference: tuple[Any, ...]) -> Any:
        function, version, job, settings, given = reference
        if job.name == fail:
            raise RuntimeError("The worker died unexpectedly")
        return function(version, job, settings, dict(given))

    made.is_initialized = lambda: state["on"]  # type: ignore[attr-defined]
    made.init = lambda **_: state.update(on=True)  # type: ignore[attr-defined]
    made.shutdown = lambda: state.update(on=False)  # type: ignore[attr-defined]
    made.remote = lambda **_: Task  # type: ignore[attr-defined]
    made.cluster_resources = lambda: {"CPU": 2.0}  # type: ignore[attr-defined]
    made.wait = lambda refs, **_: (refs[-1:], refs[:-1])  # type: ignore[attr-defined]
    made.get = get  # type: ignore[attr-defined]
    return made


def test_ray_gives_the_same_bytes(
    pairs: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through Ray's interface (a stand-in, which ends tasks in another order); a lost task is a failed pair."""
    monkeypatch.setitem(sys.modules, "ray", _fake_ray("m004"))
    rows = run(from_folder(pairs, config_for), tmp_path, engine="ray")
    assert [row.name for row in rows if row.status == "failed"] == ["m004"]
    monkeypatch.setitem(sys.modules, "ray", _fake_ray(""))
    run(from_folder(pairs, config_for), tmp_path, engine="ray")
    assert tree(tmp_path) == expected


# ---------------------------------------------------------------- review_many


def document(n: int) -> Document:
    return parse(JA.format("术" * (n % 3)), "ja", source=f"{n}.md")


@pytest.mark.parametrize("jobs", [1, 2])
def test_review_many_keeps_the_order_and_yields_errors(jobs: int, tmp_path: Path) -> None:
    """Reports and errors come in the order of the pairs; an error does not end the iteration."""
    missing = tmp_path / "missing.md"
    pairs: list[Any] = [document(0), (document(1), parse(EN, "en")), missing, (document(2), None)]
    out = list(review_many(pairs, config=CONFIG, jobs=jobs))
    assert [len(r.findings) if isinstance(r, Report) else type(r).__name__ for r in out] == [0, 1, "ReadError", 2]
    assert "missing.md" in str(out[2])


def test_review_many_is_lazy() -> None:
    """An endless iterable is worked on as far as somebody asks."""
    from itertools import count, islice

    made = review_many((document(n) for n in count()), config=CONFIG)
    assert [len(r.findings) for r in islice(made, 4) if isinstance(r, Report)] == [0, 1, 2, 0]
    with pytest.raises(ConfigError, match="1 or more"):
        review_many([], config=CONFIG, jobs=0)


def test_threads_do_not_disturb_each_other() -> None:
    """Four threads at once give what one gives."""
    texts = [(document(n), parse(EN, "en")) for n in range(6)]
    alone = [r.to_json() for r in review_many(texts, config=CONFIG) if isinstance(r, Report)]
    results: dict[int, list[str]] = {}

    def work(number: int) -> None:
        results[number] = [r.to_json() for r in review_many(texts, config=CONFIG) if isinstance(r, Report)]

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(results[n] == alone for n in range(4))


def test_the_library_configures_no_logging() -> None:
    """The package's logger has a NullHandler and nothing else."""
    code = "import logging, mocalign; h = logging.getLogger('mocalign').handlers; print([type(x).__name__ for x in h], logging.getLogger().handlers)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "['NullHandler'] []\n"


@pytest.mark.skipif(sys.platform == "win32", reason="processes cannot be asked there")
def test_copies_of_a_killed_worker_are_swept_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are confidential: what a worker on another disk was sent does not outlive it."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    dead, alive = tmp_path / f"{batch.COPIES}{gone.pid}-x", tmp_path / f"{batch.COPIES}{os.getpid()}-x"
    for folder in (dead, alive):
        (folder / "ja").mkdir(parents=True)
        (folder / "ja" / "a.ja.md").write_text("秘", encoding="utf-8")
    batch._forget_copies.cache_clear()
    batch._forget_copies()
    assert not dead.exists()
    assert alive.exists()
