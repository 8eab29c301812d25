/** The list that the gallery shows: what the filter of the address names, page by page, and what this page has just made. */

import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { toPath } from "../api/client.ts";
import { PAGE_SIZE } from "../api/early.ts";
import type { Failure } from "../api/failure.ts";
import type { JobList } from "../api/types.ts";
import { jobs } from "../jobs/store.ts";
import { go, route } from "../router.ts";
import { session } from "../session/session.ts";
import { type Filter, isFiltered, parseQuery, toParameters, toQuery } from "./filter.ts";
import { addPage, type Listed, mergeFresh, NOTHING_LISTED, refresh } from "./pages.ts";

/** The smallest window shows as many. */
const AHEAD_PICTURES = 6;
/** The first page is asked again no sooner. */
const FRESH_FOR_MS = 5_000;
/** Views that show the list, or lie over it: they carry its filter in their address. */
const VIEWS = ["", "job", "compare"];

export type Loading = "first" | "more" | "refresh" | null;

/** The filter as the address writes it: other views keep the last one. */
const query = signal("");
const listed = signal<Listed>(NOTHING_LISTED);
const loading = signal<Loading>("first");
const failed = signal<Failure | null>(null);
/** Jobs that were sent before the filter was set: they are shown only if it names them. */
const before = signal<ReadonlySet<string>>(new Set());

let asking = new AbortController();
let askedAt = 0;
let coming = Promise.resolve();
/** The first page waits until the top of the gallery is seen: nothing moves under a finger. */
let isStale = false;

export const filter: ReadonlySignal<Filter> = computed(() => parseQuery(query.value));
/** The query that an address of the gallery's carries: empty, or with its question mark. */
export const filterSuffix: ReadonlySignal<string> = computed(() => (query.value === "" ? "" : `?${query.value}`));
export const isLoading: ReadonlySignal<Loading> = loading;
export const failure: ReadonlySignal<Failure | null> = failed;
export const hasMore: ReadonlySignal<boolean> = computed(() => listed.value.next !== null);

/** The ids of all cards, in their order. */
export const shown: ReadonlySignal<readonly string[]> = computed(() =>
	mergeFresh(
		jobs.fresh.value.filter((id) => !before.value.has(id)),
		without(listed.value.ids, jobs.removed.value),
	),
);

function without(ids: readonly string[], removed: ReadonlySet<string>): readonly string[] {
	return removed.size === 0 ? ids : ids.filter((id) => !removed.has(id));
}

/** Shows other jobs. The filter stands in the address, which the back button does not go through. */
export function setFilter(next: Filter): void {
	const text = toQuery(next);
	go(text === "" ? "/" : `/?${text}`, { replace: true });
	scrollTo({ top: 0, behavior: "instant" });
}

/** Asks for the next page, unless one is on its way. Resolves when that one has come. */
export function loadMore(size = PAGE_SIZE): Promise<void> {
	if (loading.value === null && failed.value === null && listed.value.next !== null) coming = load("more", size);
	return coming;
}

export function retry(): void {
	if (failed.value === null) return;
	failed.value = null;
	coming = load(listed.value.ids.length === 0 ? "first" : "more");
}

/** Asks for the first page again, if it is not fresh. @param isAtTop false keeps it for later */
export function freshen(isAtTop: boolean): void {
	isStale ||= Date.now() - askedAt > FRESH_FOR_MS;
	if (!isStale || !isAtTop || loading.value !== null || session.value === null) return;
	coming = load("refresh");
}

/** Asks for the first page that was due while the top was not seen. */
export function freshenIfDue(): void {
	if (isStale) freshen(true);
}

async function load(what: "first" | "more" | "refresh", size = PAGE_SIZE): Promise<void> {
	const api = session.value?.api;
	if (api === undefined) return;
	const { signal: aborted } = asking;
	loading.value = what;
	if (what !== "more") {
		askedAt = Date.now();
		isStale = false;
	}
	const path = pathOf(what === "more" ? listed.value.next : null, size);
	const answer = await api.ask<JobList>(path, { signal: aborted });
	if (aborted.aborted) return;
	batch(() => {
		loading.value = null;
		if (!answer.ok) {
			// What is shown stays; the next time that the page comes to the front it is asked again.
			if (what !== "refresh") failed.value = answer.error;
			return;
		}
		failed.value = null;
		const { data, has_more, next_cursor } = answer.value;
		if (what === "first") fetchAhead(data);
		jobs.take(data);
		const page = { ids: data.map(({ id }) => id), next: has_more ? next_cursor : null };
		listed.value =
			what === "more" ? addPage(listed.value, page) : what === "first" ? page : refresh(listed.value, page);
	});
}

/** Begins to load the first pictures before their cards are drawn, which takes as long. */
function fetchAhead(rows: JobList["data"]): void {
	const pictures = rows.flatMap(({ images }) => images).slice(0, AHEAD_PICTURES);
	for (const { url, thumbnail_url } of pictures) {
		const image = new Image();
		image.fetchPriority = "high";
		image.src = toPath(thumbnail_url ?? url);
	}
}

function pathOf(cursor: number | null, size: number): string {
	const parameters = new URLSearchParams({
		limit: String(size),
		...toParameters(filter.value, Date.now()),
		...(cursor === null ? {} : { cursor: String(cursor) }),
	});
	return `/v1/jobs?${parameters}`;
}

/** Begins anew: for another filter, or another person. */
function begin(): void {
	asking.abort();
	asking = new AbortController();
	batch(() => {
		listed.value = NOTHING_LISTED;
		failed.value = null;
		before.value = isFiltered(filter.value) ? new Set(jobs.fresh.value) : new Set();
		loading.value = "first";
	});
	coming = load("first");
}

effect(() => {
	const { view, query: asked } = route.value;
	if (VIEWS.includes(view)) query.value = toQuery(parseQuery(asked.toString()));
});

effect(() => {
	void query.value;
	if (session.value !== null) untracked(begin);
});
