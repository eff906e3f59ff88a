"""The page at which a payer pays pretended money. Marked 示范 in every state."""

from html import escape
from typing import Any

STYLE = (
    "body{font:17px/1.6 'PingFang SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif;background:#f4f5f7;color:#1b2230;"
    "margin:0}main{max-width:30rem;margin:2rem auto;padding:1.5rem;background:#fff;border-radius:12px}"
    ".demo{background:#7a3e00;color:#fff;text-align:center;padding:.4rem}h1{font-size:1.5rem;margin:0 0 1rem}"
    ".sum{font-size:2rem;font-weight:600}table{width:100%;border-collapse:collapse}td{padding:.4rem 0;"
    "border-top:1px solid #dfe3ea}td+td{text-align:right}button,a.b{display:block;width:100%;box-sizing:border-box;"
    "min-height:48px;font:inherit;border-radius:8px;border:0;background:#17703f;color:#fff;margin:1rem 0 0;"
    "text-align:center;line-height:48px;text-decoration:none}a{color:#1a4fb4}"
)
DEMO = "示范支付平台：不连接银行，不收真钱"


def page(order: dict[str, Any]) -> str:
    """What the payer sees: to pay, paid, or closed."""
    return_url = escape(order["return_url"])
    back = f'<p><a href="{return_url}">不付了，回到一次办</a></p>'
    if order["state"] == "open":
        act = '<form method="post"><button>付款（示范）</button></form>' + back
        title = "确认付款"
    elif order["state"] == "paid":
        act = f'<p>已经付款（示范）。</p><a class="b" href="{return_url}">回到一次办</a>'
        title = "付款成功"
    else:
        act = f"<p>这张付款单已经关闭，没有扣款。</p>{back}"
        title = "付款单已关闭"
    rows = "".join(
        f"<tr><td>{escape(part['name'])}</td><td>{escape(part['amount'])} 元</td></tr>" for part in order["splits"]
    )
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title} · 示范支付平台</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head><body>'
        f'<p class="demo" role="note">{DEMO}</p><main><h1>{title}</h1><p>{escape(order["subject"])}</p>'
        f'<p class="sum">{escape(order["amount"])} 元</p><table>{rows}</table>{act}</main></body></html>'
    )


def missing() -> str:
    """No such order."""
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>没有这张付款单</title></head><body>'
        f"<p>{DEMO}</p><main><h1>没有这张付款单</h1></main></body></html>"
    )
