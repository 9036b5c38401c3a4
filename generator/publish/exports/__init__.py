"""What programs and researchers take away: the API's files with their description, and the downloads of the whole archive."""

from generator.publish.exports.api import API, Host, api_url, render_briefing, render_changes, render_index, render_listing
from generator.publish.exports.downloads import DOWNLOADS, TEXTLESS, render_downloads
from generator.publish.exports.openapi import SCHEMAS, make_api_schema, make_openapi, schema_url
from generator.publish.exports.package import (
    LINE_SCHEMA,
    MEDIA_TYPES,
    Download,
    describe_download,
    make_datapackage,
    render_checksums,
)
from generator.publish.exports.records import About, dump_record
from generator.publish.exports.tables import make_line_schema

__all__ = [
    "API",
    "DOWNLOADS",
    "LINE_SCHEMA",
    "MEDIA_TYPES",
    "SCHEMAS",
    "TEXTLESS",
    "About",
    "Download",
    "Host",
    "api_url",
    "describe_download",
    "dump_record",
    "make_api_schema",
    "make_datapackage",
    "make_line_schema",
    "make_openapi",
    "render_briefing",
    "render_changes",
    "render_checksums",
    "render_downloads",
    "render_index",
    "render_listing",
    "schema_url",
]
