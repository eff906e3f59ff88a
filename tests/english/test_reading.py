"""The reader of pages finds Chinese wherever it is seen, and nowhere else."""

from tests.english.reading import chinese


def test_chinese_is_found_in_texts_titles_drawings_and_names_for_screen_readers():
    page = """<html><head><title>标题</title></head><body><script>脚本</script><p>a <b>b</b> 尾巴</p>
    <svg><text>图</text></svg><input placeholder="提示"><button lang="zh-hans">中文</button><p>Reason：x</p>
    </body></html>"""
    assert chinese(page) == ["标题", "尾巴", "图", "提示", "Reason：x"]


def test_what_people_entered_is_theirs():
    assert chinese("<p>小满面馆</p><p>示范33052120261127000008C-1补收</p>") == []
    assert chinese("<p>小满面馆的办件</p>") == ["小满面馆的办件"]
