import { describe, expect, it } from "vitest";
import { blocked, outputs, play, rendering, start, stored, submitted } from "../../../test/support/logs.ts";
import { makeRequest } from "../../../test/support/make.ts";
import { allAt, at } from "../../../test/support/node/playground.ts";
import { bytesOf, urlOf } from "../../../test/support/pictures.ts";
import { ImagesBody, readImages } from "../images/body.ts";
import { toNewTask, toTask } from "../images/task.ts";
import { readBroughtAlong } from "../request/brought-along.ts";
import { parseBody } from "../request/fields.ts";
import { toPlaygroundManifest } from "./playground.ts";

const { customProviders, profiles } = toPlaygroundManifest("https://gateway.test", "flux-schnell");
const [provider] = customProviders;
if (provider === undefined) throw new Error("no provider");
const { submit, poll } = provider;

describe("the profile", () => {
	it("is of the provider, and begins with this gateway's model", () => {
		expect(customProviders.map(({ id, name }) => ({ id, name }))).toEqual([
			{ id: "custom-darkroom", name: "Darkroom" },
		]);
		expect(profiles).toEqual([
			{
				id: "custom-darkroom-profile",
				name: "Darkroom",
				provider: "custom-darkroom",
				baseUrl: "https://gateway.test/v1",
				model: "flux-schnell",
				apiMode: "images",
			},
		]);
	});
});

describe("a submit", () => {
	const picture = "data:image/png;base64,iVBORw0KGgo=";
	const mask = "data:image/png;base64,iVBORw0KGgoA";
	const context = {
		profile: { model: "imagen4-fast" },
		prompt: "a red fox",
		params: {
			size: "1024x1024",
			quality: "low",
			output_format: "webp",
			n: 2,
			background: "transparent",
			moderation: "low",
		},
		inputImages: { dataUrls: [picture] },
		mask: { dataUrl: mask },
	};
	const body = Object.fromEntries(
		Object.entries(submit.body).map(([name, template]) => [
			name,
			template.startsWith("$") ? at(context, template.slice(1)) : template,
		]),
	);

	it("goes to the route that answers with a task", () => {
		expect(submit).toMatchObject({
			path: "images/generations",
			method: "POST",
			contentType: "json",
			query: { async: "true" },
		});
	});

	it("says what the page says, in fields that the Images API reads", () => {
		const parsed = parseBody(ImagesBody, body);
		expect(parsed.ok && readImages(parsed.value, { defaultModel: "flux-schnell" })).toMatchObject({
			said: "a red fox",
			fields: {
				model: "imagen4-fast",
				n: 2,
				size: "1024x1024",
				quality: "low",
				outputFormat: "webp",
				background: "transparent",
				moderation: "low",
			},
			rendering: { responseFormat: "url" },
		});
	});

	it("carries the page's pictures and its mask, so that they are not dropped", () => {
		const brought = readBroughtAlong(JSON.parse(JSON.stringify(body)));
		expect(brought.ok && brought.value.attached).toMatchObject([
			{ role: "image", param: "image_urls[0]", source: { text: picture } },
			{ role: "mask", param: "mask", source: { text: mask } },
		]);
	});

	it("finds the task in the answer", () => {
		const log = play([start()]);
		expect(at(toNewTask("7".repeat(64), log), submit.taskIdPath)).toBe(`imgtask_${"7".repeat(64)}`);
	});
});

describe("a poll", () => {
	const accepted = start({
		request: makeRequest({ n: 2 }),
		rendering: rendering({ api: "images", responseFormat: "both" }),
	});
	const drawn = toTask("7".repeat(64), play([accepted, submitted(), outputs(2), stored(0), stored(1)]));
	const failed = toTask("7".repeat(64), play([accepted, submitted(), blocked]));

	it("goes to the route of the task, every few seconds", () => {
		expect(poll).toMatchObject({ path: "images/tasks/{task_id}", method: "GET", intervalSeconds: 3 });
	});

	it("goes on while the task is neither made nor failed", () => {
		const running = at(toTask("7".repeat(64), play([accepted, submitted()])), poll.statusPath);
		expect(running).toBe("processing");
		expect([...poll.successValues, ...poll.failureValues]).not.toContain(running);
	});

	it("finds each picture of a task that is made", () => {
		expect(poll.successValues).toEqual([at(drawn, poll.statusPath)]);
		expect(poll.result.imageUrlPaths.flatMap((path) => allAt(drawn, path))).toEqual([urlOf(0), urlOf(1)]);
		expect(poll.result.b64JsonPaths.flatMap((path) => allAt(drawn, path))).toEqual([bytesOf(0), bytesOf(1)]);
	});

	it("finds the reason of a task that failed", () => {
		expect(poll.failureValues).toEqual([at(failed, poll.statusPath)]);
		expect(at(failed, poll.errorPath)).toMatch(/content|policy|blocked/i);
	});
});
