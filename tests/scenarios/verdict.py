#!/usr/bin/env python3
"""verdict.py VERDICTS SUITE NAME: what the run of the rows said about one scenario."""

import json
import sys


def main() -> int:
    path, suite, name = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    for group in report["testsuites"]:
        for test in group["testsuite"]:
            if group["name"] == suite and test["name"] == name:
                for failure in test.get("failures", []):
                    print(failure["failure"])
                passed = test["status"] == "RUN" and test["result"] == "COMPLETED" and not test.get("failures")
                print("passed" if passed else "failed", test["time"])
                return 0 if passed else 1
    print(f"{suite}.{name} did not run")
    return 1


if __name__ == "__main__":
    sys.exit(main())
