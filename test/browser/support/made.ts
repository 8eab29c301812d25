/** Makes and reads jobs by the API, beside the page. */

import { expect, inject } from "vitest";
import { eventually } from "../../support/eventually.ts";

export interface Listed {
	readonly id: string;
	readonly status: string;
	readonly request: { readonly prompt: string };
	readonly images: readonly {
		readonly index: number;
		readonly url: string;
		readonly bytes: number;
		readonly thumbnail_url?: string;
	}[];
}

export function askGateway(key: string, path: string, init: RequestInit = {}): Promise<Response> {
	return fetch(`${inject("gateway").url}${path}`, { ...init, headers: { authorization: `Bearer ${key}` } });
}

/** The newest jobs that have pictures, the newest first. */
export async function jobsOf(key: string): Promise<readonly Listed[]> {
	const { data }: { data: Listed[] } = await (await askGateway(key, "/v1/jobs?status=succeeded")).json();
	return data;
}

/** Makes a job, and returns it when it has succeeded. */
export async function makeJob(key: string, path: string, body: object): Promise<Listed> {
	const made = await askGateway(key, path, { method: "POST", body: JSON.stringify(body) });
	expect(made.status).toBe(202);
	const id = `job_${made.headers.get("x-job-id")}`;
	const ended = await eventually(
		async () => (await jobsOf(key)).find((job) => job.id === id),
		(job) => job !== undefined,
	);
	if (ended === undefined) throw new Error("there is no such job");
	return ended;
}
