"""Languages as BCP 47 tags: the registry of what is known about each, fallbacks, open maps of strings.

This is the only list of languages in the house. A catalogue in `translations/<tag>` can be dropped in for
every language of the registry; which catalogues are there is a matter of the installation. Holds no words but
the names that languages call themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

# What departs from left to right: the likely scripts of CLDR, and of a few tags that it counts with others.
_SCRIPTS = """
    adlm arab aran armi avst chrs cprt elym gara hatr hebr hung khar lydi mand mani mend merc mero narb
    nbat nkoo orkh ougr palm phli phlp phlv phnx prti rohg samr sarb sogd sogo syrc syre syrj syrn thaa
    yezi"""
#: ISO 15924: every script whose letters run from right to left (Unicode's bidirectional classes R and AL).
RIGHT_TO_LEFT = frozenset(_SCRIPTS.split())
_WRITTEN_IN: Mapping[str, str] = {
    "arab": """
        aao abh abv acm acq acw acx adf aeb aec aee aeq afb aib aiq ajp apc apd ar arq ars ary arz ask
        atn auj auz avd avl ayh ayl ayn ayp azb bal bdz bej bft bgn bgp bhe bhm bjm bqi brh brk bsh bsk
        chg cja ckb clh dcc def deh dgl dmk dml esh fa fay faz fia fub gbz ggg gha ghr gig gjk gju glh
        glk gwc gwf gwt gzi hac haz hkh hnd hno hoh hrz hss isk jad jat jbn jdg jnd jog kbu kby kcy kfm
        khw klj kmz ks ktl kvx kxp lah lki lrc lrk lrl lsa lss luv luz mby mde mfa mfi mhj mki mnj mve
        mvy mzn nli nlm ntz nyq odk oru ota pbt phl phr phv plk pnb prc prd prs prx ps psh psi pst qxq
        rdb rmt sbn scl sd sdb sdf sdg sdh sds sgr sgy shd shm shu shv siy siz skr smy sqo sqt srh srz
        ssh sts swb tjo tks tov tra trm trw ug ur ush uzs vaf vgr vmh wbk wlo wne wni wsv xhe xka xkc
        xkj xkp xvi ydg zba zdj zum""",
    "hebr": "aij aju czk hbo he huy itk iw jbe ji jpa jpr jrb jye lad lsd trg ydd yhd yi yih yud zrp",
    "syrc": "aii amw bhn bjf cld hrt kqd lhs oar syc syn syr tmr",
    "khar": "pgd pra",
    "mand": "mid myz",
    "phnx": "obm phn",
    "samr": "sam smp",
    "armi": "arc",
    "avst": "ae",
    "chrs": "xco",
    "cprt": "ecy",
    "elym": "xly",
    "lydi": "xld",
    "mani": "xmn",
    "merc": "xmr",
    "narb": "xna",
    "nkoo": "nqo",
    "orkh": "otk",
    "ougr": "oui",
    "phli": "pal",
    "prti": "xpr",
    "rohg": "rhg",
    "sarb": "xsa",
    "sogd": "sog",
    "thaa": "dv",
}
_LIKELY = {language: script for script, languages in _WRITTEN_IN.items() for language in languages.split()}
_ARABIC_THERE = """
    az-iq az-ir ha-cm ha-sd kk-af kk-cn kk-ir kk-mn ku-iq ku-ir ku-lb ky-cn ms-cc pa-pk tg-pk uz-af"""
#: Where the country decides.
_THERE = dict.fromkeys(_ARABIC_THERE.split(), "arab") | {"sd-in": "deva", "ug-kz": "cyrl", "ug-mn": "cyrl"}
_SCRIPT, _REGION = 4, 2  # letters of a subtag
_NUMBERS_ONLY = "y-MM-dd"  # where Babel knows no names of months
_DAY_FIRST = "d\u00a0MMMM y"  # day and month on one line
_ENGLISH_SMALL = """a about an and are as at be by can do does for from has have how i if in is it its my of
 on or our so that the their them then there these they this to was we what when where which who why will with
 you your"""
_FRENCH_SMALL = """a au aux avec ce ces cet cette comment d dans de des du elle elles en est et il ils j je l
 la le les leur leurs lui m ma mes mon n nos notre nous on ou par pas pour pourquoi qu quand que quel quelle
 quelles quels qui quoi s sa se ses son sont sur ta tes ton tu un une vos votre vous y"""


class Order(StrEnum):
    """How words are put in order."""

    ROOT = "root"  # the default table of the Unicode collation algorithm
    ACCENTS_BACKWARD = "accents-backward"  # Canadian French: the last accent decides (CAN/CSA Z243.4.1)


@dataclass(frozen=True, slots=True)
class Language:
    """What the house knows about a language.

    `babel` is the locale of Babel (CLDR) for dates and numbers, a near one where CLDR lacks it; `stemmer` a
    Snowball algorithm or empty; `day` a CLDR date pattern, empty for Babel's own long date; `checked` says
    that the rules about words (reading level, typography, references to laws) know the language; `braille` is
    a liblouis table and `voice` an espeak-ng voice, empty where there is none; `calm_page` is where the quick
    exit leads; `small_words` (without accents) say nothing of what is looked for.
    """

    tag: str
    name: str
    babel: str = ""
    order: Order = Order.ROOT
    stemmer: str = ""
    day: str = ""
    checked: bool = False
    braille: str = ""
    voice: str = ""
    calm_page: str = "https://weather.gc.ca/"
    small_words: frozenset[str] = frozenset()

    @property
    def direction(self) -> str:
        """Return `ltr` or `rtl`."""
        return direction(self.tag)

    @property
    def is_borrowed(self) -> bool:
        """Return whether CLDR lacks the language, so that `babel` names another one."""
        return self.day == _NUMBERS_ONLY

    @property
    def cldr(self) -> str:
        """Return the locale of Babel to ask for dates, numbers and names."""
        return self.babel or self.tag.replace("-", "_")


_KNOWN = (
    Language(
        "en",
        "English",
        "en_CA",
        stemmer="english",
        day=_DAY_FIRST,
        checked=True,
        braille="en-ueb-g2.ctb",
        voice="en-us",
        small_words=frozenset(_ENGLISH_SMALL.split()),
    ),
    Language(
        "fr",
        "Français",
        "fr_CA",
        order=Order.ACCENTS_BACKWARD,
        stemmer="french",
        day=_DAY_FIRST,
        checked=True,
        braille="fr-bfu-comp6.utb",
        voice="fr",
        calm_page="https://meteo.gc.ca/",
        small_words=frozenset(_FRENCH_SMALL.split()),
    ),
    Language("am", "አማርኛ", voice="am"),
    Language("ar", "العربية", stemmer="arabic", braille="ar-ar-g1.utb", voice="ar"),
    Language("ckb", "کوردیی ناوەندی"),
    Language("cr", "ᓀᐦᐃᔭᐍᐏᐣ", "en_CA", day=_NUMBERS_ONLY),
    Language("es", "Español", stemmer="spanish", braille="es-g1.ctb", voice="es"),
    Language("fa", "فارسی", stemmer="persian", braille="fa-ir-g1.utb", voice="fa"),
    Language("fil", "Filipino"),
    Language("hi", "हिन्दी", stemmer="hindi", voice="hi"),
    Language("ht", "Kreyòl ayisyen", "fr_HT", day=_NUMBERS_ONLY, voice="ht"),
    Language("iu", "ᐃᓄᒃᑎᑐᑦ", braille="iu-ca-g1.ctb"),
    Language("ko", "한국어"),
    Language("ku", "Kurdî", voice="ku"),
    Language("ln", "Lingála"),
    Language("moh", "Kanien’kéha", "en_CA", day=_NUMBERS_ONLY),
    Language("oj", "Anishinaabemowin", "en_CA", day=_NUMBERS_ONLY),
    Language("pa", "ਪੰਜਾਬੀ", braille="pu-in-g1.utb", voice="pa"),
    Language("pa-Arab", "پنجابی"),
    Language("prs", "دری", "fa_AF", stemmer="persian"),
    Language("ps", "پښتو"),
    Language("pt", "Português", stemmer="portuguese", voice="pt"),
    Language("rn", "Ikirundi"),
    Language("ru", "Русский", stemmer="russian", voice="ru"),
    Language("rw", "Ikinyarwanda"),
    Language("so", "Soomaali"),
    Language("sw", "Kiswahili", braille="sw-ke-g1.utb", voice="sw"),
    Language("ta", "தமிழ்", stemmer="tamil", braille="ta-ta-g1.ctb", voice="ta"),
    Language("ti", "ትግርኛ"),
    Language("uk", "Українська", braille="uk.utb", voice="uk"),
    Language("ur", "اردو", braille="ur-pk-g1.utb", voice="ur"),
    Language("vi", "Tiếng Việt", braille="vi-vn-g1.ctb", voice="vi"),
    Language("zh-Hans", "简体中文", voice="cmn"),
    Language("zh-Hant", "繁體中文", voice="cmn"),
)
LANGUAGES: Mapping[str, Language] = {one.tag: one for one in _KNOWN}


def known_language(tag: str) -> Language | None:
    """Return the entry for a tag or for the nearest tag above it; None when the registry has none.

    >>> known_language("fr-CA").name, known_language("pa-Arab-PK").direction, known_language("tlh")
    ('Français', 'rtl', None)
    """
    parts = tag.replace("_", "-").split("-")
    for count in range(len(parts), 0, -1):
        if (found := LANGUAGES.get("-".join(parts[:count]))) is not None:
            return found
    return None


def language_of(tag: str) -> Language:
    """Return what is known about a language; of one that the registry lacks, what its tag says."""
    return known_language(tag) or Language(tag, tag, "root", day=_NUMBERS_ONLY)


def script_of_tag(tag: str) -> str:
    """Return the script of a BCP 47 tag (ISO 15924, small letters); '' for one that is not listed.

    What the tag says itself counts, then the country, then the language.

    >>> script_of_tag("ff-Adlm"), script_of_tag("pa-PK"), script_of_tag("syr"), script_of_tag("fr-CA")
    ('adlm', 'arab', 'syrc', '')
    """
    language, *others = tag.replace("_", "-").lower().split("-")
    region = ""
    for part in others:
        if len(part) == 1:  # what follows is an extension or private
            break
        if len(part) == _SCRIPT and part.isalpha():
            return part
        if len(part) == _REGION:
            region = part
    return _THERE.get(f"{language}-{region}") or _LIKELY.get(language, "")


def direction(tag: str) -> str:
    """Return `ltr` or `rtl` for a BCP 47 tag, by the script that it names or is most likely written in.

    >>> direction("ar"), direction("fr-CA"), direction("az-Arab"), direction("prs"), direction("ckb")
    ('rtl', 'ltr', 'rtl', 'rtl', 'rtl')
    """
    return "rtl" if script_of_tag(tag) in RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True, slots=True)
class Words:
    """One short text in several languages, in the order in which they were written."""

    by_locale: Mapping[str, str]

    def __getitem__(self, locale: str) -> str:
        """Return the text in exactly this language; `KeyError` when it is missing."""
        return self.by_locale[locale]

    def __contains__(self, locale: object) -> bool:
        """Return whether the text exists in this language."""
        return locale in self.by_locale

    def __iter__(self) -> Iterator[str]:
        """Go through the language tags."""
        return iter(self.by_locale)

    def best(self, locale: str) -> tuple[str, str]:
        """Return (tag, text): the language asked for, its parent, or the first one written.

        >>> Words({"en": "Hello", "fr": "Bonjour"}).best("fr-CA")
        ('fr', 'Bonjour')
        >>> Words({"en": "Hello"}).best("ar")
        ('en', 'Hello')
        """
        for tag in (locale, locale.split("-", maxsplit=1)[0]):
            if tag in self.by_locale:
                return tag, self.by_locale[tag]
        first = next(iter(self.by_locale))
        return first, self.by_locale[first]

    def text(self, locale: str) -> str:
        """Return the best text without saying in which language it is."""
        return self.best(locale)[1]


def is_french(lang: str) -> bool:
    """Return whether the rules of French typography hold for this language tag.

    >>> is_french("fr-CA"), is_french("frr")
    (True, False)
    """
    return lang.split("-", maxsplit=1)[0].lower() == "fr"
