"""Labels from elsewhere: Japanese and Chinese tags, tags in five languages, tables of sizes.

Only drawn for training (`splits.OWN_KINDS`). Ideographs need a font that has them; without one
the names of the rows are set in Latin letters.
"""

from __future__ import annotations

from datasets.codes.fill import fill
from datasets.fonts.fonts import IDEOGRAPHS, has_glyphs
from datasets.scenes.labels import layout as lay
from datasets.scenes.labels import wording
from datasets.scenes.labels.barcodes import barcode
from datasets.scenes.labels.dense import symbols
from datasets.scenes.labels.layout import Block
from datasets.scenes.labels.maker import Maker, dates

_JAPANESE = (
    ("品番", "品番", "商品番号", "メーカー品番", "型番", "スタイル"),
    (("サイズ", "{size}cm"), ("カラー", "ブラック"), ("色", "ホワイト"), ("甲材", "合成皮革"),
     ("底材", "合成底"), ("素材", "天然皮革・合成繊維"), ("原産国", "ベトナム製"),
     ("原産国", "中国製"), ("本体価格", "¥{price}"), ("輸入元", "株式会社シューズジャパン"),
     ("品名", "スニーカー"), ("製造年月", "{date}")),
)  # fmt: skip
_CHINESE = (
    ("货号", "货号", "款号", "商品编号", "貨號", "型号"),
    (("尺码", "{size}"), ("颜色", "黑/白"), ("颜色", "浅灰"), ("面料", "合成革"), ("大底", "橡胶"),
     ("产地", "越南"), ("產地", "中國"), ("品名", "休闲鞋"), ("等级", "合格品"), ("检验员", "08"),
     ("执行标准", "QB/T 4329"), ("零售价", "¥{price}"), ("生产日期", "{date}")),
)  # fmt: skip
_LATIN = (
    ("ITEM NO.", "ART. NO.", "STYLE", "CODE", "MODEL"),
    (("SIZE", "{size}"), ("COLOUR", "BLACK"), ("UPPER", "SYNTHETIC"), ("SOLE", "RUBBER"),
     ("ORIGIN", "CHINA"), ("PRICE", "{price}"), ("DATE", "{date}"), ("GRADE", "A")),
)  # fmt: skip
_EUROPEAN_CODE = (
    *("Cod. art.", "Art.-Nr.", "Art. Nr.", "Ref.", "Reference", "Articolo", "Artikel", "Ref.:"),
    *("Codigo", "Cod. prod.", "Modell", "Modelo", "Art.No.:", "Article", "Style / Art.", ""),
)
_EUROPEAN = (
    *(
        "Grosse / Taille / Size {size}",
        "Taglia / Talla {size}",
        "Obermaterial: Leder",
        "Maat {size}",
    ),
    *("Dessus: cuir, textile / Upper", "Tomaia: pelle / tessuto", "Futter / Doublure: textile"),
    *("Laufsohle: sonstiges Material", "Semelle: caoutchouc", "Suola: gomma", "Forro: textil"),
    *("Farbe / Couleur: Schwarz", "Colore: bianco", "Hergestellt in Vietnam", "Fabrique en Chine"),
    *("Importe par / Importeur", "Fabricado en India", "Made in Portugal", "Prodotto in Italia"),
)


def tag(m: Maker) -> Block:
    """Rows of name and value in Japanese or Chinese, the code's row among them."""
    rng = m.rng
    heads, pairs = rng.choice((_JAPANESE, _CHINESE)) if _ideographic(m) else _LATIN
    cap, joint = rng.uniform(0.6, 1.0), rng.choice((":", ": ", " : ", " ", "  "))
    rows = [
        [lay.text(m.style, name + joint, cap), lay.text(m.style, _filled(m, value), cap)]
        for name, value in rng.sample(pairs, rng.randint(3, 7))
    ]
    if m.code is not None:
        head = lay.text(m.style, rng.choice(heads) + joint, cap)
        rows.insert(rng.randint(0, 3), [head, m.code_line(None, "")])
    body = _rows(m, rows)
    parts = [body, barcode(rng, m.style, rng.uniform(6, 10), rng.uniform(1.2, 2.4))]
    if m.one_in(1.6):
        parts.insert(0, m.brand_word(0.9, 1.8))
    return lay.vstack(parts[: rng.randint(2, 3)], m.gap(), rng.choice((0.0, 0.5)))


def european(m: Maker) -> Block:
    """A tag in several languages: materials, pictograms, the code under a word of its own."""
    rng = m.rng
    cap = rng.uniform(0.45, 0.8)
    lines = [lay.text(m.style, _filled(m, one), cap) for one in rng.sample(_EUROPEAN, 4)]
    if m.one_in(1.5):
        pictures = symbols(m)
        lines.insert(rng.randint(0, 4), lay.framed(pictures, 0.25) if m.one_in(2) else pictures)
    if m.one_in(2):
        lines.insert(rng.randint(0, 4), m.text(wording.model(rng), 0.6, 1.0))
    label = rng.choice(_EUROPEAN_CODE)
    if label and m.one_in(3):  # the word on a line of its own, larger than what it names
        lines.insert(0, lay.text(m.style, label, rng.uniform(0.7, 1.4), strong=True))
        label = ""
    lines.insert(rng.randint(1, 3), m.code_line(None, label))
    if m.one_in(1.5):
        lines.insert(0, m.brand_word(1.0, 2.4))
    return lay.vstack(lines, m.gap(), rng.choice((0.0, 0.0, 0.5)))


def size_table(m: Maker) -> Block:
    """A ruled table of sizes with the code close above or below it, then bars and dates."""
    rng = m.rng
    cap = rng.uniform(0.45, 0.9)
    pairs = wording.sizes(rng)
    columns = [[name for name, _ in pairs], [value for _, value in pairs]]
    cells = columns if m.one_in(1.5) else [list(pair) for pair in pairs]
    rows = [[lay.text(m.style, cell, cap) for cell in row] for row in cells]
    box = lay.table(rows, rng.uniform(0.2, 0.6), rng.choice((0.04, 0.06, 0.1)))
    code = m.code_line()
    near = lay.vstack([box, code] if m.one_in(2) else [code, box], rng.uniform(0.15, 0.6),
                      rng.choice((0.0, 0.0, 0.5, 1.0)))  # fmt: skip
    above = [m.text(line, 0.4, 0.7) for line in wording.made_in(rng)] if m.one_in(1.5) else []
    below = [dates(m)] if m.one_in(2) else []
    if m.one_in(1.5):
        below.append(barcode(rng, m.style, near.w * rng.uniform(0.5, 1.0), rng.uniform(1.0, 3.0)))
    lines = [*above, near, *below]
    if m.one_in(2):
        lines.reverse()
    return lay.vstack(lines, m.gap(), rng.choice((0.0, 0.5)))


def ticket(m: Maker) -> Block:
    """A shop's paper ticket: a price far larger than the code, a number under the bars."""
    rng = m.rng
    price = m.text(rng.choice((wording.price(rng), f"{fill('##', rng)},900")), 1.6, 3.4, True)
    lines = [m.brand_word(0.7, 1.4), m.text(wording.model(rng), 0.5, 0.8), m.code_line()]
    lines += [price, barcode(rng, m.style, rng.uniform(6, 10), rng.uniform(1.0, 2.0))]
    rng.shuffle(lines)
    return lay.vstack(lines[: rng.randint(3, 5)] if m.code is None else lines, m.gap(), 0.0)


def _ideographic(m: Maker) -> bool:
    """Whether the style can set ideographs."""
    return has_glyphs(m.style.plain.korean, IDEOGRAPHS)


def _filled(m: Maker, value: str) -> str:
    rng = m.rng
    price = f"{rng.randint(3, 29)},{rng.randrange(0, 1000, 10):03}"
    size = rng.choice((str(rng.randrange(220, 300, 5) / 10), wording.size_mm(rng)))
    return value.format(size=size, price=price, date=wording.date(rng))


def _rows(m: Maker, rows: list[list[Block]]) -> Block:
    """Ruled, in two columns, or one after the other."""
    form = m.rng.random()
    if form < 0.3:
        return lay.table(rows, m.rng.uniform(0.2, 0.4), 0.05)
    if form < 0.6:
        return lay.table(rows, m.rng.uniform(0.15, 0.3), 0.0)
    return lay.vstack([lay.hstack(row, 0.1) for row in rows], m.gap())
