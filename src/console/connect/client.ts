/** Describes a client: what to type into it, and what it asks first. */

import type { Language } from "../../language.ts";

/** A text in both languages. A name of a client's own menu stands as the client writes it. */
export type Both = Readonly<Record<Language, string>>;

/** A field of the client's settings. */
export interface ClientField {
	readonly label: Both;
	/** With `{origin}`, `{key}` and `{model}` in it. */
	readonly value: string;
}

/** A file or a command to copy as a whole. */
export interface ClientBlock {
	/** A file's name, or what it is for. */
	readonly title: Both;
	readonly text: string;
}

export interface Client {
	readonly id: string;
	readonly name: string;
	/** Its heading in docs/clients.md; null for a library, of which the page has one section for all. */
	readonly heading: string | null;
	/** The way to the settings, through the client's menus. */
	readonly where: Both | null;
	readonly fields: readonly ClientField[];
	readonly blocks: readonly ClientBlock[];
	readonly notes: readonly Both[];
	readonly first: FirstRequest;
}

/** The request that a client sends first: when its settings are saved, or when its own button for a check is pressed. It costs nothing. */
export type FirstRequest =
	| { readonly kind: "models" }
	| { readonly kind: "manifest" }
	/** A greeting, which is answered without a picture. */
	| { readonly kind: "greeting"; readonly says: string; readonly isStream: boolean; readonly maxTokens?: number };

/** The model that each client can be told, unless its key may not use it. */
export const USUAL_MODEL = "darkroom";

/** Lists what stands in the settings of a client. */
export interface Filling {
	readonly origin: string;
	readonly key: string;
	readonly model: string;
}

/** Fills a text in. */
export function fill(text: string, { origin, key, model }: Filling): string {
	// By functions: a `$` in a key means nothing.
	return text
		.replaceAll("{origin}", () => origin)
		.replaceAll("{model}", () => model)
		.replaceAll("{key}", () => key);
}

/** Shows a key by its beginning and end, as the API redacts those that it issues. */
export function maskKey(key: string): string {
	const issued = /^sk-dr-/.test(key);
	const shown = issued ? "sk-dr-" : key.slice(0, Math.min(3, Math.floor(key.length / 4)));
	return `${shown}${"•".repeat(8)}${key.length > 16 ? key.slice(-4) : ""}`;
}
