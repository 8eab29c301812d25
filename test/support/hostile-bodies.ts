/** Bodies that are made to take memory or time: of each kind one for each API, as long as is asked. */

import type { Coding } from "../../src/http/encoding/decode.ts";

export const APIS = ["images", "chat", "responses"] as const;
export type Api = (typeof APIS)[number];

export interface HostileBody {
	readonly name: string;
	/** As its `content-encoding` says; absent if it is not compressed. */
	readonly encoding?: Coding;
	/** Bytes that the reader has to decode, if they are more than were sent. */
	readonly decodedBytes?: number;
	/** The APIs whose answers to it may differ. */
	readonly apis: readonly Api[];
	/** Yields about as many bytes as are asked for. */
	readonly pieces: (api: Api, bytes: number) => Generator<Uint8Array>;
}

const BUDGET_BYTES = 4 * 1024 * 1024;
const BUDGET_MS = 100;

/** Each 4 MiB of a body, begun or full, may take a tenth of a second of the processor. */
export function budgetMs(bytes: number): number {
	return Math.max(1, Math.ceil(bytes / BUDGET_BYTES)) * BUDGET_MS;
}

/** A unit that is repeated, between a beginning and an end. */
interface Flood {
	readonly start?: string;
	readonly unit: string | Uint8Array | ((index: number) => string);
	readonly end?: string;
	/** More would be another case. */
	readonly maxBytes?: number;
}

/** The text before a value in a body, and the text behind it. */
type Place = Readonly<Record<Api, readonly [before: string, behind: string]>>;

const WORDS = '"a fox sim:quick"';
/** The value that is drawn. */
const DRAWN: Place = {
	images: ['{"prompt":', "}"],
	chat: ['{"messages":[{"role":"user","content":', "}]}"],
	responses: ['{"input":[{"role":"user","content":', "}]}"],
};
/** The list of messages, or what stands for one. */
const LISTED: Place = {
	images: ['{"prompt":', "}"],
	chat: ['{"messages":', "}"],
	responses: ['{"input":', "}"],
};
/** A message before the one that is drawn. */
const HISTORY: Place = {
	images: [`{"prompt":${WORDS},"history":`, "}"],
	chat: ['{"messages":[{"role":"assistant","content":', `},{"role":"user","content":${WORDS}}]}`],
	responses: ['{"input":[{"role":"assistant","content":', `},{"role":"user","content":${WORDS}}]}`],
};
const ROOT: Place = { images: ["", ""], chat: ["", ""], responses: ["", ""] };

/** A field beside a good body. */
function field(name: string): Place {
	return {
		images: [`{"prompt":${WORDS},"${name}":`, "}"],
		chat: [`{"messages":[{"role":"user","content":${WORDS}}],"${name}":`, "}"],
		responses: [`{"input":${WORDS},"${name}":`, "}"],
	};
}

const IGNORED = field("ignored");

const RAG = "### Task:\\nRespond to the user query using the provided context";
const PNG = "data:image/png;base64,";

const FLOODS: readonly (readonly [name: string, place: Place, flood: Flood])[] = [
	["numbers as parts", DRAWN, { start: "[", unit: "0,", end: "0]" }],
	["objects as parts", DRAWN, { start: "[", unit: "{},", end: "{}]" }],
	["lists as parts", DRAWN, { start: "[", unit: "[],", end: "[]]" }],
	["nulls as parts", DRAWN, { start: "[", unit: "null,", end: "null]" }],
	["short strings as parts", DRAWN, { start: "[", unit: '"",', end: '""]' }],
	["pictures as parts", DRAWN, { start: "[", unit: '{"type":"image_url"},', end: "{}]" }],
	["parts without their text", DRAWN, { start: "[", unit: '{"type":"text"},', end: "{}]" }],
	[
		"parts of text",
		DRAWN,
		{ start: "[", unit: '{"type":"text","text":"a"},', end: '{"type":"text","text":"a"}]', maxBytes: 850_000 },
	],
	[
		"parts of text, and a bad one at the end",
		DRAWN,
		{ start: "[", unit: '{"type":"text","text":"a"},', end: "0]", maxBytes: 850_000 },
	],
	["numbers as messages", LISTED, { start: "[", unit: "0,", end: "0]" }],
	["messages", LISTED, { start: "[", unit: '{"role":"user","content":"a"},', end: "0]", maxBytes: 950_000 }],
	["messages that are not ended", LISTED, { start: "[", unit: '{"role":"user","content":[' }],
	["numbers in an ignored field", IGNORED, { start: "[", unit: "0,", end: "0]" }],
	[
		"as many values as are allowed in an ignored field",
		IGNORED,
		{ start: "[", unit: "0,", end: "0]", maxBytes: 199_900 },
	],
	["objects in an ignored field", IGNORED, { start: "[", unit: '{"a":{}},', end: "0]" }],
	["members in an ignored field", IGNORED, { start: "{", unit: '"a":0,', end: '"b":0}' }],
	[
		"members of many names in an ignored field",
		IGNORED,
		{ start: "{", unit: (index) => `"k${index}":0,`, end: '"b":0}', maxBytes: 1_000_000 },
	],
	[
		"members named by numbers in an ignored field",
		IGNORED,
		{ start: "{", unit: (index) => `"${index * 40_009}":0,`, end: '"b":0}', maxBytes: 1_000_000 },
	],
	["words in an ignored field", IGNORED, { start: '"', unit: "a red fox ", end: '"' }],
	["nested lists", IGNORED, { unit: "[" }],
	["nested objects", IGNORED, { unit: '{"a":' }],
	["nested lists in the prompt", DRAWN, { unit: "[" }],
	["numbers in fal", field("fal"), { start: '{"a":[', unit: "0,", end: "0]}" }],
	["members of fal", field("fal"), { start: "{", unit: '"a":0,', end: '"b":0}', maxBytes: 590_000 }],
	[
		"members of many names in fal",
		field("fal"),
		{ start: "{", unit: (index) => `"k${index}":0,`, end: '"b":0}', maxBytes: 1_000_000 },
	],
	["a name in fal", field("fal"), { start: '{"', unit: "x", end: '":1}', maxBytes: 8_000_000 }],
	["a name in fal that may be parsed", field("fal"), { start: '{"', unit: "🦊", end: '":1}', maxBytes: 1_900_000 }],
	["a forbidden name in fal", field("fal"), { start: '{"', unit: "a_", end: 'image_url":1}', maxBytes: 15_000 }],
	["words in fal", field("fal"), { start: '{"a":"', unit: "a b ", end: '"}', maxBytes: 1_900_000 }],
	["a picture in fal", field("fal"), { start: `{"a":"${PNG}`, unit: "A", end: '"}' }],
	["metadata", field("metadata"), { start: "{", unit: '"a":"b",', end: '"c":0}', maxBytes: 790_000 }],
	[
		"metadata of many names",
		field("metadata"),
		{ start: "{", unit: (index) => `"k${index}":"v",`, end: '"c":"v"}', maxBytes: 1_100_000 },
	],
	["tools", field("tools"), { start: "[", unit: '{"type":"image_generation"},', end: "0]", maxBytes: 1_300_000 }],
	["other tools", field("tools"), { start: "[", unit: '{"type":"x"},', end: "0]", maxBytes: 600_000 }],
	["instructions", field("instructions"), { start: '"', unit: "concise title for ", end: '"', maxBytes: 2_000_000 }],
	["a model's name", field("model"), { start: '"', unit: "imagen-", end: '"', maxBytes: 2_000_000 }],
	["words in the prompt", DRAWN, { start: '"', unit: "a red fox ", end: '"' }],
	["words in the prompt that may be parsed", DRAWN, { start: '"', unit: "a red fox ", end: '"', maxBytes: 2_000_000 }],
	[
		"openings of a query in the prompt",
		DRAWN,
		{ start: `"${RAG}`, unit: "<user_query>", end: '"', maxBytes: 2_000_000 },
	],
	[
		"openings of a query in the history",
		HISTORY,
		{ start: `"${RAG}`, unit: "<user_query>", end: '"', maxBytes: 2_000_000 },
	],
	["tasks in the prompt", DRAWN, { start: '"', unit: '### Task:\\"title', end: '"', maxBytes: 2_000_000 }],
	["tasks in the history", HISTORY, { start: '"', unit: '### Task:\\"title', end: '"', maxBytes: 2_000_000 }],
	["blanks in the prompt", DRAWN, { start: '"', unit: " \\n", end: '"', maxBytes: 2_000_000 }],
	["sizes in the prompt", DRAWN, { start: '"', unit: "size:16:9 ", end: '"', maxBytes: 32_000 }],
	["numbers in the prompt", DRAWN, { start: '"', unit: "16:9:30 1024x", end: '"', maxBytes: 32_000 }],
	[
		"separators of lines in the prompt",
		DRAWN,
		{ start: '"a fox sim:quick', unit: "\u2028\u2029\u0085", end: '"', maxBytes: 30_000 },
	],
	[
		"separators of lines in a model's name",
		field("model"),
		{ start: '"', unit: "\u2028\u0085", end: '"', maxBytes: 400 },
	],
	["characters of four bytes", IGNORED, { start: '"', unit: "🦊", end: '"' }],
	["escapes", IGNORED, { start: '"', unit: "\\u0061", end: '"' }],
	["broken escapes", IGNORED, { start: '"', unit: "\\u00", end: '"' }],
	["bytes that are no text", IGNORED, { start: '"', unit: Uint8Array.of(0xff, 0xc3, 0x28), end: '"' }],
	["blanks", IGNORED, { unit: " \n\t", end: "0" }],
	["digits", IGNORED, { unit: "1" }],
	[
		"a picture in a part",
		DRAWN,
		{
			start: `[{"type":"text","text":${WORDS}},{"type":"image_url","image_url":{"url":"${PNG}`,
			unit: "AbC+/9dD",
			end: '"}}]',
		},
	],
	[
		"a picture in a part with escapes",
		DRAWN,
		{
			start: `[{"type":"text","text":${WORDS}},{"type":"image_url","image_url":{"url":"data:image\\/png;base64,`,
			unit: "\\u002b\\/Ab",
			end: '"}}]',
		},
	],
	["a picture in the prompt", DRAWN, { start: `"a fox like ![this](${PNG}`, unit: "A", end: ')"' }],
	["pictures in the history", HISTORY, { start: '"', unit: `![a](${PNG}${"A".repeat(100_000)}) `, end: '"' }],
	["small pictures in the history", HISTORY, { start: '"', unit: `![a](${PNG}${"A".repeat(1_100)}) `, end: '"' }],
	["pictures too small to be taken out", HISTORY, { start: '"', unit: `![a](${PNG}${"A".repeat(900)}) `, end: '"' }],
	["a picture without base64", HISTORY, { start: '"data:image/svg+xml,', unit: "%3Csvg(", end: '"' }],
	["a picture in lines", HISTORY, { start: `"${PNG}`, unit: `${"AbC+/9dD".repeat(9)}AbC+\\n`, end: '"' }],
	["a picture in short lines", HISTORY, { start: `"${PNG}${"A".repeat(2_000)}`, unit: "A\\n", end: '"' }],
	["a picture in JSON of a text", HISTORY, { start: `"{\\"url\\":\\"${PNG}`, unit: "AbC+\\\\/9dD", end: '\\"}"' }],
	["an earlier result in JSON of a text", HISTORY, { start: '"{\\"b64_json\\":\\"', unit: "iVBORw0K", end: '\\"}"' }],
	["quotes in a text", HISTORY, { start: '"', unit: '\\"a', end: '"' }],
	["doubts in a picture", HISTORY, { start: `"${PNG}${"A".repeat(2_000)}`, unit: "\\\\/", end: '"' }],
	["beginnings of addresses", HISTORY, { start: '"', unit: "data:;base6", end: '"' }],
	["base64 without an address", IGNORED, { start: '"', unit: "dataABC=", end: '"' }],
	["long base64 without an address", IGNORED, { start: '"', unit: "dataABC/", end: '"' }],
	[
		"base64 as an earlier answer",
		LISTED,
		{
			start: `[{"type":"image_generation_call","result":"`,
			unit: "iVBORw0K",
			end: `"},{"role":"user","content":${WORDS}}]`,
		},
	],
	["a string that is not ended", ROOT, { start: '{"a":"', unit: "x " }],
	["closing brackets", ROOT, { unit: "]}" }],
	["commas", ROOT, { unit: "," }],
	["colons", ROOT, { unit: ":" }],
	["quotes", ROOT, { unit: '"' }],
	["backslashes", ROOT, { start: '"', unit: "\\" }],
	["no bytes of text", ROOT, { unit: Uint8Array.of(0) }],
	["a list instead of an object", ROOT, { start: "[", unit: "{},", end: "{}]", maxBytes: 290_000 }],
];

export const HOSTILE_BODIES: readonly HostileBody[] = FLOODS.map(([name, place, flood]) => ({
	name,
	apis: place === ROOT || place === IGNORED ? ["chat"] : APIS,
	pieces: (api, bytes) => piecesOf(place[api], flood, bytes),
}));

const PIECE_BYTES = 64 * 1024;
const encoder = new TextEncoder();

function* piecesOf([before, behind]: Place[Api], flood: Flood, bytes: number): Generator<Uint8Array> {
	const { start = "", unit, end = "", maxBytes = bytes } = flood;
	const room = Math.min(bytes, maxBytes) - before.length - start.length - end.length - behind.length;
	yield encoder.encode(before + start);
	if (typeof unit === "function") yield* numberedPieces(unit, room);
	else yield* equalPieces(typeof unit === "string" ? encoder.encode(unit) : unit, room);
	yield encoder.encode(end + behind);
}

function* equalPieces(one: Uint8Array, bytes: number): Generator<Uint8Array> {
	const piece = new Uint8Array(Math.max(1, Math.floor(PIECE_BYTES / one.length)) * one.length);
	for (let at = 0; at < piece.length; at += one.length) piece.set(one, at);
	for (let left = Math.floor(bytes / one.length) * one.length; left > 0; left -= piece.length)
		yield piece.subarray(0, Math.min(left, piece.length));
}

/** Yields units that differ. */
function* numberedPieces(unit: (index: number) => string, bytes: number): Generator<Uint8Array> {
	let [index, left] = [0, bytes];
	while (left > 0) {
		let text = "";
		for (; text.length < Math.min(left, PIECE_BYTES); index += 1) text += unit(index);
		left -= text.length;
		yield encoder.encode(text);
	}
}
