/** Makes a request out of a draft. */

import { err, ok, type Result } from "../../result.ts";
import { type Failure, readFailure } from "../api/failure.ts";
import { type Draft, orderedReferences, toFields } from "../make/draft.ts";
import type { Reference } from "../make/references/reference.ts";

export interface JobRequest {
	readonly path: "/v1/images/generations/async" | "/v1/images/edits/async";
	readonly body: object | FormData;
}

/**
 * Pictures of the gateway's are sent as links, so that the job knows what it is derived from; with a file among them all are sent as files.
 * @param origin the page's
 */
export async function toRequest(draft: Draft, origin: string): Promise<Result<JobRequest, Failure>> {
	const references = orderedReferences(draft);
	const mask = draft.mask?.png ?? null;
	const fields = toFields(draft);
	if (references.length === 0) return ok({ path: "/v1/images/generations/async", body: fields });
	const links = references.flatMap(({ source }) => (source.kind === "picture" ? [origin + source.path] : []));
	if (links.length === references.length) {
		const masked = mask === null ? {} : { mask: await toDataUrl(mask) };
		return ok({ path: "/v1/images/edits/async", body: { ...fields, image: links, ...masked } });
	}
	const form = await toForm(fields, references, mask, origin);
	return form.ok ? ok({ path: "/v1/images/edits/async", body: form.value }) : form;
}

async function toForm(
	fields: Readonly<Record<string, string | number>>,
	references: readonly Reference[],
	mask: Blob | null,
	origin: string,
): Promise<Result<FormData, Failure>> {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
	for (const { name, source } of references) {
		const file = source.kind === "file" ? ok(source.blob) : await fetchPicture(origin + source.path);
		if (!file.ok) return file;
		form.append("image[]", file.value, name);
	}
	if (mask !== null) form.append("mask", mask, "mask.png");
	return ok(form);
}

/** A picture that was deleted is a refusal: it does not come back. */
async function fetchPicture(url: string): Promise<Result<Blob, Failure>> {
	try {
		const response = await fetch(url, { credentials: "omit" });
		return response.ok ? ok(await response.blob()) : err(await readFailure(response));
	} catch {
		return err({ kind: "unreachable" });
	}
}

function toDataUrl(blob: Blob): Promise<string> {
	return new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.onload = () => resolve(String(reader.result));
		reader.onerror = () => reject(reader.error ?? new Error("the mask cannot be read"));
		reader.readAsDataURL(blob);
	});
}
