import { publicOrigin, webhookOrigin } from "../config.ts";
import type { JobError } from "../core/errors.ts";
import type { Rendering } from "../core/events.ts";
import type { ImageRequest } from "../core/request.ts";
import { fileOf } from "../images/bucket.ts";
import { createLinks } from "../images/links.ts";
import type { Linked } from "../openai/frames.ts";
import { type Watch, watch } from "../watch.ts";
import type { Context } from "./context.ts";

/** How a request becomes a job, and how its log is read: the same for every API. */

export interface OpenJob {
	readonly id: string;
	readonly watch: Watch;
	/** The log, each stored picture with its link. */
	readonly log: AsyncIterable<Linked>;
}

/** Links of one job die together, but a day's jobs do not all expire in one minute. */
const EXPIRY_SPREAD_MS = 6 * 3_600_000;
const DAY_MS = 86_400_000;
/** An object that a deploy just reset takes a new stub. */
const START_TRIES = 3;

/** Admits and starts a job. When this returns it is durable, and its id may be shown. */
export const startJob = async (
	httpRequest: Request,
	context: Context,
	request: ImageRequest,
	rendering: Omit<Rendering, "origin" | "progress">,
): Promise<OpenJob> => {
	const { env, config, account } = context;
	const id = await again(() => env.ACCOUNT.getByName(account).admit());

	const webhookBase = webhookOrigin(config, httpRequest);
	const now = Date.now();
	const accepted = {
		account,
		request,
		rendering: { ...rendering, origin: publicOrigin(config, httpRequest), progress: config.progress },
		deadlineAt: now + config.deadlineMs,
		expiresAt: expiryOf(now, config.retentionMs),
		webhook:
			webhookBase === null ? null : `${webhookBase}/webhooks/fal/${id}/${await createLinks(config).webhookMac(id)}`,
	};
	await again(() => env.JOB.get(env.JOB.idFromString(id)).start(accepted, true));
	return openJob(context, id);
};

/** Watches a job that exists. */
export const openJob = ({ env, config, account }: Context, id: string): OpenJob => {
	const watching = watch({ namespace: env.JOB, id, account, falApiKey: config.falApiKey });
	const links = createLinks(config);
	const log = async function* (): AsyncGenerator<Linked> {
		let origin = "";
		let expiresAt = 0;
		for await (const event of watching.events) {
			if (event.type === "accepted") {
				origin = event.rendering.origin;
				expiresAt = event.expiresAt;
			}
			if (event.type !== "image" && event.type !== "late_image") yield event;
			else
				yield { ...event, url: `${origin}${await links.signImage({ job: id, file: fileOf(event.key) }, expiresAt)}` };
		}
	};
	return { id, watch: watching, log: log() };
};

/** The whole log, when the job has ended. Rejects when the client leaves first. */
export const collectLog = async (
	{ log, watch: watching }: OpenJob,
	signal: AbortSignal,
): Promise<readonly Linked[]> => {
	const events: Linked[] = [];
	const leave = () => watching.close("clientLeft");
	signal.addEventListener("abort", leave, { once: true });
	for await (const event of log) events.push(event);
	signal.removeEventListener("abort", leave);
	return events;
};

export const failureOf = (log: readonly Linked[]): JobError | null => {
	const last = log.at(-1);
	if (last?.type === "succeeded") return null;
	if (last?.type === "failed") return last.error;
	return { code: "cancelled", message: "The job was cancelled." };
};

export const jobHeaders = (id: string): Record<string, string> => ({ "x-job-id": id });

const expiryOf = (now: number, retentionMs: number): number => {
	const spread = retentionMs > DAY_MS ? (Math.random() * 2 - 1) * EXPIRY_SPREAD_MS : 0;
	return Math.round(now + retentionMs + spread);
};

const again = async <T>(call: () => Promise<T>): Promise<T> => {
	for (let tries = 1; ; tries += 1) {
		try {
			return await call();
		} catch (error) {
			if (tries >= START_TRIES) throw error;
		}
	}
};
