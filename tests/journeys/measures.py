"""What is measured of a page besides axe, each a script that returns what is wrong: reading, reflow, contrast."""

# Sentences that name an element: its tag, class and first words.
NAME = """const name = e => e.tagName.toLowerCase() + '.' + (e.getAttribute('class') || '') + ' “'
  + (e.textContent || e.value || '').trim().replace(/\\s+/g, ' ').slice(0, 30) + '”';
const seen = e => e.getClientRects().length && e.checkVisibility({visibilityProperty: true})
  && !e.closest('.govuk-visually-hidden, .ov-sr, .govuk-skip-link, thead, caption, [inert]');
const rects = e => [...e.childNodes].filter(n => n.nodeType === 3 && n.textContent.trim()).flatMap(n => {
  const range = document.createRange(); range.selectNode(n); return [...range.getClientRects()]; })
  .filter(r => r.width > 2 && r.height > 2);
const own = e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
"""

# What is folded away is looked at too; on the page for integrators some of it is enough.
OPEN = "[...document.querySelectorAll('details')].slice(0, 40).forEach(one => { one.open = true; })"

# What sticks out sideways, is cut off, has to be scrolled sideways, or lies under something (WCAG 1.4.4, 1.4.10).
# The window is as high as the page, so that nothing is below it.
CUT = (
    "() => {"
    + NAME
    + """const found = [], wide = document.documentElement.clientWidth;
  for (const e of document.querySelectorAll('body *')) {
    if (!seen(e)) continue;
    const box = e.getBoundingClientRect();
    if (!e.closest('svg') && box.width && box.right > wide + 1) found.push('sticks out: ' + name(e));
    if (!own(e) || e.closest('svg, object, pre')) continue;
    const clips = [];
    for (let up = e; up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== 'visible') clips.push(up);
    for (const r of rects(e)) {
      const edge = clips.find(up => r.right > up.getBoundingClientRect().right + 1);
      if (edge) { found.push('cut off by ' + name(edge) + ': ' + name(e)); break; }
      const top = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
      const bar = top?.closest('.ov-nav') && innerHeight < document.documentElement.scrollHeight;  // one can scroll on
      if (top && !bar && top !== e && !e.contains(top) && !top.contains(e)) {
        found.push('lies under ' + name(top) + ': ' + name(e)); break; }
    }
  }
  return found;
}"""
)

# Before the system's colours: marks that are made of a ground alone, boxes without words of their own.
MARKS = (
    "() => {"
    + NAME
    + """const bare = e => !e.textContent.trim() && !e.children.length;
  const ground = c => c !== 'rgba(0, 0, 0, 0)' && c !== 'transparent';
  for (const e of document.querySelectorAll('main *, header *, nav *')) {
    if (!seen(e) || e.closest('svg') || e.matches('input, img, object')) continue;
    if (bare(e) && ground(getComputedStyle(e).backgroundColor) && e.offsetWidth > 3) e.dataset.mark = 'own';
  }
}"""
)
# Under the system's colours: what cannot be told any more.
FORCED = (
    "() => {"
    + NAME
    + """const found = [];
  const canvas = getComputedStyle(document.body).backgroundColor;
  const parts = c => (c.match(/[\\d.]+/g) || [0, 0, 0]).map(Number);
  const light = c => { const [r, g, b] = parts(c).map(v => v / 255).map(
    v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
  const contrast = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((m, n) => n - m); return (x + .05) / (y + .05); };
  const lined = s => ['Top', 'Bottom'].some(side => parseFloat(s['border' + side + 'Width']) > 0
    && !['none', 'hidden'].includes(s['border' + side + 'Style'])
    && contrast(s['border' + side + 'Color'], canvas) >= 3);
  const drawn = e => [e, e.closest('label, .ov-search')].some(
    one => one && (lined(getComputedStyle(one)) || getComputedStyle(one).textDecorationLine === 'underline'))
    || [...e.querySelectorAll('*')].some(one => getComputedStyle(one).textDecorationLine === 'underline');
  for (const e of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
    if (!seen(e) || e.type === 'hidden' || e.closest('svg')) continue;
    if (['radio', 'checkbox'].includes(e.type)) {
      const styled = e.matches('.govuk-radios__input, .govuk-checkboxes__input');  // theirs are drawn beside them
      if (!styled && getComputedStyle(e).appearance === 'none') found.push('is drawn with a ground: ' + name(e));
    } else if (e.type !== 'file' && !drawn(e)) found.push('has no line: ' + name(e));
    e.focus({preventScroll: true, focusVisible: true});
    const box = e.closest('.ov-choice__item, .ov-search') || e, style = getComputedStyle(box);
    const beside = e.labels?.length && getComputedStyle(e.labels[0], '::before');
    if (document.activeElement === e && ![style, beside].some(s => s && s.outlineStyle !== 'none'
        && parseFloat(s.outlineWidth) >= 2 && contrast(s.outlineColor, canvas) >= 3))
      found.push('shows no focus: ' + name(e));
    e.blur();
  }
  for (const e of document.querySelectorAll('[data-mark]')) {
    const s = getComputedStyle(e);
    if (!lined(s) && contrast(s.backgroundColor, canvas) < 3) found.push('is not seen any more: ' + name(e));
  }
  for (const e of document.querySelectorAll('[aria-current="page"], [aria-current="true"], [aria-current="step"]')) {
    const other = [...e.closest('ul, ol, nav').querySelectorAll('a')].find(a => !a.hasAttribute('aria-current'));
    const look = one => { const s = getComputedStyle(one);
      return [s.borderBottomColor, s.borderBottomWidth, s.outlineStyle, s.fontWeight].join(); };
    if (other && seen(e) && look(e) === look(other)) found.push('looks like the others: ' + name(e));
  }
  for (const e of document.querySelectorAll('.ov-plan svg text, .ov-clock text')) {
    if (!seen(e)) continue;
    const box = e.getBoundingClientRect(), fill = getComputedStyle(e).fill;
    const under = document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2)
      .filter(one => one.ownerSVGElement && one.tagName !== 'text' && one.tagName !== 'tspan')
      .map(one => getComputedStyle(one).fill).find(c => c.startsWith('rgb(')) || canvas;
    if (contrast(fill, under) < 4.5) found.push('cannot be read: ' + name(e));
  }
  for (const e of document.querySelectorAll('.ov-plan svg :is(rect, path, circle, line), .ov-clock :is(rect, path)')) {
    const s = getComputedStyle(e), halo = e.matches('.pl-halo, .pl-lane, .pl-grid, .pl-haloed');
    const paints = [s.fill, s.stroke].filter(c => c.startsWith('rgb('));
    if (seen(e) && !halo && paints.length && !paints.some(c => contrast(c, canvas) >= 3))
      found.push('cannot be seen: ' + name(e));
  }
  return found;
}"""
)

# What a screen reader meets: landmarks, headings, names, tables, errors first, and the order in which it is read.
READ = (
    "() => {"
    + NAME
    + """const found = [], all = css => [...document.querySelectorAll(css)].filter(e => e.checkVisibility());
  const one = (css, what) => { const n = all(css).length; if (n !== 1) found.push(n + ' × ' + what); };
  one('body > header', 'banner'); one('main', 'main'); one('body > footer', 'contentinfo'); one('h1', 'h1');
  const navs = all('nav').map(e => e.getAttribute('aria-label')
    || document.getElementById(e.getAttribute('aria-labelledby'))?.textContent);
  if (navs.some(n => !n) || new Set(navs).size !== navs.length) found.push('navigations named ' + navs);
  if (!/^(zh-CN|en)$/.test(document.documentElement.lang)) found.push('lang=' + document.documentElement.lang);
  let level = 0;
  for (const e of all('h1, h2, h3, h4, h5, h6').filter(e => e.id !== 'error-title')) {
    const now = +e.tagName[1];
    if (now > level + 1) found.push('a jump from h' + level + ' to ' + name(e));
    level = now;
  }
  for (const e of all('table')) {
    if (!e.caption?.textContent.trim() && !e.getAttribute('aria-label')) found.push('no caption: ' + name(e));
    if (!e.querySelector('th[scope]')) found.push('no headers: ' + name(e));
  }
  for (const e of all('[aria-labelledby], [aria-describedby]'))
    for (const id of ['aria-labelledby', 'aria-describedby'].flatMap(of => (e.getAttribute(of) || '').split(/ +/)))
      if (id && !document.getElementById(id)) found.push('names ' + id + ', which is not there: ' + name(e));
  const errors = document.querySelector('.govuk-error-summary');
  if (errors) {
    const first = document.querySelector('h1').compareDocumentPosition(errors) & Node.DOCUMENT_POSITION_PRECEDING;
    if (!first) found.push('what is wrong comes after the heading');
    if (document.activeElement !== errors) found.push('what is wrong has not the focus');
    for (const a of errors.querySelectorAll('a'))
      if (!document.getElementById(a.hash.slice(1))) found.push('leads nowhere: ' + name(a));
    if (!/^(要改|Correct)/.test(document.title.trim())) found.push('the title does not say that something is wrong');
  }
  return found;
}"""
)
# Who reads from top to bottom meets things in the order of the page's text (WCAG 1.3.2, 2.4.3), column by column.
ORDER = (
    "() => {"
    + NAME
    + """const found = [];
  const fixed = e => { for (let up = e; up; up = up.parentElement)
    if (['fixed', 'sticky'].includes(getComputedStyle(up).position)) return true; };
  const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  for (let last = null, node; (node = walk.nextNode());) {
    const e = node.parentElement;
    if (!node.textContent.trim() || !seen(e) || e.closest('svg, object, pre') || fixed(e)) continue;
    const range = document.createRange();
    range.selectNode(node);
    const boxes = [...range.getClientRects()].filter(r => r.width > 2), r = boxes[0];
    if (!r) continue;
    if (last) {
      const beside = Math.min(r.bottom, last.r.bottom) - Math.max(r.top, last.r.top)
        > Math.min(r.height, last.r.height) / 2;
      const above = r.bottom <= last.r.top + 2 && r.left < last.r.right && last.r.left < r.right;
      if (above || (beside && r.right <= last.r.left + 1)) found.push(name(e) + ' is read after ' + name(last.e));
    }
    last = {e, r: boxes.at(-1)};
  }
  return found;
}"""
)
