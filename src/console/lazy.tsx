/** Loads a part of the console when it is first shown. */

import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { words } from "./app-words.ts";

interface Meanwhile<Props> {
	/** It lies over the page, and so does what stands for it. */
	readonly isOver?: boolean;
	/** Shown in its place, instead of a word. */
	readonly meanwhile?: ComponentType<Props>;
}

/** Returns a component that stands for one which is loaded on demand. */
export function lazy<Props extends object>(
	load: () => Promise<ComponentType<Props>>,
	{ isOver = false, meanwhile: Meanwhile }: Meanwhile<Props> = {},
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
		if (Meanwhile !== undefined) return <Meanwhile {...props} />;
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
