/** Keeps requests that are not answered yet for as long as the tab lives, so that a reload of the page neither loses nor doubles them. */

import type { Draft } from "../make/draft.ts";
import type { Reference } from "../make/references/reference.ts";

export interface Pending {
	/** Whose request it is: nobody else may send it. */
	readonly account: string;
	readonly draft: Draft;
	readonly idempotencyKey: string;
	/** When it was sent first, in milliseconds since 1970. */
	readonly since: number;
}

/** The gateway knows a key for 24 hours. Later the request would make a second job. */
const MAX_AGE_MS = 23 * 60 * 60 * 1000;
const MAX_KEPT = 16;

/** True for a draft without bytes of its own. A file of the person's outlives no reload. */
export function canBeKept({ references, mask }: Draft): boolean {
	return mask === null && references.every(({ source }) => source.kind === "picture");
}

export function toText(pending: readonly Pending[]): string | null {
	return pending.length === 0 ? null : JSON.stringify(pending.slice(0, MAX_KEPT));
}

/** Reads what was kept. What cannot be read, or is too old, is dropped. */
export function readPending(text: string | null, now: number): readonly Pending[] {
	const kept = parse(text);
	if (!Array.isArray(kept)) return [];
	const all = kept.slice(0, MAX_KEPT).map(toPending);
	return all.filter((one) => one !== null).filter(({ since }) => now - since < MAX_AGE_MS);
}

function parse(text: string | null): unknown {
	try {
		return text === null ? null : JSON.parse(text);
	} catch {
		return null;
	}
}

function toPending(value: unknown): Pending | null {
	if (!isObject(value) || !isObject(value.draft)) return null;
	const { account, idempotencyKey, since, draft } = value;
	const { prompt, model, n, references } = draft;
	if (typeof account !== "string" || typeof idempotencyKey !== "string" || typeof since !== "number") return null;
	if (typeof prompt !== "string" || typeof model !== "string" || typeof n !== "number") return null;
	if (!Array.isArray(references)) return null;
	const pictures = references.map(toReference).filter((one) => one !== null);
	if (pictures.length < references.length) return null;
	const choices = {
		size: textOf(draft.size),
		resolution: textOf(draft.resolution),
		quality: textOf(draft.quality),
		outputFormat: textOf(draft.outputFormat),
		background: textOf(draft.background),
		seed: typeof draft.seed === "number" ? draft.seed : null,
	};
	return { account, idempotencyKey, since, draft: { prompt, model, n, ...choices, references: pictures, mask: null } };
}

function toReference(value: unknown): Reference | null {
	if (!isObject(value) || !isObject(value.source)) return null;
	const { id, name, preview, width, height, bytes } = value;
	const { path, job, index } = value.source;
	if (typeof id !== "string" || typeof name !== "string" || typeof preview !== "string") return null;
	if (typeof width !== "number" || typeof height !== "number" || typeof bytes !== "number") return null;
	if (typeof path !== "string" || typeof job !== "string" || typeof index !== "number") return null;
	return { id, name, preview, width, height, bytes, source: { kind: "picture", path, job, index } };
}

function textOf(value: unknown): string | null {
	return typeof value === "string" ? value : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null;
}
