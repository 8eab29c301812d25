/** Adds references: files, pictures of the gallery, and what an earlier job was drawn from. What is not taken is said in words. */

import { toPath } from "../../api/client.ts";
import type { Job } from "../../api/types.ts";
import { toast } from "../../parts/toast.tsx";
import { session } from "../../session/session.ts";
import { type Input, linkOf } from "./inputs.ts";
import { isOtherType } from "./kind.ts";
import { type Refused, refusalOf, type Weighed } from "./list.ts";
import { readPicture, readPreview } from "./picture.ts";
import type { Reference, Source } from "./reference.ts";
import { appendReference, arriving, clearReferences, limit, references, setMask } from "./store.ts";
import type { MadePicture } from "./transfer.ts";
import { words } from "./words.ts";

/** A reference that is not in the list yet, with a small picture of it. */
interface Arrival {
	readonly one: Omit<Reference, "id" | "preview">;
	readonly small: Blob;
}

const PREFIX = "job_";
/** Of a picture whose size the gateway tells later. */
const UNKNOWN_BYTES = 1;
/** Of a link: only fal reads what is there. */
const UNKNOWN_SIZE = { width: 1, height: 1, bytes: UNKNOWN_BYTES } as const;

/** Adds files, and says which of them were not taken. */
export async function addFiles(files: readonly File[]): Promise<void> {
	const incoming = files.map((file) => ({
		...{ name: file.name || words().pasted, bytes: file.size, isOther: isOtherType(file.type) },
		file,
	}));
	tell(await eachRead(incoming, ({ name, file }) => readFile(name, file)));
}

/** Adds a picture that a job made. One that is there already stays where it is. Returns the reference's id; null if it was not taken. */
export async function addMade({ job, index }: MadePicture): Promise<string | null> {
	const id = job.startsWith(PREFIX) ? job : PREFIX + job;
	const there = idOfMade(id, index);
	if (there !== null) return there;
	const name = nameOf({ job: id, index });
	tell(await eachRead([{ name, bytes: UNKNOWN_BYTES }], () => readMade(id, index, name)));
	return idOfMade(id, index);
}

/** Adds a picture on another host, by its link. */
export async function addLink(url: string): Promise<void> {
	tell(await eachRead([{ name: hostOf(url), bytes: UNKNOWN_BYTES }], async () => toArrival(url)));
}

function toArrival(url: string): Arrival {
	// There is no preview: the page asks no other host.
	return { one: { name: hostOf(url), ...UNKNOWN_SIZE, source: { kind: "link", url } }, small: new Blob() };
}

function hostOf(url: string): string {
	return URL.canParse(url) ? new URL(url).host : url;
}

function nameOf({ job, index }: MadePicture): string {
	return words().made(job.slice(PREFIX.length), index);
}

/** True for a picture of a job that came while it was read, as by a double click. */
function isThere({ source }: Arrival["one"]): boolean {
	return source.kind === "picture" && idOfMade(source.job, source.index) !== null;
}

function idOfMade(job: string, index: number): string | null {
	const there = references.value.find(
		({ source }) => source.kind === "picture" && source.job === job && source.index === index,
	);
	return there?.id ?? null;
}

/** Puts what an earlier job was drawn from in place of what is there. A picture of the gallery is named as such; if it is gone, its copy stands for it. */
export async function reuseInputs({ inputs, derived_from: from }: Pick<Job, "inputs" | "derived_from">): Promise<void> {
	clearReferences();
	const images = inputs
		.filter(({ role }) => role === "image")
		.map((input, at) => ({ input, name: words().input(at), bytes: UNKNOWN_BYTES }));
	const mask = inputs.find(({ role }) => role === "mask");
	const refused = await eachRead(images, async ({ input, name }, at) => {
		const made = at === 0 && from !== null ? await readMade(from.job, from.index, nameOf(from)) : null;
		if (made !== null && !("why" in made)) return made;
		const source = await sourceOf(input);
		if (source?.kind === "link") return toArrival(source.url);
		return source === null ? { name, why: "unreachable" } : await readFile(name, source.blob);
	});
	tell(refused);
	// The mask is the first picture's.
	const [first] = references.value;
	if (mask === undefined || refused.length > 0 || references.value.length !== images.length) return;
	const source = await sourceOf(mask);
	if (references.value[0] !== first) return;
	if (source?.kind === "file") setMask(source.blob);
	else toast(words().maskLost);
}

/** Returns what is sent for a picture that a job was drawn from; null if it cannot be loaded. */
export async function sourceOf(input: Input): Promise<Exclude<Source, { readonly kind: "picture" }> | null> {
	const link = linkOf(input);
	if (link !== null) return { kind: "link", url: link };
	const blob = await fetched(input.url);
	return blob === null ? null : { kind: "file", blob };
}

/** Reads one after the other, so that the memory of one is enough, and what is no picture takes no other's place. Returns those that were not taken. */
async function eachRead<Incoming extends Weighed>(
	incoming: readonly Incoming[],
	read: (one: Incoming, at: number) => Promise<Arrival | Refused>,
): Promise<readonly Refused[]> {
	const account = session.value?.key.account;
	const refused: Refused[] = [];
	let waiting = 0;
	const wait = (count: number) => {
		arriving.value += count - waiting;
		waiting = count;
	};
	try {
		for (const [at, one] of incoming.entries()) {
			wait(Math.max(0, Math.min(incoming.length - at, limit.value - references.value.length)));
			const why = refusalOf(references.value, one, limit.value);
			const arrival = why === null ? await read(one, at) : { name: one.name, why };
			// Another person signed in meanwhile.
			if (session.value?.key.account !== account) continue;
			// Others may have come first, and what is drawn anew has another size.
			const late = "why" in arrival ? arrival.why : refusalOf(references.value, arrival.one, limit.value);
			if (late !== null) refused.push({ name: one.name, why: late });
			else if ("one" in arrival && !isThere(arrival.one)) appendReference(arrival.one, arrival.small);
		}
	} finally {
		wait(0);
	}
	return refused;
}

async function readFile(name: string, file: Blob): Promise<Arrival | Refused> {
	const read = await readPicture(file);
	if (read === null) return { name, why: "not_a_picture" };
	const { blob, width, height, preview } = read;
	return { one: { name, width, height, bytes: blob.size, source: { kind: "file", blob } }, small: preview };
}

async function readMade(job: string, index: number, name: string): Promise<Arrival | Refused> {
	const refused = { name, why: "unreachable" } as const;
	const asked = await session.value?.api.ask<Job>(`/v1/jobs/${job}`);
	const picture = asked?.ok ? asked.value.images.find((one) => one.index === index) : undefined;
	if (picture === undefined) return refused;
	const { url, thumbnail_url: thumbnail, width, height, bytes } = picture;
	const source = { kind: "picture", path: toPath(url), job, index } as const;
	if (width !== null && height !== null) {
		const blob = await fetched(thumbnail ?? url);
		const small = blob && (await readPreview(blob));
		return small === null ? refused : { one: { name, width, height, bytes, source }, small };
	}
	const blob = await fetched(url);
	const read = blob && (await readPicture(blob));
	if (read === null) return refused;
	return { one: { name, width: read.width, height: read.height, bytes, source }, small: read.preview };
}

async function fetched(link: string | null): Promise<Blob | null> {
	if (link === null) return null;
	try {
		const response = await fetch(toPath(link), { credentials: "omit" });
		return response.ok ? await response.blob() : null;
	} catch {
		return null;
	}
}

function tell(refused: readonly Refused[]): void {
	for (const [why, some] of Map.groupBy(refused, (one) => one.why)) {
		const names = some.map(({ name }) => name);
		toast(words().refused[why](names, limit.value));
	}
}
