"""Reads the settings of an archive."""

from msgspec.structs import replace

from generator.config import Config
from generator.config.parsing import check_base_url, parse_config
from generator.errors import ConfigError, Location, error
from generator.files import read_file
from generator.places import Places
from generator.text import spell_host


def read_config(places: Places, base_url: str = "") -> Config:
    """Return the archive's settings; `base_url` of the command line wins over that of the file.

    Raises: ConfigError.
    """
    path = places.settings
    raw = read_file(path)
    if raw is None and path.is_symlink():
        hint = "let it lead to the settings, or remove it to have the defaults"
        raise ConfigError(error("unread-file", Location(places.shown(path)), "this symbolic link leads to no file", hint))
    config = parse_config(raw, places.shown(path)) if raw is not None else Config()
    if not base_url:
        return replace(config, base_url=spell_host(config.base_url))

    def refuse(message: str, hint: str) -> None:
        raise ConfigError(error("invalid-setting", Location("--base-url"), message, hint))

    check_base_url(base_url, refuse)
    return replace(config, base_url=spell_host(base_url))
