/** Makes a request out of a draft. */

import { type Draft, orderedReferences, toFields } from "../make/draft.ts";
import type { Reference, Source } from "../make/references/reference.ts";

export interface JobRequest {
	readonly path: "/v1/images/generations/async" | "/v1/images/edits/async";
	readonly body: object | FormData;
}

/**
 * Pictures of the gateway's are sent as links, so that the job knows what it is derived from, and links of a client's as they are. A form takes both among its files.
 * @param origin the page's
 */
export async function toRequest(draft: Draft, origin: string): Promise<JobRequest> {
	const references = orderedReferences(draft);
	const mask = draft.mask?.png ?? null;
	const fields = toFields(draft);
	if (references.length === 0) return { path: "/v1/images/generations/async", body: fields };
	const path = "/v1/images/edits/async";
	const links = references.flatMap(({ source }) => (source.kind === "file" ? [] : [toLink(source, origin)]));
	if (links.length < references.length) return { path, body: toForm(fields, references, mask, origin) };
	const masked = mask === null ? {} : { mask: await toDataUrl(mask) };
	return { path, body: { ...fields, image: links, ...masked } };
}

function toForm(
	fields: ReturnType<typeof toFields>,
	references: readonly Reference[],
	mask: Blob | null,
	origin: string,
): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields))
		form.append(name, typeof value === "object" ? JSON.stringify(value) : String(value));
	for (const { name, source } of references) {
		if (source.kind === "file") form.append("image[]", source.blob, name);
		else form.append("image[]", toLink(source, origin));
	}
	if (mask !== null) form.append("mask", mask, "mask.png");
	return form;
}

function toLink(source: Exclude<Source, { readonly kind: "file" }>, origin: string): string {
	return source.kind === "link" ? source.url : origin + source.path;
}

function toDataUrl(blob: Blob): Promise<string> {
	return new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.onload = () => resolve(String(reader.result));
		reader.onerror = () => reject(reader.error ?? new Error("the mask cannot be read"));
		reader.readAsDataURL(blob);
	});
}
