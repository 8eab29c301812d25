import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runFlow, runTimed } from "../../test/support/flows.ts";
import {
	answerLost,
	billAnswered,
	busy,
	cancel,
	cancelAnswered,
	clientDisconnected,
	completed,
	done,
	failure,
	gone,
	lookedUp,
	lostImage,
	of,
	outputs,
	queued,
	refused,
	remove,
	running,
	SINGLE,
	start,
	stored,
	strange,
	submitted,
	tick,
	unavailable,
} from "../../test/support/logs.ts";
import { makeEdit, makeRequest, NOW, UPSTREAM } from "../../test/support/make.ts";
import { startMany } from "../../test/support/slots.ts";
import type { JobErrorCode } from "../errors.ts";
import type { EventBody, JobEvent } from "./events.ts";
import type { Input } from "./inputs.ts";
import { changesSettlement, type Settlement, settlementOf } from "./settlement.ts";

/** A picture costs 8 cents, one of the successor 3. */
const PRICE = { perPicture: 80_000, known: true, successor: 30_000 };
const LOST_MS = 400_000;

function begin(n = 1): Input {
	return start({ request: makeRequest({ n }), price: PRICE });
}

/** A model of one picture a request. */
function beginMany(n: number): Input {
	return startMany(n, SINGLE, { price: PRICE });
}

function failed(code: JobErrorCode, free?: true): Input {
	const error = { code, message: "fal says: no", ...(free === undefined ? {} : { free }) };
	return { type: "result", requestId: UPSTREAM.requestId, result: { kind: "failure", error } };
}

const ranIntoServerError = failed("upstream_failed", true);
const unprocessable = failed("invalid_input");
const noMedia = failed("no_media_generated");
const ran = [submitted(), running("50 %")] as const;
/** The alarm at a time behind every bound of a lost answer. */
const muchLater: readonly [Input, number] = [tick, LOST_MS];
const pastDeadline: readonly [Input, number] = [tick, 900_000];
const cancelSilence: readonly [Input, number] = [tick, 940_000];

/** fal says that it broke, and the result is asked for more words. */
const brokeAtFal: Input = {
	type: "status",
	status: { kind: "completed", error: { code: "upstream_failed", message: "fal says: no", free: true } },
};

function unmeasured(index: number, width: number | null, height: number | null): Input {
	const file = { key: `images/1/${index}.png`, contentType: "image/png", bytes: 3 };
	return { type: "stored", image: { index, ...file, width, height } };
}

type Step = Input | readonly [Input, ageMs: number];
type Row = readonly [what: string, inputs: readonly Step[], money: string];

/** Returns the settlement of a log, such as `succeeded paid 80000`. */
function moneyOf(inputs: readonly Step[]): string {
	const timed = inputs.map((entry, index) => ("type" in entry ? ([entry, index * 1_000] as const) : entry));
	const settlement = settlementOf(runTimed(timed).log);
	return settlement === null ? "none" : `${settlement.status} ${settlement.charge} ${settlement.cost}`;
}

const SUCCEEDED: readonly Row[] = [
	["one picture", [begin(), ...ran, outputs(1), stored(0)], "succeeded paid 80000"],
	["four pictures", [begin(4), ...ran, outputs(4), ...[0, 1, 2, 3].map((at) => stored(at))], "succeeded paid 320000"],
	["fewer than were asked for", [begin(4), ...ran, outputs(2), stored(0), stored(1)], "succeeded paid 160000"],
	["more than were asked for", [begin(), ...ran, outputs(2), stored(0), stored(1)], "succeeded paid 160000"],
	["a blacked-out picture", [begin(), ...ran, outputs(1, [0]), stored(0)], "succeeded paid 80000"],
	["a lost picture", [begin(2), ...ran, outputs(2), stored(0), lostImage(1)], "succeeded paid 160000"],
	["all pictures lost", [begin(2), ...ran, outputs(2), lostImage(0), lostImage(1)], "failed paid 160000"],
	[
		"a late picture",
		[begin(2), ...ran, outputs(2), stored(0), muchLater, [stored(1), 500_000]],
		"succeeded paid 160000",
	],
	["a webhook before all else", [begin(), outputs(1), stored(0)], "succeeded paid 80000"],
	["a cancellation that came too late", [begin(), ...ran, outputs(1), cancel, stored(0)], "succeeded paid 80000"],
	[
		"a cancellation that fal says came too late",
		[begin(), submitted(), cancel, cancelAnswered("already_completed"), outputs(1), stored(0)],
		"succeeded paid 80000",
	],
	[
		"deleted while queued, and drawn all the same",
		[begin(4), submitted(), remove, cancelAnswered("accepted"), outputs(3)],
		"cancelled paid 240000",
	],
	[
		"deleted while queued, and drawn as a webhook says",
		[begin(4), submitted(), remove, cancelAnswered("accepted"), done],
		"cancelled paid 320000",
	],
	["a client that left", [begin(), ...ran, clientDisconnected(false), outputs(1), stored(0)], "succeeded paid 80000"],
];

const NOTHING: readonly Row[] = [
	["refused at the submit", [begin(), refused], "failed free 0"],
	["refused for good after a refusal for now", [begin(), busy, [tick, 40_000], [refused, 41_000]], "failed free 0"],
	["never sent: busy until the deadline", [begin(), busy, pastDeadline], "failed free 0"],
	["never sent: cancelled before", [begin(), busy, cancel], "cancelled free 0"],
	["never sent: deleted before", [begin(), busy, remove], "cancelled free 0"],
	["never sent: fal's list does not have it", [begin(), answerLost, [lookedUp("absent"), 100_000]], "failed free 0"],
	["refused while it was being cancelled", [begin(), cancel, refused], "cancelled free 0"],
	["a model that is gone without a successor", [startMany(1, SINGLE, { price: PRICE }), gone], "failed free 0"],
	["a 5xx of fal", [begin(4), ...ran, ranIntoServerError], "failed free 0"],
	["a 5xx of fal before any status", [begin(), submitted(), ranIntoServerError], "failed free 0"],
	[
		"a 504 of fal that did not start it in time",
		[begin(), submitted(), failed("deadline_exceeded", true)],
		"failed free 0",
	],
	[
		"never sent, and cancelled: fal's list does not have it",
		[begin(), answerLost, [cancel, 99_000], [lookedUp("absent"), 100_000]],
		"cancelled free 0",
	],
	["cancelled before fal told of its own fault", [begin(), cancel, ranIntoServerError], "cancelled free 0"],
	["deleted while queued", [begin(), submitted(), remove, cancelAnswered("accepted")], "cancelled free 0"],
	["cancelled while queued", [begin(), submitted(), queued(1), cancel, cancelAnswered("accepted")], "cancelled free 0"],
	[
		"cancelled while queued, then not found",
		[begin(), submitted(), cancel, cancelAnswered("not_found")],
		"cancelled free 0",
	],
	["cancelled while queued, and its failure", [begin(), submitted(), cancel, failure], "cancelled free 0"],
	["deleted while queued", [begin(), submitted(), remove, cancelAnswered("accepted")], "cancelled free 0"],
	[
		"deleted when fal was done already",
		[begin(), submitted(), queued(1), remove, cancelAnswered("already_completed")],
		"cancelled kept 80000",
	],
	[
		"past its deadline while queued",
		[begin(), submitted(), pastDeadline, [cancelAnswered("accepted"), 901_000]],
		"failed free 0",
	],
	[
		"past its deadline while queued, and no answer",
		[begin(), submitted(), pastDeadline, cancelSilence],
		"failed free 0",
	],
];

const KEPT: readonly Row[] = [
	["a 422 of the model", [begin(4), ...ran, unprocessable], "failed kept 320000"],
	["a 422 that it tells at once", [begin(), submitted(), unprocessable], "failed kept 80000"],
	["no media", [begin(), ...ran, noMedia], "failed kept 80000"],
	["blocked by the model's policy", [begin(), ...ran, failed("moderation_blocked")], "failed kept 80000"],
	["a result without a picture that can be read", [begin(), ...ran, strange], "failed kept 80000"],
	["a failure of which fal does not say whose fault it is", [begin(), ...ran, failure], "failed kept 80000"],
	["cancelled while running", [begin(4), ...ran, cancel, cancelAnswered("accepted")], "cancelled kept 320000"],
	["a 422 that came before the submit's answer, cancelled", [begin(), cancel, unprocessable], "cancelled kept 80000"],
	["deleted while running", [begin(), ...ran, remove, cancelAnswered("accepted")], "cancelled kept 80000"],
	["deleted while its result is fetched", [begin(), ...ran, completed, unavailable, remove], "cancelled kept 80000"],
	["past its deadline while running", [begin(), ...ran, pastDeadline, cancelSilence], "failed kept 80000"],
	[
		"a result that could not be had",
		[begin(), ...ran, completed, unavailable, [unavailable, 3_700_000]],
		"failed kept 80000",
	],
	["unknown", [begin(), answerLost, muchLater], "failed kept 80000"],
	["unknown, and fal's list cannot tell", [begin(), answerLost, lookedUp("unclear"), muchLater], "failed kept 80000"],
	["unknown, and cancelled", [begin(), answerLost, cancel, [tick, 40_000]], "cancelled kept 80000"],
];

const DELETED_WITH_PICTURES: readonly Row[] = [
	["deleted while its pictures come", [begin(2), ...ran, outputs(2), stored(0), remove], "cancelled paid 160000"],
	["deleted when fal was done", [begin(4), submitted(), remove, outputs(2)], "cancelled kept 320000"],
	["deleted when fal says that it is done", [begin(), submitted(), remove, done], "cancelled kept 80000"],
	["deleted while unknown, and fal was done", [begin(), answerLost, remove, outputs(1)], "cancelled kept 80000"],
	["deleted while unknown, and fal failed", [begin(), answerLost, remove, ranIntoServerError], "cancelled free 0"],
	["deleted while unknown, and a 422", [begin(), answerLost, remove, unprocessable], "cancelled kept 80000"],
	["deleted after its end", [begin(), ...ran, outputs(1), stored(0), remove], "succeeded paid 80000"],
];

const SETTLED_LATER: readonly Row[] = [
	["unknown, and its picture came", [begin(), answerLost, muchLater, [outputs(1), 500_000]], "failed paid 80000"],
	["unknown, and found", [begin(), answerLost, lookedUp("found"), outputs(1), stored(0)], "succeeded paid 80000"],
	["unknown, found and failed", [begin(), answerLost, lookedUp("found"), ranIntoServerError], "failed free 0"],
	["unknown, and fal failed", [begin(), answerLost, muchLater, [ranIntoServerError, 500_000]], "failed free 0"],
	[
		"unknown, and fal failed, and it came all the same",
		[begin(), answerLost, muchLater, [ranIntoServerError, 500_000], [outputs(1), 501_000]],
		"failed paid 80000",
	],
	["unknown, and a 422", [begin(), answerLost, muchLater, [unprocessable, 500_000]], "failed kept 80000"],
	[
		"unknown and cancelled, and fal failed",
		[begin(), answerLost, cancel, [tick, 40_000], [ranIntoServerError, 50_000]],
		"cancelled free 0",
	],
	["a 5xx that is told again", [begin(), ...ran, unprocessable, ranIntoServerError], "failed kept 80000"],
	[
		"cancelled while queued, and drawn all the same",
		[begin(), submitted(), cancel, cancelAnswered("accepted"), outputs(1), stored(0)],
		"cancelled paid 80000",
	],
	[
		"cancelled while running, and fewer drawn",
		[begin(4), ...ran, cancel, cancelAnswered("accepted"), outputs(1)],
		"cancelled paid 80000",
	],
];

const SUCCESSORS: readonly Row[] = [
	["drawn by the successor", [begin(2), gone, ...ran, outputs(2), stored(0), stored(1)], "succeeded paid 60000"],
	["refused by the successor, too", [begin(), gone, refused], "failed free 0"],
	[
		"cancelled while the successor runs",
		[begin(2), gone, ...ran, cancel, cancelAnswered("accepted")],
		"cancelled kept 60000",
	],
	[
		"a successor without a price of its own",
		[start({ price: { perPicture: 80_000, known: true } }), gone, ...ran, outputs(1), stored(0)],
		"succeeded paid 80000",
	],
];

const all = (count: number, input: (slot: number) => Input) =>
	Array.from({ length: count }, (_, slot) => of(slot, input(slot)));

const SLOTS: readonly Row[] = [
	[
		"all of three",
		[beginMany(3), ...all(3, () => submitted()), ...all(3, () => outputs(1)), ...all(3, (slot) => stored(slot))],
		"succeeded paid 240000",
	],
	["the first refused", [beginMany(3), refused], "failed free 0"],
	[
		"one refused, two drawn",
		[
			beginMany(3),
			submitted(),
			of(1, refused),
			...[0, 2].flatMap((slot) => [of(slot, submitted()), of(slot, outputs(1)), of(slot, stored(slot))]),
		],
		"succeeded paid 160000",
	],
	[
		"one drawn, one of 5xx, one of 422",
		[
			beginMany(3),
			...all(3, () => submitted()),
			outputs(1),
			stored(0),
			of(1, ranIntoServerError),
			of(2, unprocessable),
		],
		"succeeded paid 160000",
	],
	[
		"one of 5xx, one of 422",
		[beginMany(2), ...all(2, () => submitted()), ranIntoServerError, of(1, unprocessable)],
		"failed kept 80000",
	],
	[
		"one unknown, the others drawn",
		[
			beginMany(3),
			submitted(),
			of(1, answerLost),
			of(2, submitted()),
			...[0, 2].flatMap((slot) => [of(slot, outputs(1)), of(slot, stored(slot))]),
			muchLater,
		],
		"succeeded paid 240000",
	],
	[
		"cancelled: one running, one queued, one drawn",
		[
			beginMany(3),
			...all(3, () => submitted()),
			outputs(1),
			stored(0),
			of(1, running("1")),
			cancel,
			of(1, cancelAnswered("accepted")),
			of(2, cancelAnswered("accepted")),
		],
		"succeeded paid 160000",
	],
	[
		"one of 422, five refused, and four that never begin",
		[beginMany(10), submitted(), unprocessable, ...[1, 2, 3, 4, 5].map((slot) => of(slot, refused))],
		"failed kept 80000",
	],
	[
		"one of them late",
		[
			beginMany(2),
			...all(2, () => submitted()),
			outputs(1),
			stored(0),
			of(1, cancel),
			of(1, cancelAnswered("accepted")),
			of(1, outputs(1)),
			of(1, stored(1)),
		],
		"succeeded paid 160000",
	],
];

describe("a job's settlement", () => {
	it.each([...SUCCEEDED, ...NOTHING, ...KEPT, ...DELETED_WITH_PICTURES, ...SETTLED_LATER, ...SUCCESSORS, ...SLOTS])(
		"is the table's: %s",
		(_, inputs, money) => {
			expect(moneyOf(inputs)).toBe(money);
		},
	);

	it.each<readonly [string, readonly Input[]]>([
		["nothing", []],
		["accepted", [begin()]],
		["running", [begin(), ...ran]],
		["cancelling", [begin(), ...ran, cancel]],
		["storing", [begin(2), ...ran, outputs(2), stored(0)]],
		["one slot ended", [beginMany(2), submitted(), of(1, submitted()), outputs(1), stored(0)]],
	])("is none before the end: %s", (_, inputs) => {
		expect(settlementOf(runFlow(inputs).log)).toBeNull();
	});

	it("stays the same whatever a client does after the end", () => {
		const end = [begin(), ...ran, outputs(1), stored(0)];
		const later = [...end, clientDisconnected(true), cancel, remove, outputs(1), stored(0), failure];
		expect(settlementOf(runFlow(later).log)).toEqual(settlementOf(runFlow(end).log));
	});

	it("says what was made, and when", () => {
		const inputs = [begin(2), submitted(), running("1"), outputs(2), stored(0), stored(1)];
		expect(settlementOf(runFlow(inputs).log)).toEqual({
			status: "succeeded",
			charge: "paid",
			cost: 160_000,
			basis: "estimated",
			pictures: 2,
			bytes: 6,
			model: "imagen4-preview",
			endpoint: "fal-ai/imagen4/preview",
			size: "16:9",
			source: "generation",
			acceptedAt: NOW,
			startedAt: NOW + 2_000,
			endedAt: NOW + 5_000,
		} satisfies Settlement);
	});

	it.each<readonly [what: string, inputs: readonly Input[], pictures: number]>([
		["that fal draws of a job deleted in its queue", [submitted(), remove, cancelAnswered("accepted"), outputs(3)], 3],
		["that a webhook only tells of", [submitted(), remove, cancelAnswered("accepted"), done], 4],
		["of a job deleted while they come", [...ran, outputs(4), stored(0), lostImage(1), remove], 4],
		["of a job deleted behind its end, once", [...ran, outputs(2), stored(0), stored(1), remove], 2],
		["of a job that is not deleted only as they are stored", [...ran, outputs(4), stored(0), lostImage(1)], 0],
	])("counts the pictures %s", (_, inputs, pictures) => {
		expect(settlementOf(runFlow([begin(4), ...inputs]).log)?.pictures ?? 0).toBe(pictures);
	});

	it("counts late pictures and their bytes", () => {
		const inputs: readonly Step[] = [begin(2), ...ran, outputs(2), stored(0), muchLater, [stored(1), 500_000]];
		const timed = inputs.map((entry, index) => ("type" in entry ? ([entry, index * 1_000] as const) : entry));
		expect(settlementOf(runTimed(timed).log)).toMatchObject({ pictures: 2, bytes: 6, endedAt: NOW + LOST_MS });
	});

	it("names the successor that drew", () => {
		const { log } = runFlow([begin(), gone, ...ran, outputs(1), stored(0)]);
		expect(settlementOf(log)).toMatchObject({ model: "nano-banana-2", endpoint: "fal-ai/nano-banana-2" });
	});

	it("names the other model that edits", () => {
		const { log } = runFlow([start({ request: makeEdit(), drawnBy: "nano-banana-2", price: PRICE }), refused]);
		expect(settlementOf(log)).toMatchObject({
			model: "nano-banana-2",
			endpoint: "fal-ai/nano-banana-2/edit",
			source: "edit",
		});
	});

	it("names the successor of a model that another one edits for", () => {
		const { log } = runFlow([start({ request: makeEdit(), drawnBy: "gpt-image-2" }), gone, refused]);
		expect(settlementOf(log)).toMatchObject({ model: "nano-banana-2", endpoint: "fal-ai/nano-banana-2/edit" });
	});

	it.each([
		["of the first picture, if the model chose", [stored(0, 640, 480), stored(1, 800, 600)], "640x480"],
		["of the first picture that has one", [unmeasured(0, null, null), stored(1, 640, 480)], "640x480"],
		["of no picture whose height is unknown", [unmeasured(0, 640, null), stored(1, 800, 600)], "800x600"],
		["of no picture whose width is unknown", [unmeasured(0, null, 480), stored(1, 800, 600)], "800x600"],
		["unknown, if nobody can tell", [stored(0, 0, 0), unmeasured(1, null, null)], "auto"],
	])("has the size %s", (_, pictures, size) => {
		const request = makeRequest({ size: { kind: "auto" }, n: 2 });
		const { log } = runFlow([start({ request }), ...ran, outputs(2), ...pictures]);
		expect(settlementOf(log)?.size).toBe(size);
	});

	it("has no size if nothing was sent, because the model is no longer known", () => {
		const { log } = runFlow([start({ request: makeRequest({ model: "gone-for-good" }) })]);
		expect(settlementOf(log)).toMatchObject({ status: "failed", charge: "free", cost: 0, size: "auto" });
	});
});

/** Code of before there were several requests in a job ends the job with the first one, and leaves the second as it is. */
describe("a job whose second request was left alive", () => {
	it.each<readonly [what: string, second: readonly Input[], cost: number]>([
		["is refused for now: free", [of(1, busy)], 80_000],
		["is being sent: kept", [], 160_000],
		["is unknown: kept", [of(1, answerLost)], 160_000],
		["waits in fal's queue: kept", [of(1, submitted())], 160_000],
		["is being cancelled in fal's queue: kept", [of(1, submitted()), of(1, cancel)], 160_000],
		["runs: kept", [of(1, submitted()), of(1, running("1"))], 160_000],
		["failed by fal's own fault, and is asked for more words: free", [of(1, submitted()), of(1, brokeAtFal)], 80_000],
		["has its picture: paid", [of(1, submitted()), of(1, outputs(1)), of(1, stored(1))], 160_000],
	])("%s", (_, second, cost) => {
		const { log } = runFlow([beginMany(2), submitted(), ...second, outputs(1)]);
		const cut = log.filter(({ type }) => type !== "slot_ended" && type !== "succeeded");
		const end: JobEvent = { type: "succeeded", seconds: 20, seq: log.length + 1, at: NOW + 20_000 };
		expect(settlementOf([...cut, end])).toMatchObject({ status: "succeeded", charge: "paid", cost });
	});
});

it("of a job whose second request ended before it began has the cost of the first", () => {
	const ended: EventBody = { type: "slot_ended", slot: 1, outcome: "cancelled", missing: [1] };
	const { log } = runFlow([beginMany(2), submitted(), outputs(1), stored(0)]);
	const bodies: readonly EventBody[] = [
		...log.filter(({ type }) => type !== "slot"),
		ended,
		{ type: "succeeded", seconds: 9 },
	];
	const rest = bodies.map((body, index): JobEvent => ({ ...body, seq: index + 1, at: NOW }));
	expect(settlementOf(rest)).toMatchObject({ charge: "paid", cost: 80_000 });
});

describe("a metered settlement", () => {
	const metered = { ...PRICE, unit: 3_000 };
	const told = (units: number): Input => {
		const input = outputs(1);
		const { result } = input;
		return result?.kind === "outputs" ? { ...input, result: { ...result, billableUnits: units } } : input;
	};
	const from = (price: typeof metered | typeof PRICE, ...inputs: readonly Input[]) =>
		settlementOf(runFlow([start({ price }), ...inputs]).log);

	it.each([
		["counts fal's units", from(metered, ...ran, told(4), stored(0)), "metered", 12_000],
		["rounds up", from(metered, ...ran, told(0.3333), stored(0)), "metered", 1_000],
		["counts them if the picture is lost", from(metered, ...ran, told(4), lostImage(0)), "metered", 12_000],
		["wants a unit's price", from(PRICE, ...ran, told(4), stored(0)), "estimated", 80_000],
		["wants the request's own model", from(metered, gone, ...ran, told(4), stored(0)), "estimated", 30_000],
		["wants fal's units", from(metered, ...ran, outputs(1), stored(0)), "estimated", 80_000],
		["counts none of a failure", from(metered, ...ran, unprocessable), "estimated", 80_000],
		["is none of what is free", from(metered, refused), "estimated", 0],
	])("%s", (_, settlement, basis, cost) => {
		expect(settlement).toMatchObject({ basis, cost });
	});

	it("wants a price at all", () => {
		const { log } = runFlow([start(), ...ran, told(4), stored(0)]);
		expect(settlementOf(log)).toMatchObject({ charge: "paid", basis: "estimated", cost: 0 });
	});

	it("is metered if the others of several requests are free", () => {
		const price = { ...PRICE, unit: 3_000 };
		const inputs = [startMany(2, SINGLE, { price }), submitted(), of(1, refused), told(4), stored(0)];
		expect(settlementOf(runFlow(inputs).log)).toMatchObject({ charge: "paid", basis: "metered", cost: 12_000 });
	});

	it.each<readonly [what: string, second: readonly Input[], basis: string, cost: number]>([
		[
			"metered if the other one is billed",
			[of(1, outputs(1)), of(1, stored(1)), billAnswered(50_000, "r-1-1")],
			"metered",
			62_000,
		],
		["an estimate if the other one is kept", [of(1, noMedia)], "estimated", 92_000],
	])("is %s", (_, second, basis, cost) => {
		const price = { ...PRICE, unit: 3_000 };
		const begun = [startMany(2, SINGLE, { price, bill: true }), submitted(), of(1, submitted()), told(4), stored(0)];
		expect(settlementOf(runFlow([...begun, ...second]).log)).toMatchObject({ charge: "paid", basis, cost });
	});

	it("is an estimate if one of several requests is", () => {
		const price = { ...PRICE, unit: 3_000 };
		const inputs = [
			startMany(2, SINGLE, { price }),
			submitted(),
			of(1, submitted()),
			...[told(4), stored(0)],
			...[of(1, outputs(1)), of(1, stored(1))],
		];
		expect(settlementOf(runFlow(inputs).log)).toMatchObject({ basis: "estimated", cost: 92_000 });
	});
});

it("costs nothing that anybody counted, of a job from before there were prices", () => {
	const { log } = runFlow([start(), ...ran, outputs(1), stored(0)]);
	expect(settlementOf(log)).toMatchObject({ status: "succeeded", charge: "paid", cost: 0 });
});

describe("a settlement is told again", () => {
	const picture = {
		index: 1,
		key: "images/1/1.png",
		contentType: "image/png",
		bytes: 3,
		width: 8,
		height: 8,
		nsfw: false,
	};
	const error = { code: "upstream_failed", message: "fal says: no" } as const;
	const cases: readonly (readonly [EventBody, boolean])[] = [
		[{ type: "failed", error }, true],
		[{ type: "slot_ended", slot: 1, outcome: "failed", error, missing: [1] }, true],
		[{ type: "generated", requestId: "r-1", outputs: [] }, true],
		[{ type: "late_failure", requestId: "r-1", error }, true],
		[{ type: "image", ...picture }, true],
		[{ type: "late_image", ...picture }, true],
		[{ type: "image_lost", index: 1, why: "404" }, true],
		[{ type: "slot", slot: 1, event: { type: "late_image", ...picture } }, true],
		[{ type: "slot", slot: 1, event: { type: "queued", position: 1 } }, false],
		[{ type: "queued", position: 1 }, false],
		[{ type: "addresses_kept", requestId: "r-1", addresses: [] }, false],
		[{ type: "notified", status: 204 }, false],
	];
	it.each(cases)("after %j: %s", (body, isTold) => {
		expect(changesSettlement({ ...body, seq: 9, at: NOW })).toBe(isTold);
	});

	it("when a picture is given up after the end, for the list no longer waits for it", () => {
		const ticks = Array.from({ length: 100 }, () => tick);
		const begin = start({ request: makeRequest({ n: 2 }) });
		const { log } = runFlow([begin, submitted(), outputs(2), stored(0), ...ticks, lostImage(1)]);
		const afterEnd = log.slice(log.findIndex(({ type }) => type === "succeeded") + 1);
		expect(afterEnd.filter(changesSettlement).map(({ type }) => type)).toEqual(["image_lost"]);
	});
});

describe("a bill of fal's", () => {
	const bill = true as const;
	const one = start({ request: makeRequest({ n: 1 }), price: { ...PRICE, unit: 10_000 }, bill });
	const billed = (inputs: readonly Step[]) => {
		const timed = inputs.map((entry, index) => ("type" in entry ? ([entry, index * 1_000] as const) : entry));
		const settlement = settlementOf(runTimed(timed).log);
		return settlement === null ? "none" : `${settlement.charge} ${settlement.cost} ${settlement.basis}`;
	};
	const made = [submitted(), outputs(1), stored(0)] as const;
	const both = [
		startMany(2, SINGLE, { price: PRICE, bill }),
		submitted(),
		of(1, submitted()),
		outputs(1),
		stored(0),
		of(1, outputs(1)),
		of(1, stored(1)),
	] as const;
	const toldOfBoth: Input = {
		type: "bill_answered",
		costs: [
			{ requestId: "r-1", cost: 30_000 },
			{ requestId: "r-1-1", cost: 40_000 },
		],
	};

	it.each<readonly [what: string, inputs: readonly Step[], money: string]>([
		["takes the place of the estimate", [one, ...made, billAnswered(45_000)], "paid 45000 billed"],
		["may be nothing for a picture: it is paid all the same", [one, ...made, billAnswered(0)], "paid 0 billed"],
		["that does not come changes nothing", [one, ...made, billAnswered()], "paid 80000 estimated"],
		["of another request changes nothing", [one, ...made, billAnswered(1, "r-2")], "paid 80000 estimated"],
		["counts as it was told last", [one, ...made, billAnswered(), billAnswered(45_000)], "paid 45000 billed"],
		["settles what was kept", [one, ...ran, noMedia, billAnswered(12_000)], "paid 12000 billed"],
		["may say that what was kept is free", [one, ...ran, noMedia, billAnswered(0)], "free 0 billed"],
		["is not asked for a fault of fal's", [one, ...ran, ranIntoServerError, billAnswered(9)], "free 0 estimated"],
		["is none of a job that nobody may ask about", [begin(), ...made, billAnswered(9)], "paid 80000 estimated"],
		["of several requests is their sum", [...both, toldOfBoth], "paid 70000 billed"],
		["of one of two leaves the other as it was", [...both, billAnswered(30_000)], "paid 110000 estimated"],
		[
			"of a request that was unknown comes with its result",
			[one, answerLost, muchLater, [outputs(1), 500_000], [stored(0), 501_000], [billAnswered(45_000), 700_000]],
			"paid 45000 billed",
		],
	])("%s", (_, inputs, money) => {
		expect(billed(inputs)).toBe(money);
	});

	it("is the sum of its requests, whatever was told before, and however often", () => {
		const costs = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 2, maxLength: 2 });
		const answers = fc.array(fc.subarray([0, 1]), { maxLength: 4 });
		fc.assert(
			fc.property(costs, answers, ([first = 0, second = 0], parts) => {
				const all = [
					{ requestId: "r-1", cost: first },
					{ requestId: "r-1-1", cost: second },
				];
				const told = [...parts, [0, 1]].map(
					(part): Input => ({ type: "bill_answered", costs: all.filter((_, index) => part.includes(index)) }),
				);
				expect(billed([...both, ...told])).toBe(`paid ${first + second} billed`);
			}),
		);
	});
});
