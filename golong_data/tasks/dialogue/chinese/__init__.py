"""The Chinese words of the dialogue task. Persons, firms and animals are made up."""

from __future__ import annotations

from golong_data.tasks.dialogue.chinese import belongings, events, habits, talk
from golong_data.tasks.dialogue.wording import Language, words

_MADE = words("云 清 远 松 竹 宁 和 景 澜 溪 青 锦 晓 明 嘉 庭 博 泰 隆 顺 福 润 瑞 恒 永 长")

_DIGITS = tuple(f"-{n}" for n in range(1_000, 10_000))

CHINESE = Language(
    code="zh",
    space="",
    today="今天是{d}。{q}",
    never="我从来没有提到过。",
    people=words(
        "我姐姐 我弟弟 我邻居 我同事 我姑姑 我表妹 我室友 我叔叔 我以前的老师 我房东 我老板 "
        "我好朋友 我奶奶 我岳父"
    ),
    values={
        "name": (
            words("豆 米 球 糖 果 年 团 布 毛 包 雪 墨 辣 酥 桃 芝"),
            words("宝 丁 子 仔 妞 圆 卷 点 墩 乐 奇 朵 皮 糕"),
        ),
        "price": (
            tuple(map(str, range(21, 197))),
            words("块5 块2 块8 块3 块6 块9 块1"),
        ),
        "place": (
            words("高 窄 刷了漆的 坏了的 小 圆 宽"),
            words("柜子 架子 箱子 书桌 衣橱 木盒 长凳 抽屉柜 篮子"),
            words("里面 后面 下面 顶上 旁边"),
            words("，靠着过道 ，靠着窗 ，在车库 ，在阁楼 ，在地下室 ，在客房"),
        ),
        "slot": (
            words("星期一 星期二 星期三 星期四 星期五 星期六 星期日"),
            tuple(
                f"{part}{hour}点"
                for part, hours in (("上午", "8 9 10 11"), ("下午", "2 3 4 5"), ("晚上", "6 7 8"))
                for hour in hours.split()
            ),
            ("整", "一刻", "半", "三刻"),
        ),
        "firm": (_MADE, _MADE, words("轩 坊 居 记 堂 阁 斋 舍 号 苑")),
        "time": (
            tuple(map(str, range(19, 58))),
            ("分",),
            tuple(f"{n:02}秒" for n in range(60)),
        ),
        "number": (tuple(map(str, range(21, 480))),),
        "thing": (_MADE, _MADE),
        "code": (tuple("BCDFHKMPRTX"), tuple("ABEHKNRSW"), _DIGITS),
        "minutes": (tuple(f"{n}分钟" for n in range(11, 96)),),
        "taste": (
            words("微甜 很甜 不甜 偏热 偏凉 浓稠 清淡"),
            words("加蜂蜜 加燕麦奶 加姜丝 加坚果 加桂花 加芝麻 加葡萄干 加红豆 加椰果"),
        ),
        "grams": (tuple(f"{n}克" for n in range(110, 995, 5)),),
    },
    talk=talk.TALK,
    traits=(*belongings.TRAITS, *habits.TRAITS),
    outings=events.OUTINGS,
    spending=events.SPENDING,
    deeds=events.DEEDS,
)
