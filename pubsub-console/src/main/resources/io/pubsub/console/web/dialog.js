// Asks before something is done, and says what happened.

import { h } from './dom.js';

const dialog = document.getElementById('dialog');
const said = document.getElementById('said');

/**
 * Asks: { title, text, action, danger, field: { label, value, min, max } }.
 * @returns the value of the field, or true; null if the user does not want it
 */
export function ask(question) {
	return new Promise((resolve) => {
		let answer = null;
		const field = question.field
			? h('input', { type: 'number', id: 'dialog-field', required: true, ...question.field.range, value: question.field.value })
			: null;
		const form = h('form', { method: 'dialog' },
			h('h2', { id: 'dialog-title' }, question.title),
			question.text.map((text) => h('p', null, text)),
			field ? h('p', null, h('label', { for: 'dialog-field' }, question.field.label), field) : null,
			h('div', { class: 'buttons' },
				h('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'),
				h('button', { class: question.danger ? 'danger' : 'primary' }, question.action)));
		form.onsubmit = () => {
			answer = field ? field.value : true;
		};
		dialog.onclose = () => resolve(answer);
		dialog.replaceChildren(form);
		dialog.showModal();
		(field ?? form.querySelector('button')).focus();
	});
}

export function say(text, failed = false) {
	const close = h('button', { type: 'button', class: 'plain', 'aria-label': 'Close the message', onclick: () => said.replaceChildren() }, '×');
	said.replaceChildren(h('div', { class: failed ? 'toast failed' : 'toast' }, h('p', null, text), close));
}
