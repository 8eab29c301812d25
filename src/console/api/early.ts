/** Asks for what a visit begins with before the page is loaded: whose the key is, and the newest jobs. Both answers come while the page is still read. */

import { recall } from "../remembered.ts";
import { parseKeyFragment } from "../session/key-fragment.ts";

/** The name that the key is kept under. */
export const KEY_NAME = "key";
/** Kept until the tab is closed. */
export const ofTab = () => sessionStorage;
export const KEY_PATH = "/v1/key";
/** A page of jobs fills a large window twice. */
export const PAGE_SIZE = 50;
const JOBS_PATH = `/v1/jobs?limit=${PAGE_SIZE}`;
/** Without a filter. */
const GALLERY = ["", "#", "#/"];

let early: { readonly key: string; readonly answers: Map<string, Promise<Response | null>> } | null = null;

export function askEarly(): void {
	const linked = parseKeyFragment(location.hash);
	const key = (linked ?? recall(KEY_NAME, ofTab) ?? recall(KEY_NAME))?.trim();
	if (key === undefined) return;
	const paths = linked !== null || GALLERY.includes(location.hash) ? [KEY_PATH, JOBS_PATH] : [KEY_PATH];
	early = { key, answers: new Map(paths.map((path) => [path, ask(path, key)])) };
}

/** Returns an answer that was asked for early, once. Null if there is none, or none that is good: it is asked for again, and the failure told. */
export async function takeEarly(key: string, path: string): Promise<Response | null> {
	if (early?.key !== key) return null;
	const answer = early.answers.get(path) ?? null;
	early.answers.delete(path);
	return answer;
}

async function ask(path: string, key: string): Promise<Response | null> {
	try {
		const response = await fetch(path, { headers: { authorization: `Bearer ${key}` }, credentials: "omit" });
		return response.ok ? response : null;
	} catch {
		return null;
	}
}
