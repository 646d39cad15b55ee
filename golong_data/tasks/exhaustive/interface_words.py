"""The words of interface questions, which their solver reads them by."""

from __future__ import annotations

SIGNATURES = {
    "en": 'Documents "{first}" and "{second}" show one piece of source code in two releases. Which '
    "functions and methods have another signature in the second, or stand in only one of the two? "
    "Functions at the top of the module count and methods of classes there, no others. "
    "Names, order, kinds and default values of parameters count; comments, docstrings, layout, "
    "quotes, imports, fields and constants do not, nor what happens inside functions. "
    "What # [...] leaves out is the same in both.",
    "zh": "文档“{first}”与“{second}”展示了同一段源代码的两个版本。"
    "哪些函数和方法在第二个版本中签名不同，或只出现在其中一个版本里？只看模块顶层的函数和顶层类的方法。"
    "参数的名称、顺序、种类和默认值算在内；注释、文档字符串、排版、引号、"
    "导入语句、字段和常量以及函数内部的内容不算。# [...] 处省略的内容在两个版本中相同。",
}
FIELDS = {
    "en": 'Documents "{first}" and "{second}" show one piece of source code in two releases. Which '
    "fields of classes differ between the two? A field is what a statement directly in the body of "
    "a class gives a value or a type (name = value, name: type, name: type = value), or what a "
    "statement directly in the body of its __init__ does (self.name = value, with a type or "
    "without); only classes at the top of the module count. A field differs if its type or its "
    "value is written otherwise, or if it stands in only one of the two; where a field has another "
    "name, both names differ. Comments, docstrings, layout, quotes and the order of fields do not "
    "count, nor do signatures, imports and all other statements. What # [...] leaves out is the "
    "same in both.",
    "zh": "文档“{first}”与“{second}”展示了同一段源代码的两个版本。"
    "两个版本之间哪些类的字段不同？字段是指由类体中的直接语句（name = value、name: type、"
    "name: type = value）或其 __init__ 函数体中的直接语句（self.name = value，可带类型）"
    "赋值或标注类型的名称；只看模块顶层的类。类型或值的写法不同，或只出现在其中一个版本里，即为不同；"
    "字段改名时，新旧两个名称都算。注释、文档字符串、排版、引号和字段的顺序不算，"
    "签名、导入语句以及其他语句也不算。# [...] 处省略的内容在两个版本中相同。",
}
FORMAT = {
    "signatures": {
        "en": "Name each as function or Class.method.",
        "zh": "写作 function 或 Class.method。",
    },
    "fields": {"en": "Name each as Class.field.", "zh": "写作 Class.field。"},
}
EXAMPLE = {
    "signatures": ("load_table", "Reader.read_row"),
    "fields": ("Reader.encoding", "Table.row_limit"),
}
