import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	anyLog,
	blocked,
	busy,
	cancel,
	cancelAnswered,
	gone,
	lostImage,
	outputs,
	play,
	rendering,
	running,
	start,
	stored,
	submitted,
} from "../../../test/support/logs.ts";
import { makeAccepted, makeInput, makeRequest, NOW } from "../../../test/support/make.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import { addToSummary, editedBy, summarize } from "./summary.ts";

const AUTO = start({ request: makeRequest({ model: "nano-banana-2", size: { kind: "auto" } }) });

describe("summarize", () => {
	it("sums up a job that has just begun", () => {
		const log = play([start({ rendering: rendering({ model: "dall-e-3" }) })]);
		expect(summarize(log)).toEqual({
			accepted: log[0],
			createdSeconds: NOW / 1000,
			model: "dall-e-3",
			used: { size: "16:9", aspectRatio: "16:9", quality: "auto", outputFormat: "png" },
			revised: new Map(),
			split: null,
			images: [],
			lost: 0,
			pending: 0,
			outcome: "running",
			error: null,
		});
	});

	it("has no rewritten prompt if fal names none", () => {
		expect(summarize(play([AUTO, submitted(), outputs(1), stored(0)])).revised).toEqual(new Map());
	});

	it("knows nothing of what is used before the submit", () => {
		const [accepted] = play([AUTO]);
		const used = { size: "auto", aspectRatio: "auto", quality: "auto", outputFormat: "png" };
		expect(summarize(accepted === undefined ? [] : [accepted]).used).toEqual(used);
	});

	it("takes a size that was left to the model from its first picture, and from no other", () => {
		const log = play([AUTO, submitted(), outputs(2), stored(1, 1024, 768), stored(0, 640, 480)]);
		expect(summarize(log).used).toMatchObject({ size: "1024x768", aspectRatio: "4:3" });
	});

	it("leaves the size to the next picture if the first one does not tell its own", () => {
		const shapeless = (event: LinkedEvent): LinkedEvent =>
			event.type === "image" && event.index === 1 ? { ...event, width: null, height: null } : event;
		const log = play([AUTO, submitted(), outputs(2), stored(1), stored(0, 640, 480)]).map(shapeless);
		expect(summarize(log).used).toMatchObject({ size: "640x480", aspectRatio: "4:3" });
	});

	it("says in version 2 what the first picture is, whatever was asked for", () => {
		const log = play([
			start({ rendering: rendering({ version: 2 }) }),
			submitted(),
			outputs(2),
			stored(1, 1408, 768),
			stored(0, 640, 480),
		]);
		expect(summarize(log).used).toMatchObject({ size: "1408x768", aspectRatio: "16:9", outputFormat: "png" });
	});

	it("keeps the size that was asked for", () => {
		const log = play([start(), submitted(), outputs(1), stored(0, 640, 480)]);
		expect(summarize(log).used).toMatchObject({ size: "16:9", aspectRatio: "16:9" });
	});

	it("lists the pictures as they were stored, and counts the lost ones", () => {
		const four = start({ request: makeRequest({ n: 4 }) });
		const log = play([four, submitted(), outputs(4), stored(2), lostImage(3), stored(0), lostImage(1)]);
		const { images, lost, outcome } = summarize(log);
		expect([images.map(({ index }) => index), lost, outcome]).toEqual([[2, 0], 2, "succeeded"]);
	});

	it("names the successor that the job went on with", () => {
		expect(summarize(play([start(), gone, submitted()])).model).toBe("nano-banana-2");
	});

	it.each<readonly [outcome: string, code: string | undefined, log: readonly LinkedEvent[]]>([
		["running", undefined, play([start(), busy])],
		["running", undefined, play([start(), submitted(), running(), cancel])],
		["failed", "moderation_blocked", play([start(), submitted(), blocked])],
		["failed", "storing_failed", play([start(), submitted(), outputs(1), lostImage(0)])],
		["cancelled", "cancelled", play([start(), submitted(), cancel, cancelAnswered("accepted")])],
		["succeeded", undefined, play([start(), submitted(), outputs(1), stored(0)])],
	])("says that the job is %s, with the error %s", (outcome, code, log) => {
		const summary = summarize(log);
		expect([summary.outcome, summary.error?.code]).toEqual([outcome, code]);
	});

	it("does not count late pictures", () => {
		const late = play([start(), submitted(), cancel, cancelAnswered("accepted"), outputs(1), stored(0)]);
		expect(late.at(-1)?.type).toBe("late_image");
		expect(summarize(late).images).toEqual([]);
	});

	it("throws for a log without a beginning", () => {
		expect(() => summarize([])).toThrow("accepted");
		expect(() => summarize(play([start(), submitted()]).slice(1))).toThrow("accepted");
	});

	it("is the fold of the log, event by event", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				expect(log.reduce(addToSummary, null)).toEqual(summarize(log));
			}),
		);
	});
});

describe("addToSummary", () => {
	it("stays null until `accepted`", () => {
		for (const event of play([start(), submitted(), outputs(1), stored(0)]).slice(1)) {
			expect(addToSummary(null, event)).toBeNull();
		}
	});

	it("returns the same summary for an event that adds nothing", () => {
		const summary = summarize(play([start(), submitted()]));
		const [event] = play([start(), submitted(), running()]).slice(-1);
		expect(event?.type).toBe("running");
		if (event !== undefined) expect(addToSummary(summary, event)).toBe(summary);
	});
});

describe("editedBy", () => {
	const [image, mask] = [makeInput(), { ...makeInput(), role: "mask" as const }];

	it.each<readonly [what: string, job: Parameters<typeof makeAccepted>[0], edited: ReturnType<typeof editedBy>]>([
		["no pictures", {}, null],
		["a mask alone", { request: makeRequest({ inputs: [mask] }) }, null],
		[
			"an attached picture",
			{ request: makeRequest({ inputs: [image, mask] }) },
			{ whose: "attached", pictures: 1, drawnBy: null },
		],
		[
			"pictures of the conversation",
			{
				request: makeRequest({ inputs: [image, image] }),
				rendering: rendering({ edits: "last" }),
				drawnBy: "nano-banana-2",
			},
			{ whose: "last", pictures: 2, drawnBy: "nano-banana-2" },
		],
	])("tells of a job with %s", (_, job, edited) => {
		expect(editedBy({ type: "accepted", ...makeAccepted(job) })).toEqual(edited);
	});
});
