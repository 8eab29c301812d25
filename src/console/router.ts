/** The view that is shown, by the address's hash. A link of the console never reaches the Worker. */

import { computed, type ReadonlySignal, signal } from "@preact/signals";

export interface Route {
	/** The first part of the path; empty for the gallery. */
	readonly view: string;
	/** The parts behind it. */
	readonly rest: readonly string[];
	readonly query: URLSearchParams;
}

const hash = signal(location.hash);
addEventListener("hashchange", () => {
	hash.value = location.hash;
});

export const route: ReadonlySignal<Route> = computed(() => toRoute(hash.value));

/** Reads `#/view/rest?query`. */
export function toRoute(hash: string): Route {
	const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
	const [view = "", ...rest] = path.split("/").map(decode);
	return { view, rest, query: new URLSearchParams(query) };
}

/** Goes to an address such as `/job/1`. With `replace`, the back button does not lead to the one of before. */
export function go(path: string, { replace = false } = {}): void {
	if (replace) history.replaceState(history.state, "", `#${path}`);
	else history.pushState(null, "", `#${path}`);
	hash.value = location.hash;
}

function decode(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
