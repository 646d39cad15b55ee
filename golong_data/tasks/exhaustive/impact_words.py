"""The words of impact questions, which their solver reads them by."""

from __future__ import annotations

CHANGED = {
    "en": 'In release {release} of its module, the signature of "{target}" has been changed, but '
    "not the calls of it: {change}. Which functions hold a call of it that must change, because as "
    "written it no longer fits or hands a value to another parameter?",
    "zh": "在其模块的 {release} 版本中，“{target}”的签名已被修改，但对它的调用尚未修改：{change}。"
    "哪些函数中含有必须修改的调用（按现有写法已不合签名，或会把值传给另一个参数）？",
}
REACHES = {
    "en": 'In release {release} of its module, "{target}" is about to be changed. Which functions '
    "reach it by a chain of calls within the module that is at most {distance} long? The function "
    "itself does not count.",
    "zh": "在其模块的 {release} 版本中，“{target}”即将被修改。在该模块内，"
    "哪些函数通过至多{distance}次调用的链条到达它？该函数自身不算。",
}
CHANGES = {
    "en": {
        "rename": 'its parameter "{old}" is now called "{new}"',
        "remove": 'its parameter "{old}" has been removed from "({places})"',
        "keyword": 'its parameter "{old}" can now only be given by keyword',
        "require": 'its parameter "{old}" has lost its default value',
        "insert": 'a new parameter "{new}" with a default value now stands before "{old}"',
        "swap": 'its parameters "{old}" and "{new}" have changed places',
    },
    "zh": {
        "rename": "参数“{old}”现在名为“{new}”",
        "remove": "参数“{old}”已从“({places})”中删除",
        "keyword": "参数“{old}”现在只能以关键字方式给出",
        "require": "参数“{old}”不再有默认值",
        "insert": "新参数“{new}”（有默认值）现在排在“{old}”之前",
        "swap": "参数“{old}”与“{new}”互换了位置",
    },
}
RULES = {
    "en": {
        "function": "A call of it is written {name}(...) in module {module} itself and in modules "
        'that state "from {module} import {name}" at the top, or {module}.{name}(...) in modules '
        'that state "import {module}" at the top.',
        "method": "A call of it is written self.{name}(...) inside class {cls} of module {module}; "
        "other classes do not count.",
        "chain": "A call is written f(...) for a function at the top of the module, or self.m(...) "
        "for a method m of the class that it stands in.",
        "path": "A document titled by a path shows the module that the path names: a/b.py is "
        "module a.b, and a/__init__.py is module a.",
        "common": "A call counts for the outermost function or method around it; calls outside "
        "any function do not count, nor does what is left out at # [...]; of the module {module} "
        "only release {release} counts.",
    },
    "zh": {
        "function": "对它的调用写作：在模块 {module} 内部以及在文件顶层写有“from {module} "
        "import {name}”的模块中写作 {name}(...)，在文件顶层写有“import {module}”的模块中"
        "写作 {module}.{name}(...)。",
        "method": "对它的调用写作：在模块 {module} 的类 {cls} 内部写作 "
        "self.{name}(...)；其他类不算。",
        "chain": "调用的写法：模块顶层函数写作 f(...)，所在类的方法 m 写作 self.m(...)。",
        "path": "以路径为标题的文档展示该路径所指的模块："
        "a/b.py 即模块 a.b，a/__init__.py 即模块 a。",
        "common": "调用归于包含它的最外层函数或方法；不在任何函数内的调用不算，"
        "# [...] 处省略的内容也不算；"
        "模块 {module} 只看 {release} 版本。",
    },
}
FORMAT = {
    "en": "Name each function as module.function or module.Class.method.",
    "zh": "函数写作 module.function 或 module.Class.method。",
}
PART = {"en": "{title} (part {i} of {n})", "zh": "{title} (第 {i} 部分，共 {n} 部分)"}
EXAMPLE = ("package.module.load_table", "package.module.Reader.read_row")
