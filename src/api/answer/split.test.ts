/** Checks the answers of a job that makes several requests to fal. */
import { describe, expect, it } from "vitest";
import { CHAT_ID, contentOf, readChunks, renderChatLog } from "../../../test/support/chat-stream.ts";
import {
	answerLost,
	blocked,
	busy,
	cancel,
	cancelAnswered,
	of,
	outputs,
	play,
	queued,
	refused,
	rendering,
	running,
	start,
	stored,
	submitted,
} from "../../../test/support/logs.ts";
import { makeRequest } from "../../../test/support/make.ts";
import type { Rendering } from "../../core/events.ts";
import type { Input } from "../../core/inputs.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import { toChatCompletion } from "../chat/render.ts";
import { toImagesResponse } from "../images/render.ts";
import { toJob } from "../jobs/render.ts";
import { renderResponse } from "../responses/render.ts";
import { toResponse } from "../responses/response.ts";
import { summarize } from "./summary.ts";

function four(overrides: Partial<Rendering> = {}): Input {
	return start({
		request: makeRequest({ model: "fal-ai/flux-2-pro", n: 4 }),
		rendering: rendering({ version: 3, ...overrides }),
	});
}
const all = [submitted(), of(1, submitted()), of(2, submitted()), of(3, submitted())];
const rewritten = (slot: number, prompt: string): Input => {
	const made = outputs(1);
	return of(slot, made.result?.kind === "outputs" ? { ...made, result: { ...made.result, prompt } } : made);
};

/** Slots 1 and 3 make their pictures, 2 is blocked, and 0 makes its own at last. */
const partly = (overrides: Partial<Rendering> = {}) =>
	play([
		...[four(overrides), ...all, running("a"), of(3, outputs(1)), of(3, stored(3)), of(2, blocked)],
		...[of(1, outputs(1)), of(1, stored(1)), outputs(1), stored(0)],
	]);
const BLOCKED = "The picture was blocked.";

describe("the answers of a job with a picture that was blocked", () => {
	it("say so in a chat", () => {
		const note = `\n\n1 picture could not be made: ${BLOCKED}`;
		const content = contentOf(renderChatLog(partly()));
		expect(content.endsWith(note)).toBe(true);
		expect(content.match(/!\[Generated Image\]/g)).toHaveLength(3);
		expect(toChatCompletion(CHAT_ID, partly()).choices[0]?.message.content).toBe(content);
	});

	it("say so in Chinese", () => {
		expect(contentOf(renderChatLog(partly({ language: "zh" })))).toMatch(/有 1 张图片未能生成：/);
	});

	it("have the pictures in their order, and name the one that is missing, in the Images API", () => {
		const { data, images_missing } = toImagesResponse(partly());
		expect(data.map(({ url }) => /\/(\d)\.png/.exec(url ?? "")?.[1])).toEqual(["0", "1", "3"]);
		expect(images_missing).toEqual([{ index: 2, error: expect.objectContaining({ code: "moderation_blocked" }) }]);
	});

	it("close its item in a Response, when it is known", () => {
		const renderer = renderResponse("resp_1");
		const names = (event: LinkedEvent) =>
			renderer(event).map(({ data }) => {
				const { type, output_index, item } = data as { type: string; output_index?: number; item?: { status: string } };
				return [type.replace("response.", ""), output_index, item?.status]
					.filter((part) => part !== undefined)
					.join(" ");
			});
		const told = partly().map((event) => [event.type, names(event)] as const);
		const opened = [0, 1, 2, 3].flatMap((index) => [
			`output_item.added ${index} in_progress`,
			`image_generation_call.in_progress ${index}`,
			`image_generation_call.generating ${index}`,
		]);
		expect(told.filter(([, frames]) => frames.length > 0)).toEqual([
			["accepted", ["created", "queued"]],
			["running", ["in_progress", ...opened]],
			["image", ["image_generation_call.completed 3", "output_item.done 3 completed"]],
			["slot_ended", ["output_item.done 2 failed"]],
			["image", ["image_generation_call.completed 1", "output_item.done 1 completed"]],
			["image", ["image_generation_call.completed 0", "output_item.done 0 completed"]],
			["succeeded", ["completed"]],
		]);
	});

	it("keep the failed item in the Response, with its reason", () => {
		const { output, status } = toResponse("resp_1", partly());
		expect(status).toBe("completed");
		expect(output.map((item) => item.status)).toEqual(["completed", "completed", "failed", "completed"]);
		expect(output[2]).toMatchObject({ error: { code: "moderation_blocked", message: BLOCKED } });
	});

	it("name each request and the picture that will not come, in the job", () => {
		expect(toJob("1", partly())).toMatchObject({
			status: "succeeded",
			images: [{ index: 0 }, { index: 1 }, { index: 3 }],
			images_missing: [{ index: 2, error: { code: "moderation_blocked" } }],
			fal_requests: [
				{ slot: 0, endpoint: "fal-ai/flux-2-pro", request_id: "r-1" },
				{ slot: 1, endpoint: "fal-ai/flux-2-pro", request_id: "r-1-1" },
				{ slot: 2, endpoint: "fal-ai/flux-2-pro", request_id: "r-1-2" },
				{ slot: 3, endpoint: "fal-ai/flux-2-pro", request_id: "r-1-3" },
			],
		});
	});
});

describe("a job of several requests", () => {
	it("says of each picture that was never asked for why", () => {
		const request = makeRequest({ model: "fal-ai/flux-2-pro", n: 10 });
		const log = play([
			start({ request }),
			submitted(),
			of(2, refused),
			...[1, 3, 4, 5].map((slot) => of(slot, submitted())),
			cancel,
			...[0, 1, 3, 4, 5].map((slot) => of(slot, cancelAnswered("accepted"))),
		]);
		const missing = toJob("1", log).images_missing;
		expect(missing.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
		expect(missing.map(({ error }) => error.code)).toEqual([
			...["cancelled", "cancelled", "invalid_input", "cancelled", "cancelled", "cancelled"],
			...["invalid_input", "invalid_input", "invalid_input", "invalid_input"],
		]);
	});

	it("takes a picture off those that are missing if it comes all the same", () => {
		const lost = [four(), submitted(), of(1, answerLost), of(1, { type: "looked_up", answer: { kind: "forbidden" } })];
		const log = play([...lost, [{ type: "tick" }, 301_000]]);
		expect(toJob("1", log).images_missing.map(({ index }) => index)).toEqual([1]);
		expect(toJob("1", play([...lost, [{ type: "tick" }, 301_000], of(1, outputs(1))])).images_missing).toEqual([]);
	});

	it("shows the prompt that each picture was drawn by", () => {
		const log = play([
			...[four(), ...all, rewritten(2, "a hen"), of(2, stored(2)), outputs(1), stored(0)],
			...[of(1, blocked), of(3, blocked)],
		]);
		expect(toImagesResponse(log).data.map(({ revised_prompt }) => revised_prompt)).toEqual(["a red fox", "a hen"]);
	});

	it("keeps the size that its first picture has, when a further request is sent", () => {
		const request = makeRequest({ model: "fal-ai/flux-2-pro", n: 10 });
		const begun = [
			start({ request, rendering: rendering({ version: 3 }) }),
			submitted(),
			outputs(1),
			stored(0, 640, 480),
		];
		const log = play([...begun, of(1, submitted())]);
		expect(log.filter(({ type }) => type === "submitting")).toHaveLength(7);
		expect(summarize(log).used.size).toBe("640x480");
	});

	it.each<readonly [status: string, position: number | null, inputs: readonly Input[]]>([
		["queued", 2, [...all]],
		["queued", 0, [...all, queued(3), of(1, queued(0))]],
		["in_progress", null, [...all, of(2, running("a"))]],
		["in_progress", null, [...all, of(2, outputs(1))]],
		["storing", null, [...all, ...[0, 1, 2, 3].map((slot) => of(slot, outputs(1)))]],
		["storing", null, [...all, of(1, blocked), ...[0, 2, 3].map((slot) => of(slot, outputs(1)))]],
		["cancelling", 2, [...all, cancel]],
	])("is %s, at place %s", (status, position, inputs) => {
		const job = toJob("1", play([four(), ...inputs]));
		expect([job.status, job.progress.queue_position]).toEqual([status, position]);
	});

	it("opens all items of a Response even if one is refused before any other runs", () => {
		const { output } = toResponse("resp_1", play([four(), submitted(), of(1, refused)]));
		expect(output.map((item) => item.status)).toEqual(["generating", "failed", "generating", "generating"]);
	});
});

describe("the progress of a job of several requests", () => {
	const linesOf = (inputs: readonly Input[]) =>
		readChunks(renderChatLog(play([four(), ...inputs]))).flatMap(({ choices: [choice] }) => {
			const { reasoning_content: line } = (choice?.delta ?? {}) as { reasoning_content?: string };
			return line === undefined ? [] : [line.trim()];
		});

	it("follows the first request that runs, and is silent once a picture is shown", () => {
		const lines = linesOf([
			...[
				...all,
				of(1, queued(1)),
				queued(1),
				of(2, running("10 %")),
				running("5 %"),
				of(2, running("30%")),
				running("60%"),
			],
			...[of(2, outputs(1)), of(2, stored(2)), running("90%"), outputs(1), stored(0)],
		]);
		expect(lines).toEqual([
			"Queued, 2 ahead",
			"Queued, 1 ahead",
			"Generating",
			"Generating, 30 %",
			"Fetching the picture",
		]);
	});

	it("goes on with another one when that has ended", () => {
		const lines = linesOf([...all, of(1, running("a")), of(1, blocked), of(3, running("30%")), of(3, running("60%"))]);
		expect(lines).toEqual(["Queued, 2 ahead", "Generating", "Generating, 60 %"]);
	});

	it("tells of a request that fal was too busy for", () => {
		expect(linesOf([submitted(), of(1, busy)])).toEqual(["Queued, 2 ahead", "fal is busy (429); trying again in 2 s"]);
	});
});
