"""Names for what is planted, in English and Chinese: persons, things, houses, towns, dates.

There are so many that two rows hardly ever ask about the same; the patterns find them again.
"""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Iterable, Mapping, Sequence


def _joined(first: str, second: str) -> list[str]:
    """Every pairing of two characters."""
    return [a + b for a in first.split() for b in second.split()]


WOMEN = {
    "en": "Ada Agnes Beatrix Clara Dora Edith Flora Greta Hanna Ines Judith Katya Lydia Mara Nora "
    "Oda Paula Quinta Rosa Selma Thea Ulla Viola Wanda Yvette".split(),
    "zh": _joined("雨 晓 若 婉 春 静 慧 月 素 佩", "桐 岚 兰 清 燕 怡 敏 华 梅 玉"),
}
MEN = {
    "en": "Anton Boris Cyril Dmitri Edgar Farid Gustav Hugo Igor Jonas Klaus Lionel Magnus Nils "
    "Oskar Pavel Quentin Rufus Stefan Tobias Ulrich Viktor Wilfred Xaver Zeno".split(),
    "zh": _joined("文 志 建 思 海 明 立 永 国 子", "博 远 平 齐 涛 哲 群 康 栋 昂"),
}
_FAMILY = {
    "en": "Abrecht Aldous Bellamy Brandis Corbin Crewe Dunmore Durrant Ekholm Elwood Farrow "
    "Fennick Gillard Grantham Hadley Holloway Ivarsen Jessop Kestrel Kirwan Lindqvist Lovell "
    "Marlowe Mercer Norgaard Norwick Ormsby Osgood Penrose Pomfret Quillan Rasmus Renshaw Stannard "
    "Sorley Thorley Tregarth Umfrey Underhay Vantongen Vosper Whitlock Wexley Yardley".split(),
    "zh": "欧阳 上官 司徒 慕容 尉迟 端木 钟离 宇文 令狐 皇甫 闻人 澹台 "
    "东方 南宫 西门 呼延 百里 轩辕 独孤 长孙 赫连 申屠 宗政 鲜于".split(),
}
_STREETS = {
    "en": "Row Lane Street Court Square Road Terrace Close".split(),
    "zh": "路 街 巷 里 弄 道".split(),
}
_HOUSES = {
    "en": "Alder Ash Aspen Beech Birch Cedar Chestnut Cypress Damson Elder Elm Fern Fir Gorse "
    "Hazel Holly Juniper Larch Laurel Linden Maple Myrtle Oak Poplar Rowan Sorrel Thorn Willow "
    "Yew".split(),
    "zh": "听雨 望山 临溪 栖霞 揽月 松涛 梅影 竹风 荷香 云起 晚晴 石泉 "
    "枕流 映雪 知春 观澜 采薇 拂柳 鸣鹤 含翠 停云 咏絮 踏歌 漱玉".split(),
}
TOWNS = {
    "en": "Ashmere Bexcombe Corrindale Dalbury Elmstowe Fenwith Garnock Holmestrand".split(),
    "zh": "青溪镇 白沙镇 石桥镇 柳河镇 枫林镇 云岭镇 南塘镇 北渡镇".split(),
}
THINGS = {
    "en": "accordion astrolabe atlas barometer carpet cello chandelier chessboard clock compass "
    "diary drum globe harp herbarium kaleidoscope lantern loom lute mandolin microscope mirror "
    "samovar sextant statuette tapestry telescope typewriter viola".split(),
    "zh": "古琴 地球仪 座钟 地图册 琵琶 望远镜 挂毯 气压计 六分仪 日记 标本册 竖琴 八音盒 集邮册 "
    "罗盘 大提琴 花鼓 马灯 铜镜 瓷瓶 地毯 织布机 显微镜 打字机 手风琴 吊灯 象棋盘 屏风 "
    "砚台".split(),
}
_VERBS: Mapping[str, Sequence[str]] = {
    "en": "repair paint inspect insure survey photograph clean lease fence".split(),
    "zh": "修理 粉刷 检查 清点 测量 拍摄 清扫 出租 加固".split(),
}
_SIDES = {
    "en": "northern southern eastern western upper lower old new inner outer".split(),
    "zh": "北面 南面 东面 西面 上游 下游 旧城 新城 城内 城外".split(),
}
_OBJECTS = {
    "en": "gate mill bridge granary boathouse orchard well stable quay kiln ferry tower".split(),
    "zh": "的大门 的磨坊 的石桥 的粮仓 的船屋 "
    "的果园 的水井 的马厩 的码头 的砖窑 的渡船 的钟楼".split(),
}
_MONTHS = (
    "January February March April May June July August September October November December".split()
)


def _either(names: Iterable[str]) -> str:
    return f"(?:{'|'.join(names)})"


PERSON = (
    rf"\b{_either(WOMEN['en'] + MEN['en'])} {_either(_FAMILY['en'])}\b"
    rf"|{_either(_FAMILY['zh'])}{_either(WOMEN['zh'] + MEN['zh'])}"
)
"""A pattern of whom `people` names."""
HOUSE = (
    rf"\b\d+ {_either(_HOUSES['en'])} {_either(_STREETS['en'])}\b"
    rf"|{_either(_HOUSES['zh'])}{_either(_STREETS['zh'])}\d+号"
)
"""A pattern of what `houses` names."""
TOWN = _either(TOWNS["en"] + TOWNS["zh"])
"""A pattern of the towns."""


def people(rng: random.Random, n: int, language: str) -> list[str]:
    """n persons; no two share a given name, some share a family name."""
    given = rng.sample([*WOMEN[language], *MEN[language]], n)
    families = _FAMILY[language]
    return [_named(name, rng.choice(families), language) for name in given]


def _named(given: str, family: str, language: str) -> str:
    return f"{given} {family}" if language == "en" else f"{family}{given}"


def is_woman(person: str, language: str) -> bool:
    """Whether a person out of `people` has a woman's name."""
    given = person.split()[0] if language == "en" else person[-2:]
    return given in WOMEN[language]


def houses(rng: random.Random, n: int, language: str) -> list[str]:
    """n houses, near misses of each other: "14 Elm Row", "14 Elm Lane"."""
    names = rng.sample(_HOUSES[language], 3)
    streets = rng.sample(_STREETS[language], 2)
    numbers = rng.sample(range(2, 1_000), 4)
    form = "{number} {name} {street}" if language == "en" else "{name}{street}{number}号"
    every = [
        form.format(number=number, name=name, street=street)
        for name in names
        for street in streets
        for number in numbers
    ]
    return rng.sample(every, n)


def duties(rng: random.Random, n: int, language: str) -> list[str]:
    """n things to do, near misses of each other: "repair the northern gate"."""
    between = " the " if language == "en" else ""
    gap = " " if language == "en" else ""
    verbs = rng.sample(_VERBS[language], 3)
    sides = rng.sample(_SIDES[language], 3)
    objects = rng.sample(_OBJECTS[language], 3)
    every = [f"{v}{between}{s}{gap}{o}" for v in verbs for s in sides for o in objects]
    return rng.sample(every, n)


def dates(rng: random.Random, n: int) -> list[datetime.date]:
    """n different days of two years, in order."""
    first = datetime.date(2031, 1, 1)
    return [first + datetime.timedelta(d) for d in sorted(rng.sample(range(700), n))]


def day(date: datetime.date, language: str) -> str:
    """A date in words: "14 March 2031"."""
    if language == "zh":
        return f"{date.year}年{date.month}月{date.day}日"
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


_DAY = re.compile(
    rf"(?P<d>\d+) (?P<m>{'|'.join(_MONTHS)}) (?P<y>\d{{4}})"
    r"|(?P<Y>\d{4})年(?P<M>\d+)月(?P<D>\d+)日"
)
DAY = r"\d+ [A-Z][a-z]+ \d{4}|\d{4}年\d+月\d+日"
"""A pattern of what `day` writes."""


def read_day(text: str) -> datetime.date | None:
    """The date that `day` wrote."""
    m = _DAY.fullmatch(text)
    if m is None:
        return None
    if m["d"]:
        return datetime.date(int(m["y"]), _MONTHS.index(m["m"]) + 1, int(m["d"]))
    return datetime.date(int(m["Y"]), int(m["M"]), int(m["D"]))
