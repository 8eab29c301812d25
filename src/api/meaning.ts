/** Finds out what a body means: pictures, and of what, or only words. Nothing is stored or started for it. */

import type * as z from "zod/mini";
import type { Context } from "../context.ts";
import type { AskedRendering } from "../core/events.ts";
import type { RequestError } from "../errors.ts";
import { orRefuse, Refusal } from "../http/refusal.ts";
import type { Json, JsonObject } from "../json-value.ts";
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
import { forcedToolOf } from "./request/forced-tool.ts";
import type { ReadForm } from "./request/form.ts";
import { readImageFields } from "./request/image-fields.ts";
import { toImageRequest } from "./request/image-request.ts";
import { linksIn, type PictureLink, withoutLinks } from "./request/linked-pictures.ts";
import { blamingModel, readModelName } from "./request/model-name.ts";
import { answerProbe, argumentsFor, languageOfAsked } from "./request/no-picture.ts";
import { openNests } from "./request/open-nests.ts";
import { readText } from "./request/picture-source.ts";
import type { ChosenPicture, GivenPicture, GivenSource } from "./request/wanted-picture.ts";

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
	| {
			readonly kind: "words";
			readonly asked: Asked;
			readonly text: string;
			readonly format: TextFormat;
			readonly call?: string | undefined;
	  }
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
	{ sent: written, files }: ReadForm,
	header: string | null,
	context: Context,
): Promise<Meaning> {
	const { config } = context;
	const sent = orRefuse(openNests(written));
	const named = orRefuse(readModelName(sent));
	const asked = api.read(orRefuse(parseBody(api.body, named.sent)), config);
	const language = languageOfAsked(asked, header);
	const format = api.text;
	if (format !== null) {
		const tool = forcedToolOf(sent);
		const text = tool === null ? answerProbe(asked, sent, language) : argumentsFor(tool, asked);
		if (text !== null) return { kind: "words", asked, text, format, call: tool?.name };
	}
	const links = linksIn(asked.said);
	const linked = links.map(({ address }) => readText(address, asked.param));
	const brought = readAttached(api, sent, files, linked);
	const { wanted, edits } = await choosePictures(sent, brought, asked.said, context);
	const said = withoutLinks(asked.said, links, (address) => placeOf(address, brought.attached));
	const read = orRefuse(readImageFields({ ...asked, said }, sent));
	const fields = edits === undefined ? read : { ...read, prompt: promptOfEdit(read.prompt, said, links) };
	// Some models edit without a prompt. Others refuse it.
	if (edits === undefined && !saysSomething(fields.prompt)) {
		if (!isSent(sent[asked.param])) throw missing(asked.param);
		if (format !== null) return { kind: "words", asked, text: WORDS[language].help, format };
		if (fields.prompt === "") {
			const fault = { is: asked.said === "" ? "empty" : "only_a_size" } as const;
			throw new Refusal({ kind: "invalid_value", param: asked.param, fault });
		}
	}

	const rendering = edits === undefined ? asked.rendering : { ...asked.rendering, edits };
	const traits = orRefuse(blamingModel(await findTraits(fields.model, context), named.param));
	const requested = blamingModel(toImageRequest(fields, { ...config, traits }, wanted), named.param);
	if (format !== null && !requested.ok && isWordless(requested.error))
		return { kind: "words", asked, text: WORDS[language].whatToChange, format };
	const clientWebhook = orRefuse(readWebhookUrl(asked.webhookUrl, config));
	return { kind: "pictures", asked, clientWebhook, language, rendering, traits, wanted, drawn: orRefuse(requested) };
}

/** `make it 16:9` says nothing but a size to a model that draws, and all to one that edits. A link alone says nothing to either. */
function promptOfEdit(prompt: string, said: string, links: readonly PictureLink[]): string {
	if (links.length > 0 && !saysSomething(said)) return "";
	return prompt === "" ? said.trim() : prompt;
}

/** Returns the place that models count a linked picture by, from 1; null if there is one picture only. */
function placeOf(address: string, attached: readonly GivenPicture[]): number | null {
	const images = attached.filter(({ role }) => role === "image");
	const at = images.findIndex(({ source }) => isAt(address, source));
	return images.length > 1 && at >= 0 ? at + 1 : null;
}

function isAt(address: string, source: GivenSource): boolean {
	return source.kind === "link" ? source.url === address : source.kind === "data" && source.text === address;
}

/** A Response may do without an input: it may edit without words. */
function isSent(value: Json | undefined): boolean {
	return value !== undefined && value !== null;
}

function missing(param: string): Refusal {
	return new Refusal({ kind: "invalid_value", param, fault: { is: "missing" } });
}

/** Reads what a request brings along: files of a form, and the pictures in its other fields. */
function readAttached(
	{ needsPicture }: { readonly needsPicture?: true },
	sent: JsonObject,
	files: ReadForm["files"],
	linked: Parameters<typeof readBroughtAlong>[1],
) {
	const brought = orRefuse(readBroughtAlong(sent, linked));
	const attached = [...files, ...brought.attached];
	if (needsPicture && !attached.some(({ role }) => role === "image")) throw missing("image");
	return { ...brought, attached };
}

/** True for a picture without words, for a model that cannot do without them. */
function isWordless(error: RequestError): boolean {
	return error.kind === "invalid_value" && error.param === "prompt" && error.fault.is === "missing";
}
