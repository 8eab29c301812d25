/** Decides which pictures a request is drawn from: those that it brings along, else those of its conversation that it means. */

import type { Context } from "../../context.ts";
import { isTerminal, type Rendering } from "../../core/events.ts";
import type { LinkedEvent, LinkedImage } from "../../core/linked.ts";
import { Refusal } from "../../http/refusal.ts";
import { readLog } from "../../job/log.ts";
import type { JsonObject } from "../../json-value.ts";
import type { MadePicture } from "../../models/request.ts";
import { asksForNew, placesNamed, refersToLast } from "../../prompt/refers.ts";
import type { BroughtAlong } from "./brought-along.ts";
import {
	findCountedPictures,
	findMadePictures,
	findNamedPictures,
	findSentPictures,
	wasAskedWhatToChange,
} from "./earlier-pictures.ts";
import { readEarlierId } from "./earlier-response.ts";
import { isOurJobId } from "./find-job.ts";
import { ownPictureOf } from "./picture-source.ts";
import type { ChosenPicture, GivenPicture, MadeSource, WantedPicture } from "./wanted-picture.ts";

export interface ChosenPictures {
	readonly wanted: readonly ChosenPicture[];
	/** Says where the pictures come from, for the words of the answer. Absent: there are none. */
	readonly edits?: Rendering["edits"];
}

/** A conversation of Responses is followed back so far. */
const MAX_EARLIER_RESPONSES = 8;

/**
 * @param said The user's own words
 * @throws Refusal for a Response that does not exist, a picture that is named and does not exist, and an edit of nothing
 */
export async function choosePictures(
	body: JsonObject,
	{ attached, action, previousResponse }: BroughtAlong,
	said: string,
	context: Context,
): Promise<ChosenPictures> {
	const previous = previousResponse === null ? null : await readPrevious(previousResponse, context);
	const brought = await Promise.all(attached.map((picture) => withOwnPicture(picture, context)));
	if (brought.some(({ role }) => role === "image")) return { wanted: brought, edits: "attached" };

	const named = findNamedPictures(body);
	const called = await firstThatExists(named, context);
	if (called !== null) return { wanted: [called, ...brought], edits: "last" };
	const [missing] = named;
	if (missing !== undefined)
		throw new Refusal({ kind: "invalid_value", param: missing.param, fault: { is: "no_such_picture" } });

	// A mask or a drawing says where to change a picture, so there is one to be changed.
	const [over] = brought;
	const mustEdit = action.is === "edit" || over !== undefined;
	if (!mustEdit && (action.is === "generate" || !meansPicture(body, said))) return { wanted: [] };
	const sent = await Promise.all(findSentPictures(body).map((picture) => withOwnPicture(picture, context)));
	const kept = brought.length === 0 ? sent : sent.filter(({ role }) => role === "image");
	if (kept.some(({ role }) => role === "image")) return { wanted: [...kept, ...brought], edits: "last" };
	const places = placesNamed(said);
	const counted = places.length === 0 ? [] : findCountedPictures(body);
	if (counted.length > 0) {
		const meant = await Promise.all(atPlaces(counted, places).map((picture) => orRefused(picture, context)));
		return { wanted: [...meant, ...brought], edits: "named" };
	}
	const last = await firstThatExists(findMadePictures(body), context);
	if (last !== null) return { wanted: [last, ...brought], edits: "last" };
	const earlier = previous === null ? [] : await picturesBefore(previous, context);
	if (earlier.length > 0) {
		const meant = atPlaces(earlier, places.length === 0 ? [-1] : places);
		return { wanted: [...meant, ...brought], edits: places.length === 0 ? "last" : "named" };
	}
	if (!mustEdit) return { wanted: [] };
	throw new Refusal({ kind: "invalid_value", param: over?.param ?? action.param, fault: { is: "nothing_to_edit" } });
}

/** True for words that change a picture, and for any answer to the question what to change. */
function meansPicture(body: JsonObject, said: string): boolean {
	return refersToLast(said) || (wasAskedWhatToChange(body) && !asksForNew(said));
}

/**
 * Returns the pictures at these places. One that is alone is meant whatever its number is: then that counts something in it.
 * @throws Refusal for a place beyond them
 */
function atPlaces<Picture extends WantedPicture>(
	pictures: readonly Picture[],
	places: readonly number[],
): readonly Picture[] {
	const has = pictures.length;
	if (has === 1) return pictures;
	return places.map((place) => {
		const picture = pictures.at(place);
		if (picture !== undefined) return picture;
		const fault = { is: "no_picture_at", place: place < 0 ? -place : place + 1, has } as const;
		throw new Refusal({ kind: "invalid_value", param: pictures.at(-1)?.param ?? null, fault });
	});
}

/** @throws Refusal if it does not exist */
async function orRefused(picture: WantedPicture, context: Context): Promise<ChosenPicture> {
	const found = await firstThatExists([picture], context);
	if (found !== null) return found;
	throw new Refusal({ kind: "invalid_value", param: picture.param, fault: { is: "no_such_picture" } });
}

/** A link of ours stands for the picture itself, if it is of this account. */
async function withOwnPicture(picture: GivenPicture, context: Context): Promise<ChosenPicture> {
	if (picture.source.kind !== "link") return picture;
	const { url } = picture.source;
	const made = ownPictureOf(url);
	const found = made && (await find(made, context));
	if (found !== null) return { ...picture, source: found };
	if (/^https:/i.test(url)) return picture;
	throw new Refusal({ kind: "invalid_value", param: picture.param, fault: { is: "no_such_picture" } });
}

async function firstThatExists(pictures: readonly WantedPicture[], context: Context): Promise<ChosenPicture | null> {
	for (const { source, ...picture } of pictures) {
		const found = source.kind === "made" ? await find(source.made, context) : source;
		if (found !== null) return { ...picture, source: found };
	}
	return null;
}

/** Returns a picture with its key; null if this account has no such job, or the job has not stored the picture. */
async function find(made: MadePicture, context: Context): Promise<MadeSource | null> {
	const log = await logOrNull(made.job, context);
	const image = log && imagesOf(log).find(({ index }) => index === made.index);
	return image ? { kind: "made", made, key: image.key } : null;
}

async function logOrNull(job: string, context: Context): Promise<readonly LinkedEvent[] | null> {
	return isOurJobId(job, context.env) ? readLog(context, job) : null;
}

function imagesOf(log: readonly LinkedEvent[]): readonly LinkedImage[] {
	return log.flatMap((event) => (event.type === "image" || event.type === "late_image" ? [event] : []));
}

interface Earlier {
	readonly job: string;
	readonly log: readonly LinkedEvent[];
}

/** @throws Refusal if this account has no such Response */
async function readPrevious(id: string, context: Context): Promise<Earlier | null> {
	const named = readEarlierId(id);
	// An answer that was only text is not kept, so a conversation may go on from it.
	if (named.kind === "text") return null;
	const { job } = named;
	const log = job === null ? null : await logOrNull(job, context);
	if (job === null || log === null || !isResponse(log)) throw new Refusal({ kind: "previous_response_not_found" });
	return { job, log };
}

function isResponse([accepted]: readonly LinkedEvent[]): boolean {
	return accepted?.type === "accepted" && accepted.rendering.api === "responses";
}

/** Returns the pictures of a Response in their order, or of the newest before it that has some. */
async function picturesBefore(from: Earlier, context: Context): Promise<readonly ChosenPicture[]> {
	let earlier: Earlier | null = from;
	for (let depth = 0; earlier !== null && depth < MAX_EARLIER_RESPONSES; depth += 1) {
		const { job, log }: Earlier = earlier;
		const images = imagesOf(log).toSorted((a, b) => a.index - b.index);
		if (images.length > 0) {
			return images.map(({ index, key }) => ({
				role: "image",
				param: "previous_response_id",
				source: { kind: "made", made: { job, index }, key },
			}));
		}
		if (!log.some(isTerminal))
			throw new Refusal({ kind: "invalid_value", param: "previous_response_id", fault: { is: "earlier_running" } });
		earlier = await before(log, context);
	}
	return [];
}

/** Returns the Response that another one went on from. Null if it went on from none, or that one is gone by now. */
async function before([accepted]: readonly LinkedEvent[], context: Context): Promise<Earlier | null> {
	const id = accepted?.type === "accepted" ? accepted.rendering.previousResponse : undefined;
	const { job } = id === undefined ? { job: null } : readEarlierId(id);
	const log = job === null ? null : await logOrNull(job, context);
	return job === null || log === null ? null : { job, log };
}
