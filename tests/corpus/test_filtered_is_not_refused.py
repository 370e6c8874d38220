"""The operator's own filter is told apart from the owners' refusals, in every statement."""

import json
import re
from dataclasses import replace

import pytest

from crawler.corpus.errors import CorpusError
from crawler.corpus.export.export_job import export
from crawler.corpus.export.token_counting import load_tokenizer
from tests.corpus import made
from tests.store import made as store

SETTINGS = {"languages": ("de",)}


@pytest.fixture
def out(tmp_path):
    job = made.standard(tmp_path / "job")
    # The crawl's own filter: nothing refused it, the policy does not want its licence.
    unwanted = replace(store.NO, reason="licence.class")
    store.refuse(job.connection, "https://a.test/class", decision=unwanted)
    result = export(job.folder, tmp_path / "out", made.plan(SETTINGS))
    job.connection.close()
    assert (result.refused, result.filtered) == ({"robots_meta.noai": 2}, {"licence.class": 1})
    return tmp_path / "out"


def test_the_manifest_counts_them_apart(out):
    manifest = json.loads((out / "manifest.json").read_text())

    assert manifest["refused"] == {"robots_meta.noai": 2}
    assert manifest["filtered"] == {"licence.class": 1}
    assert manifest["left_out"] == {
        "refused": {},
        "filtered": {"filter-language": 5},
        "unproven": {},
    }


def test_the_card_croissant_and_the_legal_summaries_agree(out):
    card = (out / "README.md").read_text()
    refused, filtered = card.index("owners refused"), card.index("operator did not want")
    croissant = json.loads((out / "croissant.json").read_text())
    summary = json.loads((out / "eu_art53.json").read_text())

    assert refused < card.index("`robots_meta.noai` | 2 | 0") < filtered
    assert filtered < card.index("`filter-language` | 0 | 5")
    assert filtered < card.index("`licence.class` | 1 | 0")
    assert (
        "Filtered by the operator at this export: filter-language 5."
        in (croissant["rai:dataCollectionMissingData"])
    )
    fields = {name: value for one in summary["sections"] for name, value in one["fields"].items()}
    assert fields["Refused by owners (pages by rule)"] == {"robots_meta.noai": 2}
    assert fields[
        "Left out by the operator's own choice, no refusal of a rightsholder (pages by rule)"
    ] == {"filter-language": 5, "licence.class": 1}


def test_tokens_never_stand_without_their_method(out):
    manifest = json.loads((out / "manifest.json").read_text())
    told = f"{manifest['tokens']} tokens estimated by words*1.33"

    assert manifest["token_method"] == "words*1.33"  # noqa: S105 - no password
    for name in ("README.md", "croissant.json", "eu_art53.json", "eu_art53.md", "ab2013.json"):
        text = (out / name).read_text()
        assert told in text, name
        for found in re.finditer(r"\d+ tokens\b", text):
            assert text[found.start() :].startswith(told), name


def test_a_tokenizer_counts_what_it_makes_of_each_text(tmp_path):
    tokenizers = pytest.importorskip("tokenizers")
    words = {"[UNK]": 0, "First": 1, "text": 2, "of": 3}
    made_up = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token="[UNK]"))  # noqa: S106
    made_up.pre_tokenizer = tokenizers.pre_tokenizers.WhitespaceSplit()
    made_up.enable_truncation(max_length=2)  # of the model's input, not of the text
    made_up.save(str(tmp_path / "tiny.json"))
    tokenizer = load_tokenizer(tmp_path / "tiny.json")

    assert tokenizer.count("First text of a.") == 4
    assert tokenizer.count("") == 0
    assert re.fullmatch(r"tokenizer tiny\.json \(sha256 [0-9a-f]{16}\)", tokenizer.method)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\x00", b'{"model": 3}'])
def test_what_is_no_tokenizer_is_said_to_be_none(tmp_path, content):
    pytest.importorskip("tokenizers")
    (tmp_path / "no.json").write_bytes(content)

    with pytest.raises(CorpusError, match="is no tokenizer"):
        load_tokenizer(tmp_path / "no.json")
    with pytest.raises(CorpusError, match="cannot be read"):
        load_tokenizer(tmp_path / "absent.json")
