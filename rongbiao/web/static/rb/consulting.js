// Beside the draft: the form comes to the reader, not the reader to the form. Links do it without this.
(() => {
  const wide = matchMedia('(min-width: 70.01rem)');
  document.addEventListener('click', async event => {
    const link = event.target.closest('a.say');
    if (!link || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answer = await fetch(link.href, { headers: { Accept: 'text/html' } }).catch(() => null);
    if (!answer?.ok) { location.href = link.href; return; }
    const side = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#side');
    if (!side) { location.href = link.href; return; }
    const before = document.querySelector('#side'); // what is typed already goes along
    before.querySelectorAll('input[name]:not([type=hidden],[type=file]), textarea').forEach(field => {
      const name = `[name="${field.name}"]`, choice = ['radio', 'checkbox'].includes(field.type);
      const same = side.querySelector(choice ? `${name}[value="${field.value}"]` : name);
      if (same && choice) same.checked = field.checked; else if (same && field.name !== 'clause') same.value = field.value;
    });
    before.replaceWith(side);
    document.querySelectorAll('.cl.on').forEach(one => one.classList.remove('on'));
    link.closest('.cl').classList.add('on');
    history.replaceState(null, '', link.href);
    side.querySelector(new URL(link.href).hash)?.focus({ preventScroll: true });
  });

  // The table of opinions: arrows move, Enter opens as links do. In the form Ctrl+Enter sends.
  const rows = [...document.querySelectorAll('[data-rows] a')];
  document.querySelector('[data-rows]')?.addEventListener('keydown', event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], next = step && rows[rows.indexOf(document.activeElement) + step];
    if (next) { event.preventDefault(); next.focus(); }
  });
  document.querySelector('[data-settle]')?.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); event.currentTarget.requestSubmit(); }
  });
})();
