"""One set of data for each document, plainly fictitious."""

from datetime import UTC, datetime

from onevisit.paper import qr

AT = datetime(2026, 11, 24, 2, 3, 4, tzinfo=UTC)
ISSUER = "示范县市场监督管理局"
CASE = "33052120261124000017X"
SAMPLES: dict[str, dict[str, object]] = {
    "receipt": {
        "number": f"示范{CASE}收",
        "about": CASE,
        "applicant": "王小满（示范）",
        "event": "开餐饮店",
        "title": "小满面馆",
        "at": "2026年11月24日 10:03",
        "check_due": "2026-12-01",
        "qr": qr(f"http://127.0.0.1:8000/cases/{CASE}"),
        "procedures": [
            {"name": "个体工商户设立登记", "agency": ISSUER},
            {"name": "食品经营许可", "agency": ISSUER},
        ],
        "way": "网上提交",
        "evidence": ["经营场所使用证明"],
    },
    "acceptance": {
        "number": f"示范{CASE}-02受",
        "about": f"{CASE}-02",
        "case_number": CASE,
        "applicant": "王小满（示范）",
        "service": "食品经营许可",
        "received": "2026-11-24",
        "accepted": "2026-11-24",
        "term": "5 个工作日（法定 20 个工作日）",
        "due": "2026-12-01",
        "basis": "《中华人民共和国行政许可法》第三十二条第一款第五项",
        "deemed": False,
        "deemed_at_once": False,
    },
    "correction": {
        "number": f"示范{CASE}补",
        "about": CASE,
        "applicant": "王小满（示范）",
        "event": "开餐饮店",
        "due": "2026-12-08",
        "items": [
            {"name": "设备布局图", "agency": ISSUER, "service": "食品经营许可", "what": "看不出洗碗池的位置，请补画。"},
            {"name": "招牌效果图", "agency": "示范县综合行政执法局", "service": "招牌设置", "what": "缺离地高度。"},
        ],
    },
    "supplied": {
        "number": f"示范{CASE}-1补收",
        "about": f"{CASE}-1",
        "case_number": CASE,
        "applicant": "王小满（示范）",
        "event": "开餐饮店",
        "way": "示范县行政服务中心",
        "at": "2026年12月2日 10:03",
        "items": [
            {"name": "设备布局图", "agency": ISSUER, "way": "窗口收的复印件"},
            {"name": "食品安全管理人员", "agency": ISSUER, "way": "填写"},
        ],
        "left": ["招牌效果图：缺离地高度。"],
        "due": "2026-12-08",
    },
    "non_acceptance": {
        "number": f"示范{CASE}-02不受",
        "about": f"{CASE}-02",
        "applicant": "王小满（示范）",
        "service": "食品经营许可",
        "received": "2026-11-24",
        "reasons": "经营场所不在本县。",
        "basis": "《中华人民共和国行政许可法》第三十二条第一款第二项",
        "remedy": "general",
    },
    "decision": {
        "number": f"示范{CASE}-02决",
        "about": f"{CASE}-02",
        "applicant": "王小满（示范）",
        "service": "食品经营许可",
        "outcome": "granted",
        "title": "准予行政许可决定书",
        "done": "您的申请符合法定条件、标准，现决定准予行政许可。",
        "came": "受理",
        "remedy": "general",
        "accepted": "2026-11-24",
        "reasons": "",
        "basis": "《中华人民共和国行政许可法》第三十八条第一款",
        "licence_title": "食品经营许可证",
        "licence_number": "示范330521-2026-7K3M9-QXA2F-8",
        "validity": "2026年11月26日至2031年11月25日",
        "review_body": "示范县人民政府",
    },
    "revocation": {
        "number": "示范330521-2026-7K3M9-QXA2F-8撤",
        "applicant": "王小满（示范）",
        "licence_title": "食品经营许可证",
        "licence_number": "示范330521-2026-7K3M9-QXA2F-8",
        "issued": "2026-11-26",
        "basis": "《中华人民共和国行政许可法》第六十九条第二款",
        "ground": "被许可人以欺骗、贿赂等不正当手段取得行政许可的，应当予以撤销",
        "act": "行政许可",
        "after": "本机关将依照《中华人民共和国行政许可法》第七十条第四项办理注销手续。",
        "effect": "依照本条第二款的规定撤销行政许可的，被许可人基于行政许可取得的利益不受保护。",
        "reasons": "健康证明系伪造。",
        "review_body": "示范县人民政府",
    },
    "licence": {
        "number": "示范330521-2026-7K3M9-QXA2F-8",
        "title": "食品经营许可证",
        "holder": "王小满（示范）",
        "issued": "2026-11-26",
        "valid_until": "2031-11-25",
        "fields": [["经营场所", "示范县示范路 18 号"], ["经营项目", "热食类食品制售"]],
        "qr": qr("http://127.0.0.1:8000/verify/" + "x" * 32),
    },
}
for sample in SAMPLES.values():
    sample |= {"issuer": ISSUER, "date": "2026-11-26"}
