import { describe, expect, it } from "vitest";
import { type Flow, makeLog, runFlow, runTimed, typesOf } from "../../test/support/flows.ts";
import {
	cancel,
	clientDisconnected,
	outputs,
	remove,
	restarted,
	start,
	stored,
	submitted,
	thumbnailKept,
	tick,
} from "../../test/support/logs.ts";
import { NOW } from "../../test/support/make.ts";
import type { Input } from "./inputs.ts";
import { step } from "./step.ts";
import { pictureOf, thumbnailOf } from "./thumbnails.ts";

const brought: Input = {
	type: "thumbnail_brought",
	thumbnail: { index: 0, contentType: "image/webp", bytes: new Uint8Array(4) },
};
const MADE = [start(), submitted(), outputs(1), stored(0)];
const LOGGED = ["accepted", "submitting", "submitted", "generated", "image", "succeeded"] as const;
const RUN = ["submit", "store"] as const;

describe("a thumbnail", () => {
	it.each<Flow>([
		[
			"is put into R2, and is in the log then",
			[...MADE, brought, thumbnailKept],
			[...LOGGED, "thumbnail"],
			[...RUN, "keep_thumbnail"],
		],
		[
			"comes once",
			[...MADE, brought, thumbnailKept, brought, thumbnailKept],
			[...LOGGED, "thumbnail"],
			[...RUN, "keep_thumbnail"],
		],
		[
			"is brought again, if its object died",
			[...MADE, brought, restarted, brought, thumbnailKept],
			[...LOGGED, "thumbnail"],
			[...RUN, "keep_thumbnail", "keep_thumbnail"],
		],
		[
			"does not come to a job that has not ended",
			[start(), submitted(), outputs(1), brought, thumbnailKept],
			LOGGED.slice(0, 4),
			RUN,
		],
		["does not come to a job that does not exist", [brought, thumbnailKept], [], []],
		[
			"does not come to a deleted job",
			[...MADE, remove, brought, thumbnailKept],
			[...LOGGED, "deleting"],
			[...RUN, "erase"],
		],
		[
			"is forgotten if its job was deleted meanwhile",
			[...MADE, brought, remove, thumbnailKept],
			[...LOGGED, "deleting"],
			[...RUN, "keep_thumbnail", "erase"],
		],
	])("%s", (_, inputs, events, effects) => {
		expect(typesOf(runFlow(inputs))).toEqual([events, effects]);
	});

	it("does not come to an expired job, which is about to be erased", () => {
		const { state } = runFlow(MADE);
		const { log, effects } = runTimed(
			[
				[brought, 3_000_000_000],
				[thumbnailKept, 3_000_000_000],
			],
			state,
		);
		expect([log, effects]).toEqual([[], []]);
	});

	it("changes what the list shows of its job", () => {
		expect(step(runFlow(MADE).state, thumbnailKept, NOW + 60_000).effects).toEqual([{ type: "settle" }]);
	});

	it("changes nothing else of its job", () => {
		const { state } = runFlow(MADE);
		const after = runTimed([[thumbnailKept, 60_000]], state).state;
		expect(after).toEqual({ ...state, seq: state.seq + 1, thumbnails: [0] });
		for (const input of [tick, cancel, clientDisconnected(true), restarted])
			expect(step(after, input, NOW + 60_000).events).toEqual(step(state, input, NOW + 60_000).events);
	});
});

describe("a log", () => {
	const image = { key: "images/1/0.png", contentType: "image/png", bytes: 3, width: 1, height: 1, nsfw: false };
	const thumbnail = { key: "images/1/1.thumb", contentType: "image/webp", bytes: 4 };
	const log = makeLog(
		{ type: "image", index: 0, ...image },
		{ type: "slot", slot: 1, event: { type: "late_image", index: 1, ...image } },
		{ type: "thumbnail", index: 1, ...thumbnail },
	);

	it("tells its pictures, late ones and those of further slots too", () => {
		expect(pictureOf(log, 0)).toMatchObject({ index: 0, key: "images/1/0.png" });
		expect(pictureOf(log, 1)).toMatchObject({ index: 1 });
		expect(pictureOf(log, 2)).toBeNull();
	});

	it("tells their thumbnails", () => {
		expect(thumbnailOf(log, 0)).toBeNull();
		expect(thumbnailOf(log, 1)).toMatchObject(thumbnail);
	});
});

it("a picture that was lost, or whose thumbnail is there, is none", () => {
	const lost = makeLog({ type: "image_lost", index: 0, why: "404" });
	expect(pictureOf(lost, 0)).toBeNull();
	const file = {
		index: 0,
		key: "images/1/0.png",
		contentType: "image/png",
		bytes: 3,
		width: 8,
		height: 8,
		nsfw: false,
	};
	const late = makeLog({ type: "image_lost", index: 0, why: "404" }, { type: "late_image", ...file });
	expect(pictureOf(late, 0)).toMatchObject({ type: "late_image", key: "images/1/0.png" });
});
