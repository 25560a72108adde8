"""How many events a passage tells: what is told again is one, and what is another stays another."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest

from .told import told

EXACT, PRECISION, RECALL = 0.95, 0.95, 0.85
"""Shares once reached, less a margin."""

PASSAGES = """
A bomb <a>exploded in Quetta on Friday, killing six people. The <a>blast also wounded 14 people, police said.
====
Six killed in Quetta <a>blast

QUETTA (AFP) - A bomb <a>exploded at a market in Quetta on Friday, killing six people. It was the first <a>attack
there this year.
====
Gunmen <a>killed a judge in Quetta on Friday. A bomb <b>wounded two policemen in Peshawar on Friday.
====
Jets <a>bombed Idlib on Thursday, killing four people. Shells <b>fell on Homs on Thursday, killing two.
====
Jets <a>bombed Idlib on Thursday, killing four people. Jets <b>bombed Idlib again on Friday, killing one.
====
Militants <a>attacked a base near Bama on Friday. Ten soldiers died in the <a>attack, an officer said. Troops from
Maiduguri arrived after the <a>assault.
====
Militants <a>attacked a village near Bama on Thursday, killing 20 people. In a separate <b>attack on Friday, gunmen
killed three traders in Jos.
====
A suicide bomber <a>blew himself up in Kabul on Friday. Police said the bomber <a>killed three guards.
====
Rebels <a>shelled Aleppo on Friday, killing seven people. On Thursday rebels had <b>shelled Homs, killing two.
====
Protesters <a>marched in Cairo on Friday. Police <a>fired tear gas at the protesters, wounding 20.
====
A car bomb <a>killed nine people in Baghdad on Friday. Hours later another bomb <b>killed four people in Mosul.
====
A car bomb <a>killed nine people in Karrada on Friday. The Baghdad <a>bombing was claimed by Islamic State.
====
Clashes <a>broke out in Donetsk on Friday. The <a>fighting left eight people dead, doctors said. Shelling also
<b>hit Kharkiv, killing one person.
====
Gunmen <a>kidnapped three engineers near Kidal on Thursday. The <a>abduction was condemned by the government. The
army <b>killed two rebels near Gao on Friday.
====
Troops <a>killed five militants in Sangin on Friday. Five militants were <a>killed when troops raided a house in
Sangin, an officer said.
====
Insurgents <a>ambushed a convoy near Gereshk on Monday, killing three soldiers. On Wednesday insurgents <b>ambushed
a convoy near Gereshk again, killing two.
====
Rebels <a>captured Kidal on Thursday. On Friday the army <b>recaptured the town.
====
A mine <a>killed two children near Jalalabad on Friday. Two children were <a>killed when they stepped on a mine,
their uncle said.
====
At least 20 people were <a>killed in Maiduguri on Friday when a bomb exploded in a market. The toll <a>rose to 25 as
five of the wounded died, hospital staff said.
====
Gunmen <a>shot dead a priest in Jos on Friday. A teacher was <b>shot dead in Kano on the same day.
====
Shells <a>hit a school in Douma on Friday, killing four pupils. "The shells <a>fell as classes began," a teacher
said. Government jets <b>bombed Raqqa, killing six.
====
Riots <a>broke out in Lima on Friday after a rally. Rioters <a>burned cars and looted shops.
====
Air strikes <a>killed nine people in Idlib on Friday. Air strikes have <a>killed nine civilians, the monitors said.
In Homs, snipers <b>shot dead a nurse on Friday.
====
Pirates <a>seized a tanker off Kismayo on Thursday. The ship's crew was <a>taken hostage. In Mogadishu a mortar
<b>killed two people on Friday.
====
Police <a>arrested four men in Paris on Friday. The four were <a>detained over a plan to bomb a train.
====
Rebels <a>attacked Goma on Friday, killing eight soldiers. Eight soldiers died in the <a>attack. Rebels also
<b>attacked Bunia, where three died.
====
A bomb <a>exploded in Karachi on Friday, killing two people. Elsewhere, gunmen <b>killed a policeman in Peshawar on
Friday. The Karachi <a>blast wounded 11.
====
Army kills 30 militants in Helmand <a>raids

Troops <a>killed 30 militants in Sangin, in Helmand, on Friday, the ministry said. The <a>raids lasted all night.
====
Fighters <a>stormed a hotel in Mogadishu on Friday, killing 12 people. Witnesses described the <a>assault: gunmen
<a>opened fire after a bomb <a>exploded at the gate.
====
Two soldiers were <a>killed in Kharkiv on Friday by a drone. Odesa was <b>hit by missiles on the same night, and one
woman was killed.
====
Tribesmen <a>clashed in Timbuktu on Wednesday, leaving six dead. <b>Clashes in Gao on Thursday left two dead. The
army has sent troops to both towns.
====
Blast in Nigeria kills eleven

MAIDUGURI, Nigeria, May 25 (Agency) - A suicide bomber <a>blew herself up at a bus station in Maiduguri on Friday,
killing 11 people, police said.

Witnesses spoke of a loud <a>explosion at about noon. "There were bodies everywhere," a trader said.

Last week gunmen <b>killed seven farmers near Bama.
====
Rebels <a>shelled Homs on Friday, killing five people. In Aleppo, a car bomb <b>killed nine. Residents of Homs said
the <a>shelling had hit a bakery.
====
Gunmen <a>attacked a bus in Afghanistan on Friday, killing 12 passengers. The bus was <a>attacked near Gereshk, in
Helmand, officials said, and 14 people died.
====
Friday's <a>attack on a mosque in Quetta, in which 15 people died, was the second this week. On Monday a <b>bomb
killed four people outside a school in Quetta.
====
A Russian missile <a>struck a block of flats in Kharkiv on Friday, killing three people. A second missile <b>struck
a hospital in Odesa on Friday, wounding 10.
====
Soldiers <a>killed 15 rebels in Kidal on Thursday. The rebels said that only two of their men were <a>killed in
Thursday's battle in Kidal.
====
The army <a>retook Ramadi on Friday. The army also <b>retook Fallujah on Friday. Both towns had been held by Islamic
State.
====
Militants <a>killed 11 soldiers in an ambush near Baidoa on Friday. An army officer said that 11 soldiers <a>died
when their convoy was ambushed near Baidoa. Al Shabaab claimed the <a>ambush.
====
Police <a>opened fire on demonstrators in Cairo on Friday, killing three people. A 17-year-old boy was among those
<a>shot dead. Protesters had <a>thrown stones at the police.
====
Thousands <a>marched in Kyiv on Friday. Thousands also <b>marched in Odesa. In Kyiv the <a>protest passed off
peacefully; in Odesa police <b>arrested 20 marchers.
====
A drone <a>hit a convoy near Jalalabad on Wednesday, killing four militants. On Thursday a drone <b>hit a house near
Jalalabad, killing six.
====
Three aid workers were <a>kidnapped in Goma on Tuesday. The three were <a>abducted by gunmen who stopped their car.
One of them was <b>found dead near Bunia on Friday.
====
Mortar rounds <a>landed in Donetsk on Friday. Two women <a>died and five people were hurt. A shop was <a>destroyed.
Ukraine's army denied firing.
====
Islamic State <a>executed 12 men in Raqqa on Thursday, activists said. The group also <b>beheaded a man in Mosul on
Friday.
====
An explosion <a>ripped through a cafe in Baghdad on Friday. The <a>bomb, hidden in a bag, <a>killed eight people and
wounded 20. It was followed by a second <b>bomb in Tikrit, which killed one.
====
Clashes <a>erupted in Tripoli on Thursday and went on through Friday. By Saturday the <a>fighting had killed 11
people. Snipers <a>shot at cars on the road out of Tripoli.
====
In Cali, gunmen <a>shot dead two policemen on Friday. In Medellin, a grenade <b>wounded four people. The policemen
in Cali were <a>killed as they left a bank.
====
Rebels <a>seized Timbuktu on Monday. After the <a>fall of Timbuktu, thousands fled. French jets <b>bombed Gao on
Thursday.
""".strip().split("\n====\n")
"""A letter in brackets before an event word says which event of the passage it tells of."""
_WRAPPED = re.compile(r"(?<!\n)\n(?!\n)")
_MARK = re.compile(r"<([a-z])>")


def read(passage: str) -> tuple[str, list[tuple[int, str]]]:
    """Return a passage without its marks, and where each stood, with its letter."""
    passage = _WRAPPED.sub(" ", passage)
    marks: list[tuple[int, str]] = []
    taken = 0
    for mark in _MARK.finditer(passage):
        marks.append((mark.start() - taken, mark.group(1)))
        taken += len(mark.group())
    return _MARK.sub("", passage), marks


def judge(passage: str) -> Counter[str]:
    """Count whether a passage has as many events as told, and the pairs of tellings rightly and wrongly joined."""
    text, marks = read(passage)
    events = [e for e in told(text) if e.kind != "Diplomacy"]
    tellings = [
        (abs(r.start - at), n, at)
        for at, _ in marks
        for n, e in enumerate(events)
        for evidence, r in ((e.evidence, e.trigger), *((a.evidence, a.trigger) for a in e.also))
        if evidence.start <= at < evidence.end
    ]
    of = {at: min(((d, n) for d, n, a in tellings if a == at), default=(0, -1 - at))[1] for at, _ in marks}
    count = Counter(exact=len(events) == len({letter for _, letter in marks}), passages=1)
    for (a, one), (b, two) in combinations(marks, 2):
        said = of[a] == of[b]
        count["joined"] += said
        count["same"] += one == two
        count["rightly"] += said and one == two
    return count


def test_most_passages_have_as_many_events_as_they_tell() -> None:
    """Over all passages: the number of events is right, and pairs of tellings are joined where they belong together."""
    count = sum((judge(passage) for passage in PASSAGES), Counter[str]())

    assert count["exact"] / count["passages"] >= EXACT
    assert count["rightly"] / count["joined"] >= PRECISION
    assert count["rightly"] / count["same"] >= RECALL


@pytest.mark.parametrize("passage", [p for p in PASSAGES if "<b>" in p])
def test_two_places_told_in_clauses_of_their_own_stay_two(passage: str) -> None:
    """Tellings of different events are never joined."""
    count = judge(passage)

    assert count["joined"] == count["rightly"]
