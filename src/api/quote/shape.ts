/** Tells by the fields of a body which API's it is. */

import type { JsonObject } from "../../json-value.ts";
import { holdsSomething } from "../request/body-fields.ts";

export type Shape = "chat" | "response" | "edit" | "generation";

/** The fields of words and their APIs, the one that tells most first. */
const WORDS = [
	["messages", "chat"],
	["prompt", "images"],
	["input", "response"],
] as const;
const PICTURES = ["image", "images", "mask"] as const;

/**
 * Returns whose body it is: a chat has messages, a Response an input, and an edit brings a picture along. Clients send empty fields along
 * with those that they mean, so a field that holds something goes before one that does not.
 */
export function shapeOf(sent: JsonObject): Shape {
	const holds = (name: string) => holdsSomething(sent[name]);
	const isSent = (name: string) => (sent[name] ?? null) !== null;
	const [, api] = WORDS.find(([name]) => holds(name)) ?? WORDS.find(([name]) => isSent(name)) ?? [null, "images"];
	if (api !== "images") return api;
	return PICTURES.some(holds) ? "edit" : "generation";
}
