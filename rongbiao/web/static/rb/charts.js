// Charts that answer to the pointer. Each stands in for a drawing of the server:
//   <div class="chart" data-chart="course" data-from="ID">…the drawing…</div>
//   {{ data|json_script:"ID" }}
// Without JavaScript, or without ECharts, the drawing stays.
(() => {
  const echarts = window.echarts;
  if (!echarts) return;
  const root = document.documentElement;
  const css = name => getComputedStyle(root).getPropertyValue(name).trim();
  const rem = () => parseFloat(getComputedStyle(root).fontSize);
  const narrow = matchMedia('(max-width:56rem)');
  const small = () => 0.8125 * rem();
  const width = text => [...text].reduce((sum, sign) => sum + (sign > '\u2e80' ? 1 : 0.58), 0) * small();
  const day = text => Date.parse(`${text}T00:00:00Z`);
  const shown = new Map();

  const axis = () => ({
    axisLine: { lineStyle: { color: css('--line-2') } },
    axisTick: { show: false },
    axisLabel: { color: css('--ink-2'), fontSize: small(), hideOverlap: true },
    splitLine: { lineStyle: { color: css('--line') } },
  });
  const line = (data, style, more = {}) => ({
    type: 'line', symbol: 'none', data: data.map(([when, value]) => [day(when), value]), lineStyle: style, ...more,
  });
  const name = (text, color, more = {}) => ({ show: true, formatter: text, color, fontSize: small(), ...more });

  function course({ actual, planned, fan, target, unit, words, axis: [low, high, step] }) {
    const last = actual.at(-1);
    const middle = fan.map(([when, , value]) => [when, value]);
    const mark = planned[Math.floor(planned.length / 3)];
    const series = [
      line(fan.map(([when, from]) => [when, from]), { opacity: 0 }, { stack: 'fan', silent: true, tooltip: { show: false } }),
      line(fan.map(([when, from, , to]) => [when, to - from]), { opacity: 0 }, { stack: 'fan', silent: true, tooltip: { show: false }, areaStyle: { color: css('--brand-300'), opacity: 0.45 } }),
      line(planned, { color: css('--ink-3'), type: [4, 4], width: 1.5 }, {
        name: words.plan,
        markPoint: mark && { symbol: 'circle', symbolSize: 1, data: [{ coord: [day(mark[0]), mark[1]] }], label: name(words.plan, css('--ink-2'), { position: 'left', distance: 6 }) },
      }),
      line(middle, { color: css('--brand-500'), type: [2, 3], width: 2 }, {
        name: words.forecast,
        endLabel: narrow.matches || !middle.length ? { show: false } : name(`${words.forecast} ${middle.at(-1)[1]}`, css('--brand-700')),
      }),
      line(actual, { color: css('--viz-1'), width: 2.5 }, {
        name: words.now, z: 4,
        markPoint: last && { symbol: 'circle', symbolSize: 8, itemStyle: { color: css('--viz-1') }, data: [{ coord: [day(last[0]), last[1]] }], label: name(`${words.now} ${last[1]}`, css('--ink'), { position: last[1] < target ? 'bottom' : 'top', align: narrow.matches || !middle.length ? 'right' : 'left', distance: 10, fontWeight: 600 }) },
        markLine: { symbol: 'none', silent: true, label: name(`${words.target} ${target} ${unit}`, css('--stone'), { position: 'insideStartTop', fontWeight: 600 }), lineStyle: { color: css('--stone'), width: 1.5, type: 'solid' }, data: [{ yAxis: target }] },
      }),
    ];
    return {
      animation: false,
      useUTC: true, // days are days: no clock moves them
      aria: { enabled: false },
      textStyle: { fontFamily: css('--sans'), color: css('--ink-2'), fontSize: small() },
      grid: { left: 8, right: narrow.matches || !middle.length ? 18 : width(`${words.forecast} ${middle.at(-1)[1]}`) + 16, top: 28, bottom: 6, containLabel: true },
      tooltip: {
        trigger: 'axis', confine: true, backgroundColor: css('--surface'), borderColor: css('--line-2'),
        textStyle: { color: css('--ink'), fontSize: small() },
        valueFormatter: value => (value == null ? '—' : `${Math.round(value * 10) / 10} ${unit}`),
      },
      xAxis: { ...axis(), type: 'time', splitLine: { show: false }, axisLabel: { ...axis().axisLabel, formatter: { year: '{yyyy}', month: '{yyyy}.{M}', day: '' } } },
      yAxis: { ...axis(), type: 'value', min: low, max: high, interval: step, axisLine: { show: false }, axisLabel: { ...axis().axisLabel, formatter: String } },
      series,
    };
  }

  const kinds = { course };

  function draw(place) {
    const source = document.getElementById(place.dataset.from);
    const kind = kinds[place.dataset.chart];
    if (!source || !kind) return;
    const held = shown.get(place);
    const drawing = held?.drawing ?? place.firstElementChild;
    const words = drawing?.getAttribute('aria-label') ?? '';
    held?.chart.dispose();
    const stage = held?.stage ?? document.createElement('div');
    stage.className = 'chart-live';
    stage.setAttribute('role', 'img');
    stage.setAttribute('aria-label', words);
    if (!held) place.replaceChildren(stage);
    const chart = echarts.init(stage, null, { renderer: 'svg' });
    chart.setOption(kind(JSON.parse(source.textContent)));
    shown.set(place, { chart, stage, drawing });
  }

  const places = document.querySelectorAll('[data-chart]');
  const all = () => places.forEach(draw);
  all();
  let waiting;
  addEventListener('resize', () => { clearTimeout(waiting); waiting = setTimeout(all, 150); });
  // On paper the drawing of the server is sharper and fits the sheet.
  addEventListener('beforeprint', () => shown.forEach(({ stage, drawing }) => drawing && stage.replaceWith(drawing)));
  addEventListener('afterprint', () => shown.forEach(({ stage, drawing }) => drawing && drawing.replaceWith(stage)));
})();
