"""What the project's own files promise: the lock, the wheel, the image, the documents."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from datetime import date
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import crawler
import crawler.cli

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT = SETTINGS["project"]
HOOK = SETTINGS["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]
LOCK = (ROOT / "requirements.lock").read_text()
LOCKED = re.findall(r"^([a-z0-9][a-z0-9._-]*)==", LOCK, re.MULTILINE)
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("requirement", [*PROJECT["dependencies"]])
def test_every_dependency_has_a_lower_bound_and_is_explained(requirement):
    parsed = Requirement(requirement)

    assert any(spec.operator == ">=" for spec in parsed.specifier)
    assert parsed.name in (ROOT / "docs" / "dependencies.md").read_text()


def test_every_library_that_the_code_imports_is_declared():
    extras = PROJECT["optional-dependencies"].values()
    declared = {
        Requirement(text).name.replace("-", "_").partition(".")[0]
        for texts in (PROJECT["dependencies"], *extras)
        for text in texts
    }
    # pydantic pins its core to the digit.
    known = declared | sys.stdlib_module_names | {"crawler", "policies", "pydantic_core"}
    sources = (path.read_text("utf-8") for path in (ROOT / "crawler").rglob("*.py"))

    # Parsing all takes seconds: only those with a line that may import something else.
    others = (source for source in sources if not _words_after_import(source) <= known)
    assert {name for source in others for name in _imports(source)} <= known
    assert _words_after_import("try: import one, two.x\nfrom three.y import z") == {
        "one",
        "two",
        "three",
    }


def test_the_lock_holds_all_that_is_needed_to_run_and_to_develop():
    wanted = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
    names = {canonicalize_name(Requirement(text).name) for text in wanted}

    assert names <= set(LOCKED)


def test_the_lock_satisfies_the_bounds_of_the_project():
    versions = dict(re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", LOCK, re.MULTILINE))
    for text in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]:
        requirement = Requirement(text)
        version = versions[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), text


def test_the_lock_has_hashes_for_everything_and_names_no_place():
    blocks = re.split(r"^(?=[a-z0-9][a-z0-9._-]*==)", LOCK, flags=re.MULTILINE)[1:]

    assert len(blocks) == len(LOCKED)
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?://|file:|--(extra-)?index|--find-links", LOCK)


@pytest.mark.slow
def test_the_wheel_carries_policies_pages_and_schema(tmp_path):
    _python("-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path), cwd=ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    target = tmp_path / "installed"
    quiet = ("-q", "--disable-pip-version-check", "--no-cache-dir")
    place = ("--no-deps", "--no-index", "--target", str(target))
    _python("-m", "pip", "install", *quiet, *place, str(wheel), cwd=tmp_path)

    for folder, pattern in (
        ("policies", "*.toml"),
        ("crawler/demo/pages", "*.txt"),
        ("crawler/store", "*.sql"),
        ("crawler", "py.typed"),
    ):
        shipped = {path.name for path in (target / folder).glob(pattern)}
        assert shipped == {path.name for path in (ROOT / folder).glob(pattern)}
        assert shipped
    assert not (target / "tests").exists()
    assert list(target.glob("*.dist-info/licenses/LICENSE"))


def test_the_compose_file_fits_the_published_schema():
    subprocess.run(
        [
            *(sys.executable, "-m", "check_jsonschema"),
            *("--builtin-schema", "vendor.compose-spec", ROOT / "docker-compose.yml"),
        ],
        check=True,
        capture_output=True,
    )


def test_the_compose_file_keeps_the_job_in_a_volume_beside_the_demo_web():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]

    assert services["crawl"]["volumes"] == ["data:/data"]
    assert services["crawl"]["network_mode"] == "service:web"
    assert services["web"]["command"][:2] == ["demo", "--serve"]


def test_the_image_is_installed_by_the_makefile_and_holds_all_that_it_needs():
    dockerfile = (ROOT / "Dockerfile").read_text()
    ignored = (ROOT / ".dockerignore").read_text()

    assert "RUN make setup" in dockerfile
    assert "pip" not in dockerfile
    for line in re.findall(r"^COPY \S+ (.*) \S+$", dockerfile, re.MULTILINE):
        for name in line.split():
            assert (ROOT / name).exists()
            assert f"!{name}" in ignored


def test_every_make_target_that_the_documents_name_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    call = re.compile(r"(?:`|^|RUN )make (?:-[a-z-]+(?: \d)? )*([a-z][a-z-]*)", re.MULTILINE)
    texts = [*DOCUMENTS, ROOT / ".ci" / "run", ROOT / "Dockerfile"]
    named = {name for text in texts for name in call.findall(text.read_text())}

    assert {"demo", "test", "lint", "setup"} <= named <= targets


def test_ci_runs_the_commands_that_the_readme_names():
    script = (ROOT / ".ci" / "run").read_text()

    subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=True)
    for target in ("setup", "lint", "demo", "test"):
        assert f"make --no-print-directory {target}\n" in script
    assert "make test" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_exists(document):
    text = document.read_text()
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    named = re.findall(r"`((?:crawler|docs|policies|tests|benchmarks)/[\w./-]*)`", text)

    for name in linked:
        assert (document.parent / name).exists(), name
    for name in named:
        assert (ROOT / name).exists(), name


def test_every_function_that_the_architecture_names_is_where_it_says():
    text = (ROOT / "docs" / "architecture.md").read_text()
    named = re.findall(r"`(crawler/[\w/]+\.py)`: `(\w+)`", text)

    assert len(named) >= 6
    for file, function in named:
        assert re.search(rf"^ *(async )?def {function}\(", (ROOT / file).read_text(), re.MULTILINE)


def test_the_readme_names_every_document():
    readme = (ROOT / "README.md").read_text()

    for document in (ROOT / "docs").glob("*.md"):
        assert f"docs/{document.name}" in readme


def test_the_readme_names_every_extra_with_the_command_that_installs_it():
    readme = (ROOT / "README.md").read_text()
    for_tests = {"dev", "interop", "browser"}

    for extra in PROJECT["optional-dependencies"].keys() - for_tests:
        assert re.search(
            rf"^\| `{extra}` \| .* \| `pip install \"\.\[{extra}\]\"` \|$", readme, re.MULTILINE
        )


def test_the_version_is_the_one_that_the_changelog_begins_with():
    text = (ROOT / "CHANGELOG.md").read_text()
    headings = re.findall(r"^## \[(.*)\] - (.*)$", text, re.MULTILINE)
    versions = [Version(version) for version, _ in headings]
    (newest, state), *before = headings

    assert versions == sorted(versions, reverse=True)
    assert Version(newest) == Version(Version(crawler.__version__).base_version)
    assert (state == "unreleased") == Version(crawler.__version__).is_devrelease
    assert all(date.fromisoformat(day) for _, day in before)


def test_every_lock_that_a_document_names_is_there():
    for document in (*DOCUMENTS, ROOT / "SECURITY.md"):
        for name in re.findall(r"`([\w.-]+\.lock)`", document.read_text()):
            assert (ROOT / name).is_file(), f"{document.name}: {name}"


def test_the_readme_names_every_command():
    app = pytest.importorskip("crawler.cli").app
    readme = (ROOT / "README.md").read_text()
    commands = [command.name for command in app.registered_commands]
    commands += [group.name for group in app.registered_groups]

    assert len(commands) > 3
    for name in commands:
        assert f"`crawler {name}" in readme, name


def _words_after_import(source):
    """Return all that it may import, and words of its prose that look like that."""
    found = re.findall(
        r"(?:^|[:;])[ \t]*(?:from[ \t]+(\w+)|import[ \t]+(.+))", source, re.MULTILINE
    )
    return {one for one, _ in found if one} | {
        re.match(r"\s*(\w*)", part)[1]
        for _, several in found
        if several
        for part in several.split(",")
    }


def _imports(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def _python(*arguments, cwd):
    # Uncompiled: a build in this folder would leave its libraries beside the sources.
    plain = os.environ | {"CRAWLER_COMPILE": "0"}
    subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=plain, check=True, capture_output=True
    )


def test_no_compiled_module_is_older_than_its_source():
    for compiled in [
        path for suffix in EXTENSION_SUFFIXES for path in (ROOT / "crawler").rglob(f"*{suffix}")
    ]:
        source = compiled.with_name(compiled.name.partition(".")[0] + ".py")

        assert compiled.stat().st_mtime >= source.stat().st_mtime, f"make setup: {source} is newer"


def test_every_compiled_module_is_there():
    for name in HOOK["modules"]:
        assert (ROOT / name).is_file(), name


def test_the_module_by_which_the_version_tells_if_any_are_compiled_is_one_of_them():
    named = crawler.cli._HOT.relative_to(ROOT).as_posix()

    assert f'"{named}"' in (ROOT / "pyproject.toml").read_text("utf-8")
