'use strict';
// The chart of the page "Now", drawn anew when its figures are; the box that chooses all rows; and the button that prints.
(() => {
  const drawTraffic = () => {
    const place = document.getElementById('traffic');
    const data = document.getElementById('traffic-data');
    if (!place || !data || !window.echarts) {
      return;
    }
    const traffic = JSON.parse(data.dataset.traffic);
    const dark = window.matchMedia('(prefers-color-scheme: dark)').matches;
    const chart = echarts.getInstanceByDom(place) || echarts.init(place, dark ? 'dark' : null);
    chart.setOption({
      animation: false,
      backgroundColor: 'transparent',
      grid: {left: 44, right: 12, top: 40, bottom: 28},
      legend: {type: 'scroll', top: 4},
      tooltip: {trigger: 'axis', renderMode: 'richText'},
      xAxis: {type: 'category', data: traffic.minutes},
      yAxis: {type: 'value', minInterval: 1},
      series: Object.entries(traffic.flows).map(([name, counts]) => ({name, type: 'bar', stack: 'all', data: counts})),
    }, true);
  };
  document.addEventListener('DOMContentLoaded', () => {
    drawTraffic();
    window.addEventListener('resize', () => {
      const place = document.getElementById('traffic');
      const chart = place && window.echarts && echarts.getInstanceByDom(place);
      if (chart) {
        chart.resize();
      }
    });
  });
  document.addEventListener('htmx:afterSwap', drawTraffic);
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-print]')) {
      window.print();
    }
  });
  document.addEventListener('change', (event) => {
    const name = event.target.dataset && event.target.dataset.all;
    if (name) {
      for (const box of document.querySelectorAll(`input[type=checkbox][name="${CSS.escape(name)}"]`)) {
        box.checked = event.target.checked;
      }
    }
    // All of a party's need no choice of some.
    if (event.target.name === 'all') {
      document.querySelectorAll('input[name=id]').forEach((box) => { box.disabled = event.target.checked; });
    }
  });
})();
