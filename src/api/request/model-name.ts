/** Finds the model that a body names in another field than `model`, so that the default model never draws in place of one that was named. */

import type { RequestError } from "../../errors.ts";
import { typeOf } from "../../faults.ts";
import type { Json, JsonObject } from "../../json-value.ts";
import { isChatModel } from "../../models/chat-models.ts";
import { type InvalidValue, invalid } from "../../models/fal-input.ts";
import { err, ok, type Result } from "../../result.ts";
import { fieldsOf, holdsSomething, imageToolOf, isList } from "./body-fields.ts";

/** `model` within objects of options, `model_name`, `image_model`, A1111's `sd_model_checkpoint`, ComfyUI's `ckpt_name`, Azure's `deployment_id`, Volcengine's `req_key`. */
const MODEL_NAME =
	/^(?:image|img|picture|draw|drawing|t2i|texttoimage|selected|sd)?(?:generation|gen)?(?:model|engine|checkpoint|modelcheckpoint|ckpt)(?:s|name|id|slug|key)?$|^deployment(?:id|name)?$|^reqkey$/;

export interface NamedModel {
	/** The body, with the name in `model`. */
	readonly sent: JsonObject;
	/** The field that the name comes from. */
	readonly param: string;
}

/** `image_model` counts beside a `model` that talks, too: that one draws nothing. */
const DRAWER_NAME = /image|img|picture|draw|t2i|checkpoint|ckpt/;

/** The image tool's `model` wins, and then the body's own. Names that contradict each other are refused. */
export function readModelName(sent: JsonObject): Result<NamedModel, InvalidValue> {
	const image = imageToolOf(sent);
	const drawer = image?.tool.model ?? null;
	if (image !== null && holdsSomething(drawer)) {
		const param = `${image.path}model`;
		const name = readName(param, drawer);
		return name.ok ? ok({ sent: { ...sent, model: name.value }, param }) : name;
	}
	const talks = typeof sent.model === "string" && isChatModel(sent.model);
	if (holdsSomething(sent.model) && !talks) return ok({ sent, param: "model" });
	let found: { readonly name: string; readonly param: string } | undefined;
	for (const field of [...fieldsOf(sent), ...(image ? fieldsOf(image.tool, image.path) : [])]) {
		if (!MODEL_NAME.test(field.plain) || !holdsSomething(field.value)) continue;
		if (talks && !DRAWER_NAME.test(field.plain)) continue;
		const name = readName(field.path, field.value);
		if (!name.ok) return name;
		if (found !== undefined && found.name !== name.value)
			return invalid(field.path, { is: "contradiction", other: found.param });
		found ??= { name: name.value, param: field.path };
	}
	if (found !== undefined) return ok({ sent: { ...sent, model: found.name }, param: found.param });
	// A model that talks would call the tool, and draws nothing itself.
	return ok({ sent: talks && image !== null ? { ...sent, model: null } : sent, param: "model" });
}

/** A list of models is one to choose from, so only a list of one names a model. */
function readName(path: string, value: Json): Result<string, InvalidValue> {
	const name: Json | undefined = isList(value) && value.length === 1 ? value[0] : value;
	if (typeof name === "string") return ok(name.trim());
	if (isList(name)) return invalid(path, { is: "too_long", max: 1, of: "items" });
	return invalid(path, { is: "type", expected: ["string"], got: typeOf(name) });
}

/** Blames the field that the model's name comes from. */
export function blamingModel<T>(result: Result<T, RequestError>, param: string): Result<T, RequestError> {
	if (result.ok) return result;
	const { error } = result;
	if (error.kind === "model_not_found") return err({ ...error, param });
	return error.kind === "invalid_value" && error.param === "model" ? err({ ...error, param }) : result;
}
