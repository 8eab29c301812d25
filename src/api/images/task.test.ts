import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import {
	anyLog,
	blocked,
	cancel,
	cancelAnswered,
	failure,
	outputs,
	play,
	rendering,
	start,
	stored,
	submitted,
} from "../../../test/support/logs.ts";
import { makeRequest, NOW } from "../../../test/support/make.ts";
import { bytesOf, urlOf, writeWithKeys } from "../../../test/support/pictures.ts";
import { ImageTask } from "./schema.ts";
import { toNewTask, toTask } from "./task.ts";

const JOB = "0123456789abcdef".repeat(4);
const ID = `imgtask_${JOB}`;
const accepted = (n = 1) =>
	start({ request: makeRequest({ n }), rendering: rendering({ api: "images", responseFormat: "both" }) });
const TASK = {
	id: ID,
	task_id: ID,
	object: "image.generation.task",
	created_at: NOW / 1000,
	expires_at: NOW / 1000 + 30 * 86_400,
	poll_url: `/v1/images/tasks/${ID}`,
};

describe("a task", () => {
	it("is processing until its job has ended", () => {
		const log = play([accepted(), submitted(), outputs(1), stored(0)]);
		const unfinished = log.slice(0, -1);
		expect(unfinished.map((_, index) => toTask(JOB, unfinished.slice(0, index + 1)))).toEqual(
			unfinished.map(() => ({ ...TASK, status: "processing" })),
		);
	});

	it("has the whole answer of the Images API when it is completed, and its first picture's link", () => {
		const log = play([accepted(2), submitted(), outputs(2), stored(1), stored(0)]);
		expect(toTask(JOB, log)).toEqual({
			...TASK,
			status: "completed",
			completed_at: NOW / 1000 + 4,
			http_status: 200,
			image_url: urlOf(0),
			result: {
				created: NOW / 1000,
				data: [0, 1].map((index) => ({ b64_json: bytesOf(index), url: urlOf(index) })),
				output_format: "png",
				size: "16:9",
				quality: "auto",
				model: "imagen4-preview",
			},
		});
	});

	it.each([
		["blocked", [blocked], 2, 400, "moderation_blocked", "image_generation_user_error", "The picture was blocked."],
		["failed at fal", [failure], 2, 422, "upstream_failed", "image_generation_error", "fal says: out of memory"],
		[
			"cancelled",
			[cancel, cancelAnswered("accepted")],
			3,
			400,
			"cancelled",
			"image_generation_user_error",
			"The job was cancelled.",
		],
	] as const)("that is %s has OpenAI's error, and the status of a request that waited", (...row) => {
		const [, inputs, seconds, status, code, type, message] = row;
		const log = play([accepted(), submitted(), ...inputs]);
		expect(toTask(JOB, log)).toEqual({
			...TASK,
			status: "failed",
			completed_at: NOW / 1000 + seconds,
			http_status: status,
			error: { message, type, param: null, code },
		});
	});

	it("is failed if the pictures of its job cannot be had any more", () => {
		const log = play([accepted(), submitted(), outputs(1), stored(0)]);
		const task = toTask(JOB, log, { code: "storing_failed", message: "A stored picture of this job is missing." });
		expect(task).toMatchObject({ status: "failed", http_status: 422, error: { code: "storing_failed" } });
		expect(task).not.toHaveProperty("result");
	});

	it("answers a request as processing, even if the job that it joined has ended", () => {
		const log = play([accepted(), submitted(), outputs(1), stored(0)]);
		expect(toNewTask(JOB, log)).toEqual({ ...TASK, status: "processing" });
	});

	it("is as documented, whatever happens to its job", () => {
		const Task = z.strictObject(ImageTask.shape);
		fc.assert(
			fc.property(anyLog, (log) => {
				const task = JSON.parse(writeWithKeys(toTask(JOB, log)));
				expect(z.safeParse(Task, task).error?.issues ?? []).toEqual([]);
			}),
		);
	});
});
