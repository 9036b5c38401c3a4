"""Every file for machines can be read by one: XML is well-formed, JSON is valid, structured data in pages too."""

import json
from collections.abc import Iterator

from generator.check.site import BuiltSite
from generator.errors import Location, Problem, error


def find_unreadable_records(site: BuiltSite) -> Iterator[Problem]:
    """Yield each XML or JSON file that its readers would refuse."""
    for address, record in site.records.items():
        if record.fault:
            line, column, message = record.fault
            yield error("unreadable-file", Location(address, line, column), f"the file cannot be read: {message}")


def find_unreadable_data(site: BuiltSite) -> Iterator[Problem]:
    """Yield pages whose JSON-LD is not valid JSON, so that search engines and reference managers pass it over."""
    for page, document in site.documents.items():
        for text in document.data:
            try:
                json.loads(text)
            except ValueError as fault:
                yield error("unreadable-data", site.owner(page), f"the JSON-LD of {page} is not valid JSON: {fault}")
