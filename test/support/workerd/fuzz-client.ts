/** Sends the requests of the fuzz suite, and keeps all that comes back, with its times. */
import { exports } from "cloudflare:workers";
import type { DescribedRoute } from "../../../src/reference/description.ts";
import type { Draft } from "./fuzz-requests.ts";
import type { Account, Part } from "./fuzz-sessions.ts";

/** A request as it was sent. */
export interface Sent {
	readonly draft: Draft;
	/** The route that it was made for, before any mutation. */
	readonly route: DescribedRoute;
	readonly account: Account;
	readonly mutated: readonly Part[];
	/** Stands in the prompt, so that its calls are found; null for a request without one. */
	readonly marker: string | null;
}

/** The part of an answer that has come so far. */
export interface Answer {
	readonly sent: Sent;
	/** Null before the head, and if the client left before it. */
	status: number | null;
	headers: ReadonlyMap<string, string>;
	text: string;
	/** `open`: it is still being read. `left`: by the client. `broken`: by the server, in the middle. */
	end: "open" | "whole" | "left" | "broken";
	readonly sentAt: number;
	/** When the last bytes came, or the head. */
	lastAt: number;
	endedAt: number | null;
	/** The longest time between the request, the head and the pieces, and when it began. */
	maxSilenceMs: number;
	silentFrom: number;
}

export interface Leaving {
	readonly reads: number | null;
	readonly leavesAfterMs: number | null;
}

/** Begins a request. `done` never rejects: the answer says how it ended. */
export function send(sent: Sent, leaving: Leaving): { readonly answer: Answer; readonly done: Promise<void> } {
	const now = Date.now();
	const answer: Answer = {
		sent,
		status: null,
		headers: new Map(),
		text: "",
		end: "open",
		sentAt: now,
		lastAt: now,
		endedAt: null,
		maxSilenceMs: 0,
		silentFrom: now,
	};
	const done = receive(answer, leaving).then((end) => {
		answer.end = end;
		answer.endedAt = Date.now();
	});
	return { answer, done };
}

async function receive(answer: Answer, { reads, leavesAfterMs }: Leaving): Promise<Answer["end"]> {
	const { draft } = answer.sent;
	const client = new AbortController();
	const timer = leavesAfterMs === null ? undefined : setTimeout(() => client.abort(), leavesAfterMs);
	const headers = new Headers();
	for (const [name, value] of draft.headers) headers.append(name, value);
	try {
		const response = await exports.default.fetch(
			`${draft.origin}${draft.path}${draft.query === "" ? "" : `?${draft.query}`}`,
			{ method: draft.method, headers, body: draft.body, redirect: "manual", signal: client.signal },
		);
		hear(answer);
		answer.status = response.status;
		answer.headers = new Map(response.headers);
		return await readBody(answer, response, reads);
	} catch (error) {
		answer.text += client.signal.aborted ? "" : `\nthe answer broke off: ${error}`;
		return client.signal.aborted ? "left" : "broken";
	} finally {
		clearTimeout(timer);
	}
}

async function readBody(answer: Answer, { body }: Response, reads: number | null): Promise<"whole" | "left"> {
	if (body === null) return "whole";
	const decoder = new TextDecoder();
	let left = reads ?? Number.POSITIVE_INFINITY;
	const reader = body.getReader();
	while (left > 0) {
		const { done, value } = await reader.read();
		hear(answer);
		if (done) return "whole";
		answer.text += decoder.decode(value, { stream: true });
		left -= 1;
	}
	await reader.cancel();
	return "left";
}

function hear(answer: Answer): void {
	const now = Date.now();
	const silentMs = now - answer.lastAt;
	if (silentMs > answer.maxSilenceMs) Object.assign(answer, { maxSilenceMs: silentMs, silentFrom: answer.lastAt });
	answer.lastAt = now;
}

/** Writes a request so that it can be read in a failure. */
export function describeSent({ draft, mutated }: Sent): string {
	const { method, origin, path, query, headers, body } = draft;
	const said = typeof body === "string" ? body : body === null ? "" : `bytes ${cut(body.toHex(), 600)}`;
	const head = headers.map(([name, value]) => `${name}: ${cut(value, 80)}`).join(", ");
	return cut(
		`${method} ${origin}${cut(path, 300)}?${cut(query, 200)} [${head}] ${cut(said, 1_500)} (mutated: ${mutated})`,
		2_500,
	);
}

export function cut(text: string, chars: number): string {
	return text.length <= chars ? text : `${text.slice(0, chars)}… (${text.length})`;
}
