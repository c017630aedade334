// The reading view: J and K go from finding to finding, N to the next that needs something done.
// Every step is a link without this.
(() => {
  const view = document.querySelector('[data-cites]');
  if (!view) return;
  const marks = [...view.querySelectorAll('[data-n]')], said = view.querySelector('[data-said]');
  let here = -1;
  const leave = (where, last) => { if (where) location.href = `${where}#${last ? 'last' : 'first'}`; };
  const show = at => {
    const mark = marks[at], card = document.getElementById(`f${mark.dataset.n}`);
    for (const fold = mark.closest('details'); fold && !fold.open;) fold.open = true;
    view.querySelectorAll('.on').forEach(one => one.classList.remove('on'));
    mark.classList.add('on');
    card?.classList.add('on');
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: 'center' });
    const list = card?.closest('.cx-side');
    if (list && list.scrollHeight > list.clientHeight) list.scrollTop = card.offsetTop - 64;
    said.textContent = card?.innerText ?? '';
    here = at;
  };
  const go = step => {
    const now = marks.indexOf(document.activeElement);
    if (now >= 0) here = now;
    if (step === 'act') {
      const next = marks.findIndex((mark, at) => at > here && 'act' in mark.dataset);
      if (next >= 0) show(next); else leave(view.dataset.after);
      return;
    }
    const next = here + Number(step);
    if (marks[next]) show(next); else if (step > 0) leave(view.dataset.after); else leave(view.dataset.before, true);
  };
  const bar = view.querySelector('[data-jump]');
  if (bar) {
    bar.hidden = false;
    bar.addEventListener('click', event => { const button = event.target.closest('[data-go]'); if (button) go(button.dataset.go); });
  }
  marks.forEach((mark, at) => mark.addEventListener('click', event => {
    if (matchMedia('(max-width: 70rem)').matches) return; // there the card stands below: the link leads to it
    event.preventDefault();
    show(at);
  }));
  const keys = { j: 1, k: -1, n: 'act' };
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select')) return;
    const step = keys[event.key.toLowerCase()];
    if (step) { event.preventDefault(); go(step); }
  });
  const asked = location.hash;
  if (marks.length && asked === '#first') show(0);
  else if (marks.length && asked === '#last') show(marks.length - 1);
  else if (asked.startsWith('#m')) { const at = marks.findIndex(mark => `#${mark.id}` === asked); if (at >= 0) show(at); }
})();
