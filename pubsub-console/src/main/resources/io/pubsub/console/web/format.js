// Numbers and times for people.

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const fine = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

export const NOTHING = '–';

export function count(value) {
	return value === null || value === undefined ? NOTHING : value < 100000 ? whole.format(value) : short.format(value);
}

export function rate(value) {
	if (value === null || value === undefined) {
		return NOTHING;
	}
	return value === 0 ? '0' : value < 10 ? fine.format(value) : count(value);
}

export function micros(value) {
	if (value === null || value === undefined) {
		return NOTHING;
	}
	return value < 1000 ? `${value} µs` : millis(value / 1000);
}

export function millis(value) {
	if (value === null || value === undefined) {
		return NOTHING;
	}
	if (value < 1000) {
		return `${value < 10 ? fine.format(value) : whole.format(value)} ms`;
	}
	const seconds = value / 1000;
	if (seconds < 120) {
		return `${seconds < 10 ? fine.format(seconds) : whole.format(seconds)} s`;
	}
	return seconds < 7200 ? `${whole.format(seconds / 60)} min`
		: seconds < 172800 ? `${whole.format(seconds / 3600)} h` : `${whole.format(seconds / 86400)} days`;
}

export function time(value) {
	return clock.format(new Date(value));
}

export function moment(value) {
	if (value === null || value === undefined) {
		return NOTHING;
	}
	const at = new Date(value);
	return Date.now() - at < 43200000 ? time(at) : day.format(at);
}

// The last part of an address, which is what people call the thing.
export function nameOf(address) {
	return address.split(/[/:]/).filter((part) => part).pop() ?? address;
}

// The class without its package.
export function className(name) {
	return name === null || name === undefined ? NOTHING : name.slice(name.lastIndexOf('.') + 1);
}

export function plural(number, one, many) {
	return `${count(number)} ${number === 1 ? one : many}`;
}
