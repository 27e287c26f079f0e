// The graph of a pipeline: stages from left to right, numbers on the ways between them.

import { svg } from './dom.js';
import { count, plural, rate } from './format.js';

const WIDTH = 176;
const HEIGHT = 64;
const ACROSS = 92;
const DOWN = 26;
const MARGIN = 1;

function layers(stages) {
	const byName = new Map(stages.map((stage) => [stage.name, stage]));
	const layer = new Map(stages.map((stage) => [stage.name, 0]));
	// As often as there are stages: a way is no longer than that.
	for (let i = 0; i < stages.length; i++) {
		for (const stage of stages) {
			for (const edge of stage.next) {
				if (byName.has(edge.to)) {
					layer.set(edge.to, Math.max(layer.get(edge.to), Math.min(layer.get(stage.name) + 1, stages.length)));
				}
			}
		}
	}
	return layer;
}

function places(stages) {
	const layer = layers(stages);
	const columns = [];
	for (const stage of stages) {
		(columns[layer.get(stage.name)] ??= []).push(stage);
	}
	const filled = columns.filter((column) => column);
	const rows = Math.max(...filled.map((column) => column.length));
	const height = rows * (HEIGHT + DOWN) - DOWN;
	const at = new Map();
	filled.forEach((column, i) => {
		const own = column.length * (HEIGHT + DOWN) - DOWN;
		column.forEach((stage, j) => at.set(stage.name, {
			x: MARGIN + i * (WIDTH + ACROSS), y: MARGIN + (height - own) / 2 + j * (HEIGHT + DOWN) }));
	});
	return { at, width: filled.length * (WIDTH + ACROSS) - ACROSS + 2 * MARGIN, height: height + 2 * MARGIN };
}

function cut(text, length) {
	return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function node(stage, { x, y }) {
	const trouble = stage.dead + stage.failed;
	return svg('g', { class: stage.bottleneck ? 'node bottleneck' : 'node', transform: `translate(${x} ${y})` },
		svg('title', null, `${stage.name}: ${plural(stage.waiting, 'element waits', 'elements wait')}, ${count(stage.atWork)} at work, ${count(trouble)} failed`),
		svg('rect', { width: WIDTH, height: HEIGHT, rx: 8 }),
		svg('text', { class: 'name', x: 12, y: 21 }, cut(stage.name, 20)),
		svg('text', { class: 'kind', x: WIDTH - 12, y: 21, 'text-anchor': 'end' }, stage.bottleneck ? 'bottleneck' : stage.name.length > 14 ? '' : stage.kind),
		svg('text', { class: 'small', x: 12, y: 38 }, `${count(stage.waiting)} waiting, ${count(stage.atWork)} at work`),
		svg('text', { class: trouble > 0 ? 'small bad' : 'small', x: 12, y: 54 },
			trouble > 0 ? `${count(trouble)} failed` : stage.perMinute === null ? '' : `${rate(stage.perMinute)} a minute`));
}

function edge(from, to, elements) {
	const x1 = from.x + WIDTH;
	const y1 = from.y + HEIGHT / 2;
	const x2 = to.x;
	const y2 = to.y + HEIGHT / 2;
	const bend = Math.max((x2 - x1) / 2, 20);
	return svg('g', { class: 'edge' },
		svg('path', { d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 7} ${y2}` }),
		svg('path', { class: 'head', d: `M${x2 - 8} ${y2 - 4}L${x2 - 1} ${y2}L${x2 - 8} ${y2 + 4}Z` }),
		elements === null ? null : svg('text', { x: (x1 + x2) / 2, y: (y1 + y2) / 2 - 6, 'text-anchor': 'middle' }, count(elements)));
}

export function graph(name, stages) {
	const { at, width, height } = places(stages);
	const bottleneck = stages.find((stage) => stage.bottleneck);
	return svg('svg', { class: 'graph', width, height, viewBox: `0 0 ${width} ${height}`, role: 'img',
		'aria-label': `The stages of ${name}. The table below has the same numbers.${bottleneck ? ` The bottleneck is ${bottleneck.name}.` : ''}` },
		stages.flatMap((stage) => stage.next.filter((next) => at.has(next.to))
			.map((next) => edge(at.get(stage.name), at.get(next.to), next.elements))),
		stages.map((stage) => node(stage, at.get(stage.name))));
}
