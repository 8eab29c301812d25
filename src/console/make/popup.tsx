/** A button that opens a panel of controls over the composer. On a phone the panel is as wide as the window. */

import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Broken } from "../lazy.tsx";
import { place } from "../parts/place.ts";

interface PopupProps {
	/** What the button says to a screen reader, with what is chosen. */
	readonly name: string;
	/** What the panel is called. */
	readonly title: string;
	readonly face: ComponentChildren;
	readonly class?: string;
	/** Something in it is wrong. */
	readonly isWrong?: boolean;
	/** Draws the panel while it is open. */
	readonly children: (panels: Panels, close: () => void) => ComponentChildren;
}

type Panels = typeof import("./panels/panels.ts");

const panels = signal<Panels | null>(null);
const hasFailed = signal(false);

async function loadPanels(): Promise<void> {
	try {
		panels.value ??= await import("./panels/panels.ts");
	} catch {
		hasFailed.value = true;
	}
}

/** What is chosen, else the first control. */
const FIRST = "[data-first], :checked, input, select, button";

export function Popup({ name, title, face, class: more = "", isWrong = false, children }: PopupProps) {
	const id = useId();
	const button = useRef<HTMLButtonElement>(null);
	const panel = useRef<HTMLDivElement>(null);
	const [isOpen, setOpen] = useState(false);

	const parts = isOpen ? panels.value : null;
	useEffect(() => {
		if (!isOpen) return;
		if (parts === null) void loadPanels();
		// Its height may change while it is open, so it stands on its foot.
		const putAbove = () => place(button.current, panel.current, "above");
		putAbove();
		// Fingers open no keyboard before they ask for it.
		const first = isForFingers() ? null : panel.current?.querySelector<HTMLElement>(FIRST);
		(first ?? panel.current)?.focus({ preventScroll: true });
		addEventListener("resize", putAbove);
		return () => removeEventListener("resize", putAbove);
	}, [isOpen, parts]);

	return (
		<>
			<button
				ref={button}
				type="button"
				class={`button make-choice ${isWrong ? "make-wrong" : ""} ${more}`}
				popovertarget={id}
				aria-haspopup="dialog"
				aria-expanded={isOpen}
				aria-label={name}
				title={name}
				// It is there before it is asked for.
				onPointerEnter={loadPanels}
				onFocus={loadPanels}
			>
				{face}
			</button>
			<div
				ref={panel}
				id={id}
				popover="auto"
				role="dialog"
				tabIndex={-1}
				aria-label={title}
				class="popover make-popup"
				onToggle={(event) => {
					if (event.target === event.currentTarget) setOpen(event.newState === "open");
				}}
			>
				{parts !== null && children(parts, () => panel.current?.hidePopover())}
				{isOpen && parts === null && (hasFailed.value ? <Broken /> : <span class="spinner" />)}
			</div>
		</>
	);
}

function isForFingers(): boolean {
	return matchMedia("(pointer: coarse)").matches;
}
