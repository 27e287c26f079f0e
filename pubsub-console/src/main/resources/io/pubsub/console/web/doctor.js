// What the doctor finds when it is asked.

import { h } from './dom.js';
import { moment, plural } from './format.js';
import { pill } from './consumers.js';

const TONES = { error: 'bad', unknown: 'held', warning: 'held', note: 'quiet' };

function finding(entry) {
	return h('article', { class: 'finding', 'data-key': entry.id + entry.seen },
		h('div', { class: 'names' }, pill(entry.severity, TONES[entry.severity] ?? 'quiet'), h('h3', null, entry.seen), h('span', { class: 'quiet' }, entry.id)),
		h('p', null, entry.why), h('pre', { tabindex: '0', 'aria-label': 'How it is mended' }, entry.mend));
}

export function doctor(state, visit, act) {
	if (!state.access.actions.includes('doctor')) {
		return h('p', { class: 'empty' }, 'There is no doctor here: the service has no client of SQS.');
	}
	const ask = h('button', { type: 'button', class: 'primary', disabled: visit.busy, onclick: act.examine }, visit.busy ? 'Looking' : visit.report ? 'Look again' : 'Look');
	const intro = h('div', { class: 'head' },
		h('p', null, visit.report
			? `${visit.report.findings.length === 0 ? 'Nothing is wrong' : plural(visit.report.findings.length, 'finding', 'findings')}, at ${moment(visit.at)}, in ${visit.report.endpoint ?? visit.report.region ?? 'an unknown region'}.`
			: 'The doctor looks at queues, topics, subscriptions and permissions. It changes nothing, and takes at most ten seconds.'), ask);
	return h('section', { class: 'card' }, intro, visit.problem ? h('p', { class: 'notice bad' }, visit.problem) : null,
		visit.report ? visit.report.findings.map(finding) : null);
}
