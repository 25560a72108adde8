"""The description of what can be asked, made from the rows that answer."""

from __future__ import annotations

from typing import Any

from geomap.serve.desk import STATES
from geomap.serve.guards import HEADER
from geomap.serve.routes import ADDRESS_LENGTH, ENDPOINTS, TITLE_LENGTH, Endpoint

_ONE_LINE = r"^[^\x00-\x1f]*$"
_TEXTS = {"type": "array", "items": {"type": "string", "minLength": 1, "pattern": r"\S"}, "minItems": 1}

SCHEMAS: dict[str, Any] = {
    "Problem": {
        "type": "object",
        "required": ["status", "detail"],
        "properties": {"status": {"type": "integer"}, "detail": {"type": "string"}},
    },
    "About": {
        "type": "object",
        "required": ["version", "formats", "fetch", "upload"],
        "properties": {
            "version": {"type": "string"},
            "fetch": {"type": "boolean", "description": "Whether web addresses are taken."},
            "upload": {"type": "integer", "description": "The most bytes of one order."},
            "formats": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["name", "suffix", "description"],
                    "properties": {k: {"type": "string"} for k in ("name", "suffix", "description")},
                },
            },
        },
    },
    "Token": {
        "type": "object",
        "required": ["token"],
        "properties": {"token": {"type": "string"}},
        "additionalProperties": False,
    },
    "Order": {
        "type": "object",
        "required": ["text"],
        "properties": {
            "text": {**_TEXTS, "description": "Articles, pasted. One of text, file and address must be given."},
            "file": {"type": "array", "items": {"type": "string", "format": "binary"}},
            "address": {
                "type": "array",
                "items": {"type": "string", "pattern": r"^https?://[!-~]+$", "maxLength": ADDRESS_LENGTH},
            },
            "published": {"type": "string", "format": "date", "pattern": r"^[12]\d{3}-\d{2}-\d{2}$"},
            "title": {"type": "string", "maxLength": TITLE_LENGTH, "pattern": _ONE_LINE},
        },
        "additionalProperties": False,
    },
    "Corrections": {"type": "object", "description": "The file that the map's own page downloads."},
    "Job": {
        "type": "object",
        "required": [
            "id", "state", "before", "read", "total", "error", "documents", "on_map", "events", "dated", "notes",
            "failures",
        ],
        "properties": {
            "id": {"type": "string"},
            "state": {"enum": list(STATES)},
            "before": {"type": "integer", "description": "How many orders come first."},
            "read": {"type": "integer", "description": "Documents read so far."},
            "total": {"type": ["integer", "null"], "description": "Documents to read, once counted."},
            "error": {"type": ["string", "null"]},
            "documents": {"type": "integer"},
            "on_map": {"type": "integer", "description": "Events on the map's conflict layers."},
            "events": {"type": "integer", "description": "All events, planned and historic ones too."},
            "dated": {"type": "boolean", "description": "Whether any document says its day."},
            "notes": {
                "type": "array",
                "items": {"type": "string"},
                "description": "Corrections that fitted nothing any more.",
            },
            "failures": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["source", "error"],
                    "properties": {"source": {"type": "string"}, "error": {"type": "string"}},
                },
            },
        },
    },
}  # fmt: skip

_MEANINGS = {
    400: "The request is no HTTP form, or came under a foreign host name",
    401: "The token is missing or wrong",
    403: f"The header {HEADER} or our own origin is missing",
    404: "There is none, or no longer",
    408: "The body took too long to arrive",
    409: "The job is not done, or failed",
    413: "Too large",
    415: "In a media type that is not taken",
    422: "Something in it cannot be used; the detail says what",
    429: "Too many requests",
    503: "Too many orders wait",
}
_ALWAYS = (400, 401, 429)


def describe() -> dict[str, Any]:
    """Return the OpenAPI 3.1 description of this server."""
    from geomap import __version__

    paths: dict[str, Any] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "geomap serve",
            "version": __version__,
            "description": "Articles in, map out. Everything is worked out on this machine.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": paths,
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": endpoint.answer.__name__,
        "summary": endpoint.summary,
        "responses": _responses(endpoint),
        **{key: value for key, value in endpoint.details.items() if key != "parameters"},
    }
    parameters = list(endpoint.details.get("parameters", []))
    if endpoint.method != "GET":
        parameters.append(
            {
                "name": HEADER,
                "in": "header",
                "required": True,
                "schema": {"enum": ["1"]},
                "description": "No other page can send it.",
            }
        )
    return {**operation, "parameters": parameters}


def _responses(endpoint: Endpoint) -> dict[str, Any]:
    status, media, schema = endpoint.success
    good: dict[str, Any] = {"description": endpoint.summary}
    if media:
        good["content"] = {media: {"schema": {"$ref": f"#/components/schemas/{schema}"} if schema else {}}}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    failures = {*endpoint.failures, *_ALWAYS, *(() if endpoint.method == "GET" else (403,))}
    return {
        str(status): good,
        **{str(code): {"description": _MEANINGS[code], "content": problem} for code in sorted(failures)},
    }
