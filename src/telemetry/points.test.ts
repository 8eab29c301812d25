import { expect, it } from "vitest";
import type { EndedLine } from "./job-lines.ts";
import { toPoint } from "./points.ts";

const LINE: EndedLine = {
	event: "job.ended",
	outcome: "failed",
	code: "upstream_failed",
	message: "fal answered 500.",
	job: "f00d",
	account: "alice",
	key: "key_owner-Ab3Ab3Ab3Ab3",
	api: "chat",
	source: "edit",
	model: "imagen4-preview",
	endpoint: "fal-ai/imagen4/preview",
	falRequests: ["r-1"],
	size: "16:9",
	asked: 4,
	pictures: 2,
	lost: 1,
	bytes: 3,
	cost: 0.08,
	basis: "estimated",
	charge: "paid",
	submitSeconds: 0.25,
	queueSeconds: 2,
	runSeconds: 4.5,
	storeSeconds: 0.125,
	totalSeconds: 6.875,
	watched: true,
	clientLeft: false,
};

it("keeps the place of each column", () => {
	expect(toPoint(LINE)).toEqual({
		indexes: ["alice"],
		blobs: [
			"failed",
			"upstream_failed",
			"f00d",
			"key_owner-Ab3Ab3Ab3Ab3",
			"chat",
			"edit",
			"imagen4-preview",
			"fal-ai/imagen4/preview",
			"16:9",
			"estimated",
			"paid",
		],
		doubles: [4, 2, 1, 3, 0.08, 0.25, 2, 4.5, 0.125, 6.875, 1, 0],
	});
});

it("has an empty text or a 0 for what nobody knows", () => {
	const unknown = {
		code: null,
		key: null,
		submitSeconds: null,
		queueSeconds: null,
		runSeconds: null,
		storeSeconds: null,
	};
	const { blobs, doubles } = toPoint({ ...LINE, ...unknown, watched: false, clientLeft: true });
	expect(blobs.slice(0, 4)).toEqual(["failed", "", "f00d", ""]);
	expect(doubles.slice(5)).toEqual([0, 0, 0, 0, 6.875, 0, 1]);
});
