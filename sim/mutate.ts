/** Mutates JSON and texts at random. The same random numbers always make the same mutation. */
import { isRecord } from "./json.ts";
import { below, pick, type Random } from "./random.ts";

/** Values that few programs expect. Each is made when it is needed: some are long. */
const ODD_VALUES: readonly (() => unknown)[] = [
	() => null,
	() => true,
	() => false,
	() => 0,
	() => -1,
	() => 1.5,
	() => 1e308,
	() => 2 ** 53,
	() => "",
	() => " ",
	() => "0",
	() => "null",
	() => "\u0000",
	() => "\ud83e",
	() => "🦊\u200d👩‍👧",
	() => "a\u2028b\u2029c\u0085d",
	() => "\u001b[31m\r\n\n",
	() => "../../etc/passwd",
	() => "__proto__",
	() => "<script>alert(1)</script>![x](https://elsewhere.example/y.png)",
	() => "https://elsewhere.example/z.png",
	() => "http://169.254.169.254/latest",
	() => "data:image/png;base64,iVBORw0KGgo=",
	() => `data:image/png;base64,${"A".repeat(2_000)}`,
	() => "NaN",
	() => "9".repeat(400),
	() => "狐".repeat(400),
	() => "x".repeat(40_000),
	() => [],
	() => [[]],
	() => {},
	() => Object.fromEntries([["__proto__", 1]]),
	() => ({ toString: 1, constructor: { prototype: null }, length: -1 }),
	() => Array<number>(300).fill(0),
	() => Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`k${index}`, index])),
	() => nested(70),
];

function nested(levels: number): unknown {
	return levels === 0 ? 0 : levels % 2 === 0 ? [nested(levels - 1)] : { a: nested(levels - 1) };
}

export function oddValue(random: Random): unknown {
	return pick(ODD_VALUES, random)();
}

/** Returns an odd value as a text of bounded length, as a header or an address may hold it. */
export function oddText(random: Random, maxChars: number): string {
	const value = oddValue(random);
	return (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).slice(0, maxChars);
}

const ODD_PIECES = ["\u0000", "\ud800", "🦊", '"', "\\", "\n", "\r\n\r\n", "%00", "]}", "\u2028", "\ufeff", "狐"];

/** Cuts, repeats or breaks a text. */
export function mutateText(text: string, random: Random): string {
	const at = below(text.length + 1, random);
	const end = at + below(text.length - at + 1, random);
	switch (below(6, random)) {
		case 0:
			return text.slice(0, at);
		case 1:
			return text.slice(at);
		case 2:
			return `${text.slice(0, at)}${text.slice(end)}`;
		case 3:
			return `${text}${text}`;
		case 4:
			return text.toUpperCase();
		default:
			return `${text.slice(0, at)}${pick(ODD_PIECES, random)}${text.slice(at)}`;
	}
}

/** A value deeper than this is mutated as a whole. */
const MAX_DEPTH = 8;

/** Changes one value somewhere in JSON: its type, its name, its place, or what it holds. */
export function mutateJson(value: unknown, random: Random, depth = 0): unknown {
	const inner = depth < MAX_DEPTH ? entriesOf(value) : [];
	// A value inside is more telling than the whole: the whole is mutated now and then.
	if (inner.length === 0 || random() < 0.15) return mutateValue(value, random);
	const place = below(inner.length, random);
	const [name = "", held] = inner[place] ?? [];
	const goesOn = random() < 0.6 && entriesOf(held).length > 0;
	const changed = goesOn
		? [[name, mutateJson(held, random, depth + 1)] as const]
		: mutateEntry(name, held, random, Array.isArray(value));
	const entries = [...inner.slice(0, place), ...changed, ...inner.slice(place + 1)];
	return Array.isArray(value) ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
}

type Entry = readonly [name: string, value: unknown];

function entriesOf(value: unknown): readonly Entry[] {
	if (Array.isArray(value)) return value.map((entry, index) => [String(index), entry]);
	return isRecord(value) ? Object.entries(value) : [];
}

function mutateEntry(name: string, value: unknown, random: Random, inList: boolean): readonly Entry[] {
	switch (below(inList ? 4 : 6, random)) {
		case 0:
			return [];
		case 1:
			return [
				[name, value],
				[`${name}_`, value],
			];
		case 2:
		case 3:
			return [[name, mutateValue(value, random)]];
		case 4:
			return [[mutateText(name, random), value]];
		default:
			return [
				[name, value],
				[pick(ODD_NAMES, random), oddValue(random)],
			];
	}
}

const ODD_NAMES = ["", "__proto__", "constructor", "toString", "0", "\u0000", "ключ", "n".repeat(2_000), "data", "url"];

function mutateValue(value: unknown, random: Random): unknown {
	switch (below(6, random)) {
		case 0:
			return [value];
		case 1:
			return { [pick(["value", "url", "0", "text"], random)]: value };
		case 2:
			return typeof value === "string" ? Number(value) : String(value);
		case 3:
			if (typeof value === "string") return mutateText(value, random);
			if (typeof value === "number") return pick([-value, value + 0.5, value * 1e9, value + 1], random);
			if (Array.isArray(value)) return [...value, ...value, ...value];
			return oddValue(random);
		default:
			return oddValue(random);
	}
}

/** Breaks JSON as text: it may be cut, followed by more, repeat a name, or be something else. */
export function mutateJsonText(json: string, random: Random): string {
	switch (below(8, random)) {
		case 0:
			return "";
		case 1:
			return `\ufeff${json}`;
		case 2:
			return `${json}${pick(["}", " ", "\u0000", json, ",", "\n\n"], random)}`;
		case 3:
			// The last of two equal names counts.
			return json.replace(/^\{(?="([^"]*)")/, (_, name: string) => `{"${name}":${JSON.stringify(oddValue(random))},`);
		case 4:
			return pick(["null", "[]", "{}", "0", '"text"', "undefined", "NaN", "[".repeat(200), "<html>"], random);
		case 5:
			return json.replaceAll('"', "'");
		default:
			return mutateText(json, random);
	}
}
