import { describe, expect, it } from "vitest";
import answers from "../../../test/support/golden/answers.json" with { type: "json" };
import answers2 from "../../../test/support/golden/answers-2.json" with { type: "json" };
import answers3 from "../../../test/support/golden/answers-3.json" with { type: "json" };
import answers4 from "../../../test/support/golden/answers-4.json" with { type: "json" };
import logs from "../../../test/support/golden/logs.json" with { type: "json" };
import logs2 from "../../../test/support/golden/logs-2.json" with { type: "json" };
import logs3 from "../../../test/support/golden/logs-3.json" with { type: "json" };
import logs4 from "../../../test/support/golden/logs-4.json" with { type: "json" };
import logs5 from "../../../test/support/golden/logs-5.json" with { type: "json" };
import { link } from "../../../test/support/logs.ts";
import type { JobEvent } from "../../core/events.ts";
import { fold } from "../../core/state.ts";
import { renderChat, toChatCompletion } from "../chat/render.ts";
import { renderImages, toImagesResponse } from "../images/render.ts";
import { toJob } from "../jobs/render.ts";
import { renderResponse } from "../responses/render.ts";
import { toResponse } from "../responses/response.ts";
import { numbered, type Renderer } from "./frames.ts";

/**
 * Objects live for a month and deploys come every day, so this version opens the logs of earlier ones. They are frozen as they
 * were stored: a version that writes something else adds its own logs and leaves these as they are.
 */
const old: Readonly<Record<string, readonly JobEvent[]>> = JSON.parse(
	JSON.stringify({ ...logs, ...logs2, ...logs3, ...logs4, ...logs5 }),
);

describe.each(Object.entries(old))("an old log, %s,", (name, log) => {
	const linked = log.map(link);

	it("folds to its end, and every API renders it", () => {
		const state = fold(log);
		expect(state).toMatchObject({ seq: log.length, end: { outcome: name.split(",")[0] } });
		expect(toJob("1", linked).status).toBe(name.split(",")[0]);
		expect(toResponse("resp_1", linked).id).toBe("resp_1");
		if (!name.startsWith("succeeded")) return;
		expect(toChatCompletion("chatcmpl-1", linked).choices[0]?.message.content).toContain("![Generated Image](");
		expect(toImagesResponse(linked).data.length).toBeGreaterThan(0);
	});

	it("is read past unknown events and fields, as an old Worker meets them from a newer object", () => {
		const [first, ...rest] = log;
		const strange = { type: "from_the_future", seq: 2, at: first?.at, more: {} };
		const renumbered = rest.map((event) => ({ ...event, seq: event.seq + 1, unknown: 1 }));
		const newer: readonly JobEvent[] = JSON.parse(JSON.stringify([first, strange, ...renumbered]));
		const { end, slots } = fold(newer);
		expect([end?.outcome, slots[0]?.job.account]).toEqual([name.split(",")[0], "owner"]);
		expect(toJob("1", newer.map(link)).status).toBe(name.split(",")[0]);
	});
});

/** The frames and whole answers of these logs, as JSON: a job's answers stay the same to the byte, whatever is deployed while it is kept. */
const frozen: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
	...answers,
	...answers2,
	...answers3,
	...answers4,
};

describe.each(Object.entries(frozen))("the answers to an old log, %s,", (name, expected) => {
	const linked = (old[name] ?? []).map(link);
	const linesOf = (renderer: Renderer) => linked.flatMap(numbered(renderer)).map((frame) => JSON.stringify(frame));

	it("are the same to the byte", () => {
		expect({
			chat: linesOf(renderChat("chatcmpl-1")),
			images: linesOf(renderImages()),
			responses: linesOf(renderResponse("resp_1")),
			...(name.startsWith("succeeded") && {
				"whole chat": [JSON.stringify(toChatCompletion("chatcmpl-1", linked))],
				"whole images": [JSON.stringify(toImagesResponse(linked))],
			}),
		}).toEqual(expected);
	});
});
