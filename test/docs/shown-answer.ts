/** Compares an answer with the one that a document shows, in which `…` stands for anything. */
import { createParser, type EventSourceMessage } from "eventsource-parser";

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const ANYTHING = "…";

/**
 * Returns what differs, a line each; nothing if the answer is as shown. The kind of answer is read from how the shown one
 * begins: a number alone, a status line, JSON, or server-sent events.
 */
export function differences(shown: string, answer: string): readonly string[] {
	const expected = shown.trim();
	const actual = answer.replaceAll("\r\n", "\n").trim();
	if (expected === "") return actual === "" ? [] : [`nothing is shown, but there is ${clip(actual)}`];
	if (/^\d+$/.test(expected)) return actual === expected ? [] : [`it is ${clip(actual)}, not ${expected}`];
	if (expected.startsWith("HTTP/")) return differencesOfHttp(expected, actual);
	return differencesOfBody(expected, actual);
}

function differencesOfBody(shown: string, answer: string): readonly string[] {
	if (!/^[{[]/.test(shown)) return differencesOfEvents(shown, answer);
	try {
		return differencesOfJson(parseShown(shown), parseJson(answer), "$");
	} catch {
		return [`the answer is no JSON: ${clip(answer)}`];
	}
}

/** The shown headers may come in any order. Others may come only if `…` stands among those shown. */
function differencesOfHttp(shown: string, answer: string): readonly string[] {
	const [head = "", ...body] = shown.split("\n\n");
	const [actualHead = "", ...actualBody] = answer.split("\n\n");
	const [status = "", ...headers] = head.split("\n");
	const [actualStatus = "", ...actualHeaders] = actualHead.split("\n");
	const listed = headers.filter((header) => header !== ANYTHING).map(toHeader);
	const sent = actualHeaders.map(toHeader);
	const missing = listed.filter(
		(wanted) => !sent.some((header) => header.name === wanted.name && fits(wanted.value, header.value)),
	);
	const extra = headers.includes(ANYTHING) ? [] : sent.filter(({ name }) => !listed.some((one) => one.name === name));
	return [
		...(fits(status, actualStatus) ? [] : [`the status is '${actualStatus}', not '${status}'`]),
		...missing.map(({ name, value }) => `there is no header '${name}: ${value}'`),
		...extra.map(({ name }) => `the header '${name}' is not shown`),
		...(body.length > 0 ? differencesOfBody(body.join("\n\n"), actualBody.join("\n\n")) : []),
	];
}

function toHeader(line: string): { readonly name: string; readonly value: string } {
	const colon = line.indexOf(":");
	return { name: line.slice(0, colon).toLowerCase(), value: line.slice(colon + 1).trim() };
}

/** A line `…` stands for any number of events. */
function differencesOfEvents(shown: string, answer: string): readonly string[] {
	const steps = shown.split(/\n\n+/).map((text) => (text === ANYTHING ? null : text));
	const left = parseEvents(answer);
	let anyNumber = false;
	for (const step of steps) {
		if (step === null) {
			anyNumber = true;
			continue;
		}
		const [wanted] = parseEvents(step);
		if (wanted === undefined) return [`what is shown is no event: ${clip(step)}`];
		const found = anyNumber ? left.findIndex((event) => differencesOfEvent(wanted, event).length === 0) : 0;
		const event = left[found];
		if (event === undefined) return [`no event is as shown: ${clip(step)}`];
		const different = differencesOfEvent(wanted, event);
		if (different.length > 0) return different;
		left.splice(0, found + 1);
		anyNumber = false;
	}
	return anyNumber ? [] : left.map(({ event, data }) => `an event is not shown: ${event ?? ""} ${clip(data)}`);
}

/** An event without its number: how many there were before differs from run to run. */
interface ShownEvent extends Pick<EventSourceMessage, "event" | "data"> {
	readonly hasId: boolean;
	readonly retry: number | null;
}

function parseEvents(text: string): ShownEvent[] {
	const events: ShownEvent[] = [];
	let retry: number | null = null;
	const parser = createParser({
		onRetry: (ms) => {
			retry = ms;
		},
		onEvent: ({ id, event, data }) => {
			events.push({ hasId: id !== undefined, event, data, retry });
			retry = null;
		},
	});
	parser.feed(`${text}\n\n`);
	return events;
}

function differencesOfEvent(shown: ShownEvent, actual: ShownEvent): readonly string[] {
	const name = shown.event ?? "an event";
	const fields = (["event", "hasId", "retry"] as const).filter((field) => shown[field] !== actual[field]);
	if (fields.length > 0) {
		return fields.map((field) => `${name}: ${field} is ${String(actual[field])}, not ${String(shown[field])}`);
	}
	if (shown.data.startsWith("{")) return differencesOfJson(parseShown(shown.data), parseJson(actual.data), name);
	return fits(shown.data, actual.data) ? [] : [`${name}: the data is ${clip(actual.data)}`];
}

/** Keys, types, texts and booleans are as shown; a number may be any number. */
function differencesOfJson(shown: Json, actual: Json, path: string): readonly string[] {
	if (shown === ANYTHING) return [];
	if (typeof shown === "string") {
		return typeof actual === "string" && fits(shown, actual)
			? []
			: [`${path} is ${clip(JSON.stringify(actual))}, not ${clip(JSON.stringify(shown))}`];
	}
	if (typeof shown === "number") return typeof actual === "number" ? [] : [`${path} is no number`];
	if (shown === null || typeof shown === "boolean") return shown === actual ? [] : [`${path} is not ${String(shown)}`];
	if (isList(shown)) {
		if (!isList(actual)) return [`${path} is no list`];
		const more = shown.includes(ANYTHING);
		const listed = shown.filter((item) => item !== ANYTHING);
		const length = more || actual.length === listed.length ? [] : [`${path} has ${actual.length} items`];
		return [
			...length,
			...listed.flatMap((item, index) => {
				const there = actual[index];
				return there === undefined
					? [`${path}[${index}] is missing`]
					: differencesOfJson(item, there, `${path}[${index}]`);
			}),
		];
	}
	if (actual === null || typeof actual !== "object" || isList(actual)) return [`${path} is no object`];
	const extra = ANYTHING in shown ? [] : Object.keys(actual).filter((name) => !(name in shown));
	return [
		...extra.map((name) => `${path}.${name} is not shown`),
		...Object.entries(shown).flatMap(([name, value]) => {
			if (name === ANYTHING) return [];
			const there = actual[name];
			return there === undefined ? [`${path}.${name} is missing`] : differencesOfJson(value, there, `${path}.${name}`);
		}),
	];
}

function isList(value: Json): value is readonly Json[] {
	return Array.isArray(value);
}

/** Each `…` of the shown text stands for any characters, line ends too. */
function fits(shown: string, actual: string): boolean {
	const parts = shown.split(ANYTHING).map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
	return new RegExp(`^${parts.join("[\\s\\S]*")}$`).test(actual);
}

/** JSON in which `…` may stand for a value, for further items of a list, or for further members of an object. */
function parseShown(text: string): Json {
	const open: string[] = [];
	let json = "";
	let last = "";
	for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[\s\S]/g)) {
		if (token === "{" || token === "[") open.push(token);
		if (token === "}" || token === "]") open.pop();
		const isMember = last !== ":" && open.at(-1) === "{";
		json += token === ANYTHING ? (isMember ? `"${ANYTHING}":null` : `"${ANYTHING}"`) : token;
		if (token.trim() !== "") last = token;
	}
	return parseJson(json);
}

function parseJson(text: string): Json {
	const value: Json = JSON.parse(text);
	return value;
}

function clip(text: string): string {
	return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
