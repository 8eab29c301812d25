/** Fits the composer into the window: above a phone's keyboard, with room under the gallery. */

import { useLayoutEffect } from "preact/hooks";

/** Tells the style sheets the height of the composer, and how much of the window a keyboard hides. */
export function useRoom(bar: { readonly current: HTMLElement | null }): void {
	useLayoutEffect(() => {
		const { current } = bar;
		if (current === null) return;
		const { style } = document.documentElement;
		const observer = new ResizeObserver(() => {
			// While it is small, or gone, the page keeps its length: nothing moves at its end.
			const { height } = current.getBoundingClientRect();
			if (height > 0 && !current.hasAttribute("data-small")) style.setProperty("--composer", `${Math.ceil(height)}px`);
		});
		observer.observe(current);
		const stop = new AbortController();
		for (const event of ["resize", "scroll"])
			visualViewport?.addEventListener(event, () => style.setProperty("--keyboard", `${keyboardHeight()}px`), {
				signal: stop.signal,
			});
		return () => {
			observer.disconnect();
			stop.abort();
			for (const name of ["--composer", "--keyboard"]) style.removeProperty(name);
		};
	}, []);
}

/** Browsers that do not make the page smaller for a keyboard make only what is seen of it smaller. So does a zoom, which hides nothing. */
function keyboardHeight(): number {
	if (visualViewport === null || visualViewport.scale !== 1) return 0;
	return Math.max(0, Math.round(innerHeight - visualViewport.height - visualViewport.offsetTop));
}
