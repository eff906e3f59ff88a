"""What every test may ask for comes from tests/fixtures."""

pytest_plugins = [
    "tests.fixtures.people",
    "tests.fixtures.register",
    "tests.fixtures.content",
    "tests.fixtures.provider",
    "tests.fixtures.programs",
]
