"""Sentences with made-up identifying detail in them, as people would type it; always the same ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from stdnum.gb import nhs, upn

TODAY = date(2026, 1, 9)
EACH = 34
FRAMES = (
    "Check the record of {} before the meeting",
    "{}: please look at this one first",
    "Ask the health visitor about {}, then report back by 31 March 2026",
    "Update from the school on {} (see SE-2026-014)",
    "done, spoke with the team about {}",
    "more time because {} is still being looked at",
    "The referral ({}) was late",
    "Compare with {} and with the audit of 2025/26.",
)
FIRST = ("Jayden", "Aisha", "Connor", "Zofia", "Mohammed", "Chloe", "Tyler", "Precious", "Oliwia", "Harley")
LAST = ("Smith", "Khan", "Nowak", "O'Neill", "Brown", "Hussain", "Taylor-Jones", "Adeyemi", "Walsh", "Patel")


def _digits(pick: random.Random, count: int) -> str:
    return "".join(str(pick.randrange(10)) for _ in range(count))


def nhs_number(pick: random.Random) -> str:
    while True:
        body = str(pick.choice((4, 6, 7))) + _digits(pick, 8)
        for last in "0123456789":
            if nhs.is_valid(body + last):
                n = body + last
                shape = pick.choice(
                    ("{}{}{}", "{} {} {}", "{}-{}-{}", "NHS {} {} {}", "NHS number: {}{}{}", "NHS no. {} {} {}")
                )
                return shape.format(n[:3], n[3:6], n[6:])


def pupil_number(pick: random.Random) -> str:
    council, year = pick.choice((382, 383, 384, 208, 301, 838, 940)), pick.randrange(10, 26)
    body = f"{council}{_digits(pick, 4)}{year}{_digits(pick, 3)}"
    n = upn.calc_check_digit(body) + body
    return pick.choice(("{}", "UPN {}", "UPN: {}", "{}")).format(
        pick.choice((n, n, n.lower(), f"{n[0]} {n[1:4]} {n[4:8]} {n[8:]}"))
    )


def insurance_number(pick: random.Random) -> str:
    prefix = pick.choice(("AB", "CE", "JM", "SR", "PW", "YZ"))
    d, last = _digits(pick, 6), pick.choice("ABCD")
    shape = pick.choice(
        ("{p}{d}{l}", "{p} {a} {b} {c} {l}", "{p} {d} {l}", "NI number {p}{d}{l}", "{p}-{a}-{b}-{c}-{l}")
    )
    made = shape.format(p=prefix, d=d, a=d[:2], b=d[2:4], c=d[4:], l=last)
    return pick.choice((made, made, made.lower() if " " not in made and "-" not in made else made))


def birth(pick: random.Random) -> str:
    on = TODAY - timedelta(days=pick.randrange(100, 365 * 17))
    age = (TODAY - on).days // 365.25
    shapes = (
        "{d:02}/{m:02}/{y}",
        "{d}.{m}.{s:02}",
        "{y}-{m:02}-{d:02}",
        "{d} {name} {y}",
        "{d:02}-{m:02}-{y}",
        "{d}th {short} {y}",
    )
    said = pick.choice(shapes).format(
        d=on.day, m=on.month, y=on.year, s=on.year % 100, name=on.strftime("%B"), short=on.strftime("%b")
    )
    frames = (
        "dob {}",
        "DOB: {}",
        "d.o.b. {}",
        "date of birth {}",
        "the girl born on {}",
        "born {}",
        "({} DOB)",
        "D.O.B {}",
    )
    if pick.random() < 0.15:
        return f"child aged {int(age)}, {said}"
    return pick.choice(frames).format(said)


def postcode(pick: random.Random) -> str:
    out = pick.choice(("HD1", "WF13", "LS8", "BN11", "WV10", "SW1A", "EC1M", "M1", "S10", "B5", "SE1", "RH12", "W1T"))
    inward = f"{pick.randrange(10)}{pick.choice('ABDEFGHJLNPQRSTUWXYZ')}{pick.choice('ABDEFGHJLNPQRSTUWXYZ')}"
    made = pick.choice((f"{out} {inward}", f"{out} {inward}", f"{out}{inward}"))
    return pick.choice(("the house at {}", "{}", "14 Mill Lane, {}")).format(made)


def phone(pick: random.Random) -> str:
    mobile, area = f"7{pick.choice('4578')}{_digits(pick, 2)}", pick.choice(("1484", "1924", "1903", "1902"))
    made = pick.choice(
        (
            f"0{mobile} {_digits(pick, 6)}",
            f"0{mobile}{_digits(pick, 6)}",
            f"+44 {mobile} {_digits(pick, 6)}",
            f"0{mobile[:4]} {_digits(pick, 3)} {_digits(pick, 3)}",
            f"0{area} {pick.choice('2345678')}{_digits(pick, 5)}",
            f"(0{area}) {pick.choice('2345678')}{_digits(pick, 5)}",
            f"0113 {pick.choice('23')}{_digits(pick, 2)} {_digits(pick, 4)}",
            f"0044{mobile}{_digits(pick, 6)}",
        )
    )
    return pick.choice(("mum on {}", "tel {}", "{}")).format(made)


def address(pick: random.Random) -> str:
    first, last = pick.choice(FIRST).lower(), pick.choice(LAST).lower().replace("'", "")
    local = pick.choice((f"{first}.{last}", f"{first[0]}{last}{_digits(pick, 2)}", f"{first}_{last}", f"{first}{last}"))
    return f"{local}@{pick.choice(('gmail.com', 'hotmail.co.uk', 'yahoo.com', 'outlook.com', 'school.sch.uk'))}"


def case(pick: random.Random) -> str:
    year = pick.randrange(20, 27)
    return pick.choice(
        (
            f"crime ref 13/{_digits(pick, 5)}/{year}",
            f"13/{_digits(pick, 6)}/{year}",
            f"crime number 13{year}0{_digits(pick, 6)}",
            f"case no {pick.randrange(100000, 999999)}",
            f"case ID: {pick.randrange(1000000, 9999999)}",
            f"LCS {pick.randrange(100000, 999999)}",
            f"Mosaic ID {pick.randrange(10000, 9999999)}",
            f"LS{year}C5{_digits(pick, 4)}",
            f"incident number {pick.randrange(1000, 9999)} of today",
            f"PNC ID {year}/{_digits(pick, 6)}X",
            f"custody no. NK/{pick.randrange(10000, 99999)}/{year}",
            f"URN 13{pick.choice('ABCD')}{_digits(pick, 7)}",
        )
    )


CERTAIN: dict[str, Callable[[random.Random], str]] = {
    "nhs": nhs_number,
    "upn": pupil_number,
    "nino": insurance_number,
    "birth": birth,
    "postcode": postcode,
    "phone": phone,
    "email": address,
    "case": case,
}


def name(pick: random.Random) -> str:
    first, last = pick.choice(FIRST), pick.choice(LAST)
    frames = (
        f"{first} {last}", f"{first}, aged {pick.randrange(1, 17)},", f"the mother of {first}", f"a boy called {first}",
        f"the {last} family", f"Mrs {last}", f"the child's name is {first}", f"{first}'s school", f"{first}",
        f"{last}, {first}", f"child {first} {last}",
    )  # fmt: skip
    return pick.choice(frames)


def initials(pick: random.Random) -> str:
    two = "".join(pick.choice("ABDJKLMRT") for _ in range(2))
    age = pick.randrange(1, 17)
    frames = (
        f"Child {two}",
        f"{two} ({age})",
        f"{two}, aged {age},",
        f"{two[0]}.{two[1]}.",
        f"baby {two[0]}",
        f"{two} {age} years old",
        two,
    )
    return pick.choice(frames)


DOUBTFUL: dict[str, Callable[[random.Random], str]] = {"name": name, "initials": initials}


def sentences(
    makers: dict[str, Callable[[random.Random], str]], count: int, seed: int = 5
) -> Iterator[tuple[str, str]]:
    """Yield this many sentences, the kinds in turn, each with the kind of detail in it."""
    pick, kinds = random.Random(seed), list(makers)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        yield kind, pick.choice(FRAMES).format(makers[kind](pick))
