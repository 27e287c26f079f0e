// The pipelines: their graphs, and the stages as a table.

import { heading } from './consumers.js';
import { h } from './dom.js';
import { count, micros, millis, plural, rate } from './format.js';
import { graph } from './graph.js';
import { table } from './tables.js';

const COLUMNS = [['Stage', ''], ['Kind', ''], ['A minute', 'number'], ['Waiting', 'number'], ['At work', 'number'], ['Mean time', 'number'],
	['Done', 'number'], ['Left out', 'number'], ['Retried', 'number'], ['Dead', 'number'], ['Failed', 'number']];

function bad(number) {
	return h('span', { class: number > 0 ? 'bad' : 'quiet' }, count(number));
}

function row(stage) {
	return { key: stage.name, cells: [
		stage.bottleneck ? [stage.name, ' ', h('span', { class: 'pill held' }, 'bottleneck')] : stage.name,
		h('span', { class: 'quiet' }, stage.kind), rate(stage.perMinute), count(stage.waiting), count(stage.atWork),
		stage.mean === 0 ? '–' : micros(stage.mean), count(stage.done), count(stage.dropped), count(stage.retried), bad(stage.dead), bad(stage.failed)] };
}

function calls(consumer) {
	return consumer.graph.calls.length === 0 ? null : h('details', null, h('summary', null, 'The longest calls that go on'),
		table(`The longest calls of ${consumer.name}`, [['Stage', ''], ['For', 'number'], ['Message', ''], ['Thread', '']],
			consumer.graph.calls.map((call, index) => ({ key: `${call.messageId}-${index}`,
				cells: [call.stage, millis(call.time), h('code', null, call.messageId), h('code', null, call.thread)] }))));
}

function reason(consumer) {
	const stage = consumer.graph.stages.find((each) => each.bottleneck);
	return h('p', { class: 'note' }, stage
		? `The others wait for ${stage.name}: ${plural(stage.waiting, 'element waits', 'elements wait')} in front of it, ${count(stage.atWork)} at work${stage.mean ? `, ${micros(stage.mean)} a call` : ''}.`
		: 'Nothing waits in front of a stage.');
}

export function pipelines(state, act) {
	const all = state.consumers.filter((consumer) => consumer.graph !== null);
	if (all.length === 0) {
		return h('p', { class: 'empty' }, 'There are no pipelines here.');
	}
	return all.map((consumer) => h('section', { class: 'card', 'data-key': consumer.name }, heading(state, consumer, act),
		h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Graph of ${consumer.name}` }, graph(consumer.name, consumer.graph.stages)),
		reason(consumer), table(`Stages of ${consumer.name}`, COLUMNS, consumer.graph.stages.map(row)), calls(consumer)));
}
