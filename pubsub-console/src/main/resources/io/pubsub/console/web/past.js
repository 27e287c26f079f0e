// What the tracks of the service say of the last quarter of an hour.

const MINUTE = 6;

// The newest slot is not over: its share of the time has passed.
function seconds(state, index, length) {
	return index < length - 1 ? state.step / 1000
		: Math.max((state.now - state.from) / 1000 - (length - 1) * (state.step / 1000), 0.5);
}

function zeros(length) {
	return new Array(length).fill(0);
}

function sum(values) {
	return values.reduce((all, value) => all + value, 0);
}

function slots(state) {
	return Math.floor((state.now - state.from) / state.step) + 1;
}

// The numbers of some results together; all of them if none is named.
export function counts(state, track, ...results) {
	const total = zeros(slots(state));
	for (const [result, values] of Object.entries(track.counts)) {
		if (results.length === 0 || results.includes(result)) {
			values.forEach((value, index) => {
				total[index] += value;
			});
		}
	}
	return total;
}

export function perSecond(state, track, ...results) {
	const values = counts(state, track, ...results);
	// Nothing is known of the time before the start.
	return values.map((value, index) => (state.from + (index + 1) * state.step < state.instance.startedAt ? null
		: value / seconds(state, index, values.length)));
}

// How many in a second, in the last minute.
export function rateNow(state, track, ...results) {
	const values = counts(state, track, ...results);
	const begun = Math.max(0, values.length - MINUTE);
	const time = sum(values.slice(begun).map((value, i) => seconds(state, begun + i, values.length)));
	return sum(values.slice(begun)) / time;
}

export function total(state, track, ...results) {
	return sum(counts(state, track, ...results));
}

export function last(values) {
	for (let i = values.length - 1; i >= 0; i--) {
		if (values[i] !== null) {
			return values[i];
		}
	}
	return null;
}

// The longest wait of what was handled in the last minute.
export function longestWait(track) {
	const waits = track.waits.slice(-MINUTE).filter((value) => value !== null);
	return waits.length ? Math.max(...waits) : null;
}
