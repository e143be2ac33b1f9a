"""How the tenant does its projects: kinds, their phases, and the tasks of each with who does them for how long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Step:
    """A task: its name, the role that does it, its days; ``aside`` runs beside the step before; ``inner`` parts."""

    name: str
    role: str = ""
    days: int = 1
    aside: bool = False
    inner: tuple[Step, ...] = ()


PM, CD, DESIGN, PHOTO, MOTION = "Project manager", "Creative director", "Designer", "Photographer", "Motion designer"
COPY, TRANSLATE, WEB, ANALYST, MEDIA = "Copywriter", "Translator", "Web developer", "Analyst", "Media planner"

_BRIEFING: Final = Step(
    "Briefing",
    inner=(
        Step("Collect requirements", PM, 3),
        Step("Look at last year's figures", ANALYST, 2, aside=True),
        Step("Write the brief", PM, 2),
        Step("Sign off the brief", CD, 1),
    ),
)
_REVIEW: Final = Step(
    "Wrap-up",
    inner=(
        Step("Measure results", ANALYST, 3),
        Step("Hold the retrospective", PM, 1),
        Step("File the assets", DESIGN, 1, aside=True),
    ),
)
_CAMPAIGN: Final = (
    _BRIEFING,
    Step(
        "Concept",
        inner=(
            Step("Mood boards", DESIGN, 4),
            Step("Headline ideas", COPY, 3, aside=True),
            Step("Storyboard", MOTION, 4),
            Step("Present the concept", CD, 1),
            Step("Concept approved", PM, 1),
        ),
    ),
    Step(
        "Production",
        inner=(
            Step(
                "Photo shoot",
                inner=(
                    Step("Scout locations", PHOTO, 3),
                    Step("Shoot on location", PHOTO, 4),
                    Step("Select and retouch", PHOTO, 5),
                ),
            ),
            Step(
                "Film",
                inner=(
                    Step("Rough cut", MOTION, 4),
                    Step("Sound and colour", MOTION, 3),
                    Step("Final cut", MOTION, 2),
                ),
            ),
            Step("Write copy", COPY, 5),
            Step("Translate copy", TRANSLATE, 4),
            Step("Lay out print", DESIGN, 5, aside=True),
        ),
    ),
    Step(
        "Roll-out",
        inner=(
            Step("Book media", MEDIA, 4),
            Step("Build landing page", WEB, 5, aside=True),
            Step("Test landing page", ANALYST, 2),
            Step("Go live", PM, 1),
        ),
    ),
    _REVIEW,
)
_LAUNCH: Final = (
    _BRIEFING,
    Step(
        "Positioning",
        inner=(
            Step("Compare competitors", ANALYST, 4),
            Step("Draft messages", COPY, 3),
            Step("Test messages", ANALYST, 3),
            Step("Messages approved", CD, 1),
        ),
    ),
    Step(
        "Materials",
        inner=(
            Step(
                "Packaging",
                inner=(
                    Step("Design packaging", DESIGN, 6),
                    Step("Check legal texts", COPY, 2),
                    Step("Proof print", DESIGN, 3),
                ),
            ),
            Step("Product photos", PHOTO, 4),
            Step("Product page", WEB, 4, aside=True),
            Step("Dealer kit", DESIGN, 4),
            Step("Translate materials", TRANSLATE, 5),
            Step("How-to film", MOTION, 6, aside=True),
        ),
    ),
    Step(
        "Launch",
        inner=(
            Step("Train the dealers", PM, 3),
            Step("Brief the press", COPY, 2, aside=True),
            Step("Media plan", MEDIA, 3),
            Step("Launch day", PM, 1),
            Step("Watch first sales", ANALYST, 5),
        ),
    ),
    _REVIEW,
)
_WEBSITE: Final = (
    _BRIEFING,
    Step(
        "Structure",
        inner=(
            Step("Interview customers", ANALYST, 4),
            Step("Site map", WEB, 2),
            Step("Wireframes", DESIGN, 5),
            Step("Content plan", COPY, 3, aside=True),
        ),
    ),
    Step(
        "Build",
        inner=(
            Step(
                "Front end",
                inner=(
                    Step("Page templates", WEB, 6),
                    Step("Search and filters", WEB, 4),
                    Step("Accessibility pass", WEB, 3),
                ),
            ),
            Step(
                "Content",
                inner=(
                    Step("Write pages", COPY, 6),
                    Step("Translate pages", TRANSLATE, 5),
                    Step("Pictures and icons", DESIGN, 4, aside=True),
                ),
            ),
            Step("Tracking", ANALYST, 2),
        ),
    ),
    Step(
        "Release",
        inner=(
            Step("Load test", WEB, 2),
            Step("Acceptance test", PM, 4),
            Step("Fix findings", WEB, 4),
            Step("Switch over", WEB, 1),
            Step("Announce", MEDIA, 1, aside=True),
        ),
    ),
    _REVIEW,
)
PLAYS: Final[Mapping[str, Sequence[Step]]] = {"campaign": _CAMPAIGN, "launch": _LAUNCH, "pages": _WEBSITE}
"""Kinds of project, in the order projects take turns."""
HOURS_A_DAY: Final = 6.0
"""What one works on one task in a day."""
