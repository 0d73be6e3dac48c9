"""Blocks of a lesson to HTML, one small template per kind under `templates/blocks`.

Holds what the templates ask for: headings at their right level, ids that stay unique, words of the interface
marked when the text is in another language. Holds no page and no address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from jinja2 import Environment
from markupsafe import Markup, escape

from lms.core.courses.course import SignVideo
from lms.core.courses.document import Block, Heading, Inline, LawBox, ListItem, Paragraph, Step
from lms.core.courses.walk import text_of
from lms.core.legislation.finder import ALL, PLACES
from lms.core.legislation.held import NOTHING_HELD, Held, Hold
from lms.core.legislation.register import Law, Register, Term
from lms.core.publishing.release_tags import SEALED
from lms.rendering.filling import templates
from lms.rendering.lessons.anchors import Addresses, Ids
from lms.rendering.lessons.blocks_law import LawFacts, Reliance, facts_of
from lms.rendering.lessons.finder import PlaceFacts, Telling, name_of, ordered
from lms.rendering.lessons.inline import Runs, in_its_language
from lms.rendering.words.translator import Translator, translator_for

_DEEPEST = 6


@cache
def environment(locale: str) -> Environment:
    """Return the templates of this room, speaking one language."""
    made = templates(["jinja2.ext.i18n"])
    speech = translator_for(locale).catalogue
    made.install_gettext_callables(  # type: ignore[attr-defined]
        speech.gettext, speech.ngettext, newstyle=True, pgettext=speech.pgettext
    )
    return made


def _first_words(item: ListItem) -> tuple[Sequence[Inline], Sequence[Block]]:
    first, *rest = item.content or (Paragraph(()),)
    return (first.content, rest) if isinstance(first, Paragraph) else ((), item.content)


@dataclass(slots=True)
class Drawing:
    """One page being drawn: whose words, from what snapshot, leading where."""

    voice: Translator
    lang: str  # of the text; differs from the voice when a lesson falls back
    addresses: Addresses
    laws: Mapping[str, Law]
    terms: Mapping[str, Term]
    today: str
    sign_videos: Sequence[SignVideo] = ()
    media: frozenset[str] = frozenset()
    ids: Ids = field(default_factory=Ids)
    level: int = 1  # of the last heading
    shift: int = 0  # added to the levels that the author wrote
    paper: bool = False  # for a file that is read offline or printed: nothing folded, nothing that plays
    register: Register = field(default_factory=lambda: Register("", "", "", {}))  # as the text was sealed
    place: str = ALL  # of a finder: a code, or '' when none is chosen yet
    remembered: bool = False  # whether the place is remembered
    checked: str = ""  # the day on which the register was read last
    relied: dict[str, LawFacts] = field(default_factory=dict)  # laws under a statement since `take_relied`
    held: Held = NOTHING_HELD  # what of the release is on hold now
    module: str = ""  # id of the module that the text stands in
    runs: Runs = field(init=False)

    def __post_init__(self) -> None:
        self.runs = Runs(self.voice, self.lang, self.addresses, self.terms, held_laws=self.held.laws)

    # --- what templates call ----------------------------------------------------------------------------
    def inline(self, content: Sequence[Inline]) -> Markup:
        """Draw a run of text."""
        return self.runs.html(content)

    def blocks(self, content: Sequence[Block]) -> Markup:
        """Draw some blocks."""
        return Markup("".join(self.block(block) for block in content))  # noqa: S704  # templates escape

    def block(self, block: Block) -> Markup:
        """Draw one block with its template."""
        template = environment(self.voice.locale).get_template(f"blocks/{SEALED.tag(block)}.html")
        return Markup(template.render(block=block, r=self))  # noqa: S704  # templates escape

    def nested(self, content: Sequence[Block]) -> Markup:
        """Draw blocks whose headings stand under the heading just given."""
        level, shift = self.level, self.shift
        self.shift = self.level + 1 - 3
        drawn = self.blocks(content)
        self.level, self.shift = level, shift
        return drawn

    def heading(self, block: Heading) -> Markup:
        """Draw a heading where the author put it."""
        self.level = max(2, min(block.level + self.shift, _DEEPEST))
        given = self.id_attribute(block.id)
        return Markup(f"<h{self.level}{given}>{self.inline(block.content)}</h{self.level}>\n")  # noqa: S704

    def titled(self, title: str, anchor: str) -> Markup:
        """Draw the heading of a box, one level below the heading that it stands under."""
        level = min(self.level + 1, _DEEPEST)
        return Markup(f'<h{level} id="{escape(self.ids.give(anchor))}">{escape(title)}</h{level}>')  # noqa: S704

    def under_title(self, content: Sequence[Block]) -> Markup:
        """Draw the blocks of a box whose heading came from `titled`."""
        self.level += 1
        drawn = self.nested(content)
        self.level -= 1
        return drawn

    def story(self, content: Sequence[Block]) -> Markup:
        """Draw a situation: as under a title, and what people say stands out."""
        self.runs.voiced, before = True, self.runs.voiced
        drawn = self.under_title(content)
        self.runs.voiced = before
        return drawn

    def say(self, words: str) -> Markup:
        """Mark words of the interface where the text around them is in another language (WCAG 3.1.2)."""
        if self.voice.locale == self.lang:
            return escape(words)
        return Markup(f'<span lang="{self.voice.locale}" dir="{self.voice.direction}">{escape(words)}</span>')  # noqa: S704

    def id_attribute(self, wish: str) -> Markup:
        """Write an id attribute for a block that has an id; nothing for one that has none."""
        return Markup(f' id="{escape(self.ids.give(wish))}"') if wish else Markup("")  # noqa: S704

    def law(self, law_id: str, as_of: str) -> LawFacts | None:
        """Return what is to be said about a law that a statement rests on."""
        law = self.laws.get(law_id)
        if not law:
            return None
        facts = self.relied[law_id] = facts_of(law, as_of, self.today, self.voice, self.addresses)
        return facts

    def laws_of(self, box: LawBox) -> list[LawFacts]:
        """Return what is to be said about the laws that a statement rests on, as far as they are known."""
        found = (self.law(law_id, box.as_of) for law_id in box.rests_on)
        return [law for law in found if law]

    def held_on(self, box: LawBox) -> list[Markup]:
        """Return what is said of a statement that is on hold; nothing for one that is not."""
        return self.cautions(self.held.on_box(self.module, box.id, box.rests_on))

    def cautions(self, holds: Sequence[Hold]) -> list[Markup]:
        """Return the sentences of some holds, marked where they are not in the language of the text."""
        said = (hold.words.best(self.voice.locale) for hold in holds)
        return [in_its_language(escape(text), tag, self.lang) for tag, text in said]

    def dated(self, as_of: str, laws: Sequence[LawFacts]) -> str:
        """Say by the law of which day a statement is true and, if anybody did, when it was checked."""
        day = self.voice.date(as_of)
        if self.checked < as_of or not any(law.is_checked for law in laws):
            return self.voice.gettext("Law as of %(date)s.", date=day)
        checked = self.voice.date(self.checked)
        return self.voice.gettext(
            "Law as of %(date)s. Last checked on %(checked)s.", date=day, checked=checked
        )

    def reliance(self, laws: Sequence[LawFacts]) -> Reliance | None:
        """Return how sure these laws are together; nothing when there is none."""
        return Reliance.of(laws, self.voice.date(self.checked)) if laws else None

    def take_relied(self) -> dict[str, LawFacts]:
        """Return the laws that statements rested on since the last time, in the order of reading."""
        laws, self.relied = self.relied, {}
        return laws

    def places(self, anchor: str) -> list[tuple[str, PlaceFacts]]:
        """Return what a finder says of each place, with the id of the place on this page."""
        telling = Telling(self.register, self.laws, self.today, self.voice, self.addresses, self.held)
        told = telling.places() if self.shows_all_places else telling.only(self.place)
        return [(self.ids.give(f"{anchor}-{place.code}"), place) for place in told]

    @property
    def shows_all_places(self) -> bool:
        """Whether a finder tells of every place: on paper always."""
        return self.paper or self.place == ALL

    def all_places(self) -> list[tuple[str, str]]:
        """Return the places that can be chosen, each with its name."""
        return [(code, name_of(code, self.voice)) for code in ordered(PLACES, self.voice)]

    def first_sentence(self, caption: Sequence[Block]) -> Sequence[Inline]:
        """Return what a figure is called: the first paragraph of its caption, without the key below it."""
        return caption[0].content if caption and isinstance(caption[0], Paragraph) else ()

    def step(self, steps: Sequence[Step], step_id: str) -> Step | None:
        """Find a step of a branching scenario."""
        return next((step for step in steps if step.id == step_id), None)

    def step_number(self, steps: Sequence[Step], step_id: str) -> int:
        """Return which step, counted from 1; 0 when there is none."""
        ids = [step.id for step in steps]
        return ids.index(step_id) + 1 if step_id in ids else 0

    def captions(self, src: str) -> list[tuple[str, str, str]]:
        """List (language, its name, address) of the caption files that stand beside a recording."""
        stem = src.rpartition(".")[0]
        found = sorted(path for path in self.media if path.startswith(f"{stem}.") and path.endswith(".vtt"))
        tags = [path[len(stem) + 1 : -len(".vtt")] for path in found]
        named = [
            (tag, self.voice.language(tag), self.addresses.media(f"{stem}.{tag}.vtt").address) for tag in tags
        ]
        return sorted(named, key=lambda track: track[0] != self.lang)

    def signed(self, part: str, title: str = "") -> Markup:
        """Draw the sign-language videos of a part: `#anchor`, `term:id` or `question:id`."""
        videos = [video for video in self.sign_videos if video.part == part]
        if not videos or self.paper:
            return Markup("")
        template = environment(self.voice.locale).get_template("sections/signed.html")
        return Markup(template.render(r=self, videos=videos, title=title))  # noqa: S704  # the template escapes

    def item(self, item: ListItem) -> Markup:
        """Draw a list item; a lone paragraph needs no element of its own."""
        first, rest = _first_words(item)
        return self.inline(first) + self.blocks(rest)

    def label(self, item: ListItem) -> Markup:
        """Draw the words of an item as the label of a control."""
        return self.without_links().html(_first_words(item)[0])

    def after_label(self, item: ListItem) -> Markup:
        """Draw what an item holds besides its label."""
        return self.blocks(_first_words(item)[1])

    def plain(self, content: Sequence[Inline]) -> str:
        """Return a run's characters alone."""
        return text_of(content)

    def without_links(self) -> Runs:
        """Return a drawer of runs for the label of a control, where no link may stand."""
        return replace(self.runs, linking=False)
