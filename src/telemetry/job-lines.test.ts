import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runTimed } from "../../test/support/flows.ts";
import {
	answerLost,
	anyLog,
	cancel,
	cancelAnswered,
	clientDisconnected,
	failure,
	lostImage,
	of,
	outputs,
	queued,
	refused,
	resultOf,
	running,
	SINGLE,
	start,
	stored,
	submitted,
	tick,
	unavailable,
} from "../../test/support/logs.ts";
import { makeEdit, makeRequest } from "../../test/support/make.ts";
import { startMany } from "../../test/support/slots.ts";
import type { Input } from "../core/inputs.ts";
import { settlementOf } from "../core/settlement.ts";
import type { JobErrorCode } from "../errors.ts";
import { type EndedLine, isReported, toJobLines } from "./job-lines.ts";

const PRICE = { perPicture: 80_000, known: true, successor: 30_000 };
const begin = start({ price: PRICE, apiKey: "Ab3Ab3Ab3Ab3" });

type Step = readonly [input: Input, ageMs: number];

/** Returns the lines that a job has written when it has taken all inputs, turn by turn. */
function linesOf(steps: readonly Step[], { watched = true } = {}) {
	return steps.flatMap((_, index) => {
		const before = runTimed(steps.slice(0, index)).log;
		const { log } = runTimed(steps.slice(0, index + 1));
		return toJobLines(log.slice(before.length), { id: "f00d", log, settlement: settlementOf(log), watched });
	});
}

function failed(code: JobErrorCode, message: string, free?: true): Input {
	return resultOf({ kind: "failure", error: { code, message, ...(free === undefined ? {} : { free }) } });
}

const RAN: readonly Step[] = [
	[begin, 0],
	[submitted(2), 250],
	[queued(1), 500],
	[running("50 %"), 2_250],
];

const GOOD: EndedLine = {
	event: "job.ended",
	outcome: "succeeded",
	code: null,
	message: null,
	job: "f00d",
	account: "owner",
	key: "key_owner-Ab3Ab3Ab3Ab3",
	api: "chat",
	source: "generation",
	model: "imagen4-preview",
	endpoint: "fal-ai/imagen4/preview",
	falRequests: ["r-1"],
	size: "16:9",
	asked: 1,
	pictures: 1,
	lost: 0,
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

/** Nothing came of it. */
const FAILED = { outcome: "failed", pictures: 0, bytes: 0 } as const;
const AFTER_RUN = { runSeconds: null, storeSeconds: null, totalSeconds: 7 } as const;
const NEVER_SENT = { falRequests: [], submitSeconds: null, queueSeconds: null, ...AFTER_RUN } as const;

const FAILURES: readonly (readonly [what: string, steps: readonly Step[], line: Partial<EndedLine>])[] = [
	[
		"blocked by a content policy",
		[
			...RAN,
			[
				failed("moderation_blocked", "The picture was blocked by the model's content policy. Try another prompt."),
				7_000,
			],
		],
		{
			code: "moderation_blocked",
			message: "The picture was blocked by the model's content policy. Try another prompt.",
			charge: "kept",
			...AFTER_RUN,
		},
	],
	[
		"an invalid input, of which fal's words quote the prompt",
		[...RAN, [failed("invalid_input", "fal says: no model draws a red fox"), 7_000]],
		{ code: "invalid_input", message: null, charge: "kept", ...AFTER_RUN },
	],
	[
		"a server error",
		[...RAN, [failed("upstream_failed", "fal answered 500.", true), 7_000]],
		{ code: "upstream_failed", message: "fal answered 500.", charge: "free", cost: 0, ...AFTER_RUN },
	],
	[
		"no pictures, with words of fal's behind ours",
		[...RAN, [failed("no_media_generated", "The model made no picture. fal says: a red fox is none"), 7_000]],
		{ code: "no_media_generated", message: "The model made no picture.", charge: "kept", ...AFTER_RUN },
	],
	[
		"a key that is refused",
		[
			[begin, 0],
			[
				{
					type: "submit_answered",
					answer: {
						kind: "refused",
						error: {
							code: "upstream_key_refused",
							message: "fal refused the key of this gateway. Its operator must set a valid FAL_API_KEY.",
						},
					},
				},
				7_000,
			],
		],
		{
			code: "upstream_key_refused",
			message: "fal refused the key of this gateway. Its operator must set a valid FAL_API_KEY.",
			charge: "free",
			cost: 0,
			...NEVER_SENT,
		},
	],
	[
		"a deadline that passed",
		[...RAN, [tick, 900_000], [cancelAnswered("accepted"), 901_000]],
		{
			code: "deadline_exceeded",
			message: "The picture was not ready in time; the request to fal was cancelled.",
			charge: "kept",
			...AFTER_RUN,
			totalSeconds: 901,
		},
	],
	[
		"a cancellation",
		[...RAN, [cancel, 6_000], [cancelAnswered("accepted"), 7_000]],
		{ outcome: "cancelled", charge: "kept", ...AFTER_RUN },
	],
	[
		"an outcome that nobody knows",
		[
			[begin, 0],
			[answerLost, 1_000],
			[tick, 400_000],
		],
		{
			code: "upstream_outcome_unknown",
			message:
				"The connection to fal was lost while the request was handed over. fal may have made, and billed, the picture, so it was not sent again.",
			charge: "kept",
			...NEVER_SENT,
			totalSeconds: 400,
		},
	],
];

describe("the line of an ended job", () => {
	it("is one, and says of a good job what it made, what it cost and how long that took", () => {
		const steps: readonly Step[] = [...RAN, [outputs(1), 6_750], [stored(0), 6_875]];
		expect(linesOf(steps)).toEqual([GOOD]);
	});

	it("begins with what a person looks for", () => {
		const [line] = linesOf([...RAN, [outputs(1), 6_750], [stored(0), 6_875]]);
		expect(JSON.stringify(line)).toBe(
			'{"event":"job.ended","outcome":"succeeded","code":null,"message":null,"job":"f00d","account":"owner","key":"key_owner-Ab3Ab3Ab3Ab3","api":"chat","source":"generation","model":"imagen4-preview","endpoint":"fal-ai/imagen4/preview","falRequests":["r-1"],"size":"16:9","asked":1,"pictures":1,"lost":0,"bytes":3,"cost":0.08,"basis":"estimated","charge":"paid","submitSeconds":0.25,"queueSeconds":2,"runSeconds":4.5,"storeSeconds":0.125,"totalSeconds":6.875,"watched":true,"clientLeft":false}',
		);
	});

	it.each(FAILURES)("says why, of one that ends badly: %s", (_, steps, line) => {
		expect(linesOf(steps)).toEqual([{ ...GOOD, ...FAILED, ...line }]);
	});

	it.each<readonly [string, readonly Step[], Partial<EndedLine>]>([
		[
			"units that fal meters",
			[
				[start({ price: { perPicture: 80_000, known: true, unit: 20_000 }, apiKey: "Ab3Ab3Ab3Ab3" }), 0],
				...RAN.slice(1),
				[
					resultOf({ kind: "outputs", outputs: [{ url: "https://cdn.test/0.png", nsfw: false }], billableUnits: 2 }),
					6_750,
				],
				[stored(0), 6_875],
			],
			{ basis: "metered", cost: 0.04 },
		],
		[
			"a picture that is lost",
			[
				[start({ price: PRICE, request: makeRequest({ n: 2 }) }), 0],
				...RAN.slice(1),
				[outputs(2), 6_750],
				[lostImage(1), 6_800],
				[stored(0), 6_875],
			],
			{ key: null, asked: 2, lost: 1, cost: 0.16 },
		],
		[
			"an edit",
			[[start({ price: PRICE, request: makeEdit() }), 0], ...RAN.slice(1), [outputs(1), 6_750], [stored(0), 6_875]],
			{ key: null, source: "edit", endpoint: "fal-ai/nano-banana-2/edit" },
		],
		[
			"a webhook that says all at once",
			[
				[begin, 0],
				[outputs(1), 6_750],
				[stored(0), 6_875],
			],
			{ submitSeconds: null, queueSeconds: null, runSeconds: null },
		],
		[
			"a result that does not come at once",
			[...RAN, [unavailable, 6_250], [outputs(1), 6_750], [stored(0), 6_875]],
			{ runSeconds: 4, storeSeconds: 0.625 },
		],
		[
			"a client that left",
			[...RAN, [clientDisconnected(false), 3_000], [outputs(1), 6_750], [stored(0), 6_875]],
			{ clientLeft: true },
		],
		[
			"a client that left, and one that got the answer",
			[
				...RAN,
				[clientDisconnected(false), 3_000],
				[clientDisconnected(true), 4_000],
				[outputs(1), 6_750],
				[stored(0), 6_875],
			],
			{ clientLeft: false },
		],
	])("tells of %s", (_, steps, line) => {
		expect(linesOf(steps).filter(({ event }) => event === "job.ended")).toEqual([{ ...GOOD, ...line }]);
	});

	it("counts the requests and the pictures of all slots", () => {
		const steps: readonly Step[] = [
			[startMany(3, SINGLE, { price: PRICE }), 0],
			[submitted(), 250],
			[of(1, submitted()), 500],
			[of(2, refused), 500],
			[running("1"), 2_250],
			[of(1, running("1")), 3_000],
			[outputs(1), 5_000],
			[stored(0), 5_500],
			[of(1, outputs(1)), 6_750],
			[of(1, stored(1)), 6_875],
		];
		expect(linesOf(steps)).toEqual([
			{
				...GOOD,
				key: null,
				model: SINGLE,
				endpoint: SINGLE,
				falRequests: ["r-1", "r-1-1"],
				size: "1360x768",
				asked: 3,
				pictures: 2,
				bytes: 6,
				cost: 0.16,
			},
		]);
	});

	it("counts the pictures that could not be stored", () => {
		const steps: readonly Step[] = [
			[startMany(2, SINGLE, { price: PRICE }), 0],
			[submitted(), 250],
			[of(1, submitted()), 500],
			[outputs(1), 5_000],
			[lostImage(0), 5_500],
			[of(1, outputs(1)), 6_750],
			[of(1, stored(1)), 6_875],
		];
		expect(linesOf(steps)).toMatchObject([{ pictures: 1, lost: 1 }]);
	});

	it("says nothing of a log without a beginning", () => {
		const { log } = runTimed([...RAN, [failure, 7_000]]);
		const job = { id: "f00d", log: log.slice(1), settlement: settlementOf(log), watched: true };
		expect(toJobLines(log, job)).toEqual([]);
	});

	it("knows if somebody waited", () => {
		const steps: readonly Step[] = [...RAN, [outputs(1), 6_750], [stored(0), 6_875]];
		expect(linesOf(steps, { watched: false })).toEqual([{ ...GOOD, watched: false }]);
	});

	it("shows no name that fal or a client has made up of words", () => {
		const steps: readonly Step[] = [
			[begin, 0],
			[
				{
					type: "submit_answered",
					answer: {
						kind: "accepted",
						upstream: { requestId: "a red fox", statusUrl: null, responseUrl: null, cancelUrl: null },
						position: null,
					},
				},
				250,
			],
			[resultOf({ kind: "failure", error: { code: "invalid_input", message: "fal says: no" } }, "a red fox"), 7_000],
		];
		expect(linesOf(steps)).toMatchObject([{ falRequests: ["…"] }]);
	});
});

describe("the line of a late picture", () => {
	it("comes behind the job's, and says what the job costs now", () => {
		const steps: readonly Step[] = [
			[begin, 0],
			[answerLost, 1_000],
			[tick, 400_000],
			[outputs(1), 500_000],
			[stored(0), 501_500],
		];
		const [ended, ...late] = linesOf(steps);
		expect(ended).toMatchObject({ event: "job.ended", outcome: "failed" });
		expect(late).toEqual([
			{
				event: "job.late",
				job: "f00d",
				account: "owner",
				key: "key_owner-Ab3Ab3Ab3Ab3",
				index: 0,
				bytes: 3,
				secondsAfterEnd: 101.5,
				cost: 0.08,
				charge: "paid",
			},
		]);
	});
});

describe("the line of a client that left", () => {
	const left = { event: "client.left", job: "f00d", account: "owner", key: "key_owner-Ab3Ab3Ab3Ab3", api: "chat" };

	it("says that the job goes on", () => {
		expect(linesOf([...RAN, [clientDisconnected(false), 3_000]])).toEqual([{ ...left, outcome: null, seconds: 3 }]);
	});

	it("says how the job had ended", () => {
		const steps: readonly Step[] = [...RAN, [failure, 7_000], [clientDisconnected(false), 8_000]];
		expect(linesOf(steps)[1]).toEqual({ ...left, outcome: "failed", seconds: 8 });
	});
});

it("has one line for the end of any job, and none for what has no line", () => {
	fc.assert(
		fc.property(anyLog, (log) => {
			const lines = log.flatMap((event, index) => {
				const now = log.slice(0, index + 1);
				const job = { id: "f00d", log: now, settlement: settlementOf(now), watched: false };
				const lines = toJobLines([event], job);
				expect(lines).toHaveLength(isReported(event) ? 1 : 0);
				return lines;
			});
			const ends = log.filter(({ type }) => type === "succeeded" || type === "failed" || type === "cancelled");
			expect(lines.filter(({ event }) => event === "job.ended")).toHaveLength(ends.length);
		}),
	);
});
