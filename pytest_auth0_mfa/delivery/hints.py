"""The words beside a number that say what it is, in the languages that tenants write in.

Owns the vocabulary. Must not weigh it: which number is the code is decided elsewhere.
"""

from __future__ import annotations

import re
from typing import Final

_STEMS: Final = (
    # Germanic, with compounds such as "Bestätigungscode" and "toegangscode"
    r"\w*codes?|\w*kode[nrt]?\w{0,2}|\w*koder?|kóði\w*|m?tans?|otps?|pins?|one-time|verif\w+",
    r"2fa|mfa|\w*passwort|token",
    # Romance
    r"c[oó]digos?|codice|codici|codul\w*|cod|codi|clave|contraseña|vérif\w+|senha|mot de passe",
    r"parola",
    # Slavic, Baltic, Uralic, Turkic, Greek
    r"k[oó]d\w{0,4}|hasło|heslo|kodas\w*|kood\w*|koodi\w*|şifre\w*|код\w{0,3}|парол\w+|κωδικ\w+",
    r"κώδικ\w+",
    # Vietnamese, Indonesian, Swahili
    r"mã|kata sandi|msimbo",
)
_SIGNS: Final = (
    # Scripts that write words without blanks, or join particles to them
    "コード|認証番号|確認番号|暗証番号|ワンタイム|验证码|驗證碼|校验码|动态码|動態碼|确认码|確認碼|代码|代碼|口令",
    "인증|코드|비밀번호|รหัส|โอทีพี|رمز|كود|کد|קוד|סיסמ|कोड|ओटीपी|कूट|কোড|குறியீடு|కోడ్|കോഡ്|કોડ|ਕੋਡ|କୋଡ",
    "կոդ|კოდი|កូដ|ລະຫັດ|ကုဒ်",
)
HINT: Final = re.compile(rf"\b(?:{'|'.join(_STEMS)})\b|{'|'.join(_SIGNS)}", re.IGNORECASE)
"""A word that announces a code."""

_OTHER_BEFORE: Final = (
    r"zip|post|postal|area|country|bar|qr|promo\w*|discount|coupon|voucher|gift|error|order|"
    r"booking|reference|tracking|dress|source|customer|product|item|sort|swift|bank|response|"
    r"status|gutschein|rabatt|fehler|strich|buchungs"
)
_OTHER_AFTER: Final = (
    r"postal|promo\w*|de (?:erreur|error|réduction|descuento|barras)|barre|erreur|di errore|"
    r"fiscale|client"
)
_OTHER_SIGNS: Final = (
    r"郵便番号|邮政编码|邮编|エラーコード|クーポンコード|优惠码|우편번호|почтовый код|промокод\w*"
)
OTHER_CODE: Final = re.compile(
    rf"\b(?:(?:{_OTHER_BEFORE})[ -]?codes?|(?:code|código|codice|cod) (?:{_OTHER_AFTER}))\b|"
    rf"{_OTHER_SIGNS}",
    re.IGNORECASE,
)
"""A word for a code that signs nobody in."""

_NUMBERED: Final = (
    # Tickets, orders, contracts
    r"tickets?|cases?|orders?|ref(?:erence|\.)?|invoice|booking|tracking|contract|policy|serial|id",
    r"(?:account|request|transaction|customer|member\w*|phone|user) (?:number|no|nr|id)",
    r"vorgang\w*|bestell\w+|rechnung\w*|\w+nummer|konto|aktenzeichen|plz",
    r"commande|dossier|facture|référence|pedido|factura|fatura|referencia|referência|caso",
    r"ordine|pratica|riferimento|fattura|zamówieni\w+|zgłoszeni\w+|zakázk\w+|objednávk\w+",
    r"sipariş\w*|заказ\w*|заявк\w+|сч[её]т\w*|замовлення|no\.|nr\.?|num\.?|ärende\w*|ordre\w*",
    r"sak|tilaus\w*|asiakas\w*|đơn hàng|pesanan|pincode",
    # Whom to call or write to
    r"calls?|tel\.?|telephone|fax|dial|hotline|sms to|(?:stop|help|reply) to|telefon|tél\.?",
    r"appelez|llame al|ligue|chiama\w*|зателефонуйте|звоните|zadzwoń",
)
_NUMBERED_SIGNS: Final = (
    "受付番号|お問い合わせ番号|注文番号|会員番号|订单号|订单|訂單|工单|单号|客服|电话|電話|주문번호|접수번호|고객번호|전화",
    "رقم الطلب|رقم التذكرة|הזמנה|आदेश संख्या|ऑर्डर|टिकट|หมายเลขคำสั่งซื้อ|เลขที่",
)
_BETWEEN: Final = (
    r"(?:[ :.#'\"(*-]|\b(?:number|no|nr|num|is|the|ist|lautet|est|es|é|è|at|on|am|us)\b){0,12}"
)
NUMBERED_BEFORE: Final = re.compile(
    rf"(?:\b(?:{'|'.join(_NUMBERED)})|{'|'.join(_NUMBERED_SIGNS)}|{OTHER_CODE.pattern}){_BETWEEN}\Z",
    re.IGNORECASE,
)
"""Text that ends with the name of something numbered, so that the number after it is no code."""

ADDRESS_LINE: Final = re.compile(
    r"\b(?:street|st\.|road|avenue|boulevard|suite|floor|p\.?o\.? box|\w*stra(?:ß|ss)e|rue|via|"
    r"calle|avenida|rua|ulica|\u0443\u043b\.|marg|nagar|plaza|platz)\b|[省市区路号]|丁目",
    re.IGNORECASE,
)
"""A line of a postal address."""
