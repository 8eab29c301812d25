/** Loads a part of the console when it is first shown. */

import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { words } from "./app-words.ts";
import { IconButton } from "./parts/button.tsx";
import { words as partsWords } from "./parts/words.ts";

interface Meanwhile<Props> {
	/** Given if it lies over the page, as does what stands for it: ends that, if it could not be loaded. */
	readonly onLeave?: () => void;
	/** Shown in its place, instead of a word. */
	readonly meanwhile?: ComponentType<Props>;
}

/** Returns a component that stands for one which is loaded on demand. */
export function lazy<Props extends object>(
	load: () => Promise<ComponentType<Props>>,
	{ onLeave, meanwhile: Meanwhile }: Meanwhile<Props> = {},
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
		if (hasFailed.value) return onLeave === undefined ? <Broken /> : <BrokenOver onLeave={onLeave} />;
		if (Meanwhile !== undefined) return <Meanwhile {...props} />;
		return (
			<p class={onLeave === undefined ? "empty" : "empty app-over"} role="status">
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

function BrokenOver({ onLeave }: { readonly onLeave: () => void }) {
	return (
		<dialog ref={showModal} class="dialog" onClose={onLeave}>
			<Broken />
			<IconButton icon="x" name={partsWords().close} class="app-leave" onClick={onLeave} />
		</dialog>
	);
}

function showModal(dialog: HTMLDialogElement | null): void {
	dialog?.showModal();
}
