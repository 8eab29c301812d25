/** Keeps the pictures of one request under the id that its job will have, and drops them if they are not needed. */

import { checkKey } from "../../account/key-check.ts";
import type { Context } from "../../context.ts";
import type { RequestError } from "../../errors.ts";
import type { Fault } from "../../faults.ts";
import { BodyData } from "../../http/body-data.ts";
import { toFetchable } from "../../http/fetchable.ts";
import { piecesOf } from "../../http/pieces.ts";
import { orRefuse, Refusal } from "../../http/refusal.ts";
import type { JobLog } from "../../job/log.ts";
import { decodeData } from "../../media/data-pieces.ts";
import { InputStore, type ReadBytes } from "../../media/inputs.ts";
import { inputIndexOf, keyOfInput, MAX_INPUT_IMAGES } from "../../media/keys.ts";
import type { Hold } from "../../media/part-upload.ts";
import type { InputRole, PictureLink, StoredPicture } from "../../models/request.ts";
import type { Result } from "../../result.ts";
import { callJob } from "../../stub.ts";
import { faultOfMask } from "./input-masks.ts";
import { faultOfSizes } from "./input-sizes.ts";
import type { ChosenPicture, GivenPicture, KeepInputs } from "./wanted-picture.ts";

export interface InputKeeper {
	/** The id that the job gets if it is a new one. It is minted when it is needed. */
	readonly id: string;
	/** The long data of the body, if it is JSON. */
	readonly data: BodyData;
	/** Stores a file of a form as it arrives. @param param The field's name @throws Refusal for what is no picture, and for too many */
	keepFile(role: InputRole, param: string, read: ReadBytes): Promise<GivenPicture>;
	readonly keep: KeepInputs;
	/** Starts the job with what was stored. If it joins another one, this is dropped. If nobody knows, the job's alarm decides. */
	startWith(start: () => Promise<Result<JobLog, RequestError>>): Promise<Result<JobLog, RequestError>>;
	/** Erases what was stored, without waiting for it; but not if the job may have it. */
	drop(): void;
}

const PIECE_BYTES = 64 * 1024;

export function createInputKeeper(context: Context): InputKeeper {
	const { env, ctx, config } = context;
	let minted: string | null = null;
	const idOf = (): string => {
		minted ??= env.JOB.newUniqueId().toString();
		return minted;
	};
	const data = new BodyData();
	const counts: Record<InputRole, number> = { image: 0, mask: 0, markup: 0 };
	let isHeld = false;
	let isOfJob = false;

	const hold: Hold = async (upload) => {
		if (isHeld && upload === null) return;
		if (!isHeld) orRefuse(await checkKey(env, context.caller));
		isHeld = true;
		if (!(await callJob(env, idOf(), async (job) => job.hold(upload))))
			throw new Error("The job's pictures are too late.");
	};
	const store = new InputStore(env.IMAGES, hold);

	/** Takes the next place of a role. Links have places, too: equal requests have equal ones. */
	const takePlace = (role: InputRole, param: string): string => {
		const nth = counts[role];
		counts[role] += 1;
		if (role === "image" && nth >= MAX_INPUT_IMAGES)
			throw new Refusal({ kind: "body_too_complex", bound: "files", max: MAX_INPUT_IMAGES, param });
		if (role !== "image" && nth > 0) throw refused(param, { is: "too_long", max: 1, of: "items" });
		return keyOfInput(idOf(), inputIndexOf(role, nth));
	};
	const storeAt = async (key: string, param: string, read: ReadBytes): Promise<StoredPicture> => {
		const stored = await store.store(key, read);
		if (!stored.ok) throw refused(param, stored.error);
		return stored.value;
	};

	const keepOne = async ({ role, param, source }: ChosenPicture): Promise<StoredPicture | PictureLink> => {
		if (source.kind === "file") return source.stored;
		if (source.kind === "link" && toFetchable(source.url, new URL(config.falQueueUrl).origin) === null)
			throw refused(param, { is: "picture_address" });
		const key = takePlace(role, param);
		switch (source.kind) {
			case "link":
				return { kind: "link", url: source.url };
			case "data": {
				const inBody = data.piecesOf(source.text);
				const pieces = inBody ?? [new TextEncoder().encode(source.text)];
				return storeAt(key, param, readOf(decodeData(pieces, param, inBody !== null)));
			}
			case "made": {
				// It is copied inside of R2, so that it outlives its job.
				const picture = await env.IMAGES.get(source.key);
				if (picture === null) throw refused(param, { is: "no_such_picture" });
				const pieces = piecesOf(picture.body, PIECE_BYTES);
				const stored = await storeAt(key, param, readOf(pieces));
				await pieces.return?.(undefined);
				return stored;
			}
		}
	};

	const drop = () => {
		data.drop();
		// If this call fails, the job's alarm erases the pictures later.
		if (isHeld && !isOfJob) ctx.waitUntil(callJob(env, idOf(), async (job) => job.dropHeld()).catch(() => {}));
		isHeld = false;
	};

	return {
		get id() {
			return idOf();
		},
		data,
		keepFile: async (role, param, read) => {
			const stored = await storeAt(takePlace(role, param), param, read);
			return { role, param, source: { kind: "file", stored } };
		},
		keep: async (wanted) => {
			const inputs = [];
			// One after the other: each is streamed through the same buffer.
			for (const picture of wanted) inputs.push({ role: picture.role, source: await keepOne(picture) });
			data.drop();
			const fault = faultOfSizes(inputs);
			if (fault !== null) throw refused(wanted[fault.at]?.param ?? "mask", fault.fault);
			const maskFault = await faultOfMask(env.IMAGES, inputs);
			if (maskFault !== null) throw refused(wanted.find(({ role }) => role === "mask")?.param ?? "mask", maskFault);
			const first = wanted.find(({ role }) => role === "image");
			return { inputs, ...(first?.source.kind === "made" ? { derivedFrom: first.source.made } : {}) };
		},
		startWith: async (start) => {
			isOfJob = true;
			const job = await start();
			isOfJob = job.ok && job.value.id === minted;
			drop();
			return job;
		},
		drop,
	};
}

function refused(param: string, fault: Fault): Refusal {
	return new Refusal({ kind: "invalid_value", param, fault });
}

function readOf(pieces: Iterator<Uint8Array> | AsyncIterator<Uint8Array>): ReadBytes {
	return async () => {
		const step = await pieces.next();
		return step.done === true ? null : step.value;
	};
}
