/** Finds the route of a request, also where a client put the path together wrongly, and guesses which one was meant where there is none. */

import { Router } from "itty-router";
import type { RequestError } from "./errors.ts";
import { endsOf, readingsOf, spelled } from "./paths.ts";
import type { Route } from "./route.ts";
import { ROUTES } from "./routes.ts";
import { editDistance } from "./text.ts";

interface Entry {
	readonly route: Route;
	readonly pattern: RegExp;
}

const TABLE: readonly Entry[] = ROUTES.map((route) => ({ route, pattern: toPattern(route.path) }));

/** Lets the library read the path, of which it has no function alone. */
function toPattern(path: string): RegExp {
	const [compiled] = Router().all(path).routes;
	if (compiled === undefined) throw new Error(`no pattern for ${path}`);
	return compiled[1];
}

/** Each method that some route takes. */
export const METHODS: readonly string[] = [...new Set(ROUTES.map(({ method }) => method))];

export interface Found {
	readonly route: Route;
	/** The named parts of the path, decoded. */
	readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a path, or the one that it surely stands for. */
export function findMeant(method: string, path: string): Found | null {
	// Never as it stands: a part that may hold slashes, as a model's id does, would take those that stand twice or at the end.
	for (const reading of readingsOf(path)) {
		const found = findRoute(method, reading);
		if (found !== null) return found;
	}
	return null;
}

/** HEAD without a route of its own is the one of GET. */
function findRoute(method: string, path: string): Found | null {
	for (const wanted of method === "HEAD" ? ["HEAD", "GET"] : [method]) {
		for (const { route, pattern } of TABLE) {
			const groups = route.method === wanted ? pattern.exec(path) : null;
			if (groups !== null) return { route, params: decodeAll(groups.groups ?? {}) };
		}
	}
	return null;
}

/** Says why a request has no route, and which one was probably meant. @param origin Of this gateway's addresses */
export function unrouted(method: string, path: string, origin: string): RequestError {
	const allow = [...new Set(readingsOf(path).flatMap(methodsOf))];
	// A base URL that ends with a route makes an id of the route that was meant.
	const meant = allow.length > 0 ? endsOf(path).find((end) => isPlain(method, end)) : nearPath(method, path);
	if (meant !== undefined) return { kind: "route_not_found", method, path, ...meantBy(meant, origin) };
	if (allow.length > 0) return { kind: "method_not_allowed", method, allow };
	return (
		routeAtEnd(method, path, origin) ?? { kind: "route_not_found", method, path, ...nearestPath(method, path, origin) }
	);
}

/** Paths that clients are often given in place of a route's. */
const USUAL_SLIPS: Readonly<Record<string, ReadonlyMap<string, string>>> = {
	GET: new Map([["/v1", "/v1/models"]]),
	POST: new Map([
		["/", "/v1/images/generations"],
		["/v1", "/v1/images/generations"],
		["/v1/images", "/v1/images/generations"],
		["/v1/images/generate", "/v1/images/generations"],
		["/v1/generations", "/v1/images/generations"],
		["/v1/chat", "/v1/chat/completions"],
	]),
};

/** Returns the route of a usual slip, or of another spelling. */
function nearPath(method: string, path: string): string | undefined {
	const wanted = method === "HEAD" ? "GET" : method;
	const readings = readingsOf(spelled(path));
	const slip = readings.map((reading) => USUAL_SLIPS[wanted]?.get(reading)).find((meant) => meant !== undefined);
	return slip ?? readings.find((reading) => isPlain(method, reading));
}

/** True for the path of a route without parts of the client's own. */
function isPlain(method: string, path: string): boolean {
	return findRoute(method, path)?.route.path === path;
}

/** As `unrouted`, for a path whose end is a route's; null if it is not, or if the end is the path itself in another spelling. */
export function routeAtEnd(method: string, path: string, origin: string): RequestError | null {
	const served = readingsOf(path);
	const end = endsOf(path).find((candidate) => !served.includes(candidate) && findRoute(method, candidate) !== null);
	return end === undefined ? null : { kind: "route_not_found", method, path, ...meantBy(end, origin) };
}

function methodsOf(path: string): readonly string[] {
	const methods = TABLE.flatMap(({ route, pattern }) => (pattern.test(path) ? [route.method] : []));
	return methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
}

/** One letter in so many may be a typing error: short paths are soon like others. */
const LETTERS_PER_TYPING_ERROR = 9;
/** No path of the table is longer. */
const MAX_COMPARED_CHARS = 100;

function nearestPath(method: string, path: string, origin: string) {
	if (path.length > MAX_COMPARED_CHARS) return {};
	const wanted = method === "HEAD" ? "GET" : method;
	const near = TABLE.filter(({ route }) => route.method === wanted && !route.path.includes(":"))
		.map(({ route }) => ({ path: route.path, distance: editDistance(route.path, path) }))
		.toSorted((a, b) => a.distance - b.distance)[0];
	const maxErrors = Math.floor(path.length / LETTERS_PER_TYPING_ERROR);
	return near !== undefined && near.distance <= maxErrors ? meantBy(near.path, origin) : {};
}

function meantBy(path: string, origin: string) {
	return { meant: { path, baseUrl: `${origin}/v1` } };
}

function decodeAll(params: Readonly<Record<string, string | undefined>>): Record<string, string> {
	return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decode(value ?? "")]));
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
