/** Gives fal the pictures that a request is drawn from: turns them into addresses, right before the submit that carries these. */

import type { Config } from "../../config.ts";
import type { OfFalAccount } from "../../core/events.ts";
import { ATTACH_TIMEOUT_MS, INPUTS_GRACE_MS } from "../../core/schedule.ts";
import type { JobDetails } from "../../core/slot.ts";
import { createStorage, type FalStorage } from "../../fal/storage.ts";
import type { NotSubmitted } from "../../fal/storage-answers.ts";
import { type Fault, sayFault } from "../../faults.ts";
import { toFetchable } from "../../http/fetchable.ts";
import { withTimeout } from "../../http/timeout.ts";
import type { JsonObject } from "../../json-value.ts";
import { fileOf, inputIndexOf, keyOfInput, type MaskColour } from "../../media/keys.ts";
import { createLinks, type Links } from "../../media/links.ts";
import { fetchMask, storeTurned } from "../../media/stored-mask.ts";
import type { Attachment } from "../../models/attachments.ts";
import { type ImageRequest, type InputPicture, sizeOfFirst } from "../../models/request.ts";
import { webhookBaseOf } from "./webhook-base.ts";

export interface AttachDeps {
	readonly jobId: string;
	readonly bucket: R2Bucket;
	readonly links: Links;
	readonly storage: FalStorage;
	/** fal's queue, or the simulator that stands in for it. */
	readonly queueOrigin: string;
	/** Base of addresses that fal can fetch from; null if it reaches none of ours. */
	readonly reachable: string | null;
	/** fal may read the pictures until then. Milliseconds since 1970. */
	readonly until: number;
	readonly request: Pick<ImageRequest, "inputs">;
	/** The account at fal that the submit goes to. */
	readonly account: OfFalAccount;
	/** Stops the work: the submit is given up, or the job is being erased. */
	readonly signal: AbortSignal;
}

interface JobBeneath {
	readonly jobId: string;
	readonly bucket: R2Bucket;
	readonly config: Config;
	readonly account: OfFalAccount;
	readonly signal: AbortSignal;
}

/** Reads out of a job who may fetch its pictures, and until when. */
export function toAttachDeps(
	{ webhook, deadlineAt, expiresAt, request }: Pick<JobDetails, "webhook" | "deadlineAt" | "expiresAt" | "request">,
	{ config, ...beneath }: JobBeneath,
): AttachDeps {
	const queueOrigin = new URL(config.falQueueUrl).origin;
	const base = webhook === null ? null : webhookBaseOf(webhook);
	return {
		...beneath,
		links: createLinks(config),
		storage: createStorage(config),
		queueOrigin,
		// The simulator reaches what lies beside it.
		reachable: base !== null && toFetchable(base, queueOrigin) !== null ? base : null,
		until: Math.min(expiresAt, deadlineAt + INPUTS_GRACE_MS),
		request,
	};
}

/** The addresses, by the field that each stands in. Or what a submit without them would have been told. */
export type Attached = { readonly kind: "ready"; readonly fields: JsonObject } | NotSubmitted;

/** The addresses in fal's storage of what one instance uploaded, by key: several submits of a job bring the same pictures along. */
export type Uploaded = Map<string, Promise<Address>>;

type Address = { readonly kind: "at"; readonly url: string } | NotSubmitted;

/** A picture in R2 that fal is given. */
interface File {
	readonly key: string;
	readonly contentType: string;
	readonly bytes: number;
}

/** Pictures of one submit that go as `data:` addresses, together. fal takes larger ones from its storage only, or from links. */
const MAX_DATA_BYTES = 4 * 1024 * 1024;
const MAX_AT_ONCE = 4;

/** Safe to run again: it stores what it makes once, and what it uploads is deleted by fal. Never throws. */
export async function attach(
	attachments: readonly Attachment[],
	uploaded: Uploaded,
	deps: AttachDeps,
): Promise<Attached> {
	const room = { bytes: MAX_DATA_BYTES };
	const all = attachments.flatMap(({ pictures, turnTo }) => pictures.map((picture) => ({ picture, turnTo })));
	try {
		return await withTimeout(ATTACH_TIMEOUT_MS, async (timeout) => {
			const signal = AbortSignal.any([timeout, deps.signal]);
			const urls = new Map<InputPicture, string>();
			for (let at = 0; at < all.length; at += MAX_AT_ONCE) {
				const some = all.slice(at, at + MAX_AT_ONCE);
				const addresses = await Promise.all(
					some.map(({ picture, turnTo }) => addressOf(picture, turnTo, uploaded, room, { ...deps, signal })),
				);
				for (const [index, address] of addresses.entries()) {
					const picture = some[index]?.picture;
					if (address.kind !== "at") return address;
					if (picture !== undefined) urls.set(picture, address.url);
				}
			}
			return { kind: "ready", fields: toFields(attachments, urls) };
		});
	} catch {
		return NOT_HANDED_OVER;
	}
}

function toFields(attachments: readonly Attachment[], urls: ReadonlyMap<InputPicture, string>): JsonObject {
	return Object.fromEntries(
		attachments.map(({ field, isList, pictures }) => {
			const addresses = pictures.flatMap((picture) => urls.get(picture) ?? []);
			return [field, isList ? addresses : (addresses[0] ?? null)];
		}),
	);
}

async function addressOf(
	picture: InputPicture,
	turnTo: MaskColour | undefined,
	uploaded: Uploaded,
	room: { bytes: number },
	deps: AttachDeps,
): Promise<Address> {
	const { source } = picture;
	if (turnTo === undefined) {
		// fal fetches the client's own links: they are not asked for here.
		return source.kind === "link" ? { kind: "at", url: source.url } : give(source, uploaded, room, deps);
	}
	const fetched = source.kind === "link" ? await fetchedMask(source.url, deps) : source.key;
	if (typeof fetched !== "string") return fetched;
	const turned = await storeTurned(deps.bucket, fetched, turnTo, sizeOfFirst(deps.request));
	if (turned.ok) return give(turned.value, uploaded, room, deps);
	return turned.error === "gone" ? GONE : refusedMask(turned.error);
}

/** Returns the key under which a mask of the client's own address lies now. */
async function fetchedMask(
	url: string,
	{ jobId, bucket, queueOrigin, signal }: AttachDeps,
): Promise<string | NotSubmitted> {
	const key = keyOfInput(jobId, inputIndexOf("mask", 0));
	const failure = await fetchMask(bucket, key, url, { signal, queueOrigin, fetch });
	if (failure === null) return key;
	if (failure.retryFor !== "never") return NOT_HANDED_OVER;
	return { kind: "refused", error: { code: "invalid_input", message: `The mask: ${failure.why}`, param: "mask" } };
}

/** Makes an address for a picture in R2: a link of ours, or one of fal's storage, or the picture itself. */
async function give(file: File, uploaded: Uploaded, room: { bytes: number }, deps: AttachDeps): Promise<Address> {
	const { jobId, links, reachable, until } = deps;
	if (reachable !== null) {
		const link = await links.sign("inputs", { job: jobId, file: fileOf(file.key) }, until);
		return { kind: "at", url: `${reachable}${link}` };
	}
	const uploading = uploaded.get(file.key) ?? upload(file, deps);
	uploaded.set(file.key, uploading);
	const address = await uploading;
	if (address.kind === "at") return address;
	uploaded.delete(file.key);
	// fal would refuse the submit, too.
	if (address.kind === "account_refused") return address;
	if (file.bytes > room.bytes) return address;
	room.bytes -= file.bytes;
	const object = await deps.bucket.get(file.key);
	if (object === null) return GONE;
	return { kind: "at", url: `data:${file.contentType};base64,${(await object.bytes()).toBase64()}` };
}

async function upload(
	{ key, contentType, bytes }: File,
	{ bucket, storage, until, account, signal }: AttachDeps,
): Promise<Address> {
	const body = async () => (await bucket.get(key))?.body ?? null;
	const file = { name: nameOf(key, contentType), contentType, bytes, seconds: (until - Date.now()) / 1000, body };
	const answer = await storage.upload(file, account, signal);
	if (answer.kind === "stored") return { kind: "at", url: answer.url };
	return answer.kind === "unusable" ? UNUSABLE : answer;
}

/** Some models look at the end of an address. */
function nameOf(key: string, contentType: string): string {
	return `${fileOf(key)}.${contentType.slice(contentType.indexOf("/") + 1)}`;
}

function refusedMask(fault: Fault): NotSubmitted {
	return { kind: "refused", error: { code: "invalid_input", message: sayFault("mask", fault), param: "mask" } };
}

const UNUSABLE: NotSubmitted = {
	kind: "refused",
	error: { code: "upstream_failed", message: "fal's storage does not take a picture of this request." },
};

const GONE: NotSubmitted = {
	kind: "refused",
	error: { code: "storing_failed", message: "A picture of this request is not stored any more." },
};

const NOT_HANDED_OVER: NotSubmitted = {
	kind: "busy",
	status: null,
	error: { code: "upstream_unavailable", message: "The pictures of this request could not be handed over to fal." },
};
