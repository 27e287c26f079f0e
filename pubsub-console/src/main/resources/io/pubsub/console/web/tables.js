// Handlers, publishing and failures: one line each.

import { spark } from './chart.js';
import { circuitPill } from './consumers.js';
import { h } from './dom.js';
import { NOTHING, className, count, micros, moment, nameOf, rate } from './format.js';
import { perSecond, rateNow, total } from './past.js';

export function table(caption, columns, rows) {
	return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption }, h('table', null,
		h('caption', { class: 'hidden' }, caption),
		h('thead', null, h('tr', null, columns.map(([name, kind]) => h('th', { scope: 'col', class: kind }, name)))),
		h('tbody', null, rows.map((row) => h('tr', { 'data-key': row.key },
			row.cells.map((cell, index) => index === 0
				? h('th', { scope: 'row', class: columns[index][1] }, cell)
				: h('td', { class: columns[index][1] }, cell)))))));
}

function two(first, second) {
	return [first, h('span', { class: 'second' }, second)];
}

function bad(number) {
	return h('span', { class: number > 0 ? 'bad' : 'quiet' }, count(number));
}

export function handlers(state) {
	if (state.handlers.length === 0) {
		return h('p', { class: 'empty' }, 'There are no handlers here.');
	}
	const circuits = state.handlers.some((handler) => handler.circuit !== null);
	const columns = [['Handler', ''], ...(circuits ? [['Circuit', '']] : []), ['Last 15 minutes', 'chart-cell'],
		['A second', 'number'], ['Median', 'number'], ['95% within', 'number'], ['Messages', 'number'], ['Failed', 'number']];
	return h('section', { class: 'card' }, table('Handlers', columns, state.handlers.map((handler) => ({
		key: handler.name + handler.mediaType,
		cells: [two(handler.name, handler.mediaType), ...(circuits ? [circuitPill(handler.circuit)] : []),
			spark(perSecond(state, handler.track)), rate(rateNow(state, handler.track)), micros(handler.track.p50),
			micros(handler.track.p95), count(total(state, handler.track)), bad(total(state, handler.track, 'failed', 'expired'))]
	}))));
}

export function publishing(state) {
	if (state.topics.length === 0) {
		return h('p', { class: 'empty' }, 'Nothing is published here.');
	}
	const columns = [['Topic', ''], ['Last 15 minutes', 'chart-cell'], ['A second', 'number'], ['Median', 'number'],
		['95% within', 'number'], ['Published', 'number'], ['Failed', 'number']];
	return h('section', { class: 'card' }, table('Publishing by topic', columns, state.topics.map((topic) => ({
		key: topic.name,
		cells: [two(h('span', { title: topic.name }, nameOf(topic.name)), topic.mediaTypes.join(', ')),
			spark(perSecond(state, topic.track, 'published')), rate(rateNow(state, topic.track)), micros(topic.track.p50),
			micros(topic.track.p95), count(total(state, topic.track, 'published')), bad(total(state, topic.track, 'failed'))]
	}))));
}

export function failures(state) {
	if (state.failures.length === 0) {
		return h('p', { class: 'empty' }, 'No delivery has failed or expired since the service started.');
	}
	const columns = [['Time', ''], ['Consumer', ''], ['Handler', ''], ['Outcome', ''], ['Attempt', 'number'],
		['Exception', ''], ['Message', '']];
	return h('section', { class: 'card' }, table('The last failures', columns, state.failures.map((failure, index) => ({
		key: `${failure.time}-${failure.messageId}-${failure.attempt}-${index}`,
		cells: [moment(failure.time), failure.consumer, two(failure.handler ?? NOTHING, failure.mediaType),
			h('span', { class: failure.outcome === 'failed' ? 'bad' : 'held' }, failure.outcome), failure.attempt,
			h('span', { title: failure.exception }, className(failure.exception)), h('code', null, failure.messageId)]
	}))), h('p', { class: 'note' }, 'The text of an exception may quote the message, so it is in the log of the service only.'));
}
