/** Copies text, and says that it did. */

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
	const [isCopied, setCopied] = useState(false);
	const w = words();
	async function copy(): Promise<void> {
		if (!(await copyText(text))) return;
		setCopied(true);
		setTimeout(() => setCopied(false), SAID_MS);
	}
	return (
		<Button
			icon={isCopied ? "check" : "copy"}
			onClick={copy}
			{...(name === undefined ? {} : { "aria-label": `${w.copy}: ${label === undefined ? name : `${name} ${label}`}` })}
		>
			<span aria-live="polite">{isCopied ? w.copied : (label ?? w.copy)}</span>
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
	document.body.append(area);
	area.select();
	const isCopied = document.execCommand("copy");
	area.remove();
	return isCopied;
}
