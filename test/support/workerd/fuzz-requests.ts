/** Makes good requests of every route for the fuzz suite, with values by random numbers. */
import { below, pick, type Random } from "../../../sim/random.ts";
import type { DescribedRoute } from "../../../src/reference/description.ts";
import { formOf, pngOf } from "../forms.ts";
import type { Account } from "./fuzz-sessions.ts";
import { ORIGIN } from "./gateway.ts";

/** A request that can be sent. */
export interface Draft {
	readonly method: string;
	readonly origin: string;
	readonly path: string;
	readonly query: string;
	readonly headers: readonly (readonly [name: string, value: string])[];
	readonly body: string | Uint8Array<ArrayBuffer> | null;
}

/** Facts from the session's earlier answers, the newest last. */
export interface Memory {
	readonly jobs: readonly KnownJob[];
	/** Paths of pictures, with their query. */
	readonly links: readonly string[];
}

export interface KnownJob {
	readonly id: string;
	/** The path of the route that made it. */
	readonly madeBy: string;
}

export const ACCESS_KEYS: Readonly<Record<Account, string>> = {
	owner: "test-key-of-owner",
	other: "test-key-of-other",
};

/** An id that no job has, of the right form. */
const NO_JOB = "0123456789abcdef".repeat(4);

const MODELS = ["imagen4-preview", "nano-banana", "flux-schnell", "gpt-image-1", "dall-e-3", "darkroom"];

/** @param words The prompt, with the marker by which its calls are found */
export function makeDraft(route: DescribedRoute, account: Account, words: string, of: Named, random: Random): Draft {
	const { path, query } = addressOf(route, of, random);
	const fields = route.body === undefined ? null : bodyOf(route.path, words, random);
	const isForm = route.form === true && isEdit(route.path) && random() < 0.6;
	const json = isForm ? null : JSON.stringify(fields);
	const body = route.picture ? PNG : fields === null ? null : isForm ? formOfFields(fields, random) : json;
	const form = isForm ? `multipart/form-data; boundary=${BOUNDARY}` : "application/json";
	const type = route.picture ? "image/png" : form;
	return {
		method: route.method,
		origin: random() < 0.85 ? ORIGIN : "http://localhost:8787",
		path,
		query,
		headers: [
			...(route.access === "key" ? [["authorization", `Bearer ${ACCESS_KEYS[account]}`] as const] : []),
			...(body === null ? [] : [["content-type", type] as const]),
			...(body === null ? headersOfRead(random) : headersOfCreate(random)),
		],
		body,
	};
}

/** The earlier job and the earlier link that a request names; null for none. */
export interface Named {
	readonly job: string | null;
	readonly link: string | null;
}

/** Of the jobs, those that the path's own API has made come first. */
export function namedIn({ jobs, links }: Memory, of: number, path = "/"): Named {
	const own = jobs.filter(({ madeBy }) => path.startsWith(madeBy));
	const fitting = own.length > of ? own : jobs;
	const job = fitting.at(-1 - of) ?? fitting.at(-1);
	return { job: job?.id ?? null, link: links.at(-1 - of) ?? links.at(-1) ?? null };
}

const PREFIXES: readonly (readonly [path: string, prefixes: readonly string[]])[] = [
	["/v1/jobs", ["job_", ""]],
	["/v1/responses", ["resp_", "", "job_"]],
	["/v1/chat", ["chatcmpl-", ""]],
];
const NO_KEY = "0123456789AB";

function addressOf({ path }: DescribedRoute, { job, link }: Named, random: Random): Pick<Draft, "path" | "query"> {
	if (path.startsWith("/images/")) {
		const [known = "", query = ""] = (link ?? `/images/${job ?? NO_JOB}/0.png?exp=1&sig=a`).split("?");
		return { path: known, query };
	}
	const prefixes = PREFIXES.find(([begin]) => path.startsWith(begin))?.[1] ?? [""];
	const filled = path
		.replace("/v1/keys/:id", () => `/v1/keys/${pick(["key_owner-", "other-", ""], random)}${NO_KEY}`)
		.replace(":id+", () => pick([...MODELS, "fal-ai/flux/dev", "nobody/nothing"], random))
		.replace(":id", () => `${pick(prefixes, random)}${job ?? NO_JOB}`)
		.replace(":index", () => pick(["0", "0", "1", "16"], random))
		.replace(":job", job ?? NO_JOB)
		.replace(/:\w+/g, () => "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE");
	return { path: filled, query: path.includes(":id+") ? "" : pick(QUERIES, random) };
}

/** Those of all routes: each ignores what it does not know. */
const QUERIES = [
	...["", "", "", "stream=true", "stream=true&starting_after=0", "stream=true&starting_after=3"],
	...["after=0", "after=2", "limit=1", "limit=40&status=succeeded", "cursor=5", "async=true"],
	...[
		"start_time=0",
		"start_time=1793491200&limit=31&group_by=model&group_by=project_id",
		"start_time=0&bucket_width=1h",
		"month=2026-11",
	],
];

function headersOfCreate(random: Random): Draft["headers"] {
	return [
		...sometimes(0.3, random, "idempotency-key", `key-${below(1e9, random)}`),
		...sometimes(0.25, random, "prefer", "respond-async"),
		...sometimes(0.1, random, "x-stainless-retry-count", "1"),
		...sometimes(0.1, random, "x-on-disconnect", "cancel"),
	];
}

function headersOfRead(random: Random): Draft["headers"] {
	return [
		...sometimes(0.2, random, "last-event-id", String(below(6, random))),
		...sometimes(0.2, random, "range", pick(["bytes=0-9", "bytes=5-", "bytes=-7"], random)),
		...sometimes(0.1, random, "if-none-match", "*"),
	];
}

function sometimes(chance: number, random: Random, name: string, value: string): Draft["headers"] {
	return random() < chance ? [[name, value]] : [];
}

/** An issued key, a change of one, or its rotation. */
function bodyOfKey(path: string, words: string, random: Random): object {
	if (path.endsWith("/rotate")) return random() < 0.5 ? {} : { grace_period: pick(["48h", "0s", "30d"], random) };
	const account = path === "/v1/keys" ? { account: pick(["owner", "other", "somebody"], random) } : {};
	return {
		...account,
		name: words.slice(0, 100),
		models: pick([null, ["darkroom"], [...MODELS, "fal-ai/flux/dev"]], random),
		max_budget: pick([null, 0, 12.5, 1e6], random),
		budget_duration: pick([null, "1d", "weekly", "30d"], random),
		budget_limits: pick([[], [{ max_budget: 1, budget_duration: "7d" }]], random),
		rpm_limit: pick([null, 1, 1000], random),
		max_parallel_requests: pick([null, 5], random),
		images_per_day: pick([null, 50], random),
		expires_at: pick([null, 253_402_300_799], random),
		blocked: random() < 0.2,
		metadata: pick([{}, { team: "7" }], random),
	};
}

const BOUNDARY = "a-boundary";

function isEdit(path: string): boolean {
	return path.startsWith("/v1/images/edits");
}

/** Writes a body as a form, with its pictures as files, before or behind the other fields. */
function formOfFields(fields: object, random: Random): Uint8Array<ArrayBuffer> {
	const texts = Object.entries(fields)
		.filter(([name, value]) => name !== "image" && value !== null)
		.map(([name, value]) => ({ name, body: typeof value === "string" ? value : JSON.stringify(value) }));
	const count = pick([1, 1, 2, 3], random);
	const file = (name: string) => ({ name, filename: "a.png", type: "image/png", body: PNG });
	const files = Array.from({ length: count }, () => file(count === 1 ? "image" : "image[]"));
	const all = [...files, ...(random() < 0.2 ? [file("mask")] : [])];
	return formOf(random() < 0.5 ? [...texts, ...all] : [...all, ...texts], BOUNDARY);
}

const PNG = pngOf(8, 8, 64);
const PICTURES = [`data:image/png;base64,${PNG.toBase64()}`, "https://pictures.example.org/a.png"];

function bodyOf(path: string, words: string, random: Random): object {
	if (path.startsWith("/v1/keys")) return bodyOfKey(path, words, random);
	const common = {
		model: pick([...MODELS, "fal-ai/flux-2-pro"], random),
		n: pick([1, 1, 1, 2, 5], random),
		size: pick(["1024x1024", "16:9", "auto"], random),
		quality: pick(["auto", "standard"], random),
		output_format: "png",
		seed: below(1e6, random),
		stream: random() < 0.5,
		fal: {},
		user: "somebody",
	};
	if (path.startsWith("/v1/chat")) {
		const message = { role: "user", content: pick([words, [{ type: "text", text: words }]], random) };
		const history = pick(
			[
				[],
				[
					{ role: "user", content: "a hen" },
					{ role: "assistant", content: "done" },
				],
			],
			random,
		);
		const system = { role: "system", content: "You draw." };
		return {
			...common,
			messages: [system, ...history, message],
			stream_options: { include_usage: random() < 0.5 },
			temperature: 0.7,
		};
	}
	if (path.startsWith("/v1/responses")) {
		const content = [{ type: "input_text", text: words }];
		return {
			...common,
			input: pick([words, [{ type: "message", role: "user", content }]], random),
			instructions: "Draw.",
			tools: pick([[], [{ type: "image_generation", size: "auto" }], [{ type: "web_search" }]], random),
			background: random() < 0.3,
			store: true,
			metadata: { topic: "a" },
		};
	}
	const pictures = isEdit(path) ? { image: pick([PICTURES[0], PICTURES[1], PICTURES], random) } : {};
	return {
		...common,
		...pictures,
		prompt: words,
		response_format: pick(["url", "b64_json", null], random),
		background: "auto",
	};
}
