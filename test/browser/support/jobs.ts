/** Makes jobs from elsewhere, and moves them at the simulator, so that a page has something to watch. */

import { randomUUID } from "node:crypto";
import type { Locator, Page } from "playwright-core";
import { inject } from "vitest";
import { eventually } from "../../support/eventually.ts";

export interface MadeJob {
	readonly id: string;
	/** Its prompt, which no other job has. */
	readonly prompt: string;
}

/** Returns a prompt that no other test has. */
export function uniquePrompt(words: string): string {
	return `${words} ${randomUUID().slice(0, 8)}`;
}

/** Makes a job as another device of the account does. */
export async function makeElsewhere(key: string, words: string, fields: object = {}): Promise<MadeJob> {
	const prompt = uniquePrompt(words);
	const response = await fetch(`${inject("gateway").url}/v1/images/generations/async`, {
		method: "POST",
		headers: { authorization: `Bearer ${key}` },
		body: JSON.stringify({ model: "flux-schnell", prompt, ...fields }),
	});
	const id = response.headers.get("x-job-id");
	if (id === null) throw new Error(`no job: ${response.status} ${await response.text()}`);
	return { id: `job_${id}`, prompt };
}

export interface Shown {
	readonly status: string;
	readonly cost: { readonly usd: number; readonly charge: string } | null;
}

export async function showJob(key: string, id: string): Promise<Shown> {
	const response = await fetch(`${inject("gateway").url}/v1/jobs/${id}`, {
		headers: { authorization: `Bearer ${key}` },
	});
	return (await response.json()) as Shown;
}

/** Returns the numbers of all events of a job that has ended. */
export async function eventsOf(key: string, id: string): Promise<readonly number[]> {
	const response = await fetch(`${inject("gateway").url}/v1/jobs/${id}/events`, {
		headers: { authorization: `Bearer ${key}` },
	});
	return [...(await response.text()).matchAll(/^id: (\d+)$/gm)].map(([, number]) => Number(number));
}

/** Moves the request of a prompt at the simulator. Waits until it is there. */
export async function moveAtFal(prompt: string, action: "advance" | "finish", body: object = {}): Promise<void> {
	const { simUrl } = inject("gateway");
	const calls = await eventually(
		async () => {
			const answer = await fetch(`${simUrl}/sim/calls?method=POST&prompt=${encodeURIComponent(prompt)}`);
			return (await answer.json()) as readonly { readonly requestId: string }[];
		},
		(found) => found.some(({ requestId }) => requestId !== ""),
	);
	const id = calls.findLast(({ requestId }) => requestId !== "")?.requestId;
	const moved = await fetch(`${simUrl}/sim/requests/${id}/${action}`, { method: "POST", body: JSON.stringify(body) });
	if (!moved.ok) throw new Error(`not moved: ${moved.status} ${await moved.text()}`);
}

/** The card of a prompt. */
export function cardOf(page: Page, prompt: string): Locator {
	return page.getByRole("article", { name: prompt, exact: true });
}
