/** Reads what a simulated fal was asked to edit. */
import { createHash } from "node:crypto";
import { expect } from "vitest";
import { fetchBytes } from "./openai-client.ts";
import { SHORT, submitsOf } from "./simulator.ts";

/** The endpoint that edits for `nano-banana-2`, and for models without an edit endpoint of their own. */
export const EDIT_PATH = "/fal-ai/nano-banana-2/edit";

/** Makes a message that changes the last picture, and that no other test has. */
export function aChange(words = "make it blue"): string {
	return `${words}, ${SHORT} sim:max-side=128 ${crypto.randomUUID()}`;
}

/** Names bytes by their SHA-256. */
export function digestOf(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}

/** Returns the one submit of a prompt: its path, and the digests of the pictures that fal loads. */
export async function drawnFrom(simulator: { readonly simUrl: string }, prompt: string) {
	const [submit, ...more] = await submitsOf(simulator, prompt);
	expect(more).toEqual([]);
	const urls = [submit?.input?.image_urls ?? []].flat().map(String);
	const [path = ""] = (submit?.path ?? "").split("?");
	return { path, pictures: await Promise.all(urls.map(async (url) => digestOf(await fetchBytes(url)))) };
}
