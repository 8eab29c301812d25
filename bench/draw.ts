/** Draws the pictures that a case needs before it measures. */
import { randomUUID } from "node:crypto";
import { ACCESS_KEY } from "../test/support/node/gateway.ts";

export const BEARER = { authorization: `Bearer ${ACCESS_KEY}` };

export interface DrawnJob {
	readonly job: string;
	readonly links: readonly string[];
}

/** Runs a job of `n` pictures to its end. */
export async function draw(url: string, words: string, n = 1): Promise<DrawnJob> {
	const response = await fetch(`${url}/v1/images/generations`, {
		method: "POST",
		headers: BEARER,
		body: JSON.stringify({
			model: "imagen4-preview",
			prompt: `a fox ${randomUUID()} sim:instant sim:max-side=64 ${words}`,
			n,
			response_format: "url",
		}),
	});
	if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
	const { data } = (await response.json()) as { readonly data: readonly { readonly url: string }[] };
	return { job: response.headers.get("x-job-id") ?? "", links: data.map((picture) => picture.url) };
}
