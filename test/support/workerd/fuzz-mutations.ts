/** Mutates requests for the fuzz suite, part by part. */
import { mutateJson, mutateJsonText, mutateText, oddText } from "../../../sim/mutate.ts";
import { below, pick, type Random } from "../../../sim/random.ts";
import { gzip } from "./fuzz-gzip.ts";
import type { Draft } from "./fuzz-requests.ts";
import type { Part } from "./fuzz-sessions.ts";

export function mutate(draft: Draft, parts: readonly Part[], random: Random): Draft {
	return parts.reduce((changed, part) => MUTATIONS[part](changed, random), draft);
}

const MUTATIONS: Readonly<Record<Part, (draft: Draft, random: Random) => Draft>> = {
	method: (draft, random) => {
		const method = pick(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "get"], random);
		// These have no body, by the rules of fetch.
		return { ...draft, method, body: /^(?:get|head)$/i.test(method) ? null : draft.body };
	},
	origin: (draft, random) => ({ ...draft, origin: pick(ODD_ORIGINS, random) }),
	path: (draft, random) => ({ ...draft, path: mutatePath(draft.path, random) }),
	query: (draft, random) => ({ ...draft, query: mutateQuery(draft.query, random) }),
	headers: (draft, random) => ({ ...draft, headers: mutateHeaders(draft.headers, random) }),
	body: (draft, random) => {
		if (typeof draft.body !== "string") return draft;
		try {
			return { ...draft, body: JSON.stringify(mutateJson(JSON.parse(draft.body), random)) ?? "" };
		} catch {
			return draft;
		}
	},
	text: (draft, random) => ({ ...draft, body: mutateBytes(draft.body, random) }),
	encoding: (draft, random) => {
		if (draft.body === null) return draft;
		const bytes = gzip(typeof draft.body === "string" ? new TextEncoder().encode(draft.body) : draft.body);
		const at = below(bytes.length, random);
		const broken = [bytes.slice(0, at), bytes.map((byte, index) => (index === at ? byte ^ 0xff : byte)), gzip(bytes)];
		const encoding = pick(["gzip", "gzip", "x-gzip", "deflate", "GZIP", "gzip, gzip"], random);
		return {
			...draft,
			headers: [...without(draft.headers, "content-encoding"), ["content-encoding", encoding]],
			body: random() < 0.5 ? bytes : pick(broken, random),
		};
	},
	type: (draft, random) => ({
		...draft,
		headers: [
			...without(draft.headers, "content-type"),
			pick(
				[
					["content-type", pick(CONTENT_TYPES, random)],
					["content-encoding", pick(["gzip", "identity", "br, gzip", "", "x"], random)],
				] as const,
				random,
			),
		],
	}),
};

const ODD_ORIGINS = [
	...["http://localhost:8787", "https://169.254.169.254", "https://[fd00::1]", "http://evil.example:81"],
	...[
		"https://xn--e1afmkfd.example",
		"https://a.example.",
		"https://UPPER.example",
		`https://${"a".repeat(63)}.example`,
	],
];

const CONTENT_TYPES = [
	...["", "text/plain", "application/json; charset=utf-16", "multipart/form-data", "multipart/form-data; boundary=x"],
	...["application/x-www-form-urlencoded", "application/JSON", "image/png", `a/${"b".repeat(5_000)}`],
];

function mutateBytes(body: Draft["body"], random: Random): Draft["body"] {
	if (body === null) return body;
	const text = typeof body === "string" ? body : new TextDecoder().decode(body);
	if (random() < 0.7) return mutateJsonText(text, random);
	const bytes = new TextEncoder().encode(text);
	switch (below(4, random)) {
		case 0:
			return bytes.map((byte, index) => (index === below(bytes.length, random) ? 0xff : byte));
		case 1:
			return bytes.slice(0, below(bytes.length + 1, random));
		case 2:
			// UTF-16, and a gzip's first bytes.
			return new Uint8Array(text.split("").flatMap((letter) => [letter.charCodeAt(0) & 0xff, 0]));
		default:
			return new Uint8Array([0x1f, 0x8b, 8, 0, ...bytes.slice(0, 20)]);
	}
}

const SEGMENTS = [
	"..",
	"%2e%2e",
	".",
	"%00",
	"%zz",
	"%ff%fe",
	"%F0%9F%A6%8A",
	"%2f",
	"a%2fb",
	"狐",
	";x",
	"~",
	"'",
	"*",
];

function mutatePath(path: string, random: Random): string {
	const segments = path.split("/");
	const at = 1 + below(segments.length - 1, random);
	const segment = segments[at] ?? "";
	const replaced = (by: string) => segments.with(at, by).join("/");
	switch (below(9, random)) {
		case 0:
			return replaced(pick(SEGMENTS, random));
		case 1:
			return replaced(encodeURIComponent(mutateText(segment, random).toWellFormed()));
		case 2:
			return replaced(`${segment}${pick(SEGMENTS, random)}`);
		case 3:
			return replaced(`${pick(["job_", "resp_", "chatcmpl-", "ig_", "_", " "], random)}${segment}`);
		case 4:
			return replaced("x".repeat(pick([1, 300, 9_000], random)));
		case 5:
			return replaced(`%${segment.charCodeAt(0).toString(16).padStart(2, "0")}${segment.slice(1)}`);
		case 6:
			return `${pick(["/", "/v1", "//", "/.", "/api"], random)}${path}`;
		case 7:
			return `${path}${pick(["/", "//", "/events", "/cancel", "/x", "?", "#x"], random)}`;
		default:
			// An id that only differs in its last digits is of the right form, and of no object.
			return replaced(segment.replace(/.{4}$/, pick(["0000", "ffff", "FFFF", "zzzz"], random)));
	}
}

const NAMES = ["stream", "starting_after", "after", "limit", "cursor", "status", "exp", "sig", "async", "__proto__"];

function mutateQuery(query: string, random: Random): string {
	const name = pick(NAMES, random);
	const odd = encodeURIComponent(oddText(random, MAX_ODD_CHARS).toWellFormed());
	const value = pick([odd, "-1", "0", "1", "1e3", "99999999999999999", "true", "", "%zz", "+1", "%00", "0x1"], random);
	switch (below(5, random)) {
		case 0:
			return `${query}&${name}=${value}`;
		case 1:
			return `${name}=${value}&${query}`;
		case 2:
			return `${name}=${value}&${name}=1&${name}=2`;
		case 3:
			return mutateText(query, random).toWellFormed();
		default:
			return query.replace(/=[^&]*/, () => `=${value}`);
	}
}

const MAX_ODD_CHARS = 4_000;

/** Odd values of the headers that something reads. */
const ODD_HEADERS: readonly (readonly [name: string, values: readonly string[]])[] = [
	[
		"authorization",
		["", "Bearer", "Bearer wrong", "Basic dGVzdA==", "Key a:b", `Bearer ${"x".repeat(9_000)}`, "Bearer é狐"],
	],
	["idempotency-key", ["", "x", "x".repeat(255), "x".repeat(256), "é狐", "a, b", "'", "\t"]],
	["prefer", ["respond-async", "RESPOND-ASYNC; wait=1", ",,;;,=", "wait=99999999999", "x".repeat(9_000)]],
	[
		"range",
		[
			"bytes=0-",
			"bytes=-0",
			"bytes=5-2",
			"bytes=0-0,2-3",
			"bytes=999999999-",
			"items=0-1",
			`bytes=0-${"9".repeat(50)}`,
		],
	],
	["if-none-match", ["*", 'W/"x"', '"', "a,b,,", `"${"x".repeat(9_000)}"`]],
	["if-range", ["*", '"x"', "Thu, 01 Jan 1970 00:00:00 GMT"]],
	["last-event-id", ["0", "1", "-1", "1e3", "9999999", "9".repeat(400), "é", ""]],
	["accept", ["text/event-stream", "*/*;q=0", "image/webp", ""]],
	["accept-encoding", ["identity;q=0", "gzip", "*"]],
	["x-on-disconnect", ["cancel", " CANCEL ", "no", ""]],
	["x-stainless-retry-count", ["1", "-1", "NaN", "1e999", "0x2", "1, 2", ""]],
	["x-forwarded-host", ["evil.example", "a, b", "é"]],
	["x-forwarded-proto", ["http", "javascript"]],
	["forwarded", ['for="[::1]";host=evil.example;proto=http', ";;;"]],
	["host", ["evil.example", "localhost", ""]],
	["x-account", ["other", "owner"]],
	["origin", ["null", "https://evil.example"]],
	["access-control-request-headers", ["x-a, x-b", "é狐", "x".repeat(9_000), ""]],
	["access-control-request-method", ["POST", "é"]],
	["cookie", ["a=b; ".repeat(500)]],
	["expect", ["100-continue"]],
	["x-fal-webhook-signature", ["00".repeat(64), "zz", ""]],
	["x-fal-webhook-timestamp", ["0", "NaN", "9".repeat(12)]],
	["x-padding", ["x".repeat(30_000), "é".repeat(500)]],
];

function mutateHeaders(headers: Draft["headers"], random: Random): Draft["headers"] {
	const [name, values] = pick(ODD_HEADERS, random);
	const odd = [name, pick(values, random)] as const;
	switch (below(6, random)) {
		case 0:
			return headers.slice(1);
		case 1:
			return [...headers, odd];
		case 2:
			return [...headers, ...headers];
		default:
			return [...without(headers, name), odd];
	}
}

function without(headers: Draft["headers"], name: string): Draft["headers"] {
	return headers.filter(([other]) => other !== name);
}
