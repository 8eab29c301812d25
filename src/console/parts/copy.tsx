/** Copies text, and says if it did. */

import { useState } from "preact/hooks";
import { Button } from "./button.tsx";
import { words } from "./words.ts";

const SAID_MS = 2_000;

/** @param name what is copied, for a screen reader: absent if the words beside it say so */
export function CopyButton({
	text,
	name,
	label,
}: {
	readonly text: string;
	readonly name?: string;
	readonly label?: string;
}) {
	const [said, say] = useState<"copied" | "notCopied" | null>(null);
	const w = words();
	async function copy(): Promise<void> {
		say((await copyText(text)) ? "copied" : "notCopied");
		setTimeout(() => say(null), SAID_MS);
	}
	return (
		<Button
			icon={said === "copied" ? "check" : "copy"}
			onClick={copy}
			{...(name === undefined ? {} : { "aria-label": `${w.copy}: ${label === undefined ? name : `${name} ${label}`}` })}
		>
			<span aria-live="polite">{said === null ? (label ?? w.copy) : w[said]}</span>
		</Button>
	);
}

/** Copies a text. Returns false if the browser does not let the page. */
export async function copyText(text: string): Promise<boolean> {
	try {
		// Absent on a page that came over plain HTTP from another machine.
		if (navigator.clipboard) {
			await navigator.clipboard.writeText(text);
			return true;
		}
		return copyBySelection(text);
	} catch {
		return false;
	}
}

function copyBySelection(text: string): boolean {
	const area = document.createElement("textarea");
	area.value = text;
	area.className = "visually-hidden";
	// An open dialog lets nothing outside of it be selected.
	const place = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
	const focused = document.activeElement;
	place.append(area);
	area.select();
	const isCopied = document.execCommand("copy");
	area.remove();
	if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
	return isCopied;
}
