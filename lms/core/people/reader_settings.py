"""How a person wants to read: text size, spacing, font, theme, one section or one question a page.

Holds the choices and their short written form (for the cookie of somebody signed out and the profile of
somebody signed in). Settings are wishes, never a profile of anybody's abilities. Used by `actions` and `web`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

#: What may be chosen, the first being what nobody had to choose.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "theme": ("system", "light", "dark", "contrast"),
    "size": ("normal", "small", "large", "larger", "largest"),
    "space": ("normal", "wide"),
    "font": ("system", "legible"),
    "sections": ("all", "one"),
    "questions": ("", "one", "all"),  # empty: as the size of the screen asks for
    "escape": ("off", "on"),
}


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """One choice per setting; `escape` is the key pressed three times to leave quickly.

    `questions` says whether a quiz shows one question a screen; empty lets the screen decide.
    """

    theme: str = "system"
    size: str = "normal"
    space: str = "normal"
    font: str = "system"
    sections: str = "all"
    questions: str = ""
    escape: str = "off"

    @classmethod
    def of(cls, wishes: Mapping[str, object]) -> ReaderSettings:
        """Take what is known and leave the rest as it is by itself.

        >>> ReaderSettings.of({"theme": "dark", "size": "enormous", "x": 1}).pack()
        'theme-dark'
        """
        return cls(**{name: str(wishes[name]) for name in CHOICES if wishes.get(name) in CHOICES[name]})

    @classmethod
    def unpack(cls, text: str) -> ReaderSettings:
        """Read the short written form; whatever is not understood is left out.

        >>> ReaderSettings.unpack("theme-dark.size-large").size
        'large'
        """
        return cls.of(dict(part.split("-", 1) for part in text[:200].split(".") if "-" in part))

    @property
    def chosen(self) -> dict[str, str]:
        """Return only what differs from what nobody had to choose."""
        wishes = asdict(self)
        return {name: wish for name, wish in wishes.items() if wish != CHOICES[name][0]}

    def pack(self) -> str:
        """Write it short, for a cookie."""
        return ".".join(f"{name}-{wish}" for name, wish in self.chosen.items())


AS_IT_COMES = ReaderSettings()
