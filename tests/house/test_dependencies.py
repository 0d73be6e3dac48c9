"""Dependencies: what an installation brings along is used by the product itself."""

import re
import tomllib
from importlib.metadata import packages_distributions

from tests.house.tree import ROOT, imported_packages, python_files

#: Chosen by its name in the address of the database, never imported.
BY_NAME = {"psycopg"}


def called(requirement: str) -> str:
    """Give the name of a package as packages are compared: `ruamel.yaml>=0.19` is `ruamel-yaml`."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ ]", requirement)[0]).lower()


def used(*parts: str) -> set[str]:
    """Give the packages that the Python files of these parts import."""
    packages = packages_distributions()
    names = {name for path in python_files(*parts) for name in imported_packages(path)}
    return {called(package) for name in names for package in packages.get(name, [])}


def test_everything_that_is_installed_with_the_product_is_imported_by_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    needed = {called(line) for line in (*project["dependencies"], *extras)}
    assert needed - used("lms") - BY_NAME == set()


def test_the_product_imports_nothing_that_is_not_installed_with_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {called(line) for line in project["dependencies"]}
    brought_along = {"jinja2", "markupsafe", "werkzeug"}  # by Flask, whose parts they are
    brought_along |= {"pydantic-core", "parvis"}
    assert used("lms") - needed - brought_along - BY_NAME == set()
