"""The files by which a cluster is started: each fits its schema, and its commands are ours."""

import importlib.util
import json
import re
import shlex
from pathlib import Path

import jsonschema
import pytest
import yaml

from tests.cli.run import invoke

ROOT = Path(__file__).parents[2]
FILES = ROOT / "docs" / "cluster"
# Of KubeRay's published types (apis/ray/v1); the names that a manifest may use of them.
RAY_JOB = {
    *("activeDeadlineSeconds", "backoffLimit", "rayClusterSpec", "submitterPodTemplate"),
    *("metadata", "clusterSelector", "submitterConfig", "managedBy", "deletionStrategy"),
    *("entrypoint", "runtimeEnvYAML", "jobId", "submissionMode", "entrypointResources"),
    *("entrypointNumCpus", "entrypointNumGpus", "ttlSecondsAfterFinished"),
    *("shutdownAfterJobFinishes", "suspend"),
}
RAY_CLUSTER = {"rayVersion", "headGroupSpec", "workerGroupSpecs", "enableInTreeAutoscaling"}
HEAD = {"rayStartParams", "template", "serviceType"}
WORKERS = {"groupName", "replicas", "minReplicas", "maxReplicas", "rayStartParams", "template"}


def job():
    return yaml.safe_load((FILES / "rayjob.yaml").read_text())


def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_the_machines_file_fits_the_schema_that_ray_ships():
    spec = importlib.util.find_spec("ray")
    if spec is None:
        pytest.skip("the extra cluster is not installed")
    schema = Path(spec.origin).parent / "autoscaler" / "ray-schema.json"
    machines = yaml.safe_load((FILES / "ray-up.yaml").read_text())

    jsonschema.validate(machines, json.loads(schema.read_text()))


def test_the_manifest_names_what_the_operators_types_have():
    spec = job()["spec"]
    cluster = spec["rayClusterSpec"]
    groups = cluster["workerGroupSpecs"]

    assert (job()["apiVersion"], job()["kind"]) == ("ray.io/v1", "RayJob")
    assert spec.keys() <= RAY_JOB
    assert cluster.keys() <= RAY_CLUSTER
    assert cluster["headGroupSpec"].keys() <= HEAD
    assert all(group.keys() <= WORKERS for group in groups)
    for group in (cluster["headGroupSpec"], *groups):
        # The types have them as text, and a pod's shards must have the time to be copied.
        assert all(isinstance(value, str) for value in group["rayStartParams"].values())
        pod = group["template"]["spec"]
        assert pod["terminationGracePeriodSeconds"] >= 60
        mounted = {item["name"] for one in pod["containers"] for item in one["volumeMounts"]}
        assert mounted == {item["name"] for item in pod["volumes"]}


def test_the_profile_has_a_head_two_workers_and_what_they_share():
    services = compose()["services"]
    head, worker = services["head"], services["worker"]

    assert [name for name, item in services.items() if "cluster" in item.get("profiles", ())] == [
        *("head", "worker"),
    ]
    assert worker["deploy"]["replicas"] == 2
    assert worker["depends_on"]["head"]["condition"] == "service_healthy"
    assert head["volumes"] == worker["volumes"]
    assert not any("/data" in volume for volume in head["volumes"])  # shards lie on their own disk
    assert "ports" not in head  # who reaches Ray's port can run anything
    assert head["stop_signal"] == "SIGINT"


def commands():
    """Return the words of every command of ours in the files, by file."""
    texts = {
        "compose": compose()["services"]["head"]["command"][0],
        "rayjob": job()["spec"]["entrypoint"],
        "machines": (FILES / "ray-up.yaml").read_text(),
        "document": (ROOT / "docs" / "cluster.md").read_text(),
    }
    return {
        name: re.findall(r"crawler cluster crawl (?:[^`'\n\\]|\\\n)*", text)
        for name, text in texts.items()
    }


@pytest.mark.parametrize("name", ["compose", "rayjob", "document"])
def test_the_commands_are_those_of_the_command_line(name):
    known = invoke("cluster", "crawl", "--help").output

    assert commands()[name]
    for command in commands()[name]:
        for word in shlex.split(command.replace("\\\n", " ")):
            if word.startswith("--"):
                assert re.search(rf"^  {word}\b", known, re.MULTILINE), word
