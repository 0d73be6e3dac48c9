"""Small words by which languages written in Latin letters are told apart.

Holds words alone: those that are frequent in one language, and no ordinary words of English or French when
the list is for another one. Languages with letters of their own are told by these.
"""

from __future__ import annotations

from collections.abc import Mapping

_WORDS = {
    "en": """the and of to is are was were that this these those with for from you your they their them he
        she his her its it not have has had will would can could may should do does did by at be been
        which who what when where how why there then than about into over we our us my if but so because
        any some each every""",
    "fr": """le la les des du un une et est sont était que qui dans pour avec sur pas ne vous votre vos
        nous notre il elle ils elles leur leurs ce cette ces cet au aux se sa ses mais ou où donc comme
        être avoir peut peuvent fait quand comment pourquoi je tu mon ma mes y en lui été sans sous chez
        tout toute tous aussi très d l qu n s c j m""",
    "es": """el los las una unos unas está están es son por para con como cómo qué quién dónde cuándo pero
        muy más también usted ustedes nosotros ellos ellas hay del al sus esta este estos estas ese eso
        aquí hola gracias yo necesito puede tiene tengo cuando donde sin sobre""",
    "pt": """o os uma umas uns é são está estão não com por para como quem onde quando mas muito mais
        também você vocês eu ele ela eles elas isto isso este esta aqui olá obrigado obrigada do dos da
        das no nos na nas ao pelo pela seu sua tem preciso""",
    "it": """il lo gli uno è sono sta con per come chi dove quando ma molto più anche lei lui loro noi voi
        io questo questa questi quello qui grazie del della dei delle degli nel nella alla dal che non
        di ho bisogno""",
    "de": """der das dem den ein eine einen einem einer ist sind nicht und oder mit für auf wie wo wer wann
        warum aber auch sehr ich sie wir ihr mich mir uns bitte danke kann können haben wird werden von
        zu zum zur bei nach aus durch dass wenn hier guten""",
    "nl": """het een is niet en of met voor op hoe waar wie wanneer waarom maar ook zeer ik jij hij zij wij
        jullie mij ons alstublieft dank kunt kan hebben wordt worden van naar bij uit door dat deze dit
        heeft zijn goedendag""",
    "pl": """jest są nie i lub z dla na jak gdzie kto kiedy dlaczego ale też bardzo ja ty on ona my wy oni
        mnie nas proszę dziękuję może mają od do przy po przez że jeśli tutaj to się pani pan czy""",
    "ro": """este sunt nu și sau cu pentru pe cum unde cine când dar foarte eu el ea noi voi ei ele vă rog
        mulțumesc poate au din la că dacă aici să aveți""",
    "tr": """bir ve bu şu değil için ile nasıl nerede kim ne zaman neden ama çok ben sen biz siz onlar
        lütfen teşekkür var yok da de mi mı gibi daha burada""",
    "vi": """là không và hoặc với cho của như ở đâu ai khi nhưng cũng rất tôi bạn anh chị chúng ông bà xin
        cảm ơn có được những các này đó đến một""",
    "fil": """ang ng mga sa ay hindi at o para kung saan sino kailan bakit pero din rin ako ikaw siya kami
        tayo kayo sila ko mo niya po salamat ito iyan dito na ba""",
    "so": """waa iyo ama oo aan ku ka ee kuma maxay goorma sababta laakiin aad ayaa isaga iyada annaga
        idinka mahadsanid fadlan halkan waxaan waxay uu""",
    "sw": """ni na ya wa za kwa katika si au kama wapi nani lini lakini pia sana mimi wewe yeye sisi ninyi
        wao tafadhali asante hapa hii hiyo huu yako yangu""",
    "ht": """mwen ou li nou yo se pa ak oswa pou nan sou kijan kote kiyès lè poukisa men tou anpil tanpri
        mèsi gen kapab isit sa ki yon""",
    "ku": """ez tu ew em hûn û an bi ji li di de ku kî çi çawa kengî lê jî gelek spas ji kerema xwe heye
        tune ev min te""",
    "sq": """është janë nuk dhe ose me për në si ku kush kur pse por edhe shumë unë ti ai ajo ne ju ata ju
        lutem faleminderit ka një të që këtu""",
    "hr": """je su nije i ili s za na kako gdje gde tko ko kada zašto ali vrlo ja ti on ona mi vi oni molim
        hvala može ima od do kod iz što da ovdje ovde se""",
    "hu": """az egy és vagy nem van vannak hogy hol ki mikor miért de is nagyon én te ő mi ti ők kérem
        köszönöm lehet ez itt csak""",
    "id": """yang dan atau tidak adalah dengan untuk di ke dari bagaimana mana siapa kapan mengapa tetapi
        juga sangat saya anda dia kami kita mereka tolong terima kasih ada ini itu""",
}  # fmt: skip
#: Other words of English or French that stand in a list above, or look like one of its words.
_COMMON = """a ad ah ai al am an as at avis ay bi con de del di die dos eau en ex go gen hat hay her hi
        hier ho i in ka lie lit los mal man mana mi mil mot na ni no o on or ora os para pas per pies
        pin plus po pot pour rien sa sans see ses sera si sin sous so son sous sur te tem ten tip ton
        top uma va via vin war was wo yes za"""
#: Small words that two languages share, and so tell neither from the other: a sentence has some of its own.
_SHARED = {
    "en": """a an as at in on or no all i one more say write only out up such before after between again
        just never always""",
    "fr": """à ou plus si entre d son ton par avant après pendant depuis jusque vers dès car ni puis
        seulement jamais toujours""",
}
_TAKEN = frozenset(f"{_WORDS['en']} {_WORDS['fr']} {_COMMON}".split())
#: Language -> its small words; a word of English or French tells nothing about another language.
SMALL_WORDS: Mapping[str, frozenset[str]] = {
    tag: frozenset(words.split()) - (frozenset() if tag in {"en", "fr"} else _TAKEN)
    for tag, words in _WORDS.items()
}
#: Of English and French, all small words: hardly a sentence of some length has none.
OWN_WORDS: Mapping[str, frozenset[str]] = {
    tag: SMALL_WORDS[tag] | frozenset(words.split()) for tag, words in _SHARED.items()
}
