"""The description of `/api/v1/` as an OpenAPI 3.1 document and as one JSON Schema for each kind of file."""

from collections.abc import Mapping

from msgspec import Struct

from generator.config import Licence
from generator.publish.exports.api import API, api_url
from generator.publish.exports.records import BriefingRecord, ChangesRecord, IndexRecord, ListingRecord, describe_licence
from generator.publish.exports.schemas import DIALECT, make_definitions, make_schema, schema_name
from generator.publish.urls import absolute, make_uri


class _Route(Struct, frozen=True):
    path: str
    name: str
    summary: str
    record: type
    parameter: str = ""


class _Parameter(Struct, frozen=True):
    meaning: str
    pattern: str = ""


_PARAMETERS: Mapping[str, _Parameter] = {
    "id": _Parameter("That of a briefing, as the index has it."),
    "code": _Parameter("A country by ISO 3166-1 alpha-2, in lower case.", "^[a-z]{2}$"),
    "pair": _Parameter("The codes of two countries, in lower case and in alphabetical order.", "^[a-z]{2}-[a-z]{2}$"),
    "sector": _Parameter("The key of a sector, as the index has it."),
}
_ROUTES = (
    _Route(f"{API}index.json", "getIndex", "List all briefings and terms", IndexRecord),
    _Route(f"{API}changes.json", "getChanges", "List all corrections and withdrawals", ChangesRecord),
    _Route(api_url("briefing", "{id}"), "getBriefing", "Get a briefing", BriefingRecord, "id"),
    _Route(api_url("country", "{code}"), "getCountry", "Get a country and its briefings", ListingRecord, "code"),
    _Route(api_url("pair", "{pair}"), "getPair", "Get two countries and their briefings", ListingRecord, "pair"),
    _Route(api_url("sector", "{sector}"), "getSector", "Get a sector and its briefings", ListingRecord, "sector"),
)
# Each kind of file with the name of its schema in `/api/v1/schemas/`.
SCHEMAS: Mapping[str, type] = {
    "briefing": BriefingRecord,
    "changes": ChangesRecord,
    "index": IndexRecord,
    "listing": ListingRecord,
}


def make_openapi(
    title: str, description: str, base_url: str, examples: Mapping[str, str], *, licence: Licence
) -> dict[str, object]:
    """Return the OpenAPI document of the archive's API, a value of plain JSON types.

    `examples` gives, by the name of a parameter, a value that the archive has.
    """
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {"title": title, "description": describe_licence(description, licence), "version": "1"},
        "servers": [{"url": make_uri(base_url).rstrip("/")}],
        "paths": {route.path: {"get": _describe_route(route, examples)} for route in _ROUTES},
        "components": {"schemas": make_definitions(tuple(SCHEMAS.values()), "#/components/schemas/")},
    }


def make_api_schema(name: str, base_url: str) -> dict[str, object]:
    """Return one of `SCHEMAS` as a document of its own."""
    return make_schema(SCHEMAS[name], make_uri(absolute(base_url, schema_url(name))))


def schema_url(name: str) -> str:
    """Return the address of one of `SCHEMAS`: `/api/v1/schemas/briefing.json`."""
    return f"{API}schemas/{name}.json"


def _describe_route(route: _Route, examples: Mapping[str, str]) -> dict[str, object]:
    schema = {"$ref": f"#/components/schemas/{schema_name(route.record)}"}
    operation: dict[str, object] = {"operationId": route.name, "summary": route.summary}
    if route.parameter:
        operation["parameters"] = [_describe_parameter(route.parameter, examples)]
    found = {"description": "What was asked for.", "content": {"application/json": {"schema": schema}}}
    missing = {"404": {"description": "The archive has none."}} if route.parameter else {}
    return {**operation, "responses": {"200": found, **missing}}


def _describe_parameter(name: str, examples: Mapping[str, str]) -> dict[str, object]:
    told = _PARAMETERS[name]
    schema = {"type": "string", **({"pattern": told.pattern} if told.pattern else {})}
    example = {"example": examples[name]} if name in examples else {}
    return {"name": name, "in": "path", "required": True, "description": told.meaning, "schema": schema, **example}
