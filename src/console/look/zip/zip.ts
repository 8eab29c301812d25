/** Writes selected pictures into one ZIP, which streams to the disk where the browser can. */

import { makeZip } from "client-zip";
import { saveFile } from "../../parts/save-file.ts";
import { runAhead } from "../ahead.ts";
import { type NamedPicture, toFileNames } from "./names.ts";

export interface ZipPicture extends NamedPicture {
	/** The path of the original on this origin. */
	readonly path: string;
	readonly bytes: number;
}

export type ZipOutcome =
	| { readonly kind: "saved" }
	/** By the person. */
	| { readonly kind: "cancelled" }
	/** Of a browser that puts it together in memory. @property most in bytes */
	| { readonly kind: "too_large"; readonly most: number };

export interface ZipProgress {
	readonly done: number;
	readonly total: number;
	readonly bytes: number;
	/** The names of the pictures that could not be fetched. */
	readonly lost: readonly string[];
}

export interface ZipWork {
	readonly signal: AbortSignal;
	readonly onProgress: (progress: ZipProgress) => void;
}

declare global {
	interface Window {
		/** Chromium only, and on safe origins only. */
		readonly showSaveFilePicker?: (options: {
			readonly suggestedName: string;
			readonly types: readonly {
				readonly description: string;
				readonly accept: Readonly<Record<string, readonly string[]>>;
			}[];
		}) => Promise<FileSystemFileHandle>;
	}
}

/** A picture may have some megabytes, and so many are held. */
const FETCHES_AT_ONCE = 4;
const TRIES = 3;
const RETRY_MS = 500;
/** A browser that cannot write to the disk piece by piece holds all of the ZIP. */
const MAX_BYTES_IN_MEMORY = 1_000_000_000;

/** @throws if the disk or the browser fails */
export async function saveZip(pictures: readonly ZipPicture[], name: string, work: ZipWork): Promise<ZipOutcome> {
	const bytes = pictures.reduce((sum, picture) => sum + picture.bytes, 0);
	if (window.showSaveFilePicker === undefined && bytes > MAX_BYTES_IN_MEMORY)
		return { kind: "too_large", most: MAX_BYTES_IN_MEMORY };
	try {
		const target = await chooseFile(name);
		const stream = makeZip(filesOf(pictures, work));
		if (target === null) saveFile(await new Response(stream).blob(), name);
		else await stream.pipeTo(target, { signal: work.signal });
		return { kind: "saved" };
	} catch (error) {
		if (work.signal.aborted || (error instanceof DOMException && error.name === "AbortError"))
			return { kind: "cancelled" };
		throw error;
	}
}

/** Null if the browser has no dialog for it: then the ZIP is put together in memory. */
async function chooseFile(suggestedName: string): Promise<WritableStream<Uint8Array> | null> {
	if (window.showSaveFilePicker === undefined) return null;
	const types = [{ description: "ZIP", accept: { "application/zip": [".zip"] } }];
	const handle = await window.showSaveFilePicker({ suggestedName, types });
	return handle.createWritable();
}

async function* filesOf(pictures: readonly ZipPicture[], { signal, onProgress }: ZipWork) {
	const names = toFileNames(pictures);
	const tasks = pictures.map((picture) => () => fetchPicture(picture.path, signal));
	let progress: ZipProgress = { done: 0, total: pictures.length, bytes: 0, lost: [] };
	onProgress(progress);
	for await (const blob of runAhead(tasks, FETCHES_AT_ONCE)) {
		const [name = "", picture] = [names[progress.done], pictures[progress.done]];
		progress = {
			...progress,
			done: progress.done + 1,
			bytes: progress.bytes + (blob?.size ?? 0),
			lost: blob === null ? [...progress.lost, name] : progress.lost,
		};
		onProgress(progress);
		if (blob !== null) yield { name, input: blob, lastModified: new Date((picture?.createdAt ?? 0) * 1000) };
	}
}

/** Fetches a picture whole, so that one that breaks off cannot break the ZIP. Null if it is gone, or does not come. @throws if the signal aborts */
async function fetchPicture(path: string, signal: AbortSignal): Promise<Blob | null> {
	for (let tries = 1; tries <= TRIES; tries += 1) {
		try {
			const response = await fetch(path, { signal });
			if (response.ok) return await response.blob();
			if (response.status < 500 && response.status !== 429) return null;
		} catch {
			signal.throwIfAborted();
		}
		await pause(RETRY_MS * tries, signal);
	}
	return null;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(resolve, milliseconds);
		signal.addEventListener("abort", () => {
			clearTimeout(timer);
			reject(signal.reason);
		});
	});
}
