/** fal's own client against the simulator. */
import { ApiError, ValidationError } from "@fal-ai/client";
import { describe, expect, inject, it } from "vitest";
import { createSimClient, createSimulatedFalClient, IMAGEN, pictureOf } from "../support/node/sim-client.ts";

const { simUrl: origin } = inject("gateway");
const { control } = createSimClient(origin);
function falClient(credentials?: string) {
	return createSimulatedFalClient(origin, credentials);
}

describe("fal's own client, before the simulator,", () => {
	it("subscribes by polling", async () => {
		const updates: string[] = [];
		const { data, requestId } = await falClient().subscribe(IMAGEN, {
			input: { prompt: "a lighthouse sim:queue-ms=1000 sim:run-ms=1500 sim:logs=2", aspect_ratio: "16:9" },
			logs: true,
			pollInterval: 20,
			onQueueUpdate: ({ status }) => updates.push(status),
		});
		expect([...new Set(updates)]).toEqual(["IN_QUEUE", "IN_PROGRESS", "COMPLETED"]);
		expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
		expect(data.description).toBe("");
		const { width, height } = await pictureOf(data.images[0]?.url ?? "");
		expect([width, height]).toEqual([1408, 768]);
	});

	it("subscribes by the status stream", async () => {
		const updates: [string, number | null][] = [];
		let requestId = "";
		// Each update triggers the next step, so the test depends on no clock.
		const steps = [{ position: 1 }, { position: 0 }, { to: "IN_PROGRESS" }, { to: "COMPLETED" }];
		const { data } = await falClient().subscribe("fal-ai/flux/dev", {
			input: { prompt: "a mill sim:hold sim:queue=2 sim:logs=0", seed: 5 },
			mode: "streaming",
			onEnqueue: (id) => {
				requestId = id;
			},
			onQueueUpdate: (update) => {
				updates.push([update.status, "queue_position" in update ? update.queue_position : null]);
				const step = steps.shift();
				if (step) void control(requestId, "advance", step);
			},
		});
		expect(updates).toEqual([
			["IN_QUEUE", 2],
			["IN_QUEUE", 1],
			["IN_QUEUE", 0],
			["IN_PROGRESS", null],
			["COMPLETED", null],
		]);
		expect(data).toMatchObject({ seed: 5, has_nsfw_concepts: [false], images: [{ width: 1024, height: 768 }] });
	});

	it("reads a request step by step, and cancels it", async () => {
		const { queue } = falClient();
		const first = await queue.submit(IMAGEN, { input: { prompt: "steps sim:hold" } });
		const id = { requestId: first.request_id };
		expect(first).toMatchObject({ status: "IN_QUEUE", queue_position: 1 });
		expect(await queue.status(IMAGEN, id)).toMatchObject({ status: "IN_QUEUE", queue_position: 1 });
		await control(first.request_id, "advance", { to: "IN_PROGRESS" });
		expect(await queue.status(IMAGEN, id)).toMatchObject({ status: "IN_PROGRESS", logs: null });
		await expect(queue.result(IMAGEN, id)).rejects.toMatchObject({ status: 400, requestId: first.request_id });
		await queue.cancel(IMAGEN, id);
		expect(await queue.status(IMAGEN, id)).toMatchObject({ status: "COMPLETED", error_type: "client_cancelled" });
		await expect(queue.result(IMAGEN, id)).rejects.toMatchObject({ status: 499 });
		await expect(queue.cancel(IMAGEN, id)).rejects.toMatchObject({
			status: 400,
			body: { status: "ALREADY_COMPLETED" },
		});
	});

	it("streams a status", async () => {
		const { queue } = falClient();
		const input = { prompt: "stream sim:hold=queue sim:run-ms=150 sim:logs=3" };
		const { request_id: requestId } = await queue.submit(IMAGEN, { input });
		const stream = await queue.streamStatus(IMAGEN, { requestId, logs: true });
		const statuses: string[] = [];
		stream.on("data", ({ status }) => {
			if (statuses.length === 0) void control(requestId, "advance", { to: "IN_PROGRESS" });
			statuses.push(status);
		});
		expect(await stream.done()).toMatchObject({ metrics: { inference_time: 0.15 }, logs: { length: 3 } });
		expect([...new Set(statuses)]).toEqual(["IN_QUEUE", "IN_PROGRESS", "COMPLETED"]);
	});

	it("throws ApiError and ValidationError with fal's bodies", async () => {
		const input = { prompt: "errors" };
		const refused = falClient("bad-key").queue.submit(IMAGEN, { input });
		await expect(refused).rejects.toBeInstanceOf(ApiError);
		await expect(refused).rejects.toMatchObject({ status: 401, body: { detail: "invalid key credentials" } });
		await expect(falClient("locked-key").queue.submit(IMAGEN, { input })).rejects.toMatchObject({ status: 403 });
		await expect(falClient().queue.submit("fal-ai/unknown", { input })).rejects.toMatchObject({
			status: 404,
			body: { detail: 'Application "unknown" not found' },
		});
		const flagged = falClient().subscribe(IMAGEN, {
			input: { prompt: "a secret sim:content-policy" },
			pollInterval: 20,
		});
		const error = await flagged.catch((thrown: unknown) => thrown);
		if (!(error instanceof ValidationError)) throw error;
		expect(error.fieldErrors).toMatchObject([
			{ type: "content_policy_violation", loc: ["body", "prompt"], input: "a secret sim:content-policy" },
		]);
	});
});
