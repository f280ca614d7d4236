"""What has digits and is no code: addresses, dates, times, amounts, telephone numbers.

Owns their shapes. They are blanked out at equal length, so that positions stay what they were.
"""

from __future__ import annotations

import re
from typing import Final

BLANKED: Final = "\u25a1"
"""Stands where a decoy stood; it is neither letter, digit nor blank."""

_MONTHS: Final = (
    r"(?:jan(?:uary?|\.|uari|vier|eiro)?|january|feb(?:ruary?|ruari|\.)?|février|febrero|fevereiro|"
    r"mar(?:ch|s|zo|ço|\.)?|märz|apr(?:il|ile|\.)?|avril|abril|may|mai|mayo|maio|maggio|mei|"
    r"june?|juni|juin|junio|junho|giugno|july?|juli|juillet|julio|julho|luglio|"
    r"aug(?:ust|\.)?|août|agosto|sep(?:t|tember|tembre|tiembre|\.)?|setembro|settembre|"
    r"oct(?:ober|obre|ubre|\.)?|okt(?:ober|\.)?|outubro|ottobre|nov(?:ember|embre|iembre|embro|\.)?|"
    r"dec(?:ember|\.)?|dez(?:ember|embro|\.)?|décembre|diciembre|dicembre|"
    r"января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)"
)
_DURATIONS: Final = (
    r"(?:s|secs?|seconds?|mins?|minute[ns]?|hours?|hrs?|h|days?|sekund\w*|stunden?|tagen?|secondes?|"
    r"minut\w*|heures?|jours?|segundos?|horas?|d[ií]as?|secondi|ore|giorni|секунд\w*|мин\w*|час\w*|"
    r"km|kg|gb|mb|px|秒|分|時間|日|年|月|分钟|小时|초|분|시간|일)"
)
_CURRENCIES: Final = (
    r"(?:USD|EUR|GBP|JPY|CHF|CAD|AUD|BRL|INR|CNY|KRW|MXN|PLN|CZK|SEK|NOK|DKK|TRY|RUB|UAH|Rs\.?|R\$)"
)
_SIGNS: Final = r"[$€£¥₹₽₩₺₴₫฿₦₱₪]"
_NAMES: Final = r"(?:kr|zł|Kč|Ft|lei|TL|\u0440\u0443\u0431\w*|dollars?|euros?)"
_AFTER_AMOUNT: Final = rf"(?:{_SIGNS}|(?:{_CURRENCIES}|{_NAMES})(?!\w)|元|円|원)"
_AMOUNT: Final = r"(?:\d{1,3}(?:[ .,']\d{3})+(?:[.,]\d{2})?|\d+(?:[.,]\d{1,2})?)(?!\d)"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"

_SHAPES: Final = (
    r"\b(?:https?|ftp|mailto|otpauth):[^\s<>\"]+|\btel:\+\S+|\bwww\.\S+",
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+",
    r"(?<![\w@.-])(?:[\w-]{1,63}\.){1,5}[a-z]{2,24}/\S*",
    r"\{\{.{0,80}?\}\}|\{%.{0,80}?%\}",
    r"#[0-9a-fA-F]{3,8}\b",
    r"\brgba?\([^)]{0,40}\)",
    rf"(?<![\d.])\d{{4}}([-/.]){_DAY}\1{_DAY}(?:T[\d:.]+Z?)?(?!\d)",
    rf"(?<![\d./-]){_DAY}([-/.]){_DAY}\1(?:\d{{4}}|\d{{2}})(?![-/.]?\d)",
    rf"(?<!\d)(?<!\d[ .,-])\d{{1,2}}\.? (?:de )?{_MONTHS}(?!\w)(?: (?:de )?\d{{4}}(?!\d))?",
    rf"\b{_MONTHS} \d{{1,2}}(?!\d)(?:,? \d{{4}}(?!\d))?",
    r"\d{4} ?年(?: ?\d{1,2} ?月)?(?: ?\d{1,2} ?日)?|\d{4}년(?: ?\d{1,2}월)?(?: ?\d{1,2}일)?",
    r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?!\d)",
    r"(?<![\d.])(?=[\d.]{0,12}\d{2})(?:\d{1,3}\.){3}\d{1,3}(?!\.?\d)",
    r"\+ ?\(?\d[\d ()./-]{5,24}\d|\(0?\d{2,4}\) ?\d[\d .-]{4,16}\d",
    r"(?<!\d)0\d{2,4}[ /-]\d{3,4}[ -]\d{3,4}(?!\d)|(?<!\d)0\d{2,4}[ /-]\d{5,8}(?!\d)",
    rf"(?:{_SIGNS}|\b{_CURRENCIES}) ?{_AMOUNT}|(?<!\d)(?<!\d[.,]){_AMOUNT} ?{_AFTER_AMOUNT}",
    rf"(?<![\d.,-])\d{{1,4}}(?: ?- ?\d{{1,4}})? ?{_DURATIONS}(?!\w)",
    r"(?<!\d)\d{1,6} ?(?:%|°|(?:points?|pts|users?|items?|people|attempts?)(?!\w))",
    r"(?:©|\(c\)|copyright) ?\d{4}(?:-\d{4})?",
)
_DECOYS: Final = [re.compile(shape, re.IGNORECASE) for shape in _SHAPES]


def without_decoys(text: str) -> str:
    """The text with every decoy blanked out; as long as before."""
    for decoy in _DECOYS:
        text = decoy.sub(lambda found: BLANKED * len(found[0]), text)
    return text
