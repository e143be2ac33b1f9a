"""Where to connect and how to sign in, from ``WORKFRONT_*`` variables and from named profiles in a file.

A profile is a table of ``config.toml`` in the platform's folder for settings::

    default = "work"

    [profiles.work]
    url = "https://acme.my.workfront.com"
    api_key = "..."

Every setting has a variable of the same name in capitals, ``WORKFRONT_URL``, which goes before the file. Other
variables that begin so belong to the program around; only one that looks like a misspelt setting is refused.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

from pydantic import ValidationError

from workfront_core.arguments import checked_map, checked_text
from workfront_core.auth import Auth
from workfront_core.auth.private_file import check_private
from workfront_core.auth.token_store import TokenStore
from workfront_core.errors.frames import without_frames
from workfront_core.errors.kinds import QueryError
from workfront_core.nearest import did_you_mean, nearest, question
from workfront_core.profiles.settings import DEFAULT_NAME, PREFIX, Settings, config_file
from workfront_core.profiles.sign_in import SIGN_INS, SignIn, store_of
from workfront_core.request.address import Environment, base_url, checked_url

_NAME: Final = re.compile(r"[\w-]{1,60}")
_REPLACED: Final[Mapping[str, tuple[str, ...]]] = {"url": ("url", "domain", "environment"), "domain": ("url",)}
_SIGN_IN: Final = frozenset(
    {
        "auth", "api_key", "session_id", "username", "password", "subdomain", "client_id", "client_secret",
        "redirect_uri", "refresh_token", "private_key", "private_key_file", "issuer", "user_id", "ims_token",
        "ims_org_id",
    }
)  # fmt: skip
_SECRETS: Final = frozenset(
    {"api_key", "session_id", "password", "client_secret", "refresh_token", "private_key", "ims_token"}
)
_TOP: Final[Mapping[str, tuple[type, str]]] = {"default": (str, "a text"), "profiles": (dict, "a table")}
_FORM: Final = 'A profile is a table [profiles.NAME]; above them may stand default = "NAME".'
_TAKES: Final = {"allow_writes": 'true, false or "sandbox"', "confirm": '"always", "production" or "never"'}
"""What a setting takes that takes no text."""
_UNKNOWN: Final = "extra_forbidden"
"""What pydantic calls a setting that no profile has."""
_NEARLY_THE_SAME: Final = 0.82
"""From here on a name is taken for a misspelt one: APIKEY and DOMIAN are, CUSTOMER_ID and BASE_URL are not."""
_NOT_OF_PROFILES: Final = frozenset({"WORKFRONT_CONFIG", "WORKFRONT_PROFILE", "WORKFRONT_EVENT_TOKEN"})


class Profile(Settings):
    """One customer and one way to sign in. Its representation shows no secret.

    Examples:
        >>> from workfront_client import Profile
        >>> Profile(url="https://acme.my.workfront.com", api_key="k3y").address
        'https://acme.my.workfront.com'
    """

    @property
    def address(self) -> str:
        """Scheme and host.

        Raises:
            QueryError: the profile names none.
        """
        if self.url is None and self.domain is None:
            raise QueryError(
                f"Profile {self.name!r} names no address.",
                hint=f"Set {PREFIX}URL, or url in {config_file()}, to https://acme.my.workfront.com.",
            )
        return base_url(self.url, domain=self.domain, environment=_environment(self.environment))

    def sign_in(self) -> SignIn:
        """Returns the way to sign in the settings call for.

        Raises:
            QueryError: none, or several, and ``auth`` does not say which.
        """
        if self.auth is not None:
            return self._named(self.auth)
        possible = [way for way in SIGN_INS.values() if way.fits(self)]
        if len(possible) == 1:
            return possible[0]
        names = ", ".join(way.name for way in possible or SIGN_INS.values())
        problem = "holds settings of several ways to sign in" if possible else "holds no credential"
        hint = f"Set {PREFIX}AUTH, or auth in the profile, to one of: {names}." if possible else _SETTINGS
        raise QueryError(f"Profile {self.name!r} {problem}.", hint=hint)

    def credential(self, store: TokenStore | None = None) -> Auth:
        """Returns the credential; OAuth tokens are kept in ``store``, by default the profile's own.

        Raises:
            QueryError: settings are missing, or nobody has signed in yet.
        """
        return self.sign_in().credential(self, store)

    def store(self) -> TokenStore:
        """Returns where the profile's token is kept: the key ring, or a file."""
        return store_of(self)

    def _named(self, auth: str) -> SignIn:
        if auth not in SIGN_INS:
            raise QueryError(f"auth={auth!r} is not a way to sign in.", hint=f"Use one of: {', '.join(SIGN_INS)}.")
        return SIGN_INS[auth]


_SETTINGS: Final = f"Set {PREFIX}API_KEY, or sign in: workfront login."


def load_profile(name: str | None = None, *, environ: Mapping[str, str] | None = None) -> Profile:
    """Returns the profile of this name, or of ``WORKFRONT_PROFILE``, or the file's default, with the variables over it.

    Args:
        name: of a table in the file; without one, and without a file, the variables alone must do.
        environ: variables to read; by default the process's.

    Raises:
        QueryError: there is no such profile, the file is damaged, or a setting is unknown or of another kind.

    Examples:
        >>> from workfront_client import load_profile
        >>> load_profile(environ={"WORKFRONT_URL": "https://acme.my.workfront.com", "WORKFRONT_API_KEY": "k3y"}).address
        'https://acme.my.workfront.com'
    """
    if name is not None:
        checked_text(name, "The name of a profile")
    given = os.environ if environ is None else environ
    checked_map(given, "environ=", "Write environ={...}, or leave it out.")
    try:
        return _loaded(name, given)
    except QueryError as error:
        del given, environ
        raise without_frames(error) from None


def _loaded(name: str | None, given: Mapping[str, str]) -> Profile:
    path = config_file(given)
    document = _document(path)
    profiles = _tables(document)
    implied = DEFAULT_NAME if DEFAULT_NAME in profiles else None
    wanted = name or given.get("WORKFRONT_PROFILE") or cast("str | None", document.get("default")) or implied
    if wanted is not None and wanted not in profiles and (name or profiles):
        raise QueryError(f"There is no profile {wanted!r} in {path}.", hint=_instead(wanted, profiles))
    variables = _from_variables(given)
    if wanted is None and profiles and not variables:
        chosen = f'Write default = "{next(iter(profiles))}" at its top, or set WORKFRONT_PROFILE.'
        raise QueryError(f"None of the profiles in {path} is chosen.", hint=chosen)
    settings = _over(profiles.get(wanted or "", {}), variables, path)
    return _profile({"name": wanted or DEFAULT_NAME, **settings}, path)


def profile_names(environ: Mapping[str, str] | None = None) -> list[str]:
    """Returns the profiles in the file, in its order."""
    path = config_file(environ)
    try:
        return list(_tables(_document(path)))
    except QueryError as error:
        del environ
        raise without_frames(error) from None


def checked_profile(name: str, settings: Mapping[str, object]) -> Profile:
    """Returns a profile of these settings, before they stand in the file; its token is kept as the variables say.

    Raises:
        QueryError: name, address or a setting is wrong.
    """
    token_file = os.environ.get(f"{PREFIX}TOKEN_FILE")
    found = _profile({"name": name, **settings, **({"token_file": token_file} if token_file else {})}, config_file())
    checked_url(found.address)
    return found


def _document(path: Path) -> Mapping[str, Any]:
    try:
        with path.open("rb") as file:
            document = tomllib.loads(file.read().decode("utf-8"))
            _check_form(document, path)
            if _holds_secrets(document):
                check_private(file, path, "the credentials")
            return document
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise QueryError(f"{path} cannot be read: {error.strerror or error}.") from None
    except (ValueError, RecursionError):
        raise QueryError(f"{path} is not valid TOML.", hint=f"Texts stand in quotes. {_FORM}") from None


def _check_form(document: Mapping[str, object], path: Path) -> None:
    """Raises a QueryError for what is neither a profile nor the name of one, and would be passed over."""
    for key, value in document.items():
        if key not in _TOP:
            raise QueryError(f"{path} has {key!r} at its top, which is not read there.", hint=_FORM)
        kind, said = _TOP[key]
        if not isinstance(value, kind):
            raise QueryError(f"{path}: {key} is not {said}.", hint=_FORM)
    for name, table in _tables(document).items():
        if not isinstance(table, dict):
            raise QueryError(f"{path}: profile {name!r} is not a table.", hint=_FORM)


def _tables(document: Mapping[str, object]) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", document.get("profiles") or {})


def _from_variables(environ: Mapping[str, str]) -> dict[str, object]:
    known = {f"{PREFIX}{name.upper()}": name for name in Profile.model_fields if name != "name"}
    ours = {name: value for name, value in environ.items() if name.startswith(PREFIX) and value}
    for name in sorted(ours.keys() - known.keys() - _NOT_OF_PROFILES):
        _refuse_misspelt(name, [*known, *_NOT_OF_PROFILES])
    values = {known[name]: value for name, value in ours.items() if name in known}
    return {name: _truth(value) if name == "allow_writes" else value for name, value in values.items()}


def _refuse_misspelt(name: str, known: Sequence[str]) -> None:
    """Raises a QueryError for a variable that looks like one of the client's with a letter or two gone wrong."""
    tails = {known_name.removeprefix(PREFIX): known_name for known_name in known}
    tail = name.removeprefix(PREFIX)
    near = [own for own in tails if own in _swapped(tail)] or nearest(tail, tails, likeness=_NEARLY_THE_SAME)
    if near:
        raise QueryError(
            f"This client does not know {name}.",
            hint=f"{question([tails[near[0]]])} A variable of your own needs a name less like it.",
        )


def _swapped(name: str) -> set[str]:
    """Returns a name with two letters side by side in each other's place."""
    return {name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(len(name) - 1)}


def _holds_secrets(document: Mapping[str, Any]) -> bool:
    profiles = document.get("profiles")
    tables = cast("Mapping[str, object]", profiles).values() if isinstance(profiles, dict) else ()
    return any(isinstance(table, dict) and _SECRETS & cast("Mapping[str, object]", table).keys() for table in tables)


def _over(settings: Mapping[str, object], variables: Mapping[str, object], path: Path) -> dict[str, object]:
    """Returns the variables over the file's settings; a whole address, or way to sign in, takes the other's place."""
    replaced = {old for new, gone in _REPLACED.items() if new in variables for old in gone}
    alone = _profile({"name": DEFAULT_NAME, **variables}, path)
    if any(way.fits(alone) for way in SIGN_INS.values()):
        replaced |= _SIGN_IN
    return {**{name: value for name, value in settings.items() if name not in replaced}, **variables}


def _truth(value: str) -> object:
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    return words.get(value.lower(), value)


def _profile(settings: Mapping[str, object], path: Path) -> Profile:
    if not _NAME.fullmatch(str(settings["name"])):
        raise QueryError(f"{settings['name']!r} cannot be the name of a profile: use letters, digits, _ and -.")
    try:
        return Profile.model_validate(settings)
    except ValidationError as error:
        faults = "; ".join(dict.fromkeys(_described(fault["type"], str(fault["loc"][0])) for fault in error.errors()))
        misspelt = [str(fault["loc"][-1]) for fault in error.errors() if fault["type"] == _UNKNOWN]
        raise QueryError(
            f"Profile {settings['name']!r} in {path} or a variable is wrong: {faults}.",
            hint=_instead(misspelt[0], Profile.model_fields) if misspelt else None,
        ) from None


def _described(kind: str, setting: str) -> str:
    takes = _TAKES.get(setting, "a text")
    return f"there is no setting {setting!r}" if kind == _UNKNOWN else f"{setting} takes {takes}"


def _environment(name: str | None) -> Environment | None:
    if name is None:
        return None
    by_name = {member.name.lower(): member for member in Environment}
    found = by_name.get(name.lower().replace("-", "_"))
    if found is None:
        raise QueryError(f"environment={name!r} is not known.", hint=f"Use one of: {', '.join(by_name)}.")
    return found


def _instead(wrong: str, known: Mapping[str, object]) -> str:
    return did_you_mean(wrong, known, f"Use one of {', '.join(known)}." if known else "There are none.")
