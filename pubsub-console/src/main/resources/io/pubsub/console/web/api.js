// Talks to the endpoint. Its address is that of this file, whatever stands before it.

const BASE = new URL('.', import.meta.url);

export class Problem extends Error {
	constructor(message, status) {
		super(message);
		this.status = status;
	}
}

async function answer(response) {
	const json = (response.headers.get('Content-Type') ?? '').startsWith('application/json');
	const content = json ? await read(response) : null;
	if (response.ok && json) {
		return content;
	}
	if (response.ok || response.status === 401) {
		throw new Problem('You are signed out. Load the page again to sign in.', 401);
	}
	throw new Problem(content?.error ?? explain(response.status), response.status);
}

// A connection may break off in the middle.
async function read(response) {
	try {
		return await response.json();
	}
	catch {
		throw new Problem('The answer of the service broke off.', 0);
	}
}

function explain(status) {
	switch (status) {
		case 403: return 'The service does not let you do that.';
		case 404:
		case 405: return 'The service does not offer that. The access to the endpoint pubsubconsole may be limited to reading.';
		default: return `The service answered with the status ${status}.`;
	}
}

async function send(path, options, patience) {
	try {
		return await fetch(new URL(path, BASE), { cache: 'no-store', credentials: 'same-origin',
			signal: AbortSignal.timeout(patience), ...options });
	}
	catch (error) {
		throw new Problem(error.name === 'TimeoutError' ? 'The service does not answer.' : 'The service cannot be reached.', 0);
	}
}

export async function state() {
	return answer(await send('state', {}, 8000));
}

export async function order(action, what, csrf) {
	const headers = { 'Content-Type': 'application/json', 'X-PubSub-Console': '1' };
	if (csrf) {
		headers[csrf.header] = csrf.token;
	}
	return answer(await send(action, { method: 'POST', headers, body: JSON.stringify(what) }, 300000));
}
