import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import {
	answerLost,
	anyLog,
	busy,
	cancel,
	cancelAnswered,
	failure,
	gone,
	lostImage,
	noticeFailed,
	noticeTaken,
	outputs,
	play,
	queued,
	refused,
	rendering,
	running,
	start,
	stored,
	strange,
	submitted,
	thumbnailKept,
	tick,
	unavailable,
} from "../../../test/support/logs.ts";
import { EARLIER_JOB, makeEdit, makeInput, makeRequest, makeTraits, NOW } from "../../../test/support/make.ts";
import { urlOf } from "../../../test/support/pictures.ts";
import type { Input } from "../../core/inputs.ts";
import type { ImageRequest } from "../../models/request.ts";
import { JOB_STATUSES, toImage, toJob, toJobId, toSeconds } from "./render.ts";
import { Job } from "./schema.ts";

const AUTO = { kind: "auto" } as const;
const LINK = { role: "image", source: { kind: "link", url: "https://pictures.test/cat.png" } } as const;
const STARTED = NOW / 1000;
const jobOf = (...inputs: Parameters<typeof play>[0]) => toJob("1", play([start(), ...inputs]));
const twoOf = (...inputs: readonly Input[]) => toJob("1", play([start({ request: makeRequest({ n: 2 }) }), ...inputs]));

describe("toJob", () => {
	const statuses: readonly (readonly [
		moment: string,
		status: (typeof JOB_STATUSES)[number],
		inputs: readonly Input[],
	])[] = [
		["its submit", "queued", []],
		["fal's refusal of a submit", "queued", [busy]],
		["the loss of the submit's answer", "queued", [answerLost]],
		["fal's acceptance", "queued", [submitted()]],
		["a move in the queue", "queued", [submitted(), queued(0)]],
		["the start of the run", "in_progress", [submitted(), running()]],
		["a return into the queue", "queued", [submitted(), running(), queued(1)]],
		["a result that cannot be had yet", "storing", [submitted(), running(), unavailable]],
		["the result", "storing", [submitted(), outputs(1)]],
		["a result before the submit's answer", "storing", [outputs(1)]],
		["the last picture", "succeeded", [submitted(), outputs(1), stored(0)]],
		["a picture and a loss", "succeeded", [submitted(), outputs(2), stored(0), lostImage(1)]],
		["fal's refusal for good", "failed", [refused]],
		["a failure at fal", "failed", [submitted(), failure]],
		["the loss of its only picture", "failed", [submitted(), outputs(1), lostImage(0)]],
		["a cancellation before fal took it", "cancelled", [busy, cancel]],
		["a cancellation", "cancelling", [submitted(), cancel]],
		["a cancellation and a move in the queue", "cancelling", [submitted(), cancel, queued(1)]],
		["a cancellation and the start of the run", "cancelling", [submitted(), cancel, running("a")]],
		["an unclear answer to a cancellation", "cancelling", [submitted(), cancel, cancelAnswered("unclear")]],
		["a cancellation too late", "storing", [submitted(), cancel, cancelAnswered("already_completed"), outputs(1)]],
		["fal's cancellation", "cancelled", [submitted(), cancel, cancelAnswered("accepted")]],
		["a late picture", "cancelled", [submitted(), cancel, cancelAnswered("accepted"), outputs(1), stored(0)]],
	];
	it.each(statuses)("after %s is %s", (_, status, inputs) => {
		const job = jobOf(...inputs);
		expect(job.status).toBe(status);
		expect([job.ended_at !== null, job.error !== null]).toEqual([
			["succeeded", "failed", "cancelled"].includes(status),
			["failed", "cancelled"].includes(status),
		]);
	});

	it("comes to every status that there is", () => {
		expect(new Set(statuses.map(([, status]) => status))).toEqual(new Set(JOB_STATUSES));
	});

	it("counts the pictures that are still being fetched", () => {
		expect(jobOf(submitted(), outputs(3), stored(0))).toMatchObject({ status: "storing", images_pending: 2 });
		expect(jobOf(submitted(), outputs(3), stored(0), lostImage(1))).toMatchObject({ images_pending: 1 });
	});

	it("shows a picture that comes after the job has succeeded without it", () => {
		const short = [submitted(), outputs(2), stored(0), [tick, 80_000]] as const;
		expect(jobOf(...short)).toMatchObject({ status: "succeeded", images: [{ late: false }], images_pending: 1 });
		expect(jobOf(...short, stored(1))).toMatchObject({
			status: "succeeded",
			images: [{ late: false }, { late: true }],
			images_pending: 0,
		});
		expect(jobOf(...short, lostImage(1))).toMatchObject({ status: "succeeded", images_pending: 0 });
	});

	it("shows the addresses of a result that could not be read", () => {
		const result_urls = ["https://cdn.test/film.mp4"];
		expect(jobOf(submitted(), strange)).toMatchObject({ status: "failed", result_urls });
		expect(jobOf(submitted(), outputs(1)).result_urls).toEqual([]);
	});

	it("says all of a job that succeeded", () => {
		const job = jobOf(submitted(2), queued(1), running("loading", "step 1/2"), outputs(1), stored(0));
		expect(job).toEqual({
			id: "job_1",
			object: "job",
			status: "succeeded",
			api: "chat",
			model: "imagen4-preview",
			created_at: STARTED,
			submitted_at: STARTED + 1,
			started_at: STARTED + 3,
			ended_at: STARTED + 5,
			deadline_at: STARTED + 900,
			expires_at: STARTED + 30 * 86_400,
			progress: { queue_position: null, logs: ["loading", "step 1/2"] },
			request: {
				prompt: "a red fox",
				model: "imagen4-preview",
				n: 1,
				seed: null,
				seed_sent: null,
				fal: {},
				size: "16:9",
				quality: "auto",
				output_format: "png",
				resolution: null,
				background: null,
				negative_prompt: null,
				input_fidelity: null,
			},
			asked: { model: "imagen4-preview", size: "16:9", quality: "auto", output_format: null },
			expected_size: "16:9",
			inputs: [],
			derived_from: null,
			images_pending: 0,
			images_missing: [],
			cost: null,
			result_urls: [],
			images: [
				{
					index: 0,
					url: urlOf(0),
					content_type: "image/png",
					bytes: 3,
					width: 1408,
					height: 768,
					nsfw: false,
					late: false,
				},
			],
			error: null,
			fal_requests: [{ endpoint: "fal-ai/imagen4/preview", request_id: "r-1" }],
			webhook: null,
		});
	});

	it.each<readonly [Parameters<typeof makeRequest>[0], number | undefined, number | null]>([
		[{}, 7, 7],
		[{ seed: 5 }, 7, 5],
		[{ seed: 2 ** 31 + 5 }, 7, 5],
		[{ fal: { seed: 9 } }, 7, 9],
		[{}, undefined, null],
		[{ model: "gpt-image-1.5", size: { kind: "auto" } }, 7, null],
	])("says of %j with a seed %s of its own that fal gets %s", (request, ownSeed, sent) => {
		const own = ownSeed === undefined ? {} : { ownSeed };
		const { seed_sent } = toJob("1", play([start({ request: makeRequest(request), ...own })])).request;
		expect(seed_sent).toBe(sent);
	});

	it("shows the resolution and the background that were asked for", () => {
		const request = makeRequest({ model: "nano-banana-2", quality: "high", resolution: "4K", background: "opaque" });
		expect(toJob("1", play([start({ request })])).request).toMatchObject({ resolution: "4K", background: "opaque" });
		const wishes = makeRequest({ negativePrompt: "blur", inputFidelity: "high" });
		const { request: shown } = toJob("1", play([start({ request: wishes })]));
		expect(shown).toMatchObject({ negative_prompt: "blur", input_fidelity: "high" });
	});

	it("leaves null what has not come to be", () => {
		expect(jobOf()).toMatchObject({
			submitted_at: null,
			started_at: null,
			ended_at: null,
			progress: { queue_position: null, logs: [] },
			images: [],
			error: null,
			fal_requests: [{ request_id: null }],
		});
	});

	it.each<readonly [moment: string, position: number | null, inputs: readonly Input[]]>([
		["fal's acceptance", 2, [submitted(2)]],
		["a move in the queue", 0, [submitted(2), queued(0)]],
		["a cancellation", 2, [submitted(2), cancel]],
		["the start of the run", null, [submitted(2), running()]],
		["a return into the queue", 1, [submitted(2), running(), queued(1)]],
		["a result that cannot be had yet", null, [submitted(2), unavailable]],
		["the result", null, [submitted(2), outputs(1)]],
		["a failure", null, [submitted(2), failure]],
		["fal's cancellation", null, [submitted(2), cancel, cancelAnswered("accepted")]],
	])("after %s has the queue position %j", (_, position, inputs) => {
		expect(jobOf(...inputs).progress.queue_position).toBe(position);
	});

	it("keeps the first time at which fal was seen at work", () => {
		expect(jobOf(submitted(), running(), queued(1), running("again")).started_at).toBe(STARTED + 2);
	});

	it("lists its pictures in fal's order, late ones too, and says which came late", () => {
		const inputs = [submitted(), cancel, cancelAnswered("accepted"), outputs(2, [1]), stored(1), stored(0)];
		expect(twoOf(...inputs).images).toMatchObject([
			{ index: 0, url: urlOf(0), late: true, nsfw: false },
			{ index: 1, url: urlOf(1), late: true, nsfw: true },
		]);
		expect(twoOf(submitted(), outputs(2), stored(1), stored(0)).images).toMatchObject([
			{ index: 0, late: false },
			{ index: 1, late: false },
		]);
	});

	it("shows the link of a thumbnail beside its picture's, and none where nobody brought one", () => {
		const { images } = twoOf(submitted(), outputs(2), stored(0), stored(1), thumbnailKept);
		expect(images[0]?.thumbnail_url).toBe("https://gateway.test/images/1/0.thumb?exp=1802592000&sig=s0");
		expect(images[1]).not.toHaveProperty("thumbnail_url");
	});

	it("leaves lost pictures out", () => {
		expect(twoOf(submitted(), outputs(2), lostImage(0), stored(1)).images).toMatchObject([{ index: 1 }]);
	});

	it("lists each submit, and names the successor that the job went on with", () => {
		const job = jobOf(busy, [tick, 1_000], gone, submitted(), running());
		expect(job.model).toBe("nano-banana-2");
		expect(job.request.model).toBe("imagen4-preview");
		expect(job.fal_requests).toEqual([
			{ endpoint: "fal-ai/imagen4/preview", request_id: null },
			{ endpoint: "fal-ai/imagen4/preview", request_id: null },
			{ endpoint: "fal-ai/nano-banana-2", request_id: "r-1" },
		]);
	});

	it("knows fal's id from a webhook that came before the submit's answer", () => {
		for (const job of [jobOf(outputs(1)), jobOf(answerLost, outputs(1), stored(0))]) {
			expect(job.fal_requests).toEqual([{ endpoint: "fal-ai/imagen4/preview", request_id: "r-1" }]);
		}
	});

	it("shows an error as every API does", () => {
		expect(jobOf(refused).error).toEqual({
			message: "fal says: no",
			type: "invalid_request_error",
			param: "size",
			code: "invalid_input",
		});
	});

	it("echoes the client's own name of the model, and the API", () => {
		const named = start({ rendering: rendering({ api: "responses", model: "dall-e-3" }) });
		expect(toJob("1", play([named]))).toMatchObject({ api: "responses", model: "dall-e-3" });
	});

	it.each<readonly [what: string, request: ImageRequest, size: string | null]>([
		["the ratio that fal is asked for", makeRequest(), "16:9"],
		["the nearest that the model takes", makeRequest({ size: { kind: "pixels", width: 1300, height: 700 } }), "16:9"],
		["the shape that the model draws of its own", makeRequest({ model: "flux-schnell", size: AUTO }), "4:3"],
		["nothing if the model chooses", makeRequest({ model: "gpt-image-2", size: AUTO }), null],
		["the shape of what is edited", makeEdit({ model: "gpt-image-1.5", size: AUTO }), "8:6"],
		["nothing of a link", makeEdit({ model: "gpt-image-1.5", size: AUTO, inputs: [LINK] }), null],
	])("expects %s, also before fal is asked", (_, request, size) => {
		const log = play([start({ request }), submitted()]);
		expect([toJob("1", log).expected_size, toJob("1", log.slice(0, 1)).expected_size]).toEqual([size, size]);
	});

	it("tells the seed and the shape of a model that Darkroom knows by its schema only", () => {
		const traits = makeTraits({ dialect: { kind: "ratio", ratios: ["3:2"] }, seed: true, shape: "3:2" });
		const [accepted] = play([start({ request: makeRequest({ model: "acme/new" }), traits, ownSeed: 7 })]);
		const job = toJob("1", accepted === undefined ? [] : [accepted]);
		expect([job.request.seed_sent, job.expected_size]).toEqual([7, "3:2"]);
	});

	it("expects what its first picture really has", () => {
		const request = makeEdit({ model: "gpt-image-1.5", size: AUTO });
		const job = toJob("1", play([start({ request }), submitted(), outputs(1), stored(0, 1536, 1024)]));
		expect(job.expected_size).toBe("1536x1024");
	});

	it("is what its schema says, at any moment of any job", () => {
		fc.assert(
			fc.property(anyLog, fc.nat(20), (log, length) => {
				const job = toJob("1", log.slice(0, 1 + length));
				expect(z.safeParse(Job, JSON.parse(JSON.stringify(job))).error).toBeUndefined();
			}),
		);
	});

	it("throws for a log without a beginning", () => {
		expect(() => toJob("1", [])).toThrow("accepted");
		expect(() => toJob("1", play([start(), submitted()]).slice(1))).toThrow("accepted");
	});
});

it("toImage tells a picture that came in time from a late one", () => {
	const [inTime, late] = [[], [cancel, cancelAnswered("accepted")]].flatMap((before) =>
		play([start(), submitted(), ...before, outputs(1), stored(0, 1, 2)]).flatMap((event) =>
			event.type === "image" || event.type === "late_image" ? [toImage(event)] : [],
		),
	);
	expect(inTime).toMatchObject({ width: 1, height: 2, late: false });
	expect(late).toEqual({ ...inTime, late: true });
});

it("toSeconds rounds down, and keeps null", () => {
	expect([null, 0, 999, 1_000, NOW + 999].map(toSeconds)).toEqual([null, 0, 0, 1, STARTED]);
});

it("toJobId prefixes the object's id", () => {
	expect(toJobId("0a")).toBe("job_0a");
});

describe("a job that edits", () => {
	it("shows what it is drawn from, with links", () => {
		const link = { kind: "link", url: "https://pictures.test/hat.png" } as const;
		const request = makeEdit({ inputs: [makeInput(), { role: "image", source: link }] });
		const [accepted, ...later] = play([start({ request }), submitted()]);
		if (accepted?.type !== "accepted") throw new Error("a log begins with `accepted`");
		const inputUrls = ["https://gateway.test/inputs/1/0?exp=1&sig=x", link.url];
		const job = toJob("1", [{ ...accepted, inputUrls }, ...later]);
		expect(job.inputs).toEqual([
			{ role: "image", url: inputUrls[0], content_type: "image/png", bytes: 70, width: 8, height: 6 },
			{ role: "image", url: link.url, content_type: null, bytes: null, width: null, height: null },
		]);
		expect(job.derived_from).toEqual({ job: `job_${EARLIER_JOB}`, index: 0 });
		expect(z.safeParse(Job, job).success).toBe(true);
	});

	it("shows what it is drawn from without links, if nobody made them", () => {
		expect(toJob("1", play([start({ request: makeEdit() })])).inputs).toEqual([
			{ role: "image", url: null, content_type: "image/png", bytes: 70, width: 8, height: 6 },
		]);
	});

	it("is unlike one that draws from words alone", () => {
		expect(jobOf(submitted())).toMatchObject({ inputs: [], derived_from: null });
	});
});

describe("a job with a webhook of its client's", () => {
	const url = "https://client.test/hook";
	const made: readonly Input[] = [start({ clientWebhook: url }), submitted(), outputs(1), stored(0)];

	it.each<readonly [moment: string, inputs: Parameters<typeof play>[0], webhook: object]>([
		["its end", [], { status: "pending", attempts: 0, last_status: null, next_attempt_at: null }],
		[
			"the notice of its end",
			[noticeTaken],
			{ status: "delivered", attempts: 1, last_status: 204, next_attempt_at: null },
		],
		[
			"a notice that was refused",
			[noticeFailed],
			{ status: "pending", attempts: 1, last_status: 500, next_attempt_at: expect.any(Number) },
		],
		[
			"a notice that was taken at last",
			[noticeFailed, noticeTaken],
			{ status: "delivered", attempts: 2, last_status: 204, next_attempt_at: null },
		],
		[
			"the last notice",
			Array.from({ length: 20 }, () => [noticeFailed, 86_400_000] as const),
			{ status: "failed", attempts: expect.any(Number), last_status: 500, next_attempt_at: null },
		],
	])("shows after %s what became of it", (_, inputs, webhook) => {
		expect(toJob("1", play([...made, ...inputs])).webhook).toEqual({ url, ...webhook });
	});
});
