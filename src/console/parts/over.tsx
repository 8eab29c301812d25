/** A place over the whole page, for what a call opens and not a component. It is in the page's own tree, so that ids stay unique. */

import { signal } from "@preact/signals";
import type { ComponentChild } from "preact";

const shown = signal<ComponentChild>(null);

/** Shows one thing, in place of the one before. Null shows nothing. */
export function showOver(content: ComponentChild): void {
	shown.value = content;
}

/** The place. There is one. */
export function Over() {
	return <>{shown.value}</>;
}
