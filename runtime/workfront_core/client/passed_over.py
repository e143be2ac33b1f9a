"""Variables that look like options of a client, which the environment does not set: they are spoken of, once."""

from __future__ import annotations

import os
import warnings
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from workfront_core.client.support_warning import level_of_caller
from workfront_core.profiles.profile import Profile, load_profile
from workfront_core.profiles.settings import PREFIX

_VERSION: Final = "The version is that of the package: from workfront_client.v22 import Workfront."
_CERTIFICATES: Final = "SSL_CERT_FILE names certificates to trust; the check itself stays."
_PROXY: Final = "HTTPS_PROXY names a proxy."
_OPTIONS: Final[Mapping[str, tuple[str, str]]] = {
    **{
        name: (name, f"Write Workfront.from_env({name}=...).")
        for name in ("timeout", "concurrency", "strict", "allow_insecure", "max_answer_bytes", "tunnel", "api")
    },
    **{
        name: ("retry", f"Write Workfront.from_env(retry=Retry({name}=...)).")
        for name in ("max_retries", "total_timeout", "initial_delay", "max_delay", "repeat_writes")
    },
    "retry": ("retry", "Write Workfront.from_env(retry=Retry(...))."),
    "retries": ("retry", "Write Workfront.from_env(retry=Retry(max_retries=...))."),
    "dry_run": ("", "Write wf = Workfront.from_env().dry_run()."),
    "read_only": ("allow_writes", f"Set {PREFIX}ALLOW_WRITES=false."),
    **dict.fromkeys(("version", "api_version"), ("", _VERSION)),
    **dict.fromkeys(("proxy", "http_proxy", "https_proxy"), ("transport", _PROXY)),
    **dict.fromkeys(("verify", "ssl_verify", "verify_ssl", "ca_bundle", "cert_file"), ("transport", _CERTIFICATES)),
}
"""By what variables of others are called: the argument that sets it, and what to write."""

_spoken_of: Final[set[str]] = set()
"""Names; there are few."""


def passed_over(environ: Mapping[str, str], given: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Yields variables that set nothing here though they look as if they did, and what to write in their place.

    Args:
        environ: variables, of which those count that are not empty.
        given: arguments of the client, which a program may well have read from such a variable.
    """
    for name in sorted(environ):
        argument, remedy = _OPTIONS.get(name.removeprefix(PREFIX).lower(), ("", ""))
        if name.startswith(PREFIX) and remedy and environ[name] and argument not in given:
            yield name, remedy


def loaded_profile(profile: str | None, given: Collection[str]) -> Profile:
    """Returns the profile of a client that is made from the environment, after a warning of each variable that sets
    nothing, once.
    """
    for name, remedy in passed_over(os.environ, given):
        if name not in _spoken_of:
            _spoken_of.add(name)
            warnings.warn(f"{name} is not read by this client. {remedy}", UserWarning, stacklevel=level_of_caller())
    return load_profile(profile)
