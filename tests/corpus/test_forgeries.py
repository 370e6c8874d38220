"""Every forgery of an export is named: by `verify` alone, under a pinned key, and by its job.

A row tells what a forger does, what the verifier who has nothing but the folder is told, and
what comparing with the job tells. `{}` stands for the forger's own key.
"""

import json
import os
import shutil
from functools import partial
from hashlib import sha256

import orjson
import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crawler.core.content.figures.hashes import text_hash
from crawler.corpus.export.export_job import export
from crawler.corpus.export.verify_between import compare_with_export
from crawler.corpus.export.verify_export import verify_export
from crawler.corpus.removal.purge import Order, Selector, purge
from crawler.corpus.statements.credits_page import credit
from crawler.corpus.statements.manifest import signature_text
from crawler.corpus.upkeep.verify_against import compare_with_job
from crawler.keys import Trusted, sign_bytes, thumbprint
from crawler.store.canonical import canonical
from crawler.store.job import open_for_writing
from crawler.store.signing_memory import SigningKey, remember_key
from tests.corpus import made
from tests.store.made import NOW

KEY, OTHER = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
PINNED = Trusted({thumbprint(KEY): KEY.public_key()})
DATA = "data/train-00000.jsonl.zst"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Return a folder with a job, its export, an older one of it, and one of another job."""
    root = tmp_path_factory.mktemp("forgeries")
    job = made.standard(root / "job")
    remember_key(job.connection, SigningKey(thumbprint(KEY), root / "key.pem"))
    signed = made.plan(sign=partial(sign_bytes, KEY))
    export(root / "job", root / "older", signed)
    job.page("https://d.test/1", "A page that came later.", licence="CC-BY-4.0")
    export(root / "job", root / "out", made.plan(sign=partial(sign_bytes, KEY), version="1.0.0"))
    job.connection.close()
    other = made.standard(root / "other-job")
    export(root / "other-job", root / "other", signed)
    other.connection.close()
    return root


@pytest.fixture
def out(world, tmp_path):
    shutil.copytree(world / "out", tmp_path / "out")
    return tmp_path / "out"


def records(out, path=DATA):
    with zstandard.open(out / path, "rb") as file:
        return [json.loads(line) for line in file.read().splitlines()]


def rewrite(out, listed, path=DATA, level=3):
    """Put other records in, and write everything anew that hangs on them, as a forger would."""
    text = b"".join(orjson.dumps(item, option=orjson.OPT_APPEND_NEWLINE) for item in listed)
    (out / path).write_bytes(zstandard.ZstdCompressor(level=level).compress(text))
    lines = b"".join(credit(item) for item in listed if item["metadata"]["license_spdx"])
    (out / "ATTRIBUTION.jsonl").write_bytes(lines)
    manifest = json.loads((out / "manifest.json").read_text())
    about = [item["metadata"] for item in listed]
    manifest["records"] = len(listed)
    manifest["words"] = sum(item["word_count_re"] for item in about)
    manifest["bytes"] = sum(item["byte_count"] for item in about)
    manifest["tokens"] = sum(item["token_count_est"] for item in about)
    for name, column, none in (
        ("licences", "license_spdx", "none"),
        ("licence_classes", "license_class", ""),
        ("languages", "language", "und"),
    ):
        found = [item[column] or none for item in about]
        manifest[name] = {value: found.count(value) for value in found}
    for entry in manifest["files"]:
        entry["records"] = len(listed) if entry["path"] == path else entry["records"]
    seal(out, manifest)


def seal(out, manifest=None, key=None):
    """Write the manifest anew so that every hash fits; signed by `key`, or not at all."""
    manifest = manifest or json.loads((out / "manifest.json").read_text())
    for entry in manifest["files"]:
        path = out / entry["path"]
        if path.is_file():
            data = path.read_bytes()
            entry |= {"bytes": len(data), "sha256": sha256(data).hexdigest()}
    manifest["signed"] = key is not None
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    (out / "manifest.json").write_text(text)
    digest = sha256(text.encode()).hexdigest()
    (out / "manifest.json.sha256").write_text(f"{digest}  manifest.json\n")
    (out / "manifest.json.sig").unlink(missing_ok=True)
    if key is not None:
        said = {"manifest_sha256": digest, "ledger_head": manifest["ledger"]["head"]}
        signature = {**said, **sign_bytes(key, canonical(said).encode())}
        (out / "manifest.json.sig").write_text(signature_text(signature))


def change(out, number=0, **values):
    """Change columns of a record's metadata (`text`: with all its figures)."""
    listed = records(out)
    text = values.pop("text", None)
    if text is not None:
        listed[number]["text"] = text
        size = len(text.encode())
        values |= {"text_sha256": text_hash(text), "char_count": len(text), "byte_count": size}
    listed[number]["metadata"] |= values
    rewrite(out, listed)


def text_swapped(out):
    listed = records(out)
    listed[0]["text"], listed[1]["text"] = listed[1]["text"], listed[0]["text"]
    rewrite(out, listed)


def records_swapped_with_their_figures(out):
    listed = records(out)
    listed[0]["id"], listed[1]["id"] = listed[1]["id"], listed[0]["id"]
    rewrite(out, listed)


def a_text_of_the_forgers(out):
    change(out, text="Words that nobody ever published.")


def a_better_licence(out):
    change(out, 2, license_spdx="CC0-1.0", license_class="PD")


def another_verdict(out):
    consent = records(out)[0]["metadata"]["consent"]
    change(out, consent=consent | {"verdict": consent["verdict"] | {"ai_train": "allow"}})


def another_rule(out):
    change(out, consent=records(out)[0]["metadata"]["consent"] | {"signal": "owner agreed"})


def an_excluded_record(out):
    change(out, consent=records(out)[0]["metadata"]["consent"] | {"decision": "exclude"})


def an_invented_site_file(out):
    consent = records(out)[0]["metadata"]["consent"]
    files = [{**consent["site_files"][0], "sha256": "0" * 64}]
    change(out, consent=consent | {"site_files": files})


def a_record_twice(out):
    listed = records(out)
    rewrite(out, [*listed, listed[0]])


def a_record_twice_under_another_id(out):
    listed = records(out)
    rewrite(out, [*listed, {**listed[0], "id": "f" * 32}])


def a_record_too_many(out):
    listed = records(out)
    more = json.loads(json.dumps(listed[0]).replace("https://a.test/1", "https://evil.test/1"))
    rewrite(out, [*listed, {**more, "id": "e" * 32}])


def a_record_too_few(out):
    rewrite(out, records(out)[:-1])


def a_record_too_few_that_is_said_to_be_filtered(out):
    manifest = json.loads((out / "manifest.json").read_text())
    manifest["left_out"]["filtered"]["filter-language"] = 1
    (out / "manifest.json").write_text(json.dumps(manifest))
    rewrite(out, records(out)[:-1])


def the_manifest_signed_anew(out):
    text_swapped(out)
    seal(out, key=OTHER)


def only_the_signature_by_another_key(out):
    seal(out, key=OTHER)


def a_signature_that_names_the_pinned_key(out):
    seal(out, key=OTHER)
    path = out / "manifest.json.sig"
    statement = json.loads(path.read_text())
    path.write_text(signature_text({**statement, "key_id": thumbprint(KEY)}))


def the_signature_taken_away(out):
    (out / "manifest.json.sig").unlink()


def signed_set_to_false(out):
    seal(out)


def the_last_file_cut(out):
    path = out / DATA
    path.write_bytes(path.read_bytes()[:-7])


def the_last_file_cut_and_sealed(out):
    the_last_file_cut(out)
    seal(out)


def bytes_behind_the_last_file(out):
    path = out / DATA
    path.write_bytes(path.read_bytes() + b"more")
    seal(out)


def a_second_frame_behind_the_last_file(out):
    path = out / DATA
    path.write_bytes(path.read_bytes() * 2)
    seal(out)


def a_file_packed_otherwise(out):
    path = out / DATA
    path.write_bytes(zstandard.ZstdCompressor(level=19).compress(zstandard.decompress(
        path.read_bytes(), max_output_size=1 << 24)))  # fmt: skip


def the_card_changed(out):
    path = out / "README.md"
    path.write_text(path.read_text().replace("every other record", "no record").replace("7 ", "9 "))
    seal(out)


def croissant_changed(out):
    path = out / "croissant.json"
    path.write_text(path.read_text().replace("per", "par"))
    seal(out)


def the_legal_summary_changed(out):
    path = out / "eu_art53.md"
    path.write_text(path.read_text().replace("refusals", "consents"))
    seal(out)


def an_author_replaced(out):
    path = out / "ATTRIBUTION.jsonl"
    path.write_text(path.read_text().replace("a.test", "b.test", 1))
    seal(out)


def attribution_page_changed(out):
    path = out / "ATTRIBUTION.html"
    path.write_text(path.read_text().replace("by", "of", 3))
    seal(out)


def a_file_too_many(out):
    (out / "data" / ".hidden").write_text("more")


def a_file_too_few(out):
    (out / "top_domains.csv").unlink()


def a_listed_file_forgotten(out):
    manifest = json.loads((out / "manifest.json").read_text())
    manifest["files"] = [item for item in manifest["files"] if item["path"] != "README.md"]
    seal(out, manifest)


def a_file_listed_twice(out):
    manifest = json.loads((out / "manifest.json").read_text())
    manifest["files"] += [item for item in manifest["files"] if item["path"] == DATA]
    seal(out, manifest)


def a_file_listed_outside(out):
    (out.parent / "outside.jsonl.zst").write_bytes((out / DATA).read_bytes())
    manifest = json.loads((out / "manifest.json").read_text())
    for item in manifest["files"]:
        item["path"] = "data/../../outside.jsonl.zst" if item["path"] == DATA else item["path"]
    (out / DATA).unlink()
    seal(out, manifest)


def a_file_behind_a_link(out):
    path = out / DATA
    path.rename(out.parent / "elsewhere.zst")
    path.symlink_to(out.parent / "elsewhere.zst")


def a_folder_behind_a_link(out):
    (out / "data").rename(out.parent / "data")
    (out / "data").symlink_to(out.parent / "data")


def a_pipe_in_the_folder(out):
    os.mkfifo(out / "data" / "pipe")


def totals_changed(out):
    manifest = json.loads((out / "manifest.json").read_text())
    manifest["refused"] = {}
    manifest["words"] += 1
    seal(out, manifest)


def refusals_hidden(out):
    manifest = json.loads((out / "manifest.json").read_text())
    manifest["refused"] = {}
    seal(out, manifest)


def another_head(out):
    manifest = json.loads((out / "manifest.json").read_text())
    manifest["ledger"]["head"] = "0" * 64
    seal(out, manifest)


def a_later_place_in_the_ledger(out):
    manifest = json.loads((out / "manifest.json").read_text())
    manifest["ledger"]["seq"] += 1_000
    seal(out, manifest)


def another_version(out):
    manifest = json.loads((out / "manifest.json").read_text())
    manifest["version"] = "2.0.0"
    seal(out, manifest)


def a_removal_invented(out):
    line = json.dumps({"id": "d" * 32, "removed_at": "2026-01-01T00:00:00Z", "reason": "optout"})
    (out / "tombstones.jsonl").write_text(f"{line}\n")
    seal(out)


def letters_changed_in_case(out):
    listed = records(out)
    listed[0]["text"] = listed[0]["text"].upper()  # the hash is of the text in lower case
    rewrite(out, listed)


def no_records_at_all(out):
    rewrite(out, [])


def a_record_of_another_shape(out):
    listed = records(out)
    del listed[0]["metadata"]["consent"]
    data = b"".join(orjson.dumps(item, option=orjson.OPT_APPEND_NEWLINE) for item in listed)
    (out / DATA).write_bytes(zstandard.compress(data))
    seal(out)


# What is done; what is told of the folder alone; what more its job tells.
FORGERIES = [
    (text_swapped, "does not have the hash metadata.text_sha256", "in text"),
    (records_swapped_with_their_figures, "not signed", "metadata.url"),
    (a_text_of_the_forgers, "not signed", "metadata.text_sha256"),
    (a_better_licence, "not signed", "metadata.license_spdx"),
    (another_verdict, "not signed", "metadata.consent.verdict"),
    (another_rule, "not signed", "metadata.consent.signal"),
    (an_excluded_record, "metadata.consent.decision is 'exclude'", "metadata.consent.decision"),
    (an_invented_site_file, "not signed", "a site file that the job never got"),
    (a_record_twice, "is there more than once", "accounts for 8 pages"),
    (a_record_twice_under_another_id, "is a second record of https://a.test/1", "no page"),
    (a_record_too_many, "README.md", "is of no page that the job ever held"),
    (a_record_too_few, "README.md", "accounts for 6 pages"),
    (a_record_too_few_that_is_said_to_be_filtered, "README.md", "not the one that the job"),
    (the_manifest_signed_anew, "signed by {}, not pinned", "which never signed for this job"),
    (only_the_signature_by_another_key, "signed by {}, not pinned", "never signed for this job"),
    (a_signature_that_names_the_pinned_key, "not validly signed", "no valid signature"),
    (the_signature_taken_away, "manifest.json.sig: is missing, though", "no valid signature"),
    (signed_set_to_false, "not signed", "not the one that the job published"),
    (the_last_file_cut, f"{DATA}: was altered", "accounts for"),
    (the_last_file_cut_and_sealed, f"{DATA}: cannot be read to its end: is cut off", "accounts"),
    (bytes_behind_the_last_file, "goes on after its end", "not the one that the job published"),
    (a_second_frame_behind_the_last_file, "goes on after its end", "not the one that the job"),
    (a_file_packed_otherwise, f"{DATA}: was altered", ""),
    (the_card_changed, "README.md: says otherwise", "not the one that the job published"),
    (croissant_changed, "croissant.json: says otherwise", "not the one that the job published"),
    (the_legal_summary_changed, "eu_art53.md: says otherwise", "not the one that the job"),
    (an_author_replaced, "ATTRIBUTION.jsonl: line 1 is what no record says", "not the one that"),
    (attribution_page_changed, "ATTRIBUTION.html: says otherwise", "not the one that the job"),
    (a_file_too_many, "data/.hidden: is not listed", ""),
    (a_file_too_few, "top_domains.csv: is missing", ""),
    (a_listed_file_forgotten, "README.md: is not listed", "not the one that the job published"),
    (a_file_listed_twice, f"{DATA}: is listed more than once", "accounts for 14 pages"),
    (a_file_listed_outside, "leads out of the export", "accounts for 0 pages"),
    (a_file_behind_a_link, f"{DATA}: is a symbolic link", "accounts for 0 pages"),
    (a_folder_behind_a_link, "data: is no plain file", "accounts for 0 pages"),
    (a_pipe_in_the_folder, "data/pipe: is no plain file", ""),
    (totals_changed, "for words, the records come to", "not the one that the job published"),
    (refusals_hidden, "README.md: says otherwise", "not the one that the job published"),
    (another_head, "README.md: says otherwise", "is not the head that the export was made with"),
    (a_later_place_in_the_ledger, "README.md: says otherwise", "the job's ledger ends at"),
    (another_version, "README.md: says otherwise", "calls itself version 2.0.0"),
    (a_removal_invented, "not signed", "does not take out"),
    (letters_changed_in_case, "not signed", "in text"),
    (no_records_at_all, "README.md: says otherwise", "accounts for 0 pages"),
    (a_record_of_another_shape, "record 1 is not one of ours: metadata", "none of ours"),
]


def told(result):
    found = [f"{fault.place}: {fault.what}" for fault in result.faults]
    signature = getattr(result, "signature", None)
    return "\n".join([*([signature.sentence] if signature else []), *found, *result.notes])


@pytest.mark.parametrize(("forge", "alone", "by_job"), FORGERIES)
def test_a_forgery_is_named_alone_under_a_pinned_key_and_by_its_job(
    world, out, forge, alone, by_job
):
    forge(out)

    assert alone.format(thumbprint(OTHER)) in told(verify_export(out))
    pinned = verify_export(out, PINNED)
    assert pinned.faults
    assert "pinned" in told(pinned) or "not signed" in told(pinned)
    signature = verify_export(out).signature
    assert by_job in told(compare_with_job(out, world / "job", signature.key_id))


def test_what_is_not_forged_is_not_at_fault(world, out):
    alone, pinned = verify_export(out), verify_export(out, PINNED, signed=True)

    assert (alone.faults, alone.signature.sentence) == (
        (),
        f"signed by {thumbprint(KEY)}, not pinned",
    )
    assert (pinned.faults, pinned.signature.state) == ((), "pinned")
    compared = compare_with_job(out, world / "job", thumbprint(KEY))
    assert (compared.faults, compared.records) == ([], 7)


def test_an_older_export_of_the_job_is_told_by_the_job_and_by_a_newer_one(world):
    older = world / "older"

    assert verify_export(older, PINNED).faults == ()
    by_job = compare_with_job(older, world / "job", thumbprint(KEY))
    assert by_job.faults == []
    assert "an older export" in told(by_job)
    assert "published version 1.0.0 since" in told(by_job)
    assert "an older export" in told(compare_with_export(older, world / "out"))


def test_an_export_of_another_job_is_told(world):
    other = world / "other"

    assert verify_export(other, PINNED).faults == ()
    assert "of another job" in told(compare_with_job(other, world / "job"))
    assert "is not the head" in told(compare_with_export(other, world / "older"))


@pytest.mark.parametrize(
    ("forge", "said"),
    [
        (text_swapped, "not the one of"),
        (a_better_licence, "has another text hash, licence or decision"),
        (another_verdict, "has another text hash, licence or decision"),
        (a_record_too_many, "is not in"),
        (a_record_too_few, "is missing here"),
    ],
)
def test_another_export_of_the_job_tells_as_well(world, out, forge, said):
    forge(out)

    assert said in told(compare_with_export(out, world / "out"))


def test_what_was_purged_or_retired_since_is_removed_and_not_forged(world, tmp_path):
    shutil.copytree(world / "job", tmp_path / "job")
    purge(tmp_path / "job", Selector(domain="b.test"), Order("optout"), None, NOW)

    found = compare_with_job(world / "out", tmp_path / "job", thumbprint(KEY))

    assert (found.faults, found.records) == ([], 7)
    assert "(https://b.test/1): removed since, ledger" in told(found)
    assert "2 records were removed since: optout" in told(found)


def test_a_removal_that_is_hidden_is_told(world, tmp_path):
    shutil.copytree(world / "job", tmp_path / "job")
    purge(tmp_path / "job", Selector(domain="b.test"), Order("optout"), None, NOW)
    out = tmp_path / "later"
    export(tmp_path / "job", out, made.plan())
    assert compare_with_job(out, tmp_path / "job").faults == []
    (out / "tombstones.jsonl").write_text("")
    seal(out)

    assert "is missing: the record was taken out" in told(compare_with_job(out, tmp_path / "job"))


def test_a_forged_record_of_a_page_that_changed_since_is_told(world, out, tmp_path):
    shutil.copytree(world / "job", tmp_path / "job")
    purge(tmp_path / "job", Selector(domain="b.test"), Order("optout"), None, NOW)
    change(out, 2, license_spdx="CC0-1.0", license_class="PD")

    found = compare_with_job(out, tmp_path / "job")

    assert "has another text hash, licence or decision than it had at ledger" in told(found)


@pytest.mark.parametrize("form", ["jsonl", "parquet", "warc"])
@pytest.mark.parametrize("settings", [{}, {"mask_personal_data": True}])
@pytest.mark.parametrize("audience", ["train", "publish"])
def test_every_kind_of_export_verifies(world, tmp_path, form, settings, audience):
    from crawler.cli.corpus_options import _masked

    masking = _masked if settings else None
    plan = made.plan(settings, mask=masking, format=form, audience=audience, part_bytes=3_000)
    export(world / "job", tmp_path / "out", plan)

    found = verify_export(tmp_path / "out")
    assert (found.faults, found.notes) == ((), ())
    assert compare_with_job(tmp_path / "out", world / "job").faults == []


def test_a_job_of_before_tells_no_more_than_it_can(world, tmp_path):
    """Entries of an older crawler do not say what a record said then."""
    shutil.copytree(world / "job", tmp_path / "job")
    purge(tmp_path / "job", Selector(domain="b.test"), Order("optout"), None, NOW)
    connection = open_for_writing(tmp_path / "job")
    connection.executescript(
        "DROP TRIGGER ledger_no_update; UPDATE ledger SET payload = json_remove(payload, '$.said')"
    )
    connection.close()

    assert compare_with_job(world / "out", tmp_path / "job").faults == []
