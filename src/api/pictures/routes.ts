/** The addresses of stored pictures, and of what they are drawn from: from R2 alone, so that no object is woken. */

import type { Config } from "../../config.ts";
import type { OpenContext } from "../../context.ts";
import type { Env } from "../../env.ts";
import type { RequestError } from "../../errors.ts";
import { refuse } from "../../http/refusal.ts";
import { isJobId } from "../../job-id.ts";
import { preferredLanguage } from "../../language.ts";
import { fileOf, isFileName, isInputName, keyOf, keyOfInputFile } from "../../media/keys.ts";
import { createLinks, type LinkKind, type PictureName } from "../../media/links.ts";
import { openPicture } from "../../media/read.ts";
import { isInlineType } from "../../media/sniff.ts";

/**
 * Set on every answer, errors too: nothing in a picture may run, and any page may show it. A browser centres a picture that has a tab of
 * its own by styles in the page that it makes for it. They can load nothing.
 */
const SAFETY = {
	"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
	"x-content-type-options": "nosniff",
	"cross-origin-resource-policy": "cross-origin",
	"access-control-allow-origin": "*",
	"access-control-expose-headers":
		"accept-ranges, content-disposition, content-length, content-range, etag, x-request-id",
};

/** A picture never changes. It is `private`, since its link is a secret of those who have it. */
const CACHED = { "cache-control": "private, max-age=31536000, immutable" };

/** Answers `GET` and `HEAD`, also of a part and also if the client has it already. */
export function getPicture(request: Request, { env, config, params }: OpenContext): Promise<Response> {
	return servePicture(request, env, config, { kind: "images", ...nameIn(params) }, Date.now());
}

/** Answers fal, which reads the pictures that a job is drawn from. */
export function getInput(request: Request, { env, config, params }: OpenContext): Promise<Response> {
	return servePicture(request, env, config, { kind: "inputs", ...nameIn(params) }, Date.now());
}

function nameIn({ job = "", file = "" }: OpenContext["params"]): PictureName {
	return { job, file };
}

/** Checks the names of each kind of file, and finds their keys in R2. */
const PLACES: Readonly<Record<LinkKind, { isName: typeof isFileName; keyOf: typeof keyOf }>> = {
	images: { isName: isFileName, keyOf },
	inputs: { isName: isInputName, keyOf: keyOfInputFile },
};

export async function servePicture(
	request: Request,
	env: Pick<Env, "IMAGES">,
	config: Config,
	{ kind, ...named }: PictureName & { readonly kind: LinkKind },
	nowMs: number,
): Promise<Response> {
	const { searchParams } = new URL(request.url);
	const place = PLACES[kind];
	// All else is refused, even if it was signed by mistake.
	const isOurs = isJobId(named.job) && place.isName(named.file);
	if (!isOurs || !(await createLinks(config).verify(kind, named, searchParams, nowMs)))
		return refused({ kind: "forbidden_link" }, request);

	return answerFile(request, env, place.keyOf(named.job, named.file), "picture");
}

/**
 * Answers with a picture or a thumbnail of R2, whole, in part, or not at all if the client has it already.
 * @param what The word for it, if there is none
 */
export async function answerFile(
	request: Request,
	{ IMAGES }: Pick<Env, "IMAGES">,
	key: string,
	what: "picture" | "thumbnail",
): Promise<Response> {
	const file = fileOf(key);
	const opened = await openPicture(IMAGES, key, request);
	switch (opened.kind) {
		case "missing":
			return refused({ kind: "not_found", what }, request);
		case "unsatisfiable":
			return refused({ kind: "range_not_satisfiable", bytes: opened.object.size }, request);
		case "not_modified":
			return new Response(null, { status: 304, headers: headersOf(opened.object) });
		case "head":
			return new Response(null, { headers: entityHeaders(opened.object, file, opened.object.size) });
		case "whole":
			return new Response(opened.object.body, { headers: entityHeaders(opened.object, file, opened.object.size) });
		case "part": {
			const { object, offset, length } = opened;
			return new Response(object.body, {
				status: 206,
				headers: {
					...entityHeaders(object, file, length),
					"content-range": `bytes ${offset}-${offset + length - 1}/${object.size}`,
				},
			});
		}
	}
}

function headersOf(object: R2Object) {
	return {
		...SAFETY,
		...CACHED,
		"accept-ranges": "bytes",
		etag: object.httpEtag,
	};
}

function entityHeaders(object: R2Object, file: string, bytes: number) {
	const contentType = object.httpMetadata?.contentType;
	return {
		...headersOf(object),
		"content-type": contentType ?? "application/octet-stream",
		"content-disposition": isInlineType(contentType) ? "inline" : `attachment; filename="${file}"`,
		"content-length": String(bytes),
	};
}

function refused(reason: RequestError, request: Request): Response {
	const response = refuse(reason, preferredLanguage(request.headers.get("accept-language")));
	for (const [name, value] of Object.entries({ ...SAFETY, "cache-control": "no-store" }))
		response.headers.set(name, value);
	return response;
}
