"""What nobody would type: values, bodies, addresses and headers that have broken other systems.

Each text carries the marker `zq`, so that it can be found again. Holds values and no check.
"""

from __future__ import annotations

MARKER = "zq"
#: Never to be found in an answer as it stands: it would be an element, a value that was worked out, a script.
ESCAPES = (
    r"(?i)<zq-",
    "zq49zq",
    "zq7777777zq",
    r"(?:href|src|action|data)=\"\s*(?:javascript|//)",
    "root:x:0",
)

TEXTS: dict[str, str] = {
    "empty": "",
    "space": "   ",
    "no-break space": "\u00a0zq\u00a0",
    "only zero width": "\u200b\u200c\u200d\ufeff",
    "one letter": "q",
    "digits": "0123456789",
    "minus one": "-1",
    "huge number": "9" * 5000,
    "not a number": "NaN",
    "infinity": "1e309",
    "other digits": "٣٤zq٥",
    "decimal comma": "1,5zq",
    "true": "true",
    "null": "null",
    "a thousand letters": "zq" + "a" * 1000,
    "a hundred thousand letters": "zq" + "b" * 100_000,
    "many lines": "zq\n" * 3000,
    "carriage returns": "zq\r\nX-Zq: header\r\n\r\n<zq-body>",
    "nul": "zq\0null",
    "control characters": "zq\x01\x02\x08\x0b\x1b[31m\x7f\x85",
    "record separators": "zq\x1e1 w-q01 {}\x1f\x1d",
    "bidi": "zq\u202egnp.exe\u202c\u2066\u2067",
    "combining": "zq" + "e\u0301" * 50 + "\u0315" * 300,
    "emoji": "zq\U0001f469\U0001f3fd\u200d\U0001f680\U0001f3f3\ufe0f\u200d\u26a7\ufe0f",
    "not a character": "zq\uffff\ufffe\U0010ffff",
    "inuktitut": "zq ᐃᓄᒃᑎᑐᑦ",
    "arabic": "zq مرحبا",
    "full width": "ｚｑ＜script＞",
    "template": "zq{{7*7}}zq",
    "template, other": "zq${7*7}zq#{7*7}{%print(7*'7')%}",
    "format": "zq%(zq)s%s%n%x{0.__class__}{zq!r}",
    "html": "\"'><zq-tag onload=zq()><!--",
    "script": "</textarea></title></script><zq-script>alert(1)</zq-script>",
    "address of a script": "javascript:zq()//",
    "sql": "zq' OR '1'='1' --",
    "sql, stacked": 'zq"; DROP TABLE person; --',
    "like": "zq%_\\[a]*?",
    "fts": 'zq" OR NEAR(a b) * - NOT ^',
    "path": "zq/../../../../etc/passwd",
    "windows path": "zq..\\..\\windows\\win.ini",
    "url": "//zq.example.org/",
    "shell": "zq$(id)`id`;|&",
    "json": '{"zq": [1, {"__proto__": 1}]}',
    "xml": '<?xml version="1.0"?><!DOCTYPE zq [<!ENTITY x SYSTEM "zq/passwd">]><zq-x>&x;</zq-x>',
    "csv": "=zq+cmd|' /C calc'!A0",
    "e-mail header": "zq@example.org\r\nBcc: zqvictim@example.org",
    "e-mail, long": "zq" + "x" * 300 + "@" + "y" * 300 + ".org",
    "e-mail, odd": '"zq@"@[127.0.0.1]',
    "id": "0" * 26,
    "id, upper": "Z" * 26,
    "percent": "zq%00%0d%0a%ff",
}

#: What may stand in one part of an address, as the bytes that arrive.
PARTS: dict[str, bytes] = {
    "one letter": b"q",
    "long": b"q" * 4000,
    "dots": b"..",
    "dot": b".",
    "traversal": b"..%2f..%2fetc%2fpasswd",
    "nul": b"q\0q",
    "newline": b"q\r\nX-Zq: 1",
    "invalid utf-8": b"\xff\xfe\x80",
    "overlong": b"\xc0\xaf\xc0\xae",
    "surrogate": b"\xed\xa0\x80",
    "emoji": "\U0001f469\u200d\U0001f680".encode(),
    "bidi": "q\u202eq".encode(),
    "html": b"\"'><zq-tag>",
    "template": b"zq{{7*7}}zq",
    "format": b"%(zq)s%s{0}",
    "sql": b"q' OR 1=1 --",
    "huge number": b"9" * 5000,
    "minus": b"-1",
    "spaces": b" q ",
    "semicolon": b"q;q=1",
    "backslash": b"q\\..\\q",
    "other digits": "٣٤".encode(),
    "id": b"0" * 26,
    "digest": b"0" * 64,
    "base64": b"Jm9C_w",
    "base64 of nothing good": b"_____w",
}

#: Names that stand for something in addresses, here or in the framework.
ARGUMENTS = (
    "next",
    "done",
    "part",
    "at",
    "region",
    "number",
    "course",
    "version",
    "place",
    "jurisdiction",
    "topic",
    "status",
    "page",
    "locale",
    "endpoint",
    "values",
    "self",
    "_external",
    "_scheme",
    "_anchor",
    "_method",
    "csrf_token",
    "switch_to",
    "question",
)
ARGUMENT_VALUES = (
    "",
    "1",
    "9" * 5000,
    "javascript:zq",
    "\"'><zq-tag>",
    "zq{{7*7}}zq",
    "//zq.example.org",
    "q\0\u202e",
)

#: Python refuses to read as a number what has more than 4,300 digits.
LONG_NUMBER = "1" * 4_301
NUMBERED = ("part", "page", "question", "number")

#: Bodies that are no form, with the type that they claim.
BODIES: dict[str, tuple[str, bytes]] = {
    "json, empty object": ("application/json", b"{}"),
    "json, list": ("application/json", b"[]"),
    "json, null": ("application/json", b"null"),
    "json, number": ("application/json", b"1e400"),
    "json, text": ("application/json", b'"zq"'),
    "json, broken": ("application/json", b'{"answers": '),
    "json, deep": ("application/json", b'{"a":' * 50_000),
    "json, deep lists": ("application/json", b"[" * 100_000),
    "json, surrogate": ("application/json", b'{"answers": {"w-q06": {"text": ["\\ud800"]}}, "save": 2}'),
    "json, surrogate name": ("application/json", b'{"\\ud800": {"\\udfff": ["1"]}, "name": "\\ud800"}'),
    "json, huge number": ("application/json", b'{"save": ' + b"9" * 5000 + b', "known": -1}'),
    "json, large number": ("application/json", b'{"save": 9223372036854775808, "answers": {}}'),
    "json, wrong types": (
        "application/json",
        b'{"answers": [1, null], "save": "x", "known": {}, "name": []}',
    ),
    "json, wrong types deeper": (
        "application/json",
        b'{"answers": {"w-q06": {"text": [{"a": 1}, 5]}}, "save": 3.5}',
    ),
    "json, wrong types at the end": ("application/json", b'{"answers": {"w-q06": "text"}, "save": true}'),
    "json, not utf-8": ("application/json", b'{"name": "\xff\xfe"}'),
    "json in utf-16": ("application/json; charset=utf-16", '{"name": "zq"}'.encode("utf-16")),
    "multipart without a boundary": ("multipart/form-data", b"--zq\r\n\r\n"),
    "multipart, empty": ("multipart/form-data; boundary=zq", b""),
    "multipart, cut short": (
        "multipart/form-data; boundary=zq",
        b'--zq\r\nContent-Disposition: form-data; name="name"\r\n\r\nzq',
    ),
    "multipart, a file for a text": (
        "multipart/form-data; boundary=zq",
        b'--zq\r\nContent-Disposition: form-data; name="name"; filename="../zq"\r\n\r\nzq\r\n--zq--\r\n',
    ),
    "multipart, many parts": (
        "multipart/form-data; boundary=zq",
        b"".join(b'--zq\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n' for _ in range(2000))
        + b"--zq--\r\n",
    ),
    "form, many fields": (
        "application/x-www-form-urlencoded",
        b"&".join(b"a%d=b" % n for n in range(60_000)),
    ),
    "form, one field many times": ("application/x-www-form-urlencoded", b"name=zq&" * 20_000),
    "form, invalid utf-8": ("application/x-www-form-urlencoded", b"name=%ff%fe&email=\xff&who=%ed%a0%80"),
    "form, broken percent": ("application/x-www-form-urlencoded", b"name=%zz%&%=%&&&==="),
    "form, other charset": ("application/x-www-form-urlencoded; charset=utf-7", b"name=+ADw-zq-x+AD4-"),
    "form, too large": ("application/x-www-form-urlencoded", b"name=" + b"z" * 1_100_000),
    "text": ("text/plain", b"zq"),
    "xml": ("application/xml", TEXTS["xml"].encode()),
    "no type": ("", b"zq=zq"),
    "odd type": ("zq/\xff; =", b"zq"),
}

#: Headers as a proxy, a robot or an enemy may send them.
HEADERS: dict[str, dict[str, str]] = {
    "host": {"Host": "zq.example.org"},
    "host with a port": {"Host": "localhost:99999"},
    "host that is none": {"Host": "zq zq/../@:"},
    "host with letters": {"Host": "z\xe9q.example.org"},
    "forwarded": {
        "X-Forwarded-Host": "zq.example.org",
        "X-Forwarded-Proto": "javascript",
        "X-Forwarded-For": "zq, 1",
        "X-Forwarded-Prefix": "/zq",
        "Forwarded": "host=zq.example.org;proto=zq",
        "X-Original-URL": "/zq",
        "X-HTTP-Method-Override": "DELETE",
    },
    "language": {"Accept-Language": "zq-" + "x" * 500 + ";q=nan, *;q=-1, \xff"},
    "range": {"Range": "bytes=999999999999999999999-0,-1,a-b"},
    "range, many": {"Range": "bytes=" + ",".join(f"{n}-{n}" for n in range(500))},
    "since": {"If-Modified-Since": "zq", "If-None-Match": 'W/"zq', "If-Range": "zq"},
    "accept": {"Accept": "zq/zq;q=zq,,,;", "Accept-Encoding": "zq;q=9, gzip;q=nan"},
    "accept json": {"Accept": "application/json"},
    "agent": {"User-Agent": "zq<zq-agent>\t" + "x" * 8000},
    "referer": {"Referer": "javascript:zq", "Origin": "null"},
    "session cookie": {
        "Cookie": 'parvis=zq.1.zq; parvis-form="zq\\000"; parvis-reader=theme-<zq-x>.size-9.-..'
    },
    "session cookie, odd": {"Cookie": "parvis=\xff.9999999999999999999.; parvis=a.b.c.d; =; ;;"},
    "session cookie, other digits": {"Cookie": "parvis=zq.\u0663\u0664.zq".encode().decode("latin-1")},
    "many cookies": {"Cookie": "; ".join(f"c{n}=zq" for n in range(2000))},
    "token": {"X-CSRF-Token": "\xffzq"},
    "site": {"Sec-Fetch-Site": "zq"},
    "length": {"Content-Length": "zq"},
    "length, negative": {"Content-Length": "-5"},
}
