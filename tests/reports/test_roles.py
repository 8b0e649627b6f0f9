from healthd.inventory.hosts import ROLES
from healthd.model.phrase import Phrase
from healthd.reports.language import language
from healthd.reports.roles import role


def test_every_role_of_the_inventory_has_words_and_a_customers_own_stays() -> None:
    speaker = language("zh-CN")
    assert [word for word in ROLES if not isinstance(role(word), Phrase)] == []
    assert speaker.say(role("core")) == "核心"
    assert role("机房旁路") == "机房旁路"
    assert role("") == ""
