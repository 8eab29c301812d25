/** The one flow from a body to an answer: parse → hidden request or help → image request → start or join → answer. */

import type * as z from "zod/mini";
import type { Context } from "../context.ts";
import type { RequestError } from "../errors.ts";
import { readJson } from "../http/body.ts";
import { jsonResponse } from "../http/json-response.ts";
import { orRefuse, Refusal } from "../http/refusal.ts";
import { asObserver } from "../job/log.ts";
import { startJob } from "../job/start.ts";
import type { JsonObject } from "../models/request.ts";
import { ok, type Result } from "../result.ts";
import { readWebhookUrl } from "../webhooks/target.ts";
import { WORDS } from "../words/index.ts";
import { answerAccepted, answerFrames, answerNow, answerStream, answerWhole, reportOf } from "./answer/answers.ts";
import type { Format, TextFormat } from "./answer/format.ts";
import type { Asked, Defaults } from "./request/asked.ts";
import { parseBody, readObject } from "./request/fields.ts";
import { logOf } from "./request/find-job.ts";
import { readImageFields } from "./request/image-fields.ts";
import { toImageRequest } from "./request/image-request.ts";
import { findInputPicture } from "./request/input-pictures.ts";
import { answerProbe, languageOfAsked, languageOfSent } from "./request/no-picture.ts";
import { prefersAsync, readTerms } from "./request/terms.ts";

/** One API's part in the flow. */
export interface CreateApi<Body extends z.ZodMiniType> {
	/** The API's path. Only requests of one API can be equal, by whichever of its routes they come. */
	readonly path: string;
	readonly body: Body;
	/** Says what a body asks for. */
	read(body: z.output<Body>, defaults: Defaults): Asked;
	/** Renders the job that the body made. */
	readonly format: Format;
	/** Renders an answer that is only text; null for an API without a conversation. */
	readonly text: TextFormat | null;
	/** Says how a client is answered that does not wait for its job; null for one that waits. Absent: as `Prefer` says. */
	acceptance?(request: Request, asked: Asked): Result<Acceptance | null, RequestError>;
}

/** Answers 202 for a job that is durable. */
export type Acceptance = (request: Request, job: string, context: Context) => Promise<Response>;

/** Makes the handler of an API's route that makes pictures. */
export function createHandler<Body extends z.ZodMiniType>(api: CreateApi<Body>) {
	return inUsersLanguage(async (sent, request, context) => {
		const { config } = context;
		const asked = api.read(orRefuse(parseBody(api.body, sent)), config);
		const language = languageOfAsked(asked, request.headers.get("accept-language"));
		const text = api.text === null ? null : answerProbe(asked, language);
		if (api.text !== null && text !== null) return answerText(text, api.text, asked, request, context);
		const picture = findInputPicture(sent);
		if (picture !== null) throw new Refusal(picture);
		const fields = orRefuse(readImageFields(asked, sent));
		if (fields.prompt === "") {
			if (api.text !== null) return answerText(WORDS[language].help, api.text, asked, request, context);
			throw new Refusal({ kind: "invalid_value", param: asked.param, fault: { is: "only_a_size" } });
		}

		const { rendering, streamed } = asked;
		const imageRequest = orRefuse(toImageRequest(fields, config));
		const terms = orRefuse(readTerms(request, config, api.path));
		const clientWebhook = orRefuse(readWebhookUrl(asked.webhookUrl, config));
		const accept = orRefuse((api.acceptance ?? preferredAcceptance)(request, asked));
		const background = rendering.background ?? false;
		const watched = accept === null && (streamed || !background);
		const id = context.env.JOB.newUniqueId().toString();
		const start = {
			id,
			request: imageRequest,
			rendering,
			written: asked.said,
			language,
			terms,
			clientWebhook,
			watched,
		};
		const job = orRefuse(await startJob(context, start));

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

type Create = (sent: JsonObject, request: Request, context: Context) => Promise<Response>;

/** Reads the body, and says why it is refused in the language of its words. */
function inUsersLanguage(create: Create) {
	return async (request: Request, context: Context): Promise<Response> => {
		const sent = orRefuse(readObject(await readJson(request)));
		try {
			return await create(sent, request, context);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			throw new Refusal(error.reason, languageOfSent(sent, request.headers.get("accept-language")));
		}
	};
}

/** A client that prefers not to wait gets the job. */
export function preferredAcceptance(request: Request): Result<Acceptance | null, RequestError> {
	return ok(prefersAsync(request) ? answerAccepted : null);
}

function answerText(
	text: string,
	{ toBody, toFrames }: TextFormat,
	{ rendering, said, streamed }: Asked,
	request: Request,
	context: Context,
): Response {
	const identity = { requestId: context.requestId, createdSeconds: Math.floor(Date.now() / 1000), said, rendering };
	if (!streamed) return jsonResponse(toBody(identity, text));
	return answerFrames(toFrames(identity, text), request, context);
}
