/** The one flow from a body to an answer: parse → hidden request or help → image request → start or join → answer. */

import type * as z from "zod/mini";
import { checkKey } from "../account/key-check.ts";
import type { Context } from "../context.ts";
import type { RequestError } from "../errors.ts";
import { readJson } from "../http/body.ts";
import { jsonResponse } from "../http/json-response.ts";
import { isMultipart } from "../http/multipart/part-head.ts";
import { orRefuse, Refusal } from "../http/refusal.ts";
import { asObserver } from "../job/log.ts";
import { startJob } from "../job/start.ts";
import type { JsonObject } from "../json-value.ts";
import { ok, type Result } from "../result.ts";
import { answerAccepted, answerFrames, answerNow, answerStream, answerWhole, reportOf } from "./answer/answers.ts";
import type { Format } from "./answer/format.ts";
import { type Meaning, type MeantApi, readMeaning } from "./meaning.ts";
import type { Asked } from "./request/asked.ts";
import { toTextId } from "./request/earlier-response.ts";
import { readObject } from "./request/fields.ts";
import { logOf } from "./request/find-job.ts";
import { type ReadForm, readForm } from "./request/form.ts";
import { createInputKeeper, type InputKeeper } from "./request/input-keeper.ts";
import { languageOfSent } from "./request/no-picture.ts";
import { prefersAsync, readTerms } from "./request/terms.ts";

/** One API's part in the flow. */
export interface CreateApi<Body extends z.ZodMiniType> extends MeantApi<Body> {
	/** The API's path. Only requests of one API can be equal, by whichever of its routes they come. */
	readonly path: string;
	/** The body may be a form with files. */
	readonly takesForms?: true;
	/** Renders the job that the body made. */
	readonly format: Format;
	/** Says how a client is answered that does not wait for its job; null for one that waits. Absent: as `Prefer` says. */
	acceptance?(request: Request, asked: Asked): Result<Acceptance | null, RequestError>;
}

/** Answers 202 for a job that is durable. */
export type Acceptance = (request: Request, job: string, context: Context) => Promise<Response>;

/** Makes the handler of an API's route that makes pictures. */
export function createHandler<Body extends z.ZodMiniType>(api: CreateApi<Body>) {
	return inUsersLanguage(api, async (body, keeper, request, context) => {
		const { config } = context;
		const meant = await readMeaning(api, body, request.headers.get("accept-language"), context);
		const { asked } = meant;
		if (meant.kind === "words") {
			// Nothing is admitted, so nobody else looks at the key.
			orRefuse(await checkKey(context.env, context.caller));
			return answerText(meant, request, context);
		}
		const { clientWebhook, language, rendering, traits, wanted, drawn } = meant;
		const { streamed } = asked;
		const terms = orRefuse(readTerms(request, config, api.path));
		const accept = orRefuse((api.acceptance ?? preferredAcceptance)(request, asked));
		const background = rendering.background ?? false;
		const watched = accept === null && (streamed || !background);
		// Nothing of a request that is refused has to be stored, but for the files of a form.
		const imageRequest = wanted.length === 0 ? drawn : { ...drawn, ...(await keeper.keep(wanted)) };
		const start = {
			id: keeper.id,
			request: imageRequest,
			traits,
			rendering,
			written: asked.said,
			language,
			terms,
			clientWebhook,
			watched,
		};
		const job = orRefuse(await keeper.startWith(() => startJob(context, start)));

		const { format } = api;
		if (accept !== null) return accept(request, job.id, context);
		if (streamed) return answerStream(background ? asObserver(job) : job, format, request, context);
		if (background) {
			const log = await logOf(job.id, context);
			const close = reportOf(request, job.id, log, context);
			return answerNow(job.id, format.toBody(format.toId(job.id), log), context, { close });
		}
		return answerWhole(job, format, request, context);
	});
}

type Create = (body: ReadForm, keeper: InputKeeper, request: Request, context: Context) => Promise<Response>;

/** Reads the body, and says why it is refused in the language of its words. What was stored of it is dropped then. */
function inUsersLanguage(
	{ takesForms, needsPicture }: Pick<CreateApi<z.ZodMiniType>, "takesForms" | "needsPicture">,
	create: Create,
) {
	return async (request: Request, context: Context): Promise<Response> => {
		const keeper = createInputKeeper(context);
		let sent: JsonObject | null = null;
		try {
			const isForm = takesForms === true && isMultipart(request.headers.get("content-type"));
			// Nothing is read of a form, nor stored, for a key that is not good any more.
			if (isForm) orRefuse(await checkKey(context.env, context.caller));
			const body = isForm
				? await readForm(request, keeper)
				: { sent: orRefuse(readObject(await readJson(request, keeper.data))), files: [] };
			sent = body.sent;
			return await create(body, keeper, request, context);
		} catch (error) {
			keeper.drop();
			if (!(error instanceof Refusal)) throw error;
			// Tell a client that sends files here without a form how they are sent.
			if (error.reason.kind === "invalid_json" && needsPicture) throw new Refusal({ ...error.reason, files: true });
			if (sent === null) throw error;
			throw new Refusal(error.reason, languageOfSent(sent, request.headers.get("accept-language")));
		}
	};
}

/** A client that prefers not to wait gets the job. */
export function preferredAcceptance(request: Request): Result<Acceptance | null, RequestError> {
	return ok(prefersAsync(request) ? answerAccepted : null);
}

function answerText(
	{ text, format: { toBody, toFrames }, asked, call }: Extract<Meaning, { kind: "words" }>,
	request: Request,
	context: Context,
): Response {
	const { rendering, said, streamed } = asked;
	const requestId = toTextId(context.requestId, rendering.previousResponse);
	const identity = { requestId, createdSeconds: Math.floor(Date.now() / 1000), said, rendering, call };
	if (!streamed) return jsonResponse(toBody(identity, text));
	return answerFrames(toFrames(identity, text), request, context);
}
