"""The score, small: it is secondary to the verdict, and every point it lost is explained."""

from healthd.model.phrase import Percent, Phrase, say
from healthd.model.report import Section, Text
from healthd.reports.facts import Deduction, Facts

REPORTS = ("daily",)
ORDER = 60
NAMED = 3


def build(facts: Facts) -> Section | None:
    """Return the score in one small sentence."""
    score = facts.score
    if score is None:
        return None
    if score.value is None:
        share = Percent(facts.coverage or 0.0, 1)
        body = say("Health score: not scored, because only {share} of the time was measured.", share=share)
        body = body if facts.coverage else say("Health score: not scored, because nothing was measured.")
    elif not score.deductions:
        body = say("Health score {value} of 100 (model {model}): nothing was deducted.", value=score.value, model=score.model)
    elif score.cap is not None and score.value == score.cap:
        body = say(
            "Health score {value} of 100 (model {model}), which is the most while its worst item is open. Deducted: {list}.",
            value=score.value,
            model=score.model,
            list=_list(score.deductions),
        )
    else:
        body = say(
            "Health score {value} of 100 (model {model}). Deducted: {list}.",
            value=score.value,
            model=score.model,
            list=_list(score.deductions),
        )
    return Section(key="score", blocks=(Text(body=body, note=True),))


def _list(deductions: tuple[Deduction, ...]) -> Phrase:
    largest = sorted(deductions, key=lambda d: -d.points)
    left = largest[NAMED:]
    text = say("{n} for smaller items listed in the appendix", n=sum(d.points for d in left)) if left else None
    for each in reversed(largest[:NAMED]):
        one = say("{n} for {device} ({what})", n=each.points, device=each.finding.device, what=each.finding.summary)
        text = say("{one}; {more}", one=one, more=text) if text else one
    return text or say("nothing")
