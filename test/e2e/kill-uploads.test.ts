/** Kills a gateway with an upload at each of its steps, and looks for what they left in R2 when their holds are over. */

import { type ClientRequest, request } from "node:http";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { type FormPart, formOf, pngOf } from "../support/forms.ts";
import { type BucketState, makeAlarmsDue, readBucket } from "../support/node/box-state.ts";
import { type Gateway, startGateway } from "../support/node/gateway.ts";
import { aPrompt, submitsOf } from "../support/node/simulator.ts";

const MB = 1024 * 1024;
const BOUNDARY = "boundary-of-a-slow-client";
const WORDS: FormPart = { name: "prompt", body: aPrompt("sim:hold") };

function picture(bytes: number): FormPart {
	return { name: "image[]", filename: "a.png", type: "image/png", body: pngOf(64, 64, bytes) };
}

/** A client has sent so many bytes of a form when the gateway dies. */
const STEPS: Readonly<
	Record<string, { readonly parts: readonly FormPart[]; readonly sent: (form: number) => number }>
> = {
	"the head of a picture": { parts: [picture(MB), WORDS], sent: () => 100 },
	"half of a picture that is stored whole": { parts: [picture(MB), WORDS], sent: () => MB / 2 },
	"a picture, and half of another one": { parts: [picture(MB), picture(MB), WORDS], sent: () => 1.5 * MB },
	"a part of a picture in parts": { parts: [picture(12 * MB), WORDS], sent: () => 6 * MB },
	"two parts, while the second is on its way": { parts: [picture(12 * MB), WORDS], sent: () => 10.1 * MB },
	"a picture in parts, and half of the words": {
		parts: [picture(12 * MB), WORDS],
		sent: (form) => form - WORDS.body.length / 2 - BOUNDARY.length,
	},
	"all but the end of the form": { parts: [WORDS, picture(6 * MB), picture(MB)], sent: (form) => form - 10 },
	"all of it": { parts: [picture(6 * MB), WORDS], sent: (form) => form },
};

let gateway: Gateway;
let atDeath: BucketState;
let job = "";

/** Sends the beginning of a form, and waits for the rest of time. */
function begin({ parts, sent }: (typeof STEPS)[string]): ClientRequest {
	const form = formOf(parts, BOUNDARY);
	const client = request(`${gateway.url}/v1/images/edits/async`, {
		method: "POST",
		headers: {
			authorization: `Bearer ${gateway.accessKey}`,
			"content-type": `multipart/form-data; boundary=${BOUNDARY}`,
			"content-length": form.length,
		},
	});
	client.on("error", () => {});
	client.on("response", (response) => {
		job = String(response.headers["x-job-id"] ?? "");
		response.resume();
	});
	client.write(form.subarray(0, sent(form.length)));
	return client;
}

/** A look each 20 ms would keep the runtime from its own file. */
async function readSeldom(): Promise<BucketState> {
	await setTimeout(500);
	return readBucket(gateway.state);
}

beforeAll(async () => {
	gateway = await startGateway(inject("gateway").simUrl);
	for (const step of Object.values(STEPS)) begin(step);
	await eventually(
		() => submitsOf(gateway, WORDS.body.toString()),
		({ length }) => length === 1,
	);
	await eventually(readSeldom, ({ keys, uploads }) => keys.length >= 3 && uploads.length >= 2);
	await gateway.kill();
	atDeath = readBucket(gateway.state);
}, 120_000);
afterAll(() => gateway.stop());

it("had pictures and unfinished uploads in R2 when it died", () => {
	expect(atDeath.keys.length).toBeGreaterThanOrEqual(3);
	expect(atDeath.uploads.length).toBeGreaterThanOrEqual(2);
	expect(atDeath.parts).toBeGreaterThanOrEqual(2);
});

it("has nothing but the pictures of its job in R2 when the holds are over, and those are deleted with it", async () => {
	expect(job).toMatch(/^[0-9a-f]{64}$/);
	expect(makeAlarmsDue(gateway.state)).toBeGreaterThanOrEqual(Object.keys(STEPS).length - 2);
	await gateway.restart();
	const kept = await eventually(readSeldom, ({ keys, uploads }) => keys.length === 1 && uploads.length === 0);
	expect(kept).toEqual({ keys: [`inputs/${job}/0`], uploads: [], parts: 0 });

	const headers = { authorization: `Bearer ${gateway.accessKey}` };
	await (await fetch(`${gateway.url}/v1/jobs/${job}/cancel`, { method: "POST", headers })).arrayBuffer();
	await (await fetch(`${gateway.url}/v1/jobs/${job}`, { method: "DELETE", headers })).arrayBuffer();
	await eventually(readSeldom, ({ keys }) => keys.length === 0);
});

it("takes the same form again, and gives it a job", async () => {
	const { parts } = STEPS["all but the end of the form"] ?? { parts: [] };
	const response = await fetch(`${gateway.url}/v1/images/edits/async`, {
		method: "POST",
		headers: {
			authorization: `Bearer ${gateway.accessKey}`,
			"content-type": "multipart/form-data; boundary=another",
			"x-stainless-retry-count": "1",
		},
		body: formOf(parts, "another"),
	});
	expect(response.status).toBe(202);
	await response.body?.cancel();
	expect(readBucket(gateway.state)).toMatchObject({ keys: [expect.any(String), expect.any(String)], uploads: [] });
});
