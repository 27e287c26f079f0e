// The dead letters, and what can be done with them. Only what the user asks for is looked at.

import { order } from './api.js';
import { pill } from './consumers.js';
import { ask, say } from './dialog.js';
import { h } from './dom.js';
import { NOTHING, className, count, moment, plural } from './format.js';
import { table } from './tables.js';

const desk = { queues: null, queue: null, listing: null, chosen: new Set(), shown: null, verdicts: null, busy: null, problem: null };

let access = null;
let redraw = () => {};

async function work(what, task) {
	desk.busy = what;
	desk.problem = null;
	redraw();
	try {
		return await task();
	}
	catch (problem) {
		desk.problem = problem.message;
		return null;
	}
	finally {
		desk.busy = null;
		redraw();
	}
}

function send(action, ids = []) {
	// The endpoint takes texts only.
	return order(action, { target: desk.queue, ids: ids.join(',') }, access.csrf);
}

function ids() {
	return [...desk.chosen];
}

async function findQueues() {
	desk.queues = await work('queues', () => order('letter-queues', {}, access.csrf)) ?? [];
	desk.queue = desk.queues.find((queue) => queue.name === desk.queue)?.name ?? desk.queues[0]?.name ?? null;
	redraw();
}

async function look() {
	await work('look', async () => {
		desk.listing = await send('letters');
		desk.queues = await order('letter-queues', {}, access.csrf);
		const there = new Set(desk.listing.letters.map((letter) => letter.id));
		desk.chosen = new Set(ids().filter((id) => there.has(id)));
		desk.shown = null;
		desk.verdicts = null;
	});
}

async function dryRun() {
	await work('dry-run', async () => {
		desk.verdicts = (await send('dry-run', ids())).letters;
	});
}

async function show(id) {
	desk.shown = desk.shown?.letter.id === id ? null : await work('show', () => send('letter', [id]));
	redraw();
}

async function act(action, question) {
	if (await ask(question)) {
		const result = await work(action, () => send(action, ids()));
		if (result) {
			say(result.done, !result.complete);
			desk.chosen.clear();
			await look();
		}
	}
}

function replay() {
	return act('replay', { title: `Replay ${plural(desk.chosen.size, 'letter', 'letters')}?`, action: 'Replay', text: [
		'Each goes back to the queue that it came from, and nowhere else. It leaves the dead letters when SQS has confirmed that.',
		'At most 10 a second are sent. It stops when more than 2 come back.'] });
}

function discard() {
	return act('discard', { title: `Discard ${plural(desk.chosen.size, 'letter', 'letters')}?`, action: 'Discard', danger: true, text: [
		'They are deleted for good. Nothing can bring them back.'] });
}

function choose(letters, chosen) {
	letters.forEach((id) => (chosen ? desk.chosen.add(id) : desk.chosen.delete(id)));
	redraw();
}

function verdict(letter) {
	if (letter.today === null) {
		return h('span', { class: 'quiet' }, 'not known here');
	}
	return letter.today.reason === null ? pill('would be handled', 'good', letter.today.handler)
		: pill(letter.today.reason, 'bad', letter.today.fault);
}

function box(label, letters) {
	const all = letters.every((id) => desk.chosen.has(id));
	return h('input', { type: 'checkbox', 'aria-label': label, checked: all,
		onchange: (event) => choose(letters, event.target.checked) });
}

function rows(group) {
	const letters = desk.listing.letters.filter((letter) => group.ids.includes(letter.id));
	return table(`Letters: ${group.reason}`, [['', 'tick'], ['Message', ''], ['Sent', ''], ['Received', 'number'], ['Replayed', 'number'], ['Today', ''], ['', 'number']],
		letters.map((letter) => ({ key: letter.id, cells: [box(`Select the letter ${letter.id}`, [letter.id]), h('code', null, letter.id), moment(letter.sentAt),
			count(letter.receives), letter.replays === 0 ? NOTHING : count(letter.replays), verdict(letter),
			h('button', { type: 'button', 'aria-expanded': String(desk.shown?.letter.id === letter.id), 'aria-label': `Details of ${letter.id}`, onclick: () => show(letter.id) }, 'Details')] })));
}

function violations(title, all) {
	return all.length === 0 ? null : [h('h3', null, title), h('ul', null, all.map((each) => h('li', null, h('code', null, each.path), ' ', each.message)))];
}

function details() {
	const { letter, body, attributes } = desk.shown;
	return h('section', { class: 'card', 'data-key': 'details', 'aria-label': 'Details of a letter' },
		h('div', { class: 'head' }, h('h2', null, 'Message ', h('code', null, letter.id)),
			h('button', { type: 'button', onclick: () => show(letter.id) }, 'Close')),
		h('dl', { class: 'pairs' }, [['Reason', letter.reason], ['Exception', letter.exception], ['Handler', letter.handler], ['Media type', letter.mediaType],
			['Came from', letter.source], ['Group', letter.group], ['Fault', letter.fault]].filter(([, value]) => value !== null)
			.map(([name, value]) => [h('dt', null, name), h('dd', null, value)])),
		violations('Invalid when it became a dead letter', letter.violations),
		violations('Invalid today', letter.today?.violations ?? []),
		access.showContent
			? [h('h3', null, 'Content'), h('pre', { tabindex: '0', 'aria-label': 'The body of the message' }, body),
				h('dl', { class: 'pairs' }, Object.entries(attributes).sort().map(([name, value]) => [h('dt', null, name), h('dd', null, h('code', null, value))]))]
			: h('p', { class: 'note' }, 'Its content is not shown here: pubsub.console.show-content is false.'));
}

function groups() {
	return desk.listing.groups.map((group) => h('section', { class: 'card', 'data-key': [group.reason, group.exception, group.handler, group.mediaType].join('/') },
		h('div', { class: 'head' },
			h('div', { class: 'names' }, box(`Select all: ${group.reason}, ${className(group.exception)}`, group.ids), h('h2', null, plural(group.count, 'letter', 'letters')), pill(group.reason, 'held'),
				group.exception ? h('span', { title: group.exception }, className(group.exception)) : null,
				h('span', { class: 'quiet' }, [group.handler, group.mediaType].filter((part) => part).join(' · '))),
			h('span', { class: 'quiet' }, `${count(group.passing)} of ${count(group.count)} would be handled now`)),
		rows(group)));
}

function outcome() {
	const passing = desk.verdicts.filter((letter) => letter.today?.reason === null).length;
	const others = [...new Set(desk.verdicts.filter((letter) => letter.today && letter.today.reason !== null).map((letter) => letter.today.reason))];
	return h('p', { class: passing === desk.verdicts.length ? 'notice good' : 'notice', role: 'status' },
		`Dry-run: ${count(passing)} of ${plural(desk.verdicts.length, 'letter', 'letters')} would reach a handler now. `,
		others.length ? `The others would not: ${others.join(', ')}. ` : '', 'What the handler would do is not known.');
}

function bar() {
	const none = desk.chosen.size === 0 || desk.busy !== null;
	return h('div', { class: 'head bar-of-letters', 'data-key': 'bar' },
		h('p', null, `${count(desk.chosen.size)} selected. Saw ${count(desk.listing.seen)} of about ${count(desk.listing.about)} in the queue.`,
			desk.listing.notice ? ` ${desk.listing.notice}` : ''),
		h('div', { class: 'buttons' },
			h('button', { type: 'button', disabled: none, onclick: dryRun }, desk.busy === 'dry-run' ? 'Looking' : 'Dry-run'),
			access.writable ? h('button', { type: 'button', class: 'primary', disabled: none, onclick: replay }, desk.busy === 'replay' ? 'Replaying' : 'Replay') : null,
			access.writable ? h('button', { type: 'button', class: 'danger', disabled: none, onclick: discard }, desk.busy === 'discard' ? 'Discarding' : 'Discard') : null));
}

function choice() {
	return h('div', { class: 'head' }, h('div', { class: 'names' },
		h('label', { for: 'letter-queue' }, 'Queue'),
		h('select', { id: 'letter-queue', onchange: (event) => {
			Object.assign(desk, { queue: event.target.value, listing: null, shown: null, verdicts: null });
			desk.chosen.clear();
			redraw();
		} }, desk.queues.map((queue) => h('option', { value: queue.name, selected: queue.name === desk.queue },
			`${queue.name}: about ${count(queue.letters)}${queue.hidden ? `, ${count(queue.hidden)} hidden` : ''}`)))),
	h('button', { type: 'button', class: 'primary', disabled: desk.busy !== null, onclick: look }, desk.busy === 'look' ? 'Looking' : desk.listing ? 'Look again' : 'Look'));
}

export function letters(state, draw) {
	access = state.access;
	redraw = draw;
	if (!access.actions.includes('letters')) {
		return h('p', { class: 'empty' }, 'Dead letters are shown for services that consume SQS.');
	}
	if (desk.queues === null) {
		if (desk.busy === null) {
			queueMicrotask(findQueues);
		}
		return h('p', { class: 'empty' }, 'Finding the queues for dead letters.');
	}
	const problem = desk.problem ? h('p', { class: 'notice bad', role: 'alert', 'data-key': 'problem' }, desk.problem) : null;
	if (desk.queues.length === 0) {
		return [problem, h('p', { class: 'empty' }, 'This service has no queue for dead letters. Give its queue a redrive policy, or set pubsub.dead-letter.destination.')];
	}
	return [h('section', { class: 'card', 'data-key': 'desk' }, choice(), problem,
		desk.listing ? bar() : h('p', { class: 'note' }, 'SQS shows a message only by handing it out. A look raises the receive counts of the letters, hides them from others for a moment, and holds up the groups of a FIFO queue meanwhile.'),
		desk.verdicts ? outcome() : null),
	desk.shown ? details() : null,
	desk.listing ? (desk.listing.letters.length === 0 ? h('p', { class: 'empty' }, 'There is no dead letter here.') : groups()) : null];
}
