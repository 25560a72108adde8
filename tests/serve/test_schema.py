"""The description of the served page, and whether the page is as it says whatever it is sent."""

from __future__ import annotations

from typing import Any

import pytest

from geomap.serve.openapi import describe
from geomap.serve.routes import ENDPOINTS, Endpoint

from .asking import ask, mapped
from .conftest import ARTICLE

schemathesis = pytest.importorskip("schemathesis")
from hypothesis import HealthCheck, given, settings  # noqa: E402 - it comes with schemathesis
from schemathesis import GenerationMode  # noqa: E402
from schemathesis.specs.openapi.checks import negative_data_rejection  # noqa: E402


def test_every_row_that_answers_is_described(page: str) -> None:
    """What is served at /openapi.json names each address and method, and nothing else."""
    served = ask(page, "/openapi.json").json
    described = {(path, method.upper()) for path, item in served["paths"].items() for method in item}

    assert {(e.path, e.method) for e in ENDPOINTS} == described
    assert describe() == served


@pytest.fixture(scope="module")
def schema(page: str) -> Any:  # noqa: ANN401 - schemathesis is told of by its own tests
    """The description, as it is served."""
    return schemathesis.openapi.from_url(f"{page}/openapi.json")


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda e: f"{e.method} {e.path}")
def test_the_page_is_as_described(schema: Any, page: str, endpoint: Endpoint, mode: GenerationMode) -> None:  # noqa: ANN401
    """Whatever is sent, right or wrong, the answer has a status, type and shape that the description names."""
    if endpoint.path == "/api" and mode.is_negative:
        pytest.skip("it takes nothing that could be wrong")
    job = mapped(page, ("text", ARTICLE))["id"]
    is_form = endpoint.path == "/api/jobs"  # in a form a number is a text, and a text twice a list

    @settings(max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=schema[endpoint.path][endpoint.method].as_strategy(generation_mode=mode))
    def check(case: Any) -> None:  # noqa: ANN401
        if mode.is_positive and "job" in case.path_parameters and endpoint.method != "DELETE":
            case.path_parameters["job"] = job
        case.call_and_validate(excluded_checks=[negative_data_rejection] if is_form else [])

    check()
