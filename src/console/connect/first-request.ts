/** Sends what a client would send first, and reads the answer. */

import type { FirstRequest } from "./client.ts";

export interface TriedRequest {
	readonly method: "GET" | "POST";
	/** On the gateway. */
	readonly path: string;
	readonly body: object | null;
}

export function toRequest(first: FirstRequest, model: string): TriedRequest {
	switch (first.kind) {
		case "models":
			return { method: "GET", path: "/v1/models", body: null };
		case "manifest":
			return { method: "GET", path: "/integrations/gpt-image-playground.json", body: null };
		case "greeting": {
			const { says, isStream, maxTokens } = first;
			const body = {
				model,
				messages: [{ role: "user", content: says }],
				stream: isStream,
				...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
			};
			return { method: "POST", path: "/v1/chat/completions", body };
		}
	}
}

/** What a good answer says. */
export type Said =
	| { readonly kind: "models"; readonly count: number }
	| { readonly kind: "manifest"; readonly provider: string }
	| { readonly kind: "reply"; readonly text: string };

/** Reads a good answer. Null: the client would not understand it. */
export function readSaid(first: FirstRequest, text: string): Said | null {
	try {
		switch (first.kind) {
			case "models": {
				const { data } = toObject(JSON.parse(text));
				return Array.isArray(data) ? { kind: "models", count: data.length } : null;
			}
			case "manifest": {
				const { customProviders } = toObject(JSON.parse(text));
				const { name } = toObject(Array.isArray(customProviders) ? customProviders[0] : null);
				return typeof name === "string" ? { kind: "manifest", provider: name } : null;
			}
			case "greeting": {
				const reply = first.isStream ? textOfStream(text) : textOf(JSON.parse(text), "message");
				return reply === "" ? null : { kind: "reply", text: reply };
			}
		}
	} catch {
		return null;
	}
}

/** Joins the text of a chat's stream, of which each event is a line. */
function textOfStream(text: string): string {
	const events = text.split("\n").filter((line) => line.startsWith("data: {"));
	return events.map((line) => textOf(JSON.parse(line.slice("data: ".length)), "delta")).join("");
}

function textOf(answer: unknown, part: "message" | "delta"): string {
	const { choices } = toObject(answer);
	const { content } = toObject(toObject(Array.isArray(choices) ? choices[0] : null)[part]);
	return typeof content === "string" ? content : "";
}

function toObject(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null ? { ...value } : {};
}
