// Small charts of the last quarter of an hour.

import { h, svg } from './dom.js';
import { time } from './format.js';

const WIDTH = 300;
const HEIGHT = 56;

function niceMaximum(values) {
	const most = Math.max(0, ...values.filter((value) => value !== null));
	if (most === 0) {
		return 1;
	}
	const power = 10 ** Math.floor(Math.log10(most));
	return [1, 2, 3, 5, 10].map((step) => step * power).find((candidate) => candidate >= most);
}

function x(index, length) {
	return (index / (length - 1)) * WIDTH;
}

function y(value, maximum) {
	return HEIGHT - (value / maximum) * (HEIGHT - 4);
}

function runs(values) {
	const all = [];
	values.forEach((value, index) => {
		if (value === null) {
			return;
		}
		if (index > 0 && values[index - 1] !== null) {
			all.at(-1).push([index, value]);
		}
		else {
			all.push([[index, value]]);
		}
	});
	return all;
}

function line(values, maximum) {
	return runs(values).map((run) => {
		const points = run.length > 1 ? run : [run[0], [run[0][0] + 0.5, run[0][1]]];
		return points.map(([index, value], i) =>
			`${i ? 'L' : 'M'}${x(index, values.length).toFixed(1)} ${y(value, maximum).toFixed(1)}`).join('');
	}).join('');
}

function area(values, maximum) {
	return runs(values).filter((run) => run.length > 1).map((run) => {
		const points = run.map(([index, value]) =>
			`L${x(index, values.length).toFixed(1)} ${y(value, maximum).toFixed(1)}`).join('');
		return `M${x(run[0][0], values.length).toFixed(1)} ${HEIGHT}${points}`
			+ `L${x(run.at(-1)[0], values.length).toFixed(1)} ${HEIGHT}Z`;
	}).join('');
}

function point(event, chart, figure) {
	const box = event.currentTarget.getBoundingClientRect();
	const length = chart.series[0].values.length;
	const index = Math.round(((event.clientX - box.left) / box.width) * (length - 1));
	const at = Math.min(Math.max(index, 0), length - 1);
	const cursor = figure.querySelector('.cursor');
	cursor.setAttribute('x1', x(at, length));
	cursor.setAttribute('x2', x(at, length));
	const told = chart.series.filter((each) => each.values[at] !== null)
		.map((each) => (each.name ? `${each.name} ` : '') + chart.format(each.values[at]));
	figure.querySelector('.reading').textContent = `${time(chart.from + at * chart.step)} · ${told.join(' · ') || 'nothing'}`;
	figure.classList.add('pointed');
}

/**
 * Draws a chart: { key, title, unit, from, step, format, now, series: [{ name, values, tone }] }.
 */
export function chart(all) {
	const maximum = niceMaximum(all.series.flatMap((each) => each.values));
	const highest = Math.max(0, ...all.series.flatMap((each) => each.values.filter((value) => value !== null)));
	const onpointermove = (event) => point(event, all, event.currentTarget.closest('figure'));
	const onpointerleave = (event) => event.currentTarget.closest('figure').classList.remove('pointed');
	const nothing = all.series.every((each) => each.values.every((value) => value === null));
	return h('figure', { class: 'chart', 'data-key': all.key },
		h('figcaption', null, h('span', { class: 'title' }, all.title), h('span', { class: 'now' }, all.now),
			h('span', { class: 'reading', 'aria-hidden': 'true' })),
		svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img',
			'aria-label': `${all.title}, the last 15 minutes: now ${all.now}, at most ${all.format(highest)}`,
			onpointermove, onpointerleave },
			svg('line', { class: 'grid', x1: 0, x2: WIDTH, y1: 4, y2: 4 }),
			svg('line', { class: 'axis', x1: 0, x2: WIDTH, y1: HEIGHT - 0.5, y2: HEIGHT - 0.5 }),
			all.series.map((each) => [
				svg('path', { class: `area ${each.tone}`, d: area(each.values, maximum) }),
				svg('path', { class: `line ${each.tone}`, d: line(each.values, maximum) })]),
			svg('line', { class: 'cursor', y1: 0, y2: HEIGHT, x1: 0, x2: 0 })),
		h('div', { class: 'scale', 'aria-hidden': 'true' }, h('span', null, '15 min ago'),
			h('span', null, nothing ? 'nothing yet' : `top ${all.format(maximum)}`), h('span', null, 'now')));
}

/**
 * Draws the course of numbers within a line of a table.
 */
export function spark(values, tone = 'plain') {
	const maximum = niceMaximum(values);
	return svg('svg', { class: 'spark', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
		svg('path', { class: `area ${tone}`, d: area(values, maximum) }),
		svg('path', { class: `line ${tone}`, d: line(values, maximum) }));
}
