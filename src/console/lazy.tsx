/** Loads a part of the console when it is first shown. */

import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { words } from "./app-words.ts";

/** Returns a component that stands for one which is loaded on demand. @param isOver it lies over the page, and so does what stands for it @param isQuiet nothing stands for it */
export function lazy<Props extends object>(
	load: () => Promise<ComponentType<Props>>,
	{ isOver = false, isQuiet = false } = {},
): ComponentType<Props> {
	const loaded = signal<ComponentType<Props> | null>(null);
	const hasFailed = signal(false);

	async function begin(): Promise<void> {
		try {
			loaded.value ??= await load();
		} catch {
			// After a deploy, the parts of the page that is open are gone.
			hasFailed.value = true;
		}
	}

	return function Lazy(props: Props) {
		useEffect(() => {
			void begin();
		}, []);
		if (loaded.value !== null) return <loaded.value {...props} />;
		if (hasFailed.value) return <Broken />;
		if (isQuiet) return null;
		return (
			<p class={isOver ? "empty app-over" : "empty"} role="status">
				{words().loading}
			</p>
		);
	};
}

/** Stands for a part that could not be loaded. */
export function Broken() {
	const w = words();
	return (
		<div class="empty" role="alert">
			<p>{w.broken}</p>
			<button type="button" class="button" onClick={() => location.reload()}>
				{w.reload}
			</button>
		</div>
	);
}
