/** Reads the function that a request forces its answer to call. A client reads its arguments, and no picture. */

import { isJsonObject, type Json, type JsonObject } from "../../json-value.ts";
import { speaksOfPictures } from "../../prompt/picture-words.ts";
import { isList } from "./body-fields.ts";

export interface ForcedTool {
	readonly name: string;
	/** The schema of its arguments. */
	readonly parameters: JsonObject;
}

/** Returns the function; null if the request may be answered without one, or one of those to choose from is for pictures. */
export function forcedToolOf({ tool_choice: choice, tools }: JsonObject): ForcedTool | null {
	const read = isList(tools) ? tools.map(readFunction) : [];
	const kind = isJsonObject(choice) ? choice.type : choice;
	const mustCall = kind === "required" || kind === "any";
	const allowed = read.filter((tool) => tool !== null && (mustCall || tool.name === nameOf(choice)));
	const [first] = allowed;
	if (first === undefined || first === null) return null;
	const mayDraw = mustCall && read.length > allowed.length;
	return mayDraw || allowed.some((tool) => tool?.isForPictures) ? null : first;
}

/** Anthropic's type is `tool`. */
function nameOf(choice: Json | undefined): Json | undefined {
	return isJsonObject(choice) && (choice.type === "function" || choice.type === "tool")
		? partOf(choice).name
		: undefined;
}

function readFunction(tool: Json): (ForcedTool & { readonly isForPictures: boolean }) | null {
	if (!isJsonObject(tool) || tool.type !== "function") return null;
	const { name, description, parameters } = partOf(tool);
	if (typeof name !== "string") return null;
	const words = `${name.replace(/[_-]|(?<=[a-z])(?=[A-Z])/g, " ")} ${description}`;
	return { name, parameters: isJsonObject(parameters) ? parameters : {}, isForPictures: speaksOfPictures(words) };
}

/** A chat has an object of its own for the function, and a Response has not. */
function partOf(tool: JsonObject): JsonObject {
	return isJsonObject(tool.function) ? tool.function : tool;
}
