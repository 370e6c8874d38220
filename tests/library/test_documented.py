import doctest
from pathlib import Path

from tests.library import jobs

PAGE = Path(__file__).parents[2] / "docs" / "python.md"


def test_every_example_of_the_page_does_as_printed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    jobs.standard(tmp_path / "jobs/example")

    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")

    assert result.attempted >= 25
    assert result.failed == 0
