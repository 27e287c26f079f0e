// The page: asks for the state of the service every two seconds, and draws the chosen view.

import { order, state as ask_state } from './api.js';
import { consumers } from './consumers.js';
import { ask, say } from './dialog.js';
import { doctor } from './doctor.js';
import { h, show } from './dom.js';
import { millis, plural, time } from './format.js';
import { letters } from './letters.js';
import { pipelines } from './pipelines.js';
import { failures, handlers, publishing } from './tables.js';

const EVERY = 2000;
const LONGEST = 30000;

const content = document.getElementById('content');
const link = document.getElementById('link');
const trouble = document.getElementById('trouble');

let state = null;
let failed = 0;
let timer = null;
let answeredAt = null;
const visit = { busy: false, report: null, problem: null, at: null };

const VIEWS = [
	{ id: 'consumers', name: 'Consumers', draw: () => consumers(state, act) },
	{ id: 'pipelines', name: 'Pipelines', draw: () => pipelines(state, act), there: () => state.consumers.some((each) => each.graph !== null) },
	{ id: 'handlers', name: 'Handlers', draw: () => handlers(state), there: () => state.handlers.length > 0 },
	{ id: 'publishing', name: 'Publishing', draw: () => publishing(state) },
	{ id: 'failures', name: 'Failures', draw: () => failures(state), number: () => state.failures.length },
	{ id: 'letters', name: 'Dead letters', draw: () => letters(state, draw), there: () => state.access.actions.includes('letters') },
	{ id: 'doctor', name: 'Doctor', draw: () => doctor(state, visit, act) }
];

function chosen() {
	const there = VIEWS.filter((view) => !view.there || view.there());
	return there.find((view) => `#${view.id}` === location.hash) ?? there[0];
}

function drawNavigation() {
	const current = chosen();
	show(document.getElementById('nav'), VIEWS.filter((view) => !view.there || view.there()).map((view) => {
		const number = view.number ? view.number() : 0;
		return h('a', { href: `#${view.id}`, 'data-key': view.id, 'aria-current': view === current ? 'page' : null }, view.name,
			number > 0 ? h('span', { class: 'badge' }, String(number)) : null);
	}));
}

function draw() {
	if (state === null) {
		return;
	}
	const { application, host, process, startedAt } = state.instance;
	document.title = `${application} · pubsub console`;
	document.getElementById('application').textContent = application;
	document.getElementById('instance').textContent = [`process ${process} on ${host}`, `up for ${millis(state.now - startedAt)}`,
		state.access.user ? `signed in as ${state.access.user}` : null, state.access.writable ? null : 'shows only'].filter((part) => part).join(' · ');
	drawNavigation();
	show(content, chosen().draw());
}

function drawLink() {
	const lost = failed > 0;
	link.dataset.state = lost ? 'lost' : 'live';
	document.getElementById('link-text').textContent = lost ? 'Disconnected' : 'Live';
	document.body.classList.toggle('stale', lost && state !== null);
	trouble.hidden = !lost;
}

function lose(problem, wait) {
	failed++;
	const old = answeredAt ? ` What is shown is from ${time(answeredAt)}.` : '';
	const text = problem.status === 401 || problem.status === 403 ? problem.message
		: `${problem.message}${old} Trying again every ${millis(wait)}.`;
	if (trouble.textContent !== text) {
		trouble.textContent = text;
	}
	if (state === null) {
		show(content, h('p', { class: 'empty' }, 'There is nothing to show yet.'));
	}
}

async function refresh() {
	clearTimeout(timer);
	let wait = EVERY;
	try {
		state = await ask_state();
		answeredAt = Date.now();
		failed = 0;
		drawLink();
		draw();
	}
	catch (problem) {
		if (problem.status === undefined) {
			throw problem;
		}
		wait = Math.min(EVERY * 2 ** Math.min(failed, 4), LONGEST);
		lose(problem, wait);
		drawLink();
	}
	finally {
		clearTimeout(timer);
		if (!document.hidden) {
			timer = setTimeout(refresh, wait);
		}
	}
}

async function tell(action, what) {
	try {
		const result = await order(action, what, state.access.csrf);
		say(result.done);
	}
	catch (problem) {
		say(`It was not done. ${problem.message}`, true);
	}
	await refresh();
}

const act = {
	async pause(consumer) {
		if (await ask({ title: `Pause ${consumer.name}?`, action: 'Pause', text: [
			`It asks for no more messages until it is resumed. ${plural(consumer.inFlight, 'message is', 'messages are')} in flight and will be finished.`,
			'This holds for this instance only, until the process ends.'] })) {
			await tell('pause', { target: consumer.name });
		}
	},
	async resume(consumer) {
		if (await ask({ title: `Resume ${consumer.name}?`, action: 'Resume', text: [consumer.haltReason === null
			? 'It asks for messages again at once.' : `It has halted: ${consumer.haltReason}. If the reason is still there, it halts again.`] })) {
			await tell('resume', { target: consumer.name });
		}
	},
	async concurrency(consumer) {
		const value = await ask({ title: `Change the concurrency of ${consumer.name}?`, action: 'Change', text: [
			'So many messages are handled at once, or are in flight in a pipeline. This holds for this instance only, until the process ends.'],
		field: { label: 'Messages at once', value: consumer.concurrency, range: { min: 1, max: 10000 } } });
		if (value !== null) {
			await tell('concurrency', { target: consumer.name, value });
		}
	},
	async examine() {
		visit.busy = true;
		visit.problem = null;
		draw();
		try {
			visit.report = await order('doctor', {}, state.access.csrf);
			visit.at = Date.now();
		}
		catch (problem) {
			visit.problem = problem.message;
		}
		visit.busy = false;
		draw();
	}
};

addEventListener('hashchange', () => {
	draw();
	document.getElementById('view').focus({ preventScroll: true });
	scrollTo(0, 0);
});
document.addEventListener('visibilitychange', () => {
	if (!document.hidden) {
		refresh();
	}
});
refresh();
