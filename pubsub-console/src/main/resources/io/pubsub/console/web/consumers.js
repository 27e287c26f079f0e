// The consumers, each with its state, its charts and what can be done to it.

import { chart } from './chart.js';
import { h } from './dom.js';
import { NOTHING, count, micros, millis, nameOf, plural, rate } from './format.js';
import { last, longestWait, perSecond, rateNow, total } from './past.js';

const TONES = { receiving: 'good', paused: 'held', 'backing off': 'held', stopped: 'quiet', halted: 'bad', stuck: 'bad' };

const MEANINGS = {
	receiving: 'It asks for messages.',
	paused: 'It asks for no messages until it is resumed.',
	'backing off': 'Asking for messages has failed. It tries again.',
	stopped: 'It does not run.',
	halted: 'It has stopped asking, because too many messages became dead letters.',
	stuck: 'Messages are in flight, and none of them has moved for long.'
};

const OUTCOMES = [['succeeded', 'good'], ['skipped', 'quiet'], ['ignored', 'quiet'], ['retried', 'held'],
	['expired', 'held'], ['failed', 'bad']];

export function pill(text, tone, title) {
	return h('span', { class: `pill ${tone}`, title }, h('span', { class: 'dot' }), text);
}

export function statePill(consumer) {
	return pill(consumer.state, TONES[consumer.state] ?? 'quiet', MEANINGS[consumer.state]);
}

export function circuitPill(state) {
	return state === null ? NOTHING
		: pill(state.toLowerCase().replace('_', ' '), state === 'CLOSED' ? 'good' : state === 'OPEN' ? 'bad' : 'held',
			state === 'OPEN' ? 'Too many of its messages have failed. It gets none for now.' : null);
}

function fact(label, value, tone) {
	return h('div', { class: tone ? `fact ${tone}` : 'fact' }, h('dt', null, label), h('dd', null, value));
}

function depth(consumer) {
	return consumer.queue ? last(consumer.queue.depth) : null;
}

function facts(state, consumer) {
	const all = total(state, consumer.track);
	const failed = total(state, consumer.track, 'failed', 'expired');
	return h('dl', { class: 'facts' },
		fact('Messages a second', rate(rateNow(state, consumer.track))),
		fact('In flight', consumer.concurrency === null ? count(consumer.inFlight)
			: `${count(consumer.inFlight)} of ${count(consumer.concurrency)}`),
		fact('In the queue', count(depth(consumer))),
		fact('Longest wait', millis(longestWait(consumer.track))),
		fact('Median time', micros(consumer.track.p50)),
		fact('95% within', micros(consumer.track.p95)),
		fact('99% within', micros(consumer.track.p99)),
		fact('Failed', all === 0 ? NOTHING : count(failed), failed > 0 ? 'bad' : null));
}

function outcomes(state, consumer) {
	const seen = OUTCOMES.map(([name, tone]) => [name, tone, total(state, consumer.track, name)]);
	const most = seen.reduce((all, [, , number]) => all + number, 0);
	return h('p', { class: 'outcomes' }, most === 0 ? 'No message in the last 15 minutes.'
		: seen.filter(([, , number]) => number > 0).map(([name, tone, number]) =>
			h('span', { class: `outcome ${tone}` }, h('span', { class: 'dot' }), `${count(number)} ${name}`)));
}

function charts(state, consumer) {
	const base = { from: state.from, step: state.step };
	const flow = perSecond(state, consumer.track);
	const trouble = perSecond(state, consumer.track, 'failed', 'expired', 'retried');
	const times = consumer.track.most.map((value) => (value === null ? null : value / 1000));
	const all = [
		{ ...base, key: 'flow', title: 'Messages a second', format: rate, now: rate(rateNow(state, consumer.track)),
			series: [{ name: trouble.some((value) => value > 0) ? 'all' : '', values: flow, tone: 'plain' },
				...(trouble.some((value) => value > 0) ? [{ name: 'not handled', values: trouble, tone: 'bad' }] : [])] },
		{ ...base, key: 'times', title: 'Handling time, 95% within', format: millis, now: millis(last(times)),
			series: [{ values: times, tone: 'plain' }] },
		{ ...base, key: 'flight', title: 'In flight', format: count, now: count(consumer.inFlight),
			series: [{ values: [...consumer.inFlightHistory.slice(0, -1), consumer.inFlight], tone: 'plain' }] }];
	if (consumer.queue) {
		all.push({ ...base, key: 'depth', title: 'In the queue', format: count, now: count(depth(consumer)),
			series: [{ values: filled(consumer.queue.depth), tone: 'plain' }] });
	}
	else {
		all.push({ ...base, key: 'waits', title: 'Longest wait', format: millis, now: millis(last(consumer.track.waits)),
			series: [{ values: consumer.track.waits, tone: 'plain' }] });
	}
	return h('div', { class: 'charts' }, all.map(chart));
}

// The queue is not asked in each slot.
function filled(values) {
	let before = null;
	return values.map((value) => {
		before = value ?? before;
		return before;
	});
}

function buttons(state, consumer, act) {
	if (!state.access.writable) {
		return null;
	}
	const held = ['paused', 'halted'].includes(consumer.state);
	const off = consumer.state === 'stopped';
	return h('div', { class: 'buttons' },
		consumer.concurrency === null ? null : h('button', { type: 'button', disabled: off, onclick: () => act.concurrency(consumer),
			'aria-label': `Change the concurrency of ${consumer.name}` }, 'Concurrency'),
		held ? h('button', { type: 'button', class: 'primary', 'data-key': 'resume', onclick: () => act.resume(consumer),
			'aria-label': `Resume ${consumer.name}` }, 'Resume')
			: h('button', { type: 'button', 'data-key': 'pause', disabled: off, onclick: () => act.pause(consumer),
				'aria-label': `Pause ${consumer.name}` }, 'Pause'));
}

function notice(consumer) {
	if (consumer.haltReason !== null) {
		return h('p', { class: 'notice bad' }, `Halted: ${consumer.haltReason}. `,
			consumer.haltProperty ? `The limit is ${consumer.haltProperty}. ` : '', 'Look at the dead letters, then resume.');
	}
	return consumer.state === 'stuck'
		? h('p', { class: 'notice bad' }, `${plural(consumer.inFlight, 'message is', 'messages are')} in flight, and nothing has moved for ${millis(consumer.idle)}.`)
		: null;
}

export function heading(state, consumer, act) {
	return h('div', { class: 'head' },
		h('div', { class: 'names' }, h('h2', null, consumer.name), statePill(consumer),
			consumer.circuit ? h('span', { class: 'quiet' }, 'circuit ', circuitPill(consumer.circuit)) : null,
			consumer.maxRate ? h('span', { class: 'quiet' }, `at most ${consumer.maxRate}`) : null,
			consumer.source ? h('span', { class: 'quiet source', title: consumer.source }, nameOf(consumer.source)) : null),
		buttons(state, consumer, act));
}

export function consumers(state, act) {
	if (state.consumers.length === 0) {
		return h('p', { class: 'empty' }, 'Nothing is consumed here. This service only publishes.');
	}
	return state.consumers.map((consumer) => h('section', { class: 'card', 'data-key': consumer.name },
		heading(state, consumer, act), notice(consumer), facts(state, consumer), charts(state, consumer), outcomes(state, consumer)));
}
