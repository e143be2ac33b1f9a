"""Settings from a file and from environment variables."""

from typing import TYPE_CHECKING

from workfront_core.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from workfront_core.profiles.profile import Profile as Profile
    from workfront_core.profiles.profile import load_profile as load_profile
    from workfront_core.profiles.profile import profile_names as profile_names
    from workfront_core.profiles.settings import config_file as config_file
    from workfront_core.profiles.sign_in import SIGN_INS as SIGN_INS

__all__ = [
    "SIGN_INS",
    "Profile",
    "config_file",
    "load_profile",
    "profile_names",
]

if not TYPE_CHECKING:  # a checker must not take an unknown name for a lazy one
    __getattr__, __dir__ = lazy_exports(
        __name__,
        {
            "Profile": "profile",
            "SIGN_INS": "sign_in",
            "config_file": "settings",
            "load_profile": "profile",
            "profile_names": "profile",
        },
    )
