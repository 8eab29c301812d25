/** The route of a picture's thumbnail, which a client makes of the picture and brings once. */

import type { Context } from "../../context.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import { pictureOf, thumbnailOf } from "../../core/thumbnails.ts";
import { jsonResponse } from "../../http/json-response.ts";
import { sentPiecesOf } from "../../http/pieces.ts";
import { Refusal } from "../../http/refusal.ts";
import { keepThumbnail } from "../../job/commands.ts";
import { fileOf } from "../../media/keys.ts";
import { createLinks } from "../../media/links.ts";
import { MAX_THUMBNAIL_BYTES, sniffThumbnail } from "../../media/thumbnails.ts";
import { jobHeaders } from "../answer/answers.ts";
import { answerFile } from "../pictures/routes.ts";
import { jobIdOf, logOf } from "../request/find-job.ts";
import { toJobId } from "./render.ts";
import { forAskedAccount } from "./routes.ts";

/** As it stands in a link: without zeros before it. */
const INDEX = /^(?:\d|[1-9]\d)$/;

/** Keeps a thumbnail. Answers 201 for the first one of a picture; with that one and 200 ever after, whatever the body is. */
export async function putThumbnail(request: Request, asker: Context): Promise<Response> {
	const context = forAskedAccount(request, asker);
	const id = jobIdOf(context);
	const log = await logOf(id, context);
	const index = indexIn(log, context);
	const earlier = thumbnailOf(log, index);
	const thumbnail = earlier ?? (await keepThumbnail(context, id, { index, ...(await readThumbnail(request)) }));
	if (thumbnail === null) throw new Refusal({ kind: "not_found", what: "picture" });
	const { config, origin } = context;
	const picture = { job: id, file: fileOf(thumbnail.key) };
	const path = await createLinks(config).sign("images", picture, expiryOf(log));
	const { contentType, bytes } = thumbnail;
	return jsonResponse(
		{ object: "thumbnail", job: toJobId(id), index, url: `${origin}${path}`, content_type: contentType, bytes },
		{ status: earlier === null ? 201 : 200, headers: jobHeaders(id) },
	);
}

/** Answers `GET` and `HEAD`, also if the client has it already. */
export async function getThumbnail(request: Request, asker: Context): Promise<Response> {
	const context = forAskedAccount(request, asker);
	const log = await logOf(jobIdOf(context), context);
	const thumbnail = thumbnailOf(log, indexIn(log, context));
	if (thumbnail === null) throw new Refusal({ kind: "not_found", what: "thumbnail" });
	return answerFile(request, context.env, thumbnail.key, "thumbnail");
}

/** @throws Refusal if the job has no such picture */
function indexIn(log: readonly LinkedEvent[], { params }: Context): number {
	const { index = "" } = params;
	if (!INDEX.test(index) || pictureOf(log, Number(index)) === null)
		throw new Refusal({ kind: "not_found", what: "picture" });
	return Number(index);
}

function expiryOf(log: readonly LinkedEvent[]): number {
	return log.find((event) => event.type === "accepted")?.expiresAt ?? 0;
}

/** @throws Refusal for a body that is too large, or no whole picture of a format that browsers show */
async function readThumbnail({ headers, body }: Request) {
	const bytes = await readBounded(Number(headers.get("content-length")), body);
	const contentType = sniffThumbnail(bytes);
	if (!contentType.ok) throw new Refusal({ kind: "invalid_value", param: "thumbnail", fault: contentType.error });
	return { contentType: contentType.value, bytes };
}

/** Holds as many bytes as a thumbnail may have, and one more. */
async function readBounded(announced: number, body: ReadableStream<Uint8Array> | null): Promise<Uint8Array> {
	const tooLarge = new Refusal({ kind: "body_too_large", maxBytes: MAX_THUMBNAIL_BYTES });
	if (announced > MAX_THUMBNAIL_BYTES) throw tooLarge;
	if (body === null) return new Uint8Array();
	for await (const piece of sentPiecesOf(body, MAX_THUMBNAIL_BYTES + 1)) {
		if (piece.length > MAX_THUMBNAIL_BYTES) throw tooLarge;
		return piece.slice();
	}
	return new Uint8Array();
}
