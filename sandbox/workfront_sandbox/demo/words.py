"""Names of people and things. All are invented; any likeness is chance."""

from __future__ import annotations

from typing import Final

FIRST: Final = (
    "Ada", "Bela", "Carlo", "Dunja", "Edda", "Farid", "Greta", "Hanno", "Ilka", "Jonas", "Kaya", "Lorenz", "Mara",
    "Nils", "Oona", "Pavel", "Quinn", "Rosa", "Samir", "Tilda", "Umar", "Vera", "Wanda", "Xenia", "Yara", "Zeno",
    "Amrit", "Birgit", "Cosmo", "Dora", "Emre", "Fiona",
)  # fmt: skip
LAST: Final = (
    "Abelund", "Brakvik", "Castaldi", "Dorrigan", "Eskerwood", "Fennlow", "Grimsdale", "Halvarn", "Ibberson",
    "Jorquist", "Kettleby", "Lindgarde", "Marchwell", "Norbrook", "Oakhanger", "Pellworth", "Quastel", "Ravensby",
    "Stellmark", "Thornquist", "Ulverston", "Vantongeren", "Wexcombe", "Yarrowby", "Zellwick", "Ashdale", "Bramley",
    "Coldbeck", "Dunmore", "Elverdale", "Farrowhill",
)  # fmt: skip
PRODUCTS: Final = (
    "Fjell tent", "Marlin rain jacket", "Osprey daypack", "Larch sleeping bag", "Tarn water filter", "Ember stove",
    "Drift hammock", "Cairn trail shoe", "Ridge trekking poles", "Willow picnic set", "Beacon headlamp",
    "Heron dry bag", "Moss camp chair", "Quill travel towel", "Skerry kayak vest", "Lichen base layer",
    "Plume down vest", "Basalt climbing pack", "Otter river sandal",
)  # fmt: skip
SEASONS: Final = ("Spring", "Summer", "Autumn", "Winter")
MARKETS: Final = ("Nordics", "Alps", "Iberia", "British Isles", "Baltics", "Benelux", "Adriatic")
TENANT: Final = "Larkspur Outdoor"
DOMAIN: Final = "larkspur.example"


def person(number: int) -> tuple[str, str]:
    """Returns first and last name of a person; the first 992 differ."""
    return FIRST[number % len(FIRST)], LAST[(number + number // (len(FIRST) * len(LAST))) % len(LAST)]


def occasion(number: int) -> str:
    """Returns a product in a season and a market, for the name of a project; the first 532 differ."""
    product = PRODUCTS[number % len(PRODUCTS)]
    season = SEASONS[number % len(SEASONS)]
    market = MARKETS[number % len(MARKETS)]
    return f"{product}, {season} {market}"
