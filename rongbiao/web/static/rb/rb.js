// What pages do beyond HTML; everything here has a way without it.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  const spoken = one('#spoken')?.dataset ?? {};

  // The menu on a narrow screen; without this script the link shows it by its address.
  const menu = one('[data-menu]');
  const side = one('#side');
  const fold = open => {
    side.classList.toggle('open', open);
    menu.setAttribute('aria-expanded', String(open));
    if (open) one('a.nav', side)?.focus(); else menu.focus();
  };
  menu?.addEventListener('click', event => { event.preventDefault(); fold(!side.classList.contains('open')); });
  menu?.addEventListener('keydown', event => { if (event.key === ' ') { event.preventDefault(); menu.click(); } });
  side?.addEventListener('keydown', event => { if (event.key === 'Escape' && side.classList.contains('open')) fold(false); });

  // A row of links that runs on beyond a narrow screen shows the one the page is on.
  all('.site-nav [aria-current], .site-sub [aria-current]').forEach(link => { link.parentElement.scrollLeft = link.offsetLeft - link.parentElement.offsetLeft - 40; });

  // A choice that acts at once.
  all('[data-submit]').forEach(field => field.addEventListener('change', () => field.form.requestSubmit()));

  // The first error is where a reader should be.
  one('.errors')?.focus?.();

  // Drafts survive a closed window: kept in this browser until the form is taken or its owner signs out.
  const DRAFT = 'rb-draft-';
  const drafts = {
    read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* no room: the server keeps what is saved */ } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* storage is off */ } },
    dropAll() { try { Object.keys(localStorage).filter(key => key.startsWith(DRAFT)).forEach(key => localStorage.removeItem(key)); } catch { /* storage is off */ } },
  };
  const offerBack = (form, undo) => {
    const note = document.createElement('p');
    note.className = 'note';
    note.setAttribute('role', 'status');
    const words = document.createElement('span');
    words.textContent = spoken.restored ?? '';
    const discard = document.createElement('button');
    discard.type = 'button';
    discard.className = 'btn sm';
    discard.textContent = spoken.discard ?? '';
    discard.addEventListener('click', () => { undo(); note.remove(); });
    note.append(words, discard);
    form.prepend(note);
  };
  // What is written on the desk is kept: every form of who is signed in that asks for more than a line.
  const KEPT = ['textarea', 'text', 'number', 'date', 'email', 'tel', 'url', 'search', 'select-one', 'checkbox', 'radio'];
  const who = one('#session-warning')?.dataset.who;
  const said = field => (['checkbox', 'radio'].includes(field.type) ? field.checked : field.value);
  const say = (field, value) => { if (typeof value === 'boolean') field.checked = value; else field.value = value; };
  // A form is known by its address, its fields and what it is about, so that no answer comes back to another question.
  const known = (form, fields) => {
    const about = [...form.elements].filter(field => field.type === 'hidden' && !['csrfmiddlewaretoken', 'version', 'token'].includes(field.name));
    const text = [...fields.map(field => field.name), ...about.map(field => `${field.name}=${field.value}`)].join();
    const sum = [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 4294967291, 7);
    return `${new URL(form.getAttribute('action') || location.href, location.href).pathname}#${sum}`;
  };
  // Sent is not yet taken: a draft goes when the platform led on from its form to a page without a complaint.
  const SENT = 'rb-sent';
  const sent = {
    note(key) { try { sessionStorage.setItem(SENT, key); } catch { /* storage is off */ } },
    take() { try { const key = sessionStorage.getItem(SENT); sessionStorage.removeItem(SENT); return key; } catch { return null; } },
  };
  const arrival = performance.getEntriesByType('navigation')[0];
  const taken = who && arrival?.type === 'navigate' && arrival.redirectCount > 0 && (arrival.responseStatus || 200) < 400
    && !location.pathname.startsWith('/accounts/') && !one('.errors, .messages .bad');
  const last = sent.take();
  if (last && taken) drafts.drop(last);
  all(who ? 'form[data-autosave], main form[method=post]:has(textarea)' : 'form[data-autosave]').forEach(form => {
    const fields = [...form.elements].filter(field => field.name && KEPT.includes(field.type) && field.autocomplete !== 'one-time-code');
    const key = `${DRAFT}${who ?? ''}-${form.dataset.autosave ?? known(form, fields)}`;
    const version = one('[name=version]', form)?.value ?? '';
    const words = () => fields.map(field => [field.name, said(field)]);
    const before = words();
    const kept = drafts.read(key);
    if (kept && kept.version === version && kept.words?.length === fields.length) {
      // A page with errors shows what was sent, which is newer than what was kept before.
      const changed = one('.errors') ? [] : fields.filter((field, n) => kept.words[n][0] === field.name && kept.words[n][1] !== said(field));
      changed.forEach(field => say(field, kept.words[fields.indexOf(field)][1]));
      if (changed.length) {
        const fold = form.closest('details');
        if (fold) fold.open = true;
        offerBack(form, () => { fields.forEach((field, n) => say(field, before[n][1])); drafts.drop(key); });
      }
    } else if (kept) drafts.drop(key);
    const keep = () => drafts.write(key, { version, words: words() });
    form.addEventListener('input', keep);
    form.addEventListener('change', keep);
    form.addEventListener('submit', () => sent.note(key));
  });
  all('form[data-sign-out]').forEach(form => form.addEventListener('submit', drafts.dropAll));

  // Five minutes before the session ends for want of work, say so and offer to go on.
  const idle = Number(document.body.dataset.idle);
  const warning = one('#session-warning');
  if (idle && warning) {
    const EARLY = 300;
    let waiting;
    const wait = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { warning.hidden = false; }, Math.max(idle - EARLY, 30) * 1000);
    };
    one('[data-renew]', warning).addEventListener('click', async () => {
      const answer = await fetch(location.href, { method: 'HEAD', redirect: 'manual', cache: 'no-store' }).catch(() => null);
      if (!answer?.ok) { location.reload(); return; }
      warning.hidden = true;
      wait();
    });
    document.body.addEventListener('htmx:afterRequest', wait);
    wait();
  }

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

  // What stands open on a wide screen where the style sheet alone cannot open it.
  all('details[data-wide]').forEach(part => { if (matchMedia('(min-width: 56.01rem)').matches) part.open = true; });

  // A text to take along.
  all('[data-copy]').forEach(button => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(one(`#${button.dataset.copy}`).textContent.trim()).catch(() => {});
      const words = one('span', button), before = words.textContent;
      words.textContent = spoken.copied ?? before;
      one('[data-copied]').textContent = spoken.copied ?? '';
      setTimeout(() => { words.textContent = before; }, 2000);
    });
  });

  // Type-ahead: a combobox with a list (ARIA authoring practices 1.2); the form works without it.
  const WAIT = 120; // milliseconds between the last letter and the question
  const offers = new Map();
  all('input[data-suggest]').forEach((field, place) => {
    const list = document.createElement('ul'), said = document.createElement('p');
    list.id = `offers-${place}`; list.className = 'offers'; list.hidden = true;
    list.setAttribute('role', 'listbox'); list.setAttribute('aria-label', spoken.offer ?? '');
    said.className = 'sr'; said.setAttribute('role', 'status');
    field.after(list, said);
    const state = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id };
    Object.entries(state).forEach(([name, value]) => field.setAttribute(name, value));
    let waiting, asked = '', shown = '', chosen = -1;
    const lines = () => all('[role=option]', list);
    const choose = at => {
      lines().forEach((line, n) => line.setAttribute('aria-selected', String(n === at)));
      chosen = at;
      if (at < 0) { field.removeAttribute('aria-activedescendant'); return; }
      field.setAttribute('aria-activedescendant', lines()[at].id);
      lines()[at].scrollIntoView({ block: 'nearest' });
    };
    // A late answer must not move the list under the hand that is choosing, nor open it again once closed.
    const hold = words => { clearTimeout(waiting); asked = words; };
    const close = () => { hold(''); list.hidden = true; field.setAttribute('aria-expanded', 'false'); choose(-1); };
    const show = text => {
      list.innerHTML = text;
      const found = lines();
      found.forEach((line, n) => { line.id = `${list.id}-${n}`; });
      list.hidden = !found.length;
      field.setAttribute('aria-expanded', String(!!found.length));
      choose(-1);
      said.textContent = found.length ? `${found.length} ${spoken.offers ?? ''}` : '';
    };
    const ask = async () => {
      const words = field.value.trim();
      if (words === asked && !list.hidden) return;
      asked = words;
      if (!words) { close(); return; }
      if (!offers.has(words)) {
        const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(words)}`).catch(() => null);
        if (!answer?.ok) return;
        offers.set(words, await answer.text());
      }
      if (words === asked && document.activeElement === field) { shown = words; show(offers.get(words)); }
    };
    const go = line => { location.href = line.dataset.href; };
    field.addEventListener('input', event => { if (!event.isComposing) { clearTimeout(waiting); waiting = setTimeout(ask, WAIT); } });
    field.addEventListener('compositionend', ask);
    field.addEventListener('blur', () => setTimeout(close, 150));
    field.addEventListener('keydown', event => {
      if (event.isComposing) return;
      const count = lines().length;
      if (event.key === 'Escape') { if (!list.hidden) { event.preventDefault(); close(); } return; }
      if (event.key === 'Enter' && chosen >= 0 && !list.hidden) { event.preventDefault(); go(lines()[chosen]); return; }
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      if (list.hidden || !count) { asked = ''; ask(); return; }
      hold(shown);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      choose(((chosen + step + 1 + count + 1) % (count + 1)) - 1);
      if (chosen < 0) ask(); // nothing is chosen: the newest offers may come
    });
    list.addEventListener('mousedown', event => event.preventDefault());
    list.addEventListener('click', event => { const line = event.target.closest('[role=option]'); if (line) go(line); });
  });

  // “/” goes to the search from anywhere but a field.
  document.addEventListener('keydown', event => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest('input, textarea, select, [contenteditable]')) return;
    const field = all('input[data-suggest]').find(one => one.offsetParent);
    if (field) { event.preventDefault(); field.focus(); field.select(); }
  });
})();
