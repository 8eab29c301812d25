/** Reads a form with files as it arrives: its pictures are stored on the way, its other fields become what a JSON body would be. */

import { codingOf } from "../../http/body.ts";
import { isOfOtherCharset } from "../../http/charset.ts";
import { type Coding, decode } from "../../http/encoding/decode.ts";
import { MultipartReader } from "../../http/multipart/multipart.ts";
import { boundaryOf, type PartHead } from "../../http/multipart/part-head.ts";
import { sentPiecesOf } from "../../http/pieces.ts";
import { Refusal } from "../../http/refusal.ts";
import { drop, MAX_DROPPED_BYTES, toEncodingError, tooComplex } from "../../http/scan-body.ts";
import type { JsonObject } from "../../json-value.ts";
import { MAX_INPUT_BYTES } from "../../media/inputs.ts";
import { MAX_INPUT_IMAGES } from "../../media/keys.ts";
import { toPlainName } from "../../text.ts";
import { boundPassedIn, FileNames, roleOfField, roleOfFile, toSent } from "./form-fields.ts";
import type { InputKeeper } from "./input-keeper.ts";
import { languageOfSent } from "./no-picture.ts";
import { meaningOfName } from "./option-names.ts";
import { sourcesOf } from "./picture-source.ts";
import type { GivenPicture } from "./wanted-picture.ts";

/** As it is sent, and decoded: its pictures, and room for the rest. */
export const MAX_FORM_BYTES = MAX_INPUT_BYTES + 4 * 1024 * 1024;
const PIECE_BYTES = 64 * 1024;
const MAX_FIELD_BYTES = 1024 * 1024;
/** As much text as a JSON body may hold. */
const MAX_FIELDS_BYTES = 2 * 1024 * 1024;

export interface ReadForm {
	readonly sent: JsonObject;
	/** The files, with the links that stand among them: the first picture is the one that is edited. */
	readonly files: readonly GivenPicture[];
}

/**
 * Stores each picture when it comes: its fields may stand before the text or behind it.
 * @throws Refusal for a form that cannot be read, in the language of its words
 */
export async function readForm({ headers, body }: Request, keeper: InputKeeper): Promise<ReadForm> {
	const boundary = boundaryOf(headers.get("content-type") ?? "");
	if (boundary === null) throw new Refusal({ kind: "invalid_form", fault: "boundary" });
	const coding = codingOf(headers);
	if (Number(headers.get("content-length")) > MAX_FORM_BYTES) throw tooLarge(false);
	if (body === null) throw new Refusal({ kind: "invalid_form", fault: "cut" });
	const sent = sentPiecesOf(body, PIECE_BYTES);
	const reader = new MultipartReader(formBytes(sent, coding), boundary);
	const texts = new FormTexts();
	try {
		const files = await readParts(reader, texts, keeper);
		await drop(sent, MAX_DROPPED_BYTES);
		return { sent: toSent(texts.fields), files };
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		// The words may stand behind a picture that is refused. And a client that still sends would not see the answer.
		await readParts(reader, texts, null).catch(() => {});
		await drop(sent, MAX_DROPPED_BYTES).catch(() => {});
		throw new Refusal(error.reason, languageOfSent(toSent(texts.fields), headers.get("accept-language")));
	}
}

/** @param keeper Null: files are passed over */
async function readParts(
	reader: MultipartReader,
	texts: FormTexts,
	keeper: InputKeeper | null,
): Promise<GivenPicture[]> {
	const files: GivenPicture[] = [];
	const names = new FileNames();
	const links = new FormLinks();
	for (let head = await reader.next(); head !== null; head = await reader.next()) {
		if (!head.isFile || holdsWords(head)) {
			const text = await texts.read(head, reader);
			const link = links.read(head.name, text, names);
			if (link === null) texts.fields.push([head.name, text]);
			else files.push(...link);
		} else if (keeper !== null) {
			const picture = await keepFile(head, names, reader, keeper);
			if (picture !== null) files.push(picture);
		}
	}
	return files;
}

/** python-requests and blobs of JSON send words as files. */
function holdsWords({ name, type }: PartHead): boolean {
	if (/^application\/json/i.test(type)) return true;
	const plain = toPlainName(name);
	const meaning = meaningOfName(plain);
	const isOption = meaning !== null && meaning !== "background";
	return /^(?:text\/|$)/i.test(type) && (plain === "prompt" || plain === "model" || isOption);
}

/** The links to pictures in a form. They keep their places among its files. */
class FormLinks {
	readonly #urls = new Set<string>();

	/** Returns the picture of a link, and none for one that was there. Null for another text, and for more links than a request may bring: these are texts of the body. */
	read(name: string, text: string, names: FileNames): readonly GivenPicture[] | null {
		if (roleOfField(name) !== "image" || this.#urls.size >= MAX_INPUT_IMAGES) return null;
		const [found] = sourcesOf(text, name);
		if (found === undefined || !found.ok || found.value.source.kind !== "link") return null;
		const { source } = found.value;
		// Some clients write one picture under two names.
		if (this.#urls.has(source.url)) return [];
		this.#urls.add(source.url);
		return [{ role: "image", param: names.next(name), source }];
	}
}

/** The fields of a form that are no files. */
class FormTexts {
	readonly fields: [name: string, text: string][] = [];
	#bytes = 0;

	/** @throws Refusal for more text than a form may hold, and for JSON that is too complex */
	async read({ name, type }: PartHead, reader: MultipartReader): Promise<string> {
		const text = await readText(name, reader);
		if (isOfOtherCharset(text, type)) throw notUtf8(name);
		this.#bytes += text.length;
		if (this.#bytes > MAX_FIELDS_BYTES) throw tooLong("fields", MAX_FIELDS_BYTES);
		const passed = boundPassedIn(name, text);
		if (passed !== null) throw new Refusal({ ...tooComplex(passed), param: name });
		return text;
	}
}

/** Null for the empty file of a page's field that was left empty. @throws Refusal for a file that is no picture, whatever its field is called */
async function keepFile(
	{ name, hasFileName }: PartHead,
	names: FileNames,
	reader: MultipartReader,
	keeper: InputKeeper,
): Promise<GivenPicture | null> {
	const role = roleOfFile(name);
	let first = await reader.read();
	if (first === null && !hasFileName) return null;
	const param = role === "image" ? names.next(name) : name;
	return keeper.keepFile(role, param, async () => {
		const bytes = first ?? (await reader.read());
		first = null;
		return bytes;
	});
}

async function readText(param: string, reader: MultipartReader): Promise<string> {
	const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
	let text = "";
	let bytes = 0;
	for (let piece = await reader.read(); piece !== null; piece = await reader.read()) {
		bytes += piece.length;
		if (bytes > MAX_FIELD_BYTES) throw tooLong("field", MAX_FIELD_BYTES);
		text += decodeOrRefuse(param, () => decoder.decode(piece, { stream: true }));
	}
	return text + decodeOrRefuse(param, () => decoder.decode());
}

function decodeOrRefuse(param: string, decode: () => string): string {
	try {
		return decode();
	} catch {
		throw notUtf8(param);
	}
}

function notUtf8(param: string): Refusal {
	return new Refusal({ kind: "invalid_form", fault: "not_utf8", param });
}

/** Passes the body on, decoded, within the bound on both. */
async function* formBytes(sent: AsyncIterator<Uint8Array>, coding: Coding | null): AsyncGenerator<Uint8Array> {
	const raw = bounded(sent, false);
	if (coding === null) yield* raw;
	else yield* bounded(decoded(raw, coding), true);
}

/** Leaves the pieces open, so that what is left of them can be dropped. */
async function* bounded(pieces: AsyncIterator<Uint8Array>, isDecoded: boolean): AsyncGenerator<Uint8Array> {
	let bytes = 0;
	for (let step = await pieces.next(); step.done !== true; step = await pieces.next()) {
		bytes += step.value.length;
		if (bytes > MAX_FORM_BYTES) throw tooLarge(isDecoded);
		yield step.value;
	}
}

async function* decoded(sent: AsyncGenerator<Uint8Array>, coding: Coding): AsyncGenerator<Uint8Array> {
	const fault = yield* decode(sent, coding);
	if (fault !== null) throw new Refusal(toEncodingError(fault, coding));
}

function tooLarge(isDecoded: boolean): Refusal {
	return new Refusal({ kind: "body_too_large", maxBytes: MAX_FORM_BYTES, ...(isDecoded ? { decoded: true } : {}) });
}

function tooLong(bound: "field" | "fields", max: number): Refusal {
	return new Refusal({ kind: "body_too_complex", bound, max });
}
