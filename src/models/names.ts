/** Finds the model that a name means, among the models that the operator offers. */

import type { RequestError } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { editDistance } from "../text.ts";
import { CATALOGUE, FAMILIES } from "./catalogue/index.ts";
import { UNKNOWN_MODEL } from "./catalogue/others.ts";
import type { CatalogueModel, Endpoint, Model } from "./catalogue/types.ts";
import { isChatModel } from "./chat-models.ts";
import { makesPictures } from "./inputs.ts";

/** The setting MODELS, parsed. */
export type OfferedModels =
	/** The catalogue, and any fal id that makes pictures. Of those that the operator names nobody asks whether they do. */
	| { readonly kind: "all"; readonly named?: readonly string[] }
	/** These models, under any of their names. The names are the operator's, in lower case. */
	| { readonly kind: "list"; readonly names: readonly string[] };

export type ModelNotFound = Extract<RequestError, { kind: "model_not_found" }>;

const MAX_ID_CHARS = 200;
const MAX_SUGGESTIONS = 3;
const FAL_ID = /^[a-z0-9][a-z0-9-]*(?:\/[a-z0-9][a-z0-9._-]*){1,6}$/;

/** Accepts an app of fal's such as `fal-ai/flux/dev`. Rejects the address of one of its requests. */
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
/** The longest first: `gpt-image-1.5-*` before `gpt-image-*`. */
const WILDCARDS = [...BY_NAME]
	.flatMap(([name, model]) => (name.endsWith("*") ? [{ start: name.slice(0, -1), model }] : []))
	.toSorted((a, b) => b.start.length - a.start.length);
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;
const PLAIN_NAME = /^[a-z0-9][a-z0-9._-]*$/;

function findInCatalogue(name: string): CatalogueModel | undefined {
	return (
		BY_NAME.get(name) ??
		(PLAIN_NAME.test(name) ? WILDCARDS.find(({ start }) => name.startsWith(start) && name !== start)?.model : undefined)
	);
}

/**
 * Returns the model of any name, offered or not. Ignores case in names of the catalogue, but not in fal's ids. A name that is found is
 * visible ASCII: other letters may have an ASCII one as their lower case, as the Kelvin sign has.
 */
export function resolveModel(name: string): Model | null {
	const trimmed = name.trim();
	if (trimmed.length > MAX_ID_CHARS || !VISIBLE_ASCII.test(trimmed)) return null;
	return findInCatalogue(trimmed.toLowerCase()) ?? (isFalId(trimmed) ? toRawModel(trimmed) : null);
}

const EDITS: ReadonlyMap<string, Endpoint> = new Map(
	CATALOGUE.flatMap(({ edits = [] }) => edits.map((edit) => [edit.endpoint, edit] as const)),
);

function toRawModel(id: string): Model {
	const edit = EDITS.get(id);
	if (edit !== undefined) return { ...edit, id };
	const traits = FAMILIES.find(([prefix]) => id.startsWith(prefix))?.[1] ?? UNKNOWN_MODEL;
	return { id, endpoint: id, ...traits, shape: "auto" };
}

/**
 * Parses MODELS: names with commas or spaces between them, and `*` for all that makes pictures. Returns null if a name means no model,
 * or there is none.
 */
export function parseOffered(text: string): OfferedModels | null {
	const names = text.split(/[\s,]/).filter((name) => name !== "");
	const named = [...new Set(names.filter((name) => name !== "*"))];
	if (names.length === 0 || !named.every((name) => resolveModel(name))) return null;
	if (!names.includes("*")) return { kind: "list", names: [...new Set(named.map((name) => name.toLowerCase()))] };
	const ids = named.filter((name) => isFalId(name) && !BY_NAME.has(name));
	return ids.length > 0 ? { kind: "all", named: ids } : { kind: "all" };
}

/**
 * Finds the offered model that a client means by an id, an alias or a fal id. One that is known is preferred to one that is only an id:
 * `openai/dall-e-3` may be an endpoint of fal's, and is an alias behind a gateway's prefix. The error names at most three similar models.
 * @param defaultModel Is named by the error, under its name for chat clients
 */
export function findModel(name: string, offered: OfferedModels, defaultModel?: string): Result<Model, ModelNotFound> {
	// Of a name behind a prefix, a blank in front would be cut off like one in front of the whole.
	if (!VISIBLE_ASCII.test(name.trim())) return modelNotFound(name, offered, defaultModel);
	const isKnown = (model: Model) => isOffered(model, offered) && standingOf(model, offered) !== "unheard";
	const known = readingsOf(name)
		.map(resolveModel)
		.find((model) => model !== null && isKnown(model));
	const found = known ?? unheardModel(name, offered);
	return found === null ? modelNotFound(name, offered, defaultModel) : ok(found);
}

/** Prefixes that gateways put before an id of fal's. */
const FAL_PREFIX = /^(?:fal_ai\/|fal:|models\/)/i;

/** Returns the model of an id of which nothing is known. What runs for its owner alone has no schema, and neither has a model that talks. */
function unheardModel(name: string, offered: OfferedModels): Model | null {
	const model = resolveModel(name.trim().replace(FAL_PREFIX, ""));
	if (model === null || !isOffered(model, offered)) return null;
	return OWNERS_OF_OTHERS.test(name) || isChatModel(name) ? null : model;
}

/** Says that there is no such model. */
export function modelNotFound(
	name: string,
	offered: OfferedModels,
	defaultModel?: string,
): Result<never, ModelNotFound> {
	const isUsable = defaultModel !== undefined && findModel(defaultModel, offered).ok;
	return err({
		kind: "model_not_found",
		model: name,
		near: similarNames(name, offered),
		talks: isChatModel(name),
		...(offered.kind === "list" ? { closed: true } : {}),
		...(isUsable ? { instead: BY_NAME.get(defaultModel)?.chatAlias ?? defaultModel } : {}),
	});
}

/** A part that gateways and clients put before a name: `openai/`, `models/`, `fal:`. */
const PREFIX_PART = /^[a-z0-9@~][\w.-]*[/:]/i;
const MAX_PREFIX_PARTS = 3;
/** Owners of whatever users of fal publish: a name behind one of these is none of the catalogue's. */
const OWNERS_OF_OTHERS = /^\s*(?:workflows|comfy)\//i;

/** Returns the names that a name may mean, the likeliest first: as it stands, and without the parts before it. */
function readingsOf(name: string): readonly string[] {
	const readings = [name];
	if (name.length > MAX_ID_CHARS || OWNERS_OF_OTHERS.test(name)) return readings;
	for (let rest = name.trim(); readings.length <= MAX_PREFIX_PARTS && PREFIX_PART.test(rest); ) {
		rest = rest.replace(PREFIX_PART, "");
		readings.push(rest);
	}
	return readings;
}

function isOffered({ id }: Model, offered: OfferedModels): boolean {
	return offered.kind === "all" || namesModel(offered.names, id);
}

function namesModel(names: readonly string[], id: string): boolean {
	return names.some((name) => resolveModel(name)?.id === id);
}

/**
 * Says how much is known of a model. `row`: the catalogue has its traits. `listed`: it makes pictures, as the data or the operator says, and fal's
 * schema tells how it is asked; without one, only what the data lists is. `unheard`: nothing but its id.
 */
export type Standing = "row" | "listed" | "unheard";

export function standingOf({ id }: Model, offered: OfferedModels): Standing {
	if (BY_NAME.has(id) || EDITS.has(id)) return "row";
	const named = offered.kind === "list" ? offered.names : (offered.named ?? []);
	return makesPictures(id) || namesModel(named, id) ? "listed" : "unheard";
}

/**
 * Returns the names that `/v1/models` lists: exactly the names in MODELS; with `*` the catalogue's ids, its chat aliases, and the other
 * ids that MODELS names.
 */
export function listedNames(offered: OfferedModels): readonly string[] {
	if (offered.kind === "list") return offered.names;
	const catalogue = [...CATALOGUE.map(({ id }) => id), ...CATALOGUE.map(({ chatAlias }) => chatAlias)];
	return [...catalogue, ...(offered.named ?? [])];
}

/** Narrows what is offered to the models of a key. @param allowed Their ids; null for all */
export function offeredTo(allowed: readonly string[] | null, offered: OfferedModels): OfferedModels {
	if (allowed === null) return offered;
	const names = [...listedNames(offered), ...allowed].filter((name) => {
		const found = findModel(name, offered);
		return found.ok && allowed.includes(found.value.id);
	});
	return { kind: "list", names: [...new Set(names)] };
}

/** Returns the model that takes over a job after fal has removed the job's own; null if there is none. */
export function successorOf(id: string): string | null {
	return BY_NAME.get(id)?.successor ?? null;
}

/** True for a model whose successor may not be used: the operator does not offer it. */
export function hasUnofferedSuccessor(id: string, offered: OfferedModels): boolean {
	const successor = successorOf(id);
	return successor !== null && !findModel(successor, offered).ok;
}

function similarNames(name: string, offered: OfferedModels): readonly string[] {
	const whole = name.trim().toLowerCase();
	if (whole === "" || whole.length > MAX_ID_CHARS) return [];
	// A part before the name tells nothing: `openai/dalle-3` is as near as `dalle-3`.
	const own = whole.slice(whole.lastIndexOf("/") + 1);
	const spellings = own === "" ? [whole] : [whole, own];
	const unlisted = offered.kind === "list" ? [] : [...BY_NAME.keys()].filter((other) => !other.endsWith("*"));
	return [...new Set([...listedNames(offered), ...unlisted])]
		.flatMap((other) => {
			const near = spellings
				.map((wanted) => ({ other, distance: nameDistance(other, wanted), rest: restOf(other, wanted), wanted }))
				.filter(({ distance, wanted }) => distance <= mostDistance(wanted));
			return near.toSorted(byNearness).slice(0, 1);
		})
		.toSorted(byNearness)
		.slice(0, MAX_SUGGESTIONS)
		.map(({ other }) => other);
}

/** Of names that begin alike, the one with the shortest rest is nearest. */
function byNearness(a: Nearness, b: Nearness): number {
	return a.distance - b.distance || a.rest - b.rest;
}

interface Nearness {
	readonly distance: number;
	/** By how many characters the lengths differ. */
	readonly rest: number;
}

function nameDistance(name: string, wanted: string): number {
	if (name.startsWith(wanted) || wanted.startsWith(name)) return 1;
	const rest = restOf(name, wanted);
	// A distance is no less than the rest, and costs more to find.
	return rest > mostDistance(wanted) ? rest : editDistance(name, wanted);
}

function restOf(name: string, wanted: string): number {
	return Math.abs(name.length - wanted.length);
}

/** Names that are further from the wanted one are not similar. */
function mostDistance(wanted: string): number {
	return Math.max(2, wanted.length / 3);
}
