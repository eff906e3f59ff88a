"""The frame of every page: no inline script or style, skip link, language, who is signed in."""

import re

import pytest

FORBIDDEN = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", re.I)


def test_frame_of_the_sign_in_page(client, db):
    page = client.get("/sign-in").content.decode()
    assert '<html lang="zh-CN">' in page
    assert page.count("<h1") == 1
    assert 'href="#main"' in page and 'id="main"' in page
    assert "示范" in page
    assert not FORBIDDEN.search(page)


@pytest.mark.parametrize(("who", "staff"), [("xiaoman", False), ("officer", True)])
def test_staff_css_is_for_staff_only(client, sign_in, who, staff, rf):
    sign_in(who)
    page = client.get("/no-such-page").content.decode()
    assert ("ui/staff.css" in page) is staff
    assert ('aria-label="主导航"' in page) is not staff
    assert "退出登录" in page
