/** Runs `npm start` with the gateway that can be filled with jobs, and fills accounts of it. */

import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { convertIndexedToRgb, decode, encode } from "fast-png";
import { eventually } from "../eventually.ts";
import type { Address } from "./gateway.ts";
import { LOCAL_KEY, npmStart, type Started } from "./npm-start.ts";

const SEEDED = "test/support/seeded";
const MAIN = /^main = .*$/m;
const THUMBNAIL_SIDE = 480;
/** Whose jobs are copied. */
const ACCOUNT = "originals";
/** Tests hold more jobs at once than a person does. */
const SETTINGS = "MAX_OPEN_JOBS=100000\n";

/** The jobs that are copied: a request each, as it is made through the API. */
const ORIGINALS: readonly (readonly [prompt: string, model: string, size: string, n: number])[] = [
	["A harbour at dusk, the boats already dark", "flux-schnell", "1536x1024", 1],
	["雪地里的红狐，水彩", "nano-banana-2", "1024x1024", 1],
	["A glass teapot on linen, soft morning light", "flux-dev", "1024x1536", 2],
	["Mountains at first light", "imagen4-preview", "16:9", 1],
	["老街夜雨，霓虹倒影，胶片质感", "seedream-4", "1280x960", 1],
	["An owl made of folded paper", "flux-schnell", "1024x1024", 4],
	["Isometric bakery, tiny people, pastel colours", "nano-banana", "4:3", 1],
	["灯塔与海浪，版画风格", "flux-dev", "768x1344", 1],
	["Portrait of an old sailor, charcoal", "flux-schnell", "832x1216", 2],
	["A poster that says OPEN LATE", "nano-banana-2", "9:16", 1],
	["竹林小径，清晨薄雾", "flux-schnell", "1344x768", 1],
	["Macro of a dewdrop on moss", "flux-dev", "1024x1024", 1],
	["A red bicycle against a yellow wall sim:quick sim:content-policy", "flux-schnell", "1024x1024", 1],
];
const CANCELLED = ["A tower without an end sim:hold", "flux-dev", "1024x1536", 1] as const;

export type SeededBox = Address & Pick<Started, "state" | "pid" | "stop">;

/** Resolves when the gateway and the simulator answer. */
export async function startSeededBox(): Promise<SeededBox> {
	const { address, simulator, state, pid, stop } = await npmStart({ settings: SETTINGS, prepare: replaceMain });
	return { url: `http://${address}`, simUrl: `http://${simulator}`, accessKey: LOCAL_KEY, state, pid, stop };
}

function replaceMain(folder: string): void {
	cpSync(SEEDED, join(folder, SEEDED), { recursive: true });
	const path = join(folder, "wrangler.toml");
	writeFileSync(path, readFileSync(path, "utf8").replace(MAIN, `main = "${SEEDED}/worker.ts"`));
}

/** An account and its key, as they were issued. */
export interface Holder {
	readonly account: string;
	/** The key's id, with its account. */
	readonly id: string;
	readonly key: string;
}

/** Issues a key, of the account that the fields name. */
export async function issueKey(gateway: Address, fields: { readonly account: string }): Promise<Holder> {
	return ask(gateway, gateway.accessKey, "POST", "/v1/keys", fields);
}

let originals: Promise<void> | null = null;

/** Gives the account so many ended jobs, the oldest of twenty days ago, with pictures and thumbnails. Takes some seconds, mostly for the first. */
export async function fillGallery(gateway: Address, { account, id }: Holder, count: number): Promise<void> {
	originals ??= makeOriginals(gateway, (await issueKey(gateway, { account: ACCOUNT })).key);
	await originals;
	const query = new URLSearchParams({
		from: ACCOUNT,
		account,
		key: id.replace(`key_${account}-`, ""),
		count: `${count}`,
	});
	await ask(gateway, gateway.accessKey, "POST", `/seed?${query}`);
}

interface Task {
	readonly id: string;
}
interface Listed {
	readonly id: string;
	readonly status: string;
	readonly images: readonly { readonly index: number; readonly url: string; readonly thumbnail_url?: string }[];
}

async function makeOriginals(gateway: Address, key: string): Promise<void> {
	// Each test file runs this, maybe at once with others: all get the same jobs.
	const make = ([prompt, model, size, n]: (typeof ORIGINALS)[number], place: number) =>
		ask<Task>(
			gateway,
			key,
			"POST",
			"/v1/images/generations/async",
			{ prompt, model, size, n },
			{ "idempotency-key": `original-${place}` },
		);
	const cancelled = await make(CANCELLED, ORIGINALS.length);
	await Promise.all(ORIGINALS.map(make));
	await ask(gateway, key, "POST", `/v1/jobs/${cancelled.id.replace("imgtask_", "job_")}/cancel`);
	const list = () => ask<{ data: readonly Listed[] }>(gateway, key, "GET", "/v1/jobs?limit=100");
	const { data } = await eventually(list, (page) => page.data.every(({ status }) => ENDED.includes(status)));
	for (const { id, images } of data)
		for (const { index, url, thumbnail_url } of images)
			if (thumbnail_url === undefined)
				await putThumbnail(gateway, key, `/v1/jobs/${id}/images/${index}/thumbnail`, url);
}

const ENDED = ["succeeded", "failed", "cancelled"];

/** Makes a small picture of a picture, as the console does. */
async function putThumbnail(gateway: Address, key: string, path: string, picture: string): Promise<void> {
	const decoded = decode(new Uint8Array(await (await fetch(picture)).arrayBuffer()));
	const data = decoded.palette === undefined ? decoded.data : convertIndexedToRgb(decoded);
	const channels = data.length / (decoded.width * decoded.height);
	const scale = THUMBNAIL_SIDE / Math.max(decoded.width, decoded.height);
	const [width, height] = [Math.round(decoded.width * scale), Math.round(decoded.height * scale)];
	const small = new Uint8Array(width * height * 3);
	for (let pixel = 0; pixel < width * height; pixel += 1) {
		const from = Math.floor(Math.floor(pixel / width) / scale) * decoded.width + Math.floor((pixel % width) / scale);
		for (let channel = 0; channel < 3; channel += 1) small[pixel * 3 + channel] = data[from * channels + channel] ?? 0;
	}
	const headers = { authorization: `Bearer ${key}` };
	const body = new Uint8Array(encode({ width, height, data: small, channels: 3 }));
	const response = await fetch(`${gateway.url}${path}`, { method: "PUT", headers, body });
	if (!response.ok) throw new Error(`no thumbnail: ${response.status} ${await response.text()}`);
}

async function ask<T>(
	{ url }: Address,
	key: string,
	method: string,
	path: string,
	body?: object,
	headers: Readonly<Record<string, string>> = {},
): Promise<T> {
	const response = await fetch(`${url}${path}`, {
		method,
		headers: { authorization: `Bearer ${key}`, ...headers },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
	return response.json() as Promise<T>;
}
