/** Holds the rules of the fuzz suite to answers that are wrong on purpose: a rule that objects to nothing would prove nothing. */
import { describe, expect, it } from "vitest";
import { DESCRIBED_ROUTES } from "../../../src/reference/described-routes.ts";
import type { DescribedRoute } from "../../../src/reference/description.ts";
import { objectionsTo } from "./fuzz-checks.ts";
import type { Answer, Sent } from "./fuzz-client.ts";

const OWN = "a".repeat(64);
const FOREIGN = "b".repeat(64);
const LINK = `/images/${OWN}/0.png?exp=1&sig=a`;
const WORLD = {
	jobs: new Map([[OWN, "owner"] as const, [FOREIGN, "other"] as const]),
	links: new Set([LINK]),
	stalls: [[0, 1_000]],
} as const;

function routeOf(method: string, path: string): DescribedRoute {
	const route = DESCRIBED_ROUTES.find((other) => other.method === method && other.path === path);
	if (route === undefined) throw new Error(`no route ${method} ${path}`);
	return route;
}

function makeSent({ draft, ...more }: Omit<Partial<Sent>, "draft"> & { draft?: Partial<Sent["draft"]> } = {}): Sent {
	return {
		draft: {
			method: "GET",
			origin: "https://g.test",
			path: "/v1/models",
			query: "",
			headers: [],
			body: null,
			...draft,
		},
		route: routeOf("GET", "/v1/models"),
		account: "owner",
		mutated: [],
		marker: null,
		...more,
	};
}

const HEAD = {
	"x-request-id": `req_${"0".repeat(32)}`,
	"access-control-allow-origin": "*",
	"content-type": "application/json",
};

function makeAnswer({
	headers,
	...more
}: Omit<Partial<Answer>, "headers"> & { headers?: Record<string, string> }): Answer {
	return {
		sent: makeSent(),
		status: 200,
		headers: new Map(Object.entries({ ...HEAD, ...headers })),
		text: '{"object":"list","data":[]}',
		end: "whole",
		sentAt: 0,
		lastAt: 0,
		endedAt: 0,
		maxSilenceMs: 0,
		silentFrom: 0,
		...more,
	};
}

function error(fields: object, status = 400): Pick<Answer, "status" | "text"> {
	const good = { message: "No.", type: "invalid_request_error", param: null, code: "invalid_value" };
	return { status, text: JSON.stringify({ error: { ...good, ...fields } }) };
}

const CHAT = makeSent({ route: routeOf("GET", "/v1/chat/completions/:id") });
const EVENTS = makeSent({ route: routeOf("GET", "/v1/jobs/:id/events") });
const PICTURE = {
	etag: '"e"',
	"content-type": "image/png",
	"content-disposition": "inline",
	"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
	"x-content-type-options": "nosniff",
};

function sentTo(link: string): Sent {
	const [path = "", query = ""] = link.split("?");
	return makeSent({ route: routeOf("GET", "/images/:job/:file"), draft: { path, query } });
}

const STREAM = { "content-type": "text/event-stream; charset=utf-8", "x-job-id": OWN };

function chunk(sequence_number: number, more: object = {}): string {
	const choices = [{ index: 0, delta: { content: "a" }, finish_reason: null, logprobs: null }];
	const fields = {
		id: "chatcmpl-1",
		object: "chat.completion.chunk",
		created: 1,
		model: "m",
		choices,
		sequence_number,
	};
	return `data: ${JSON.stringify({ ...fields, ...more })}\n\n`;
}
const DONE = "data: [DONE]\n\n";

it.each<readonly [what: string, answer: Parameters<typeof makeAnswer>[0]]>([
	["a list", {}],
	["an error", error({})],
	["an error that names a field", error({ param: "n" })],
	["a picture", { sent: sentTo(LINK), headers: PICTURE, text: "\u0089PNG" }],
	["a picture by its link with more", { sent: sentTo(`${LINK}&x=1`), headers: PICTURE, text: "\u0089PNG" }],
	[
		"a 429",
		{ ...error({ type: "rate_limit_error", code: "rate_limit_exceeded" }, 429), headers: { "retry-after": "20" } },
	],
	["a stream", { sent: CHAT, headers: STREAM, text: `${chunk(0)}: keepalive\n\n${chunk(1)}${DONE}` }],
	["a stream that its client left", { sent: CHAT, headers: STREAM, text: `${chunk(0)}data: {`, end: "left" }],
	["a client that left before the head", { status: null, end: "left", headers: {} }],
	["silence of 29 seconds", { maxSilenceMs: 29_000 }],
	["silence of 31 seconds, one of which the machine stood still", { maxSilenceMs: 31_000 }],
	["silence of a stream of 34 seconds", { sent: CHAT, headers: STREAM, text: DONE, maxSilenceMs: 34_000 }],
	[
		"a foreign job that the request named",
		{ ...error({ code: "not_found" }, 404), sent: makeSent({ draft: { path: FOREIGN } }) },
	],
])("objects to nothing in %s", (_, answer) => {
	expect(objectionsTo(makeAnswer(answer), WORLD)).toEqual([]);
});

describe.each<readonly [rule: string, objection: RegExp, answers: readonly Parameters<typeof makeAnswer>[0][]]>([
	[
		"a status that is not documented",
		/is not documented/,
		[
			{ status: 500 },
			{ status: 502 },
			{ status: 418 },
			error({ code: "internal_error", type: "server_error" }, 500),
			error({ code: "unheard_of" }),
			error({ type: "server_error" }),
			error({}, 404),
		],
	],
	[
		"a shapeless error",
		/a shapeless error/,
		[
			{ status: 400, text: "" },
			{ status: 400, text: "<html>" },
			{ status: 400, text: '{"error":"no"}' },
			{ status: 400, text: '{"message":"no"}' },
			error({ message: "" }),
			error({ message: "x".repeat(2_002) }),
			error({ param: undefined }),
			error({ code: null }),
			error({ stack: "at" }),
		],
	],
	[
		"no request id",
		/no x-request-id/,
		[{ headers: { "x-request-id": "" } }, { ...error({}), headers: { "x-request-id": "7" } }],
	],
	["no CORS", /browsers may not read/, [{ headers: { "access-control-allow-origin": "" } }]],
	["an error of another type", /an error of type/, [{ ...error({}), headers: { "content-type": "text/plain" } }]],
	[
		"a secret",
		/it holds test-/,
		[
			error({ message: "fal says: test-id:test-secret" }),
			{ headers: { location: "/?key=test-key-of-owner" } },
			{ text: '{"object":"list","data":[],"x":"test-key-of-other"}' },
		],
	],
	[
		"a stack trace",
		/a stack trace/,
		[
			error({ message: "Error: x\n    at handle (worker.js:1:2)" }),
			error({ message: "TypeError: x is not a function" }),
		],
	],
	["the address of a webhook", /address of a webhook/, [error({ message: `/webhooks/fal/${OWN}/${"x".repeat(43)}` })]],
	[
		"a prompt of another account",
		/prompt of another/,
		[{ text: '{"object":"list","data":[],"x":"prompt-1-2-of-other"}' }],
	],
	[
		"a job of another account",
		/of another account/,
		[
			{ headers: { "x-job-id": FOREIGN } },
			{ text: `{"object":"list","data":[],"x":"${FOREIGN}"}` },
			{ sent: makeSent({ draft: { path: `/v1/jobs/${FOREIGN}` } }) },
		],
	],
	[
		"an echo of the prompt",
		/repeats the prompt/,
		[
			error({ message: "fal says: prompt-1-2-of-owner" }),
			{
				sent: CHAT,
				headers: STREAM,
				text: `data: {"error":{"message":"fal says: \\"prompt-1-2-of-owner"}}\n\n${DONE}`,
			},
		],
	],
	["an address of fal's", /an address of fal's/, [error({ message: "https://queue.fal.run/files/1" })]],
	[
		"a picture that was not to be served so",
		/never given out|may run|may be sniffed|shown inline/,
		[
			{ sent: sentTo(LINK.replace("0.png", "1.png")), headers: PICTURE },
			{ sent: sentTo(`${LINK}b`), headers: PICTURE },
			{ sent: sentTo(`${LINK}&sig=a`), headers: PICTURE },
			{ sent: sentTo(LINK), headers: { ...PICTURE, "content-security-policy": "" } },
			{ sent: sentTo(LINK), headers: { ...PICTURE, "x-content-type-options": "" } },
			{ sent: sentTo(LINK), headers: { ...PICTURE, "content-type": "image/svg+xml" } },
		],
	],
	["another shape", /another shape/, [{ text: "{}" }, { text: '{"object":"list"}' }]],
	["a body that is no JSON", /no JSON/, [{ text: "{" }]],
	["an answer that breaks off", /breaks off/, [{ end: "broken" }]],
	["no answer", /no answer/, [{ status: null, end: "broken", text: "TypeError" }]],
	[
		"silence",
		/is silent/,
		[
			{ maxSilenceMs: 31_001 },
			{ maxSilenceMs: 30_001, silentFrom: 1_000 },
			{ sent: CHAT, headers: STREAM, text: DONE, maxSilenceMs: 36_001 },
		],
	],
	[
		"a stream of an odd form",
		/odd form|inside of an event|an id: line|no JSON/,
		[
			{ sent: CHAT, headers: STREAM, text: `${chunk(0)}event: x\n\n${DONE}` },
			{ sent: CHAT, headers: STREAM, text: `${chunk(0).replace(": ", ":")}${DONE}` },
			{ sent: CHAT, headers: STREAM, text: `id: 1\n${chunk(0)}${DONE}` },
			{ sent: CHAT, headers: STREAM, text: `data: {"a\n\n${DONE}` },
			{ sent: CHAT, headers: STREAM, text: `${chunk(0)}data: [DONE]` },
		],
	],
	["a stream with a gap", /a gap/, [{ sent: CHAT, headers: STREAM, text: `${chunk(0)}${chunk(2)}${DONE}` }]],
	[
		"a stream without its end",
		/it ends with/,
		[
			{ sent: CHAT, headers: STREAM, text: chunk(0) },
			{
				sent: EVENTS,
				headers: STREAM,
				text: 'id: 1\nevent: queued\ndata: {"sequence_number":1,"at":1,"type":"queued"}\n\n',
			},
		],
	],
	[
		"an event of another shape",
		/another shape/,
		[{ sent: CHAT, headers: STREAM, text: `${chunk(0, { choices: 7 })}${DONE}` }],
	],
	[
		"a long line",
		/a line is too long/,
		[{ sent: CHAT, headers: STREAM, text: `${chunk(0, { model: "m".repeat(70_000) })}${DONE}` }],
	],
])("objects to %s", (_, objection, answers) => {
	it.each(answers.map((answer, index) => [index, answer] as const))("(%i)", (_index, answer) => {
		expect(objectionsTo(makeAnswer(answer), WORLD).join("\n")).toMatch(objection);
	});
});
