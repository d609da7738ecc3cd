#!/usr/bin/env python3
"""Holds JSON on standard input against a JSON Schema: validate_report.py SCHEMA [--lines]

Exit status 0 when it is valid, 1 when it isn't (each violation is a line on standard error), 2 when the schema itself is bad.
With --lines every line is a document of its own. Needs PyPI's jsonschema.
"""

import json
import sys

import jsonschema


def explain(error):
    """The lines for a violation; where the schema offers alternatives, also the deepest reason why none fits."""
    yield f"{error.json_path}: {shortened(error)}"
    deepest = error
    while deepest.context:
        deepest = max(deepest.context, key=lambda inner: len(inner.absolute_path))
    if deepest is not error:
        yield f"  because {deepest.json_path}: {shortened(deepest)}"


def shortened(error):
    return error.message if len(error.message) <= 200 else f"{error.message[:100]} … {error.message[-80:]}"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    validator_class = jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator)
    try:
        validator_class.check_schema(schema)
    except jsonschema.SchemaError as error:
        print(f"{sys.argv[1]}: {error.message}", file=sys.stderr)
        return 2
    validator = validator_class(schema, format_checker=validator_class.FORMAT_CHECKER)
    text = sys.stdin.read()
    documents = [line for line in text.splitlines() if line.strip()] if "--lines" in sys.argv[2:] else [text]
    if not documents:
        print("no document on standard input", file=sys.stderr)
        return 1
    status = 0
    for document in documents:
        try:
            instance = json.loads(document)
        except json.JSONDecodeError as error:
            print(f"not JSON: {error}", file=sys.stderr)
            status = 1
            continue
        for error in sorted(validator.iter_errors(instance), key=lambda error: list(map(str, error.absolute_path))):
            for line in explain(error):
                print(line, file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
