/** A button that opens a panel of controls over the composer. On a phone the panel is as wide as the window. */

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

interface PopupProps {
	/** What the button says to a screen reader, with what is chosen. */
	readonly name: string;
	/** What the panel is called. */
	readonly title: string;
	readonly face: ComponentChildren;
	readonly class?: string;
	/** Something in it is wrong. */
	readonly isWrong?: boolean;
	/** Drawn only while it is open. */
	readonly children: (close: () => void) => ComponentChildren;
}

/** What is chosen, else the first control. */
const FIRST = "[data-first], :checked, input, select, button";
const GAP = 8;
const MARGIN = 8;

export function Popup({ name, title, face, class: more = "", isWrong = false, children }: PopupProps) {
	const id = useId();
	const button = useRef<HTMLButtonElement>(null);
	const panel = useRef<HTMLDivElement>(null);
	const [isOpen, setOpen] = useState(false);

	/** Puts the panel above its button, and within the window. Its height may change while it is open, so it stands on its foot. */
	function place(): void {
		const [from, popup] = [button.current?.getBoundingClientRect(), panel.current];
		if (from === undefined || popup === null) return;
		const width = Math.min(popup.offsetWidth, innerWidth - 2 * MARGIN);
		popup.style.left = `${Math.min(Math.max(MARGIN, from.left), innerWidth - width - MARGIN)}px`;
		popup.style.bottom = `${innerHeight - from.top + GAP}px`;
		popup.style.maxHeight = `${from.top - GAP - MARGIN}px`;
	}

	useEffect(() => {
		if (!isOpen) return;
		place();
		// Fingers open no keyboard before they ask for it.
		const first = isForFingers() ? null : panel.current?.querySelector<HTMLElement>(FIRST);
		(first ?? panel.current)?.focus({ preventScroll: true });
		addEventListener("resize", place);
		return () => removeEventListener("resize", place);
	}, [isOpen]);

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
				class="make-popup"
				onToggle={(event) => {
					if (event.target === event.currentTarget) setOpen(event.newState === "open");
				}}
			>
				{isOpen && children(() => panel.current?.hidePopover())}
			</div>
		</>
	);
}

function isForFingers(): boolean {
	return matchMedia("(pointer: coarse)").matches;
}
