/** Finds out what a body means: pictures, and of what, or only words. Nothing is stored or started for it. */

import type * as z from "zod/mini";
import type { Context } from "../context.ts";
import type { AskedRendering } from "../core/events.ts";
import type { RequestError } from "../errors.ts";
import { orRefuse, Refusal } from "../http/refusal.ts";
import type { JsonObject } from "../json-value.ts";
import type { Language } from "../language.ts";
import type { SchemaTraits } from "../models/catalogue/types.ts";
import type { ImageRequest } from "../models/request.ts";
import { saysSomething } from "../prompt/probes.ts";
import { readWebhookUrl } from "../webhooks/target.ts";
import { WORDS } from "../words/index.ts";
import type { TextFormat } from "./answer/format.ts";
import type { Asked, Defaults } from "./request/asked.ts";
import { readBroughtAlong } from "./request/brought-along.ts";
import { choosePictures } from "./request/choose-pictures.ts";
import { parseBody } from "./request/fields.ts";
import { findTraits } from "./request/find-traits.ts";
import type { ReadForm } from "./request/form.ts";
import { readImageFields } from "./request/image-fields.ts";
import { toImageRequest } from "./request/image-request.ts";
import { answerProbe, languageOfAsked } from "./request/no-picture.ts";
import type { ChosenPicture } from "./request/wanted-picture.ts";

/** The part of an API that says what its bodies mean. */
export interface MeantApi<Body extends z.ZodMiniType> {
	readonly body: Body;
	/** Nothing is made without a picture. */
	readonly needsPicture?: true;
	/** Says what a body asks for. */
	read(body: z.output<Body>, defaults: Defaults): Asked;
	/** Renders an answer that is only text; null for an API without a conversation. */
	readonly text: TextFormat | null;
}

export type Meaning =
	/** A hidden request of a client's program, or nothing that can be drawn: these words answer it. */
	| { readonly kind: "words"; readonly asked: Asked; readonly text: string; readonly format: TextFormat }
	| {
			readonly kind: "pictures";
			readonly asked: Asked;
			/** Is told of the job's end; null if the client names none. */
			readonly clientWebhook: string | null;
			readonly language: Language;
			readonly rendering: AskedRendering;
			/** Null if the catalogue knows how the model is asked. */
			readonly traits: SchemaTraits | null;
			/** The pictures that it is drawn from. */
			readonly wanted: readonly ChosenPicture[];
			/** Without those pictures. */
			readonly drawn: ImageRequest;
	  };

/** @param header `Accept-Language` @throws Refusal */
export async function readMeaning<Body extends z.ZodMiniType>(
	api: MeantApi<Body>,
	{ sent, files }: ReadForm,
	header: string | null,
	context: Context,
): Promise<Meaning> {
	const { config } = context;
	const asked = api.read(orRefuse(parseBody(api.body, sent)), config);
	const language = languageOfAsked(asked, header);
	const format = api.text;
	const text = format === null ? null : answerProbe(asked, language);
	if (format !== null && text !== null) return { kind: "words", asked, text, format };
	const brought = readAttached(api, sent, files);
	const { wanted, edits } = await choosePictures(sent, brought, asked.said, context);
	const read = orRefuse(readImageFields(asked, sent));
	// `make it 16:9` says nothing but a size to a model that draws, and all to one that edits.
	const fields = read.prompt === "" && edits !== undefined ? { ...read, prompt: asked.said.trim() } : read;
	// Some models edit without a prompt. Others refuse it.
	if (edits === undefined && !saysSomething(fields.prompt)) {
		if (format !== null) return { kind: "words", asked, text: WORDS[language].help, format };
		if (fields.prompt === "")
			throw new Refusal({ kind: "invalid_value", param: asked.param, fault: { is: "only_a_size" } });
	}

	const rendering = edits === undefined ? asked.rendering : { ...asked.rendering, edits };
	const traits = orRefuse(await findTraits(fields.model, context));
	const requested = toImageRequest(fields, { ...config, traits }, wanted);
	if (format !== null && !requested.ok && isWordless(requested.error))
		return { kind: "words", asked, text: WORDS[language].whatToChange, format };
	const clientWebhook = orRefuse(readWebhookUrl(asked.webhookUrl, config));
	return { kind: "pictures", asked, clientWebhook, language, rendering, traits, wanted, drawn: orRefuse(requested) };
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
