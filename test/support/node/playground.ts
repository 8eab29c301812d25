/**
 * Submits and polls by a manifest, as gpt_image_playground does: github.com/CookSleep/gpt_image_playground,
 * src/lib/openaiCompatibleImageApi.ts and apiProfiles.ts, read in November 2026. Only what a custom provider without files uses.
 */
import { setTimeout as wait } from "node:timers/promises";

type Json = unknown;

/** The part of a manifest that is used here. */
export interface Manifest {
	readonly customProviders: readonly Provider[];
	readonly profiles: readonly Profile[];
}

interface Provider {
	readonly id: string;
	readonly submit: {
		readonly path: string;
		readonly method: string;
		readonly query: Readonly<Record<string, string>>;
		readonly body: Readonly<Record<string, string>>;
		readonly taskIdPath: string;
	};
	readonly poll: {
		readonly path: string;
		readonly method: string;
		readonly intervalSeconds: number;
		readonly statusPath: string;
		readonly successValues: readonly string[];
		readonly failureValues: readonly string[];
		readonly errorPath: string;
		readonly result: { readonly imageUrlPaths: readonly string[]; readonly b64JsonPaths: readonly string[] };
	};
}

interface Profile {
	readonly provider: string;
	readonly baseUrl: string;
	readonly model: string;
	/** The user types it in. */
	readonly apiKey: string;
	/** A switch of the profile: base64 is asked for, whatever the manifest says. */
	readonly responseFormatB64Json?: boolean;
}

export interface Drawn {
	readonly prompt: string;
	readonly params: Readonly<Record<string, Json>>;
	readonly inputImages?: readonly string[];
}

/** Submits a request, and returns its task. @throws The gateway's message */
export async function submit({ submit: mapping }: Provider, profile: Profile, drawn: Drawn): Promise<string> {
	const { prompt, params, inputImages = [] } = drawn;
	// No pictures are an absent value, and an absent value leaves its field out.
	const context = {
		profile,
		prompt,
		params,
		inputImages: { dataUrls: inputImages.length > 0 ? inputImages : undefined },
	};
	const fields = Object.entries(mapping.body).flatMap(([name, template]) => {
		const value = template.startsWith("$") ? at(context, template.slice(1)) : template;
		return value === undefined || value === null ? [] : [[name, value] as const];
	});
	const body = {
		...Object.fromEntries(fields),
		...(profile.responseFormatB64Json ? { response_format: "b64_json" } : {}),
	};
	const path = `${mapping.path}?${new URLSearchParams(mapping.query)}`;
	const answer = await call(profile, path, mapping.method, JSON.stringify(body));
	const id = at(answer, mapping.taskIdPath);
	if (typeof id !== "string" || id.trim() === "") throw new Error("no task in the answer");
	return id.trim();
}

/** Polls a task to its end. Returns the pictures as the page shows them. @throws The reason of a failure @param pauseMs Stands in for `intervalSeconds` */
export async function poll({ poll: mapping }: Provider, profile: Profile, id: string, pauseMs: number) {
	for (;;) {
		const path = mapping.path.replaceAll("{task_id}", encodeURIComponent(id));
		const answer = await call(profile, path, mapping.method);
		const status = String(at(answer, mapping.statusPath) ?? "");
		if (mapping.failureValues.includes(status)) throw new Error(String(at(answer, mapping.errorPath)));
		if (mapping.successValues.includes(status)) {
			const { imageUrlPaths, b64JsonPaths } = mapping.result;
			const pictures = [
				...b64JsonPaths.flatMap((where) => allAt(answer, where)),
				...imageUrlPaths.flatMap((where) => allAt(answer, where)),
			].filter((value) => typeof value === "string" && value !== "");
			if (pictures.length === 0) throw new Error("no picture in the answer");
			return pictures.map(String);
		}
		await wait(pauseMs);
	}
}

async function call({ baseUrl, apiKey }: Profile, path: string, method: string, body?: string): Promise<Json> {
	const headers = {
		authorization: `Bearer ${apiKey}`,
		...(body === undefined ? {} : { "content-type": "application/json" }),
	};
	const response = await fetch(`${baseUrl}/${path}`, {
		method,
		headers,
		cache: "no-store",
		...(body === undefined ? {} : { body }),
	});
	const answer: Json = await response.json();
	if (!response.ok) throw new Error(String(at(answer, "error.message")));
	return answer;
}

export function at(value: Json, path: string): Json {
	return allAt(value, path, false)[0];
}

/** Returns what stands at a path; `*` in it stands for every item of a list. */
export function allAt(value: Json, path: string, flat = true): readonly Json[] {
	const found = path
		.split(".")
		.reduce<readonly Json[]>((items, name) => items.flatMap((item) => childrenOf(item, name)), [value]);
	return flat ? found.flat() : found;
}

function childrenOf(value: Json, name: string): readonly Json[] {
	if (typeof value !== "object" || value === null) return [];
	return name === "*" ? Object.values(value) : [Reflect.get(value, name)];
}
