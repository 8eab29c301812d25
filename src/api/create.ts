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
import { readWebhookUrl } from "../webhooks/target.ts";
import { WORDS } from "../words/index.ts";
import { answerAccepted, answerFrames, answerNow, answerStream, answerWhole, reportOf } from "./answer/answers.ts";
import type { Format, TextFormat } from "./answer/format.ts";
import type { Asked, Defaults } from "./request/asked.ts";
import { readBroughtAlong } from "./request/brought-along.ts";
import { choosePictures } from "./request/choose-pictures.ts";
import { toTextId } from "./request/earlier-response.ts";
import { parseBody, readObject } from "./request/fields.ts";
import { logOf } from "./request/find-job.ts";
import { findTraits } from "./request/find-traits.ts";
import { type ReadForm, readForm } from "./request/form.ts";
import { readImageFields } from "./request/image-fields.ts";
import { toImageRequest } from "./request/image-request.ts";
import { createInputKeeper, type InputKeeper } from "./request/input-keeper.ts";
import { answerProbe, languageOfAsked, languageOfSent } from "./request/no-picture.ts";
import { prefersAsync, readTerms } from "./request/terms.ts";

/** One API's part in the flow. */
export interface CreateApi<Body extends z.ZodMiniType> {
	/** The API's path. Only requests of one API can be equal, by whichever of its routes they come. */
	readonly path: string;
	readonly body: Body;
	/** The body may be a form with files. */
	readonly takesForms?: true;
	/** Nothing is made without a picture. */
	readonly needsPicture?: true;
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
	return inUsersLanguage(api, async ({ sent, files }, keeper, request, context) => {
		const { config } = context;
		const asked = api.read(orRefuse(parseBody(api.body, sent)), config);
		const language = languageOfAsked(asked, request.headers.get("accept-language"));
		const text = api.text === null ? null : answerProbe(asked, language);
		if (api.text !== null && text !== null) return answerText(text, api.text, asked, request, context);
		const brought = readAttached(api, sent, files);
		const { wanted, edits } = await choosePictures(sent, brought, asked.said, context);
		const read = orRefuse(readImageFields(asked, sent));
		// `make it 16:9` says nothing but a size to a model that draws, and all to one that edits.
		const fields = read.prompt === "" && edits !== undefined ? { ...read, prompt: asked.said.trim() } : read;
		// Some models edit without a prompt. Others refuse it.
		if (fields.prompt === "" && edits === undefined) {
			if (api.text !== null) return answerText(WORDS[language].help, api.text, asked, request, context);
			throw new Refusal({ kind: "invalid_value", param: asked.param, fault: { is: "only_a_size" } });
		}

		const { streamed } = asked;
		const rendering = edits === undefined ? asked.rendering : { ...asked.rendering, edits };
		const traits = orRefuse(await findTraits(fields.model, context));
		const requested = toImageRequest(fields, { ...config, traits }, wanted);
		if (api.text !== null && !requested.ok && isWordless(requested.error))
			return answerText(WORDS[language].whatToChange, api.text, asked, request, context);
		const drawn = orRefuse(requested);
		const terms = orRefuse(readTerms(request, config, api.path));
		const clientWebhook = orRefuse(readWebhookUrl(asked.webhookUrl, config));
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

/** Reads what a request brings along: files of a form, and the pictures in its other fields. */
function readAttached({ needsPicture }: { readonly needsPicture?: true }, sent: JsonObject, files: ReadForm["files"]) {
	const brought = orRefuse(readBroughtAlong(sent));
	const attached = [...files, ...brought.attached];
	if (needsPicture && !attached.some(({ role }) => role === "image"))
		throw new Refusal({ kind: "invalid_value", param: "image", fault: { is: "missing" } });
	return { ...brought, attached };
}

/** True for a picture without words, for a model that cannot do without them. */
function isWordless(error: RequestError): boolean {
	return error.kind === "invalid_value" && error.param === "prompt" && error.fault.is === "missing";
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
			// Who sends files there without a form has to be told of it.
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
	text: string,
	{ toBody, toFrames }: TextFormat,
	{ rendering, said, streamed }: Asked,
	request: Request,
	context: Context,
): Response {
	const requestId = toTextId(context.requestId, rendering.previousResponse);
	const identity = { requestId, createdSeconds: Math.floor(Date.now() / 1000), said, rendering };
	if (!streamed) return jsonResponse(toBody(identity, text));
	return answerFrames(toFrames(identity, text), request, context);
}
