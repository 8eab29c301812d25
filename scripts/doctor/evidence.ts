/** Gathers what the questions are about. Each thing is asked of fal once, when the first question needs it: two pictures at most. */
import { randomInt, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { err, ok, type Result } from "../../src/result.ts";
import { type Called, type CallOptions, call } from "./call.ts";
import { type Accepted, createRequests, isCompleted, type Requests } from "./requests.ts";
import { isRecord, parseJson } from "./shape.ts";
import { readStream, type StreamRecord } from "./stream.ts";
import { EMPTY_INPUT, MODEL, pictureInput, type Target } from "./target.ts";
import type { Delivery, Mailbox } from "./webhooks.ts";

/** The status stream of the picture is left after this time. */
const STREAM_MS = 60_000;
/** A request that only has to fail or to end after its cancel is given up after this time. */
const SHORT_RUN_MS = 20_000;

export interface Picture extends Accepted {
	readonly seed: number;
	readonly submittedAt: Date;
	/** The result, asked for at once. */
	readonly early: Promise<Called>;
	/** The list of requests, asked for at once. */
	readonly listedEarly: Promise<Called>;
	readonly statuses: Promise<readonly Called[]>;
	readonly stream: Promise<Result<StreamRecord, string>>;
}

/** A request and what came of it. What fal refused has neither status nor result. */
export interface Outcome {
	readonly submit: Called;
	readonly cancel?: Called;
	readonly status?: Called;
	readonly result?: Called;
}

export interface Evidence {
	readonly target: Target;
	readonly requests: Requests;
	/** An id that fal never gave. */
	readonly unknownId: string;
	/** Asks with the key, unless the options have another. */
	readonly get: (url: string, options?: CallOptions) => Promise<Called>;
	/** Asks until an answer satisfies, or the time is over. Returns the last answer. */
	readonly getUntil: (url: string, isEnough: (answer: Called) => boolean, bounds: Bounds) => Promise<Called>;
	readonly submitPicture: () => Promise<Called>;
	readonly picture: () => Promise<Result<Picture, string>>;
	readonly result: () => Promise<Called>;
	readonly lateCancel: () => Promise<Called>;
	/** A second picture, cancelled at once. */
	readonly cancelled: () => Promise<Outcome>;
	/** An input that the model refuses. */
	readonly invalid: () => Promise<Outcome>;
	readonly webhook: () => Promise<Result<Delivery, string>>;
	readonly listUrl: (since: Date) => string;
	/** Ids and names that answers told, and that no report may show. */
	readonly secrets: Set<string>;
}

export interface Bounds {
	readonly maxMs: number;
	readonly everyMs: number;
	readonly options?: CallOptions;
}

export function createEvidence(target: Target, signal: AbortSignal, mailbox: Mailbox | null): Evidence {
	const { key, apiUrl } = target;
	const requests = createRequests(target, signal);
	const secrets = new Set<string>();

	const get = (url: string, options: CallOptions = {}) => call(url, { key, signal, ...options });
	const getUntil: Evidence["getUntil"] = async (url, isEnough, { maxMs, everyMs, options }) => {
		const until = Date.now() + maxMs;
		while (true) {
			const answer = await get(url, options);
			if (isEnough(answer) || Date.now() + everyMs > until || signal.aborted) return answer;
			await wait(everyMs, undefined, { signal }).catch(() => {});
		}
	};
	const listUrl = (since: Date) =>
		`${apiUrl}/v1/models/requests/by-endpoint?${new URLSearchParams({
			endpoint_id: MODEL,
			start: since.toISOString(),
			limit: "20",
			expand: "payloads",
		})}`;

	const submitted = once(async () => {
		const seed = randomInt(2 ** 31);
		const submittedAt = new Date();
		const submit = await requests.submit(MODEL, pictureInput(seed), mailbox?.url);
		return { seed, submittedAt, submit };
	});
	const picture = once(async (): Promise<Result<Picture, string>> => {
		const { seed, submittedAt, submit } = await submitted();
		const accepted = requests.accepted(submit);
		if (!accepted.ok) return accepted;
		const { id, statusUrl, resultUrl } = accepted.value;
		secrets.add(id);
		const streamSignal = AbortSignal.any([signal, AbortSignal.timeout(STREAM_MS)]);
		return ok({
			...accepted.value,
			seed,
			submittedAt,
			early: get(resultUrl),
			listedEarly: get(listUrl(submittedAt)),
			statuses: requests.follow(accepted.value),
			stream: readStream(`${statusUrl}/stream?logs=1`, { key, signal: streamSignal }),
		});
	});
	/** Asks about the picture when it has ended. */
	const whenEnded = async (ask: (ended: Picture) => Promise<Called>): Promise<Called> => {
		const made = await picture();
		if (!made.ok) return made;
		const last = (await made.value.statuses).at(-1);
		if (last === undefined || !isCompleted(last)) return err("the request did not end in time");
		return ask(made.value);
	};
	const outcomeOf = async (input: object, cancels: boolean): Promise<Outcome> => {
		const submit = await requests.submit(MODEL, input);
		const accepted = requests.accepted(submit);
		if (!accepted.ok) return { submit };
		secrets.add(accepted.value.id);
		const cancel = cancels ? { cancel: await requests.cancel(accepted.value) } : {};
		const status = (await requests.follow(accepted.value, SHORT_RUN_MS)).at(-1);
		const result = await get(accepted.value.resultUrl);
		return { submit, ...cancel, ...(status ? { status } : {}), result };
	};

	return {
		target,
		requests,
		unknownId: randomUUID(),
		get,
		getUntil,
		submitPicture: async () => (await submitted()).submit,
		picture,
		result: once(() => whenEnded(({ resultUrl }) => get(resultUrl))),
		lateCancel: once(() => whenEnded((ended) => requests.cancel(ended))),
		cancelled: once(() => outcomeOf(pictureInput(randomInt(2 ** 31)), true)),
		invalid: once(() => outcomeOf(EMPTY_INPUT, false)),
		webhook: once(async () => {
			if (mailbox === null) return err("there is no public address");
			const made = await picture();
			if (!made.ok) return made;
			const delivery = await mailbox.next(signal);
			if (!delivery.ok) return delivery;
			for (const secret of secretsOf(delivery.value)) secrets.add(secret);
			return delivery;
		}),
		listUrl,
		secrets,
	};
}

/** Lists the names and ids in a webhook. */
function secretsOf({ headers, body }: Delivery): readonly string[] {
	const fields = parseJson(body);
	const gatewayId = isRecord(fields) ? fields.gateway_request_id : undefined;
	return [headers["x-fal-webhook-user-id"], gatewayId].filter((value) => typeof value === "string");
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
	let made: Promise<T> | undefined;
	return () => {
		made ??= make();
		return made;
	};
}
