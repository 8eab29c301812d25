/** Everything that was made: filters, the grid, and what is said if there is nothing to show. */

import { useEffect } from "preact/hooks";
import { lazy } from "../lazy.tsx";
import { focusPrompt } from "../make/draft-state.ts";
import { Button } from "../parts/button.tsx";
import { askedToDelete, askNoMore } from "./deleting.ts";
import { isFiltered, NO_FILTER } from "./filter.ts";
import { Filters } from "./filters.tsx";
import { Grid } from "./grid.tsx";
import { failure, filter, freshen, hasMore, isLoading, retry, setFilter, shown } from "./list.ts";
import { isOver, leave } from "./over.ts";
import { isSelecting } from "./selected.ts";
import { words } from "./words.ts";
import { zipShown } from "./zip/shown.ts";
import "./look.css";

/** So far from the top, a fresh first page would move what is looked at. */
const TOP_PX = 256;
/** A page that stays in front looks so often for what other devices made. */
const LOOK_AGAIN_MS = 30_000;

/** The filters stand there until it has come: nothing moves. */
const SelectionBar = lazy(() => import("./selection-bar.tsx").then(({ SelectionBar }) => SelectionBar), {
	meanwhile: Filters,
});
const DeleteQuestion = lazy(() => import("./delete-question.tsx").then(({ DeleteQuestion }) => DeleteQuestion), {
	onLeave: askNoMore,
	meanwhile: () => null,
});
const Viewer = lazy(() => import("./view/viewer.tsx").then(({ Viewer }) => Viewer), {
	onLeave: () => void leave(),
});

export function Gallery() {
	const w = words();
	useEffect(() => {
		const front = () => {
			if (document.visibilityState === "visible") freshen(scrollY < TOP_PX);
		};
		front();
		addEventListener("focus", front);
		document.addEventListener("visibilitychange", front);
		const timer = setInterval(front, LOOK_AGAIN_MS);
		return () => {
			clearInterval(timer);
			removeEventListener("focus", front);
			document.removeEventListener("visibilitychange", front);
		};
	}, []);
	return (
		<section class="look" aria-label={w.gallery}>
			<div class="look-bar">
				{isSelecting.value ? <SelectionBar /> : <Filters />}
				{zipShown.value}
			</div>
			<Grid label={w.gallery} />
			<Below />
			{isOver.value && <Viewer />}
			{askedToDelete.value !== null && <DeleteQuestion {...askedToDelete.value} />}
		</section>
	);
}

/** What stands under the grid, or in its place. */
function Below() {
	const w = words();
	const count = shown.value.length;
	if (failure.value !== null)
		return (
			<div class="empty" role="alert">
				<p>{w.failed}</p>
				<Button icon="refresh" onClick={retry}>
					{w.retry}
				</Button>
			</div>
		);
	if (isLoading.value === "first" && count === 0) return <Skeleton label={w.loading} />;
	if (hasMore.value)
		return (
			<p class="look-end" role="status">
				{count === 0 ? w.searchingOn : isLoading.value === "more" ? w.loadingMore : ""}
			</p>
		);
	if (count > 0) return <p class="look-end">{w.allShown(count)}</p>;
	return isFiltered(filter.value) ? (
		<div class="empty">
			<div class="look-none" role="status">
				<h2>{w.nothingMatches}</h2>
				<p>{w.nothingMatchesHint}</p>
			</div>
			<Button onClick={() => setFilter(NO_FILTER)}>{w.clear}</Button>
		</div>
	) : (
		<div class="empty">
			<h2>{w.nothingYet}</h2>
			<p>{w.nothingYetHint}</p>
			<Button icon="sparkles" onClick={focusPrompt}>
				{w.begin}
			</Button>
		</div>
	);
}

function Skeleton({ label }: { readonly label: string }) {
	return (
		<div class="look-skeleton" role="status" aria-label={label}>
			{[1, 2, 3, 4, 5, 6].map((one) => (
				<div key={one} />
			))}
		</div>
	);
}
