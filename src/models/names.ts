import { CATALOGUE, type CatalogueModel, FAMILIES, type Model, UNKNOWN } from "./catalogue.ts";
import { toFalInput } from "./fal-input.ts";
import type { ImageRequest, JsonObject, Used } from "./request.ts";

export type { Model } from "./catalogue.ts";
export { checkExtras, describeSizes, type FalInput, toFalInput } from "./fal-input.ts";

/** Which models there are to a client, and by which names. */

/** The setting MODELS, understood. */
export type Offered =
	/** The catalogue, and any fal id. */
	| { readonly kind: "all" }
	/** These, under any of their names. In lower case, as the operator wrote them otherwise. */
	| { readonly kind: "list"; readonly names: readonly string[] };

export type Found =
	| { readonly ok: true; readonly model: Model }
	/** `near` has at most three names that may have been meant. */
	| { readonly ok: false; readonly near: readonly string[] };

/** A model as `/v1/models` shows it (platform.openai.com/docs/api-reference/models, with the older fields that gateways read). */
export interface ModelRow {
	readonly id: string;
	readonly object: "model";
	/** Seconds since 1970. */
	readonly created: number;
	readonly owned_by: "fal-ai";
	readonly permission: readonly never[];
	readonly root: string;
	readonly parent: null;
}

const MAX_ID_CHARS = 200;
const MAX_NEAR = 3;
const FAL_ID = /^[a-z0-9][a-z0-9-]*(?:\/[a-z0-9][a-z0-9._-]*){1,5}$/;

/** Whether a text is an app of fal's such as `fal-ai/flux/dev`, and not an address of one of its requests. */
export function isFalId(text: string): boolean {
	return (
		text.length <= MAX_ID_CHARS && FAL_ID.test(text) && !text.includes("..") && !text.split("/").includes("requests")
	);
}

function namesOf({ id, endpoint, chatAlias, aliases }: CatalogueModel): readonly string[] {
	return [id, chatAlias, endpoint, ...aliases];
}
const BY_NAME: ReadonlyMap<string, CatalogueModel> = new Map(
	CATALOGUE.flatMap((model) => namesOf(model).map((name) => [name, model] as const)),
);
const PATTERNS = [...BY_NAME].flatMap(([name, model]) =>
	name.endsWith("*") ? [{ start: name.slice(0, -1), model }] : [],
);
const PLAIN_NAME = /^[a-z0-9][a-z0-9._-]*$/;

function findListed(name: string): CatalogueModel | undefined {
	return (
		BY_NAME.get(name) ??
		(PLAIN_NAME.test(name) ? PATTERNS.find(({ start }) => name.startsWith(start) && name !== start)?.model : undefined)
	);
}

/** The model of any name, offered or not. Names of the catalogue are read in any case, fal's ids as they are. */
function modelOf(name: string): Model | null {
	const trimmed = name.trim();
	if (trimmed.length > MAX_ID_CHARS) return null;
	return findListed(trimmed.toLowerCase()) ?? (isFalId(trimmed) ? toRawModel(trimmed) : null);
}

function toRawModel(id: string): Model {
	const [, traits] = FAMILIES.find(([prefix]) => id.startsWith(prefix)) ?? ["", UNKNOWN];
	return { id, endpoint: id, ...traits, shape: "auto" };
}

/** Reads MODELS: `*`, or names of models with commas or spaces between; null if it names none, or one that cannot be. */
export function parseOffered(text: string): Offered | null {
	const names = text.split(/[\s,]+/).filter((name) => name !== "");
	if (names.includes("*")) return { kind: "all" };
	if (names.length === 0 || !names.every((name) => modelOf(name))) return null;
	return { kind: "list", names: [...new Set(names.map((name) => name.toLowerCase()))] };
}

/** The model that a client means by a name: an id, an alias, or any fal id. */
export function findModel(name: string, offered: Offered): Found {
	const model = modelOf(name);
	if (model && isOffered(model, offered)) return { ok: true, model };
	return { ok: false, near: nearNames(name, offered) };
}

function isOffered(model: Model, offered: Offered): boolean {
	return offered.kind === "all" || offered.names.some((name) => modelOf(name)?.id === model.id);
}

/** The list, best known first: the catalogue's ids and then its names for chat clients; or just what MODELS names. */
export function listModels(offered: Offered): readonly ModelRow[] {
	return listedNames(offered).flatMap((name) => findRow(name, offered) ?? []);
}

function listedNames(offered: Offered): readonly string[] {
	return offered.kind === "list"
		? offered.names
		: [...CATALOGUE.map(({ id }) => id), ...CATALOGUE.map(({ chatAlias }) => chatAlias)];
}

/** One row, for any name that `findModel` finds, under that name. */
export function findRow(name: string, offered: Offered): ModelRow | null {
	const found = findModel(name, offered);
	if (!found.ok) return null;
	const id = found.model.endpoint === found.model.id ? found.model.id : name.trim().toLowerCase();
	return {
		id,
		object: "model",
		// fal does not tell when a model of its own came: 0 is the honest one of the numbers that the field may hold.
		created: BY_NAME.get(found.model.id)?.createdSeconds ?? 0,
		owned_by: "fal-ai",
		permission: [],
		root: id,
		parent: null,
	};
}

/** The model that a job goes on with when fal no longer has its own; null where there is none. */
export function successorOf(id: string): string | null {
	return BY_NAME.get(id)?.successor ?? null;
}

/** Where a stored request goes and with what; null if the model or its limits have changed since it was taken. */
export function submissionOf(
	id: string,
	request: ImageRequest,
): { readonly endpoint: string; readonly input: JsonObject; readonly used: Used } | null {
	const model = modelOf(id);
	const made = model && toFalInput(model, request);
	return model && made?.ok ? { endpoint: model.endpoint, input: made.input, used: made.used } : null;
}

function nearNames(name: string, offered: Offered): readonly string[] {
	const wanted = name.trim().toLowerCase();
	if (wanted === "" || wanted.length > MAX_ID_CHARS) return [];
	const others = offered.kind === "list" ? [] : [...BY_NAME.keys()].filter((known) => !known.endsWith("*"));
	const names = [...new Set([...listedNames(offered), ...others])];
	return names
		.map((known) => ({
			known,
			far: known.startsWith(wanted) || wanted.startsWith(known) ? 1 : editDistance(known, wanted),
		}))
		.filter(({ far }) => far <= Math.max(2, wanted.length / 3))
		.toSorted((a, b) => a.far - b.far)
		.slice(0, MAX_NEAR)
		.map(({ known }) => known);
}

/** How many letters to add, drop or change (Levenshtein), row by row. */
function editDistance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (const [i, letter] of [...a].entries()) {
		const next = [i + 1];
		for (const [j, other] of [...b].entries()) {
			next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
		}
		row = next;
	}
	return row[b.length] ?? 0;
}
