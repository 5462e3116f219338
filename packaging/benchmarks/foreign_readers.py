"""Reads Delta tables with Spark, delta-rs and DuckDB's delta extension, and compares the rows one by one.

Tables are directories on this machine. (The local stack's S3 server keeps a bucket as a directory, data/s3/BUCKET, so
that its tables can be read so too.) Progress goes to standard error; the last line of standard output is a JSON object.
Exit status: 0 all readers agree on all tables, 1 they do not or one cannot read, 2 wrong usage.
"""

import argparse
import base64
import collections
import datetime
import decimal
import json
import math
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SPARK_READER = HERE.parent / "spark-reader" / "spark-reader"
EXAMPLES = 3


def canonical(value):
    """Plain JSON that is the same for the same value, whichever reader gave it. Null fields are left out."""
    if isinstance(value, dict):
        return {key: canonical(field) for key, field in value.items() if field is not None}
    if isinstance(value, (list, tuple)):
        return [canonical(element) for element in value]
    if isinstance(value, float):
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        return value
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    if isinstance(value, decimal.Decimal):
        return str(value)
    if isinstance(value, datetime.datetime):
        if value.tzinfo is not None:
            value = value.astimezone(datetime.timezone.utc)
            return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        return value.strftime("%Y-%m-%dT%H:%M:%S.%f")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def rows_of(values):
    """How often each row occurs."""
    return collections.Counter(json.dumps(canonical(row), sort_keys=True, ensure_ascii=False) for row in values)


def spark(table):
    command = [str(SPARK_READER), "--location", f"file://{table}"]
    reader = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=sys.stderr, text=True, encoding="utf-8")
    rows = rows_of(json.loads(line) for line in reader.stdout)
    if reader.wait() != 0:
        raise RuntimeError(f"spark-reader ended with {reader.returncode}; its message is above")
    return rows


def delta_rs(table):
    import deltalake
    import pyarrow

    batches = deltalake.QueryBuilder().register("t", deltalake.DeltaTable(str(table))).execute("SELECT * FROM t")
    return rows_of(pyarrow.table(batches).to_pylist())


def duckdb_delta(table):
    import duckdb
    import duckdb_extension_delta

    package = pathlib.Path(duckdb_extension_delta.__file__).parent
    extension = package / "extensions" / f"v{duckdb.__version__}" / "delta.duckdb_extension"
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(f"LOAD '{extension}'")
    result = connection.execute("SELECT * FROM delta_scan(?)", [str(table)])
    columns = [column[0] for column in result.description]
    return rows_of(dict(zip(columns, row)) for row in iter(result.fetchone, None))


READERS = {"spark": spark, "deltaRs": delta_rs, "duckdb": duckdb_delta}


def compare(table, without):
    """The row counts by reader, and the differences from the first of them as text."""
    found = {}
    differences = []
    for name, reader in READERS.items():
        if name in without:
            continue
        try:
            found[name] = reader(table)
        except Exception as failure:  # Every reader is asked, whatever befalls another.
            differences.append(f"{name} cannot read it: {type(failure).__name__}: {failure}")
    names = list(found)
    for name in names[1:]:
        for one, other in ((names[0], name), (name, names[0])):
            only = found[one] - found[other]
            if only:
                differences.append(f"{sum(only.values())} rows that {one} reads and {other} does not, such as:")
                differences.extend(f"  {row}" for row in sorted(only)[:EXAMPLES])
    return {name: sum(rows.values()) for name, rows in found.items()}, differences


def main():
    parser = argparse.ArgumentParser(
        prog="foreign-readers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tables", nargs="+", metavar="TABLE", help="directory of a table")
    parser.add_argument("--without", action="append", default=[], choices=READERS, help="reader to leave out")
    arguments = parser.parse_args()
    result = []
    for table in (pathlib.Path(name).resolve() for name in arguments.tables):
        counts, differences = compare(table, arguments.without)
        print(f"{table}: {counts}, {'they differ' if differences else 'all agree'}", file=sys.stderr)
        for difference in differences:
            print(f"  {difference}", file=sys.stderr)
        result.append({"table": str(table), "rows": counts, "agree": not differences})
    agree = all(table["agree"] for table in result)
    print(json.dumps({"agree": agree, "tables": result}))
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
