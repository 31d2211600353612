"""Settings: defaults in code, unknown keys refused with the nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest

from mocalign.config import CheckSettings, Config, config_from_mapping, load_config
from mocalign.errors import ConfigError
from mocalign.model import Severity

REFUSED = [
    ({"selct": ["ACC"]}, "did you mean 'select'?"),
    ({"profile": "mox"}, "did you mean 'moc'?"),
    ({"style": 3}, "style is a string"),
    ({"select": "ACC"}, "list of codes"),
    ({"cache": "yes"}, "true or false"),
    ({"min_confidence": 2}, "between 0 and 1"),
    ({"fail_on": "majr"}, "did you mean 'major'?"),
    ({"checks": {"simplified-character": {"enable": False}}}, "did you mean 'enabled'?"),
    ({"checks": {"simplified-character": {"severity": "mayor"}}}, "did you mean 'major'?"),
    ({"checks": {"simplified-character": {"min_confidence": True}}}, "between 0 and 1"),
    ({"paths": [{"profile": "law"}]}, "needs a glob"),
    ({"paths": [{"glob": "x/**", "profil": "law"}]}, "did you mean 'profile'?"),
    ({"lang": "fr"}, "known: en, ja"),
]


@pytest.mark.parametrize(("table", "says"), REFUSED)
def test_unusable_settings_are_refused(table: dict[str, object], says: str) -> None:
    """The message names the place and what would be accepted."""
    with pytest.raises(ConfigError, match="here") as caught:
        config_from_mapping(table, "here")
    assert says in str(caught.value)


def test_settings_are_read_from_either_file(tmp_path: Path) -> None:
    """The nearest file at or above the start holds; dashes and underscores are one."""
    (tmp_path / "pyproject.toml").write_text('[tool.mocalign]\nprofile = "law"\n', encoding="utf-8")
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert load_config(start=inner).profile == "law"
    (tmp_path / "a" / "mocalign.toml").write_text(
        'fail-on = "minor"\n[checks.simplified-character]\nseverity = "minor"\n', encoding="utf-8"
    )
    config = load_config(start=inner)
    assert (config.profile, config.fail_on) == ("auto", "minor")
    assert config.for_check("simplified-character") == CheckSettings(severity=Severity.minor)
    assert config.for_check("other").enabled


def test_a_file_without_settings_gives_the_defaults(tmp_path: Path) -> None:
    """A pyproject of another tool does not matter; a broken or missing file that was named does."""
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n", encoding="utf-8")
    assert load_config(tmp_path / "pyproject.toml") == Config()
    with pytest.raises(ConfigError, match="not a readable TOML"):
        load_config(tmp_path / "missing.toml")
    (tmp_path / "broken.toml").write_text("a = = 1", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"broken\.toml"):
        load_config(tmp_path / "broken.toml")


def test_a_glossary_lies_beside_the_file_that_names_it(tmp_path: Path) -> None:
    """Whatever the current folder is; an absolute path stays."""
    text = 'glossary = "terms.csv"\n[[paths]]\nglob = "treaties/**"\nglossary = "/else/terms.csv"\n'
    (tmp_path / "mocalign.toml").write_text(text, encoding="utf-8")
    config = load_config(start=tmp_path)
    assert config.glossary == str(tmp_path / "terms.csv")
    assert dict(config.paths[0][1])["glossary"] == "/else/terms.csv"
