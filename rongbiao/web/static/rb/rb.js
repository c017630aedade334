// What pages do beyond HTML; everything here has a way without it.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // The menu on a narrow screen.
  const menu = one('[data-menu]');
  menu?.addEventListener('click', () => {
    const side = one('#side');
    const open = side.classList.toggle('open');
    menu.setAttribute('aria-expanded', String(open));
    if (open) one('a', side)?.focus();
  });

  // A choice that acts at once.
  all('[data-submit]').forEach(field => field.addEventListener('change', () => field.form.requestSubmit()));

  // The first error is where a reader should be.
  one('.errors')?.focus?.();

  // Drafts survive a closed window: kept in this browser until the form is sent.
  all('form[data-autosave]').forEach(form => {
    const key = `rb-draft-${form.dataset.autosave}`;
    const version = one('[name=version]', form)?.value ?? '';
    const fields = all('textarea, input[type=text], input[type=number]', form);
    try {
      const kept = JSON.parse(localStorage.getItem(key) ?? 'null');
      if (kept?.version === version) fields.forEach(f => { if (f.name in kept.words && !f.value) f.value = kept.words[f.name]; });
    } catch { localStorage.removeItem(key); }
    form.addEventListener('input', () => {
      const words = Object.fromEntries(fields.map(f => [f.name, f.value]));
      localStorage.setItem(key, JSON.stringify({ version, words }));
    });
    form.addEventListener('submit', () => localStorage.removeItem(key));
  });

  // The matrix: one cell is in the tab order, arrow keys move, Enter opens, Escape closes.
  const grid = one('table.mx');
  if (grid) {
    const rows = all('tbody tr:not(.g)', grid);
    const cell = (y, x) => rows[y]?.cells[x]?.querySelector('.cell');
    const first = one('.cell', grid);
    all('.cell', grid).forEach(c => { c.tabIndex = c === first ? 0 : -1; });
    const move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    grid.addEventListener('keydown', event => {
      const here = event.target.closest('.cell');
      const step = move[event.key];
      if (!here || !step) return;
      event.preventDefault();
      let y = rows.indexOf(here.closest('tr')), x = here.closest('td').cellIndex;
      do {
        y += step[0]; x += step[1];
        const next = cell(y, x);
        if (next) { here.tabIndex = -1; next.tabIndex = 0; next.focus(); return; }
      } while (rows[y]?.cells[x]);
    });
    const peek = one('#peek');
    const close = () => { const from = one('.cell[aria-expanded=true]', grid); if (peek) peek.replaceChildren(); from?.removeAttribute('aria-expanded'); from?.focus(); };
    document.addEventListener('keydown', event => { if (event.key === 'Escape' && peek?.childElementCount) close(); });
    document.addEventListener('click', event => { if (event.target.closest('[data-close]')) { event.preventDefault(); close(); } });
    document.body.addEventListener('htmx:afterSwap', event => {
      if (event.target !== peek) return;
      const from = event.detail.requestConfig?.elt;
      all('.cell[aria-expanded]', grid).forEach(c => c.removeAttribute('aria-expanded'));
      from?.setAttribute('aria-expanded', 'true');
      const card = one('.peek', peek), frame = one('.mxwrap')?.parentElement.getBoundingClientRect(), at = from?.getBoundingClientRect();
      if (card && frame && at) {
        card.style.top = `${at.bottom - frame.top + 8}px`;
        card.style.left = `${Math.max(8, Math.min(at.left - frame.left - 40, frame.width - card.offsetWidth - 16))}px`;
        one('a, button', card)?.focus();
      }
    });
  }
})();
