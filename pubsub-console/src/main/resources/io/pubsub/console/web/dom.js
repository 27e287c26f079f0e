// Makes elements, and brings a part of the page up to date without disturbing who uses it.

const SVG = 'http://www.w3.org/2000/svg';

function append(element, children) {
	for (const child of children.flat(Infinity)) {
		if (child !== null && child !== undefined && child !== false) {
			element.append(child);
		}
	}
	return element;
}

function set(element, properties) {
	for (const [name, value] of Object.entries(properties ?? {})) {
		if (value === null || value === undefined || value === false) {
			continue;
		}
		if (name.startsWith('on')) {
			element[name] = value;
		}
		else {
			element.setAttribute(name, value === true ? '' : value);
		}
	}
	return element;
}

export function h(tag, properties, ...children) {
	return append(set(document.createElement(tag), properties), children);
}

export function svg(tag, properties, ...children) {
	return append(set(document.createElementNS(SVG, tag), properties), children);
}

const HANDLERS = ['onclick', 'onchange', 'onsubmit', 'oninput', 'onpointermove', 'onpointerleave', 'ontoggle'];

// What the user has opened stays open.
const OF_THE_USER = { DETAILS: ['open'] };

// What a user changes has two values, of which the attribute is only the first.
const LIVE = { INPUT: 'checked', OPTION: 'selected' };

function sameKind(one, other) {
	return one.nodeType === other.nodeType && one.nodeName === other.nodeName
		&& (one.nodeType !== Node.ELEMENT_NODE || one.getAttribute('data-key') === other.getAttribute('data-key'));
}

function morph(old, wanted) {
	if (old.nodeType !== Node.ELEMENT_NODE) {
		if (old.nodeValue !== wanted.nodeValue) {
			old.nodeValue = wanted.nodeValue;
		}
		return;
	}
	const kept = OF_THE_USER[old.nodeName] ?? [];
	for (const { name } of [...old.attributes]) {
		if (!wanted.hasAttribute(name) && !kept.includes(name)) {
			old.removeAttribute(name);
		}
	}
	for (const { name, value } of wanted.attributes) {
		if (old.getAttribute(name) !== value && !kept.includes(name)) {
			old.setAttribute(name, value);
		}
	}
	const live = LIVE[old.nodeName];
	if (live && old[live] !== wanted[live]) {
		old[live] = wanted[live];
	}
	for (const handler of HANDLERS) {
		if (old[handler] !== wanted[handler]) {
			old[handler] = wanted[handler];
		}
	}
	morphChildren(old, [...wanted.childNodes]);
}

function morphChildren(parent, wanted) {
	wanted.forEach((child, index) => {
		let old = parent.childNodes[index];
		const key = child.nodeType === Node.ELEMENT_NODE ? child.getAttribute('data-key') : null;
		if (key !== null && old && !sameKind(old, child)) {
			const elsewhere = [...parent.childNodes].slice(index).find((each) => sameKind(each, child));
			if (elsewhere) {
				parent.insertBefore(elsewhere, old);
				old = elsewhere;
			}
		}
		if (!old) {
			parent.append(child);
		}
		else if (sameKind(old, child)) {
			morph(old, child);
		}
		else {
			parent.replaceChild(child, old);
		}
	});
	while (parent.childNodes.length > wanted.length) {
		parent.lastChild.remove();
	}
}

export function show(parent, ...children) {
	const holder = append(document.createElement('div'), children);
	morphChildren(parent, [...holder.childNodes]);
}
