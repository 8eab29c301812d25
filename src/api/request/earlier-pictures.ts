/**
 * Finds the pictures that a conversation made, the newest first: our links in Markdown, HTML or fields, whatever became of their hosts and
 * signatures; `data:` pictures in answers, since some clients store ours and send them back so; and items of earlier Responses.
 */

import { isJsonObject, type Json, type JsonObject } from "../../json-value.ts";
import type { MadePicture } from "../../models/request.ts";
import { unwrapQuery } from "../../prompt/wrappers.ts";
import { WORDS } from "../../words/index.ts";
import { fieldsOf, isList } from "./body-fields.ts";
import { picturesInMessage } from "./brought-along.ts";
import { conversationsOf, type Entry, roleOf, textOf } from "./conversation-items.ts";
import { linksIn } from "./linked-pictures.ts";
import { roleOfName } from "./picture-names.ts";
import { ownPictureOf, readText, sourcesOf } from "./picture-source.ts";
import type { GivenPicture, WantedPicture, WantedSource } from "./wanted-picture.ts";

const QUESTIONS: readonly string[] = Object.values(WORDS).map(({ whatToChange }) => whatToChange);
/** So many are looked up at most, each at its job. */
export const MAX_EARLIER_PICTURES = 8;

/** Finds the pictures of the items behind the user's last message: the message is about them. */
export function findNamedPictures(body: JsonObject): readonly WantedPicture[] {
	const found = newestFirst(body).filter(isNaming);
	return found.flatMap(({ item, path }) => toWanted(ofItem(item), path)).slice(0, MAX_EARLIER_PICTURES);
}

/**
 * Finds the pictures of the newest message of the user that brought some, unless an answer showed one since: they are still what the
 * user speaks of.
 */
export function findSentPictures(body: JsonObject): readonly GivenPicture[] {
	for (const { item, path, place } of newestFirst(body)) {
		const role = roleOf(item);
		if (place === "last" || role === "system" || role === "developer") continue;
		const sent = picturesSent(item, path);
		if (role === "user" && sent.length > 0) return sent;
		if (sent.length > 0 || (role !== "user" && ofMessage(item).length > 0)) return [];
	}
	return [];
}

function picturesSent(item: JsonObject, path: string): readonly GivenPicture[] {
	const linked = linksIn(unwrapQuery(textOf(item))).map(({ address }) => readText(address, path));
	return [
		...[...picturesInMessage(item, path)].flatMap((found) => (found.ok ? [found.value] : [])),
		...linked.flatMap((found) => (found.ok ? [{ role: "image" as const, ...found.value }] : [])),
	];
}

/** True if the last answer is the question what to change in a picture. */
export function wasAskedWhatToChange(body: JsonObject): boolean {
	return conversationsOf(body).some((entries) => {
		const turn = entries.findIndex(({ place }) => place === "last");
		return QUESTIONS.includes(textOf(entries[turn - 1]?.item).trim());
	});
}

/** Finds all others. It reads the words of the conversation, and no more of them than it needs. */
export function findMadePictures(body: JsonObject): readonly WantedPicture[] {
	const made: WantedPicture[] = [];
	for (const entry of newestFirst(body)) {
		if (made.length >= MAX_EARLIER_PICTURES) break;
		if (!isNaming(entry) && roleOf(entry.item) !== "user") made.push(...toWanted(ofMessage(entry.item), entry.path));
	}
	return made.slice(0, MAX_EARLIER_PICTURES);
}

/** A conversation of more pictures is counted no further. */
const MAX_COUNTED = 1_000;

/**
 * Finds the pictures that a number in the user's message counts: those of the newest answer, if it has several, else those of the whole
 * conversation. They are in the order in which they were shown, and none comes twice.
 */
export function findCountedPictures(body: JsonObject): readonly WantedPicture[] {
	const answers: WantedPicture[][] = [[]];
	let count = 0;
	for (const entry of newestFirst(body)) {
		if (count >= MAX_COUNTED) break;
		// All that stands between two messages of the user is one answer.
		if (roleOf(entry.item) === "user") answers.push([]);
		const found = toWanted(ofMessage(entry.item), entry.path);
		count += found.length;
		answers.at(-1)?.push(...found);
		if (roleOf(entry.item) === "user") answers.push([]);
	}
	const [newest = [], ...older] = answers.map(inOrder).filter((pictures) => pictures.length > 0);
	return newest.length > 1 ? newest : inOrder([...newest.toReversed(), ...older.flatMap((one) => one.toReversed())]);
}

/** @param pictures The newest first */
function inOrder(pictures: readonly WantedPicture[]): readonly WantedPicture[] {
	const byPicture = new Map(pictures.toReversed().map((picture) => [JSON.stringify(picture.source), picture] as const));
	return [...byPicture.values()];
}

function newestFirst(body: JsonObject): readonly Entry[] {
	return conversationsOf(body).flatMap((entries) => entries.toReversed());
}

function isNaming({ item, place }: Entry): boolean {
	return place === "behind" && roleOf(item) === null;
}

function toWanted(sources: readonly WantedSource[], param: string): readonly WantedPicture[] {
	return sources.toReversed().map((source) => ({ role: "image", param, source }));
}

/** Returns the pictures of a message or item, in their order. */
function ofMessage(item: JsonObject): readonly WantedSource[] {
	const role = roleOf(item);
	if (role === null) return ofItem(item);
	const isAnswer = role === "assistant" || role === "tool";
	const { content } = item;
	const parts = isList(content) ? content : content === undefined ? [] : [content];
	const found = [...parts.flatMap((part) => ofPart(part)), ...(isAnswer ? ofFields(item) : [])];
	// A person's message may hold a link of ours, but only an answer's pictures were made here.
	return isAnswer ? found : found.filter(({ kind }) => kind === "made");
}

function ofPart(part: Json): readonly WantedSource[] {
	if (typeof part === "string") return inText(part);
	if (!isJsonObject(part)) return [];
	return typeof part.text === "string" ? inText(part.text) : ofFields(part);
}

/** The names of other fields in which clients keep the pictures of a message. */
const KEPT: readonly string[] = ["imagelist", "files", "attachments"];

function ofFields(object: JsonObject): readonly WantedSource[] {
	return [...fieldsOf(object)].flatMap(({ plain, path, value }) => {
		if (roleOfName(plain) !== "image" && !KEPT.includes(plain)) return [];
		return [...sourcesOf(value, path)].flatMap((found) => (found.ok ? toMade(found.value.source) : []));
	});
}

/** Leaves out the links of others. */
function toMade(source: WantedSource): readonly WantedSource[] {
	if (source.kind !== "link") return [source];
	const made = ownPictureOf(source.url);
	return made === null ? [] : [{ kind: "made", made }];
}

/** A link of ours by its path, what stands for long data, or a short `data:` address up to whatever ends one in Markdown and HTML. */
const IN_TEXT =
	/\/images\/([0-9a-f]{64})\/(\d{1,2})\.[a-z0-9]|data:image\/x-removed;run=\d{1,7},|data:image\/[\w.+-]{1,40}[;,][^\s"'()<>[\]\\]{1,1100}/g;

function inText(text: string): readonly WantedSource[] {
	return Array.from(
		text.matchAll(IN_TEXT),
		([whole, job, index]): WantedSource =>
			job === undefined ? { kind: "data", text: whole } : { kind: "made", made: { job, index: Number(index) } },
	);
}

const ITEM_ID = /^ig_([0-9a-f]{64})_(\d{1,2})$/;

/** Returns the picture that the id of an `image_generation_call` names. */
export function pictureOfItem(id: Json | undefined): MadePicture | null {
	const [, job, index] = typeof id === "string" ? (ITEM_ID.exec(id) ?? []) : [];
	return job === undefined ? null : { job, index: Number(index) };
}

/** An item of an earlier Response: by its id, or else by the bytes that came with it. */
function ofItem({ type, id, result }: JsonObject): readonly WantedSource[] {
	if (type !== "image_generation_call" && type !== "item_reference") return [];
	const made = pictureOfItem(id);
	const bytes = type === "item_reference" || result === undefined ? [] : [...sourcesOf(result, "result")];
	return [
		...bytes.flatMap((found) => (found.ok && found.value.source.kind === "data" ? [found.value.source] : [])),
		...(made === null ? [] : [{ kind: "made" as const, made }]),
	];
}
