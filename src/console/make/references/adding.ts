/** Adds references: files, pictures of the gallery, and what an earlier job was drawn from. What is not taken is said in words. */

import { toPath } from "../../api/client.ts";
import type { Job } from "../../api/types.ts";
import { toast } from "../../parts/toast.tsx";
import { session } from "../../session/session.ts";
import { admit, type Refused } from "./list.ts";
import { readPicture, readPreview } from "./picture.ts";
import type { Reference } from "./reference.ts";
import { appendReference, arriving, clearReferences, limit, references, setMask } from "./store.ts";
import type { MadePicture } from "./transfer.ts";
import { words } from "./words.ts";

/** A reference that is not in the list yet, with a small picture of it. */
interface Arrival {
	readonly one: Omit<Reference, "id" | "preview">;
	readonly small: Blob;
}

const PREFIX = "job_";

/** Adds files, and says which of them were not taken. */
export async function addFiles(files: readonly File[]): Promise<void> {
	const incoming = files.map((file) => ({ name: file.name || words().pasted, bytes: file.size, file }));
	const { taken, refused } = admit(references.value, incoming, limit.value);
	tell([...refused, ...(await eachRead(taken, ({ name, file }) => readFile(name, file)))]);
}

/** Adds a picture that a job made. One that is there already stays where it is. Returns the reference's id; null if it was not taken. */
export async function addMade({ job, index }: MadePicture): Promise<string | null> {
	const id = job.startsWith(PREFIX) ? job : PREFIX + job;
	const there = idOfMade(id, index);
	if (there !== null) return there;
	const name = words().made(id.slice(PREFIX.length), index);
	// Its size is known when the gateway has told it.
	const { taken, refused } = admit(references.value, [{ name, bytes: 1 }], limit.value);
	tell([...refused, ...(await eachRead(taken, () => readMade(id, index, name)))]);
	return idOfMade(id, index);
}

function idOfMade(job: string, index: number): string | null {
	const there = references.value.find(
		({ source }) => source.kind === "picture" && source.job === job && source.index === index,
	);
	return there?.id ?? null;
}

/** Puts what an earlier job was drawn from in place of what is there. */
export async function reuseInputs(inputs: Job["inputs"]): Promise<void> {
	clearReferences();
	const images = inputs.filter(({ role }) => role === "image").map(({ url }, at) => ({ url, name: words().input(at) }));
	const mask = inputs.find(({ role }) => role === "mask")?.url ?? null;
	const refused = await eachRead(images, async ({ url, name }) => {
		const blob = await fetched(url);
		return blob === null ? { name, why: "unreachable" } : await readFile(name, blob);
	});
	tell(refused);
	// The mask is the first picture's.
	if (refused.length > 0 || references.value.length !== images.length) return;
	const png = await fetched(mask);
	if (png !== null) setMask(png);
}

/** Reads one after the other, so that the memory of one is enough. Returns those that were not taken. */
async function eachRead<Incoming>(
	incoming: readonly Incoming[],
	read: (one: Incoming) => Promise<Arrival | Refused>,
): Promise<readonly Refused[]> {
	const account = session.value?.key.account;
	const refused: Refused[] = [];
	arriving.value += incoming.length;
	for (const each of incoming) {
		const arrival = await read(each);
		arriving.value -= 1;
		// Another person signed in meanwhile.
		if (session.value?.key.account !== account) continue;
		if ("why" in arrival) refused.push(arrival);
		else {
			// Others may have come first, and what is drawn anew has another size.
			const again = admit(references.value, [arrival.one], limit.value);
			refused.push(...again.refused);
			if (again.taken.length > 0) appendReference(arrival.one, arrival.small);
		}
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
