/** Asks the gateway beside the browser: to have made what a page shows, and to see what a page did. */

import { inject } from "vitest";
import { SHORT } from "../../support/node/simulator.ts";

/** Asks with a key. */
export function askWith(key: string, path: string, { method = "GET", body }: { method?: string; body?: object } = {}) {
	return fetch(new URL(path, inject("gateway").url), {
		method,
		headers: { authorization: `Bearer ${key}` },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
}

/** Makes pictures, and waits for them. More words tell the simulator to fail. Returns the answer's status. */
export async function makeOf(key: string, model: string, { n = 1, words = "" } = {}): Promise<number> {
	const body = { model, prompt: `A paper boat ${SHORT} ${words}`, size: "1024x1024", n, response_format: "url" };
	const response = await askWith(key, "/v1/images/generations", { method: "POST", body });
	await response.text();
	return response.status;
}
