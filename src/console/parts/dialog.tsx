/** A dialog over the page. The browser keeps the focus in it, gives it back at the end, and closes it by Escape. */

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { IconButton } from "./button.tsx";
import { words } from "./words.ts";

interface DialogProps {
	readonly title: string;
	readonly onClose: () => void;
	readonly children: ComponentChildren;
	/** CSS width of a wide one. Absent: 480px. */
	readonly width?: string;
	readonly class?: string;
}

export function Dialog({ title, onClose, children, width, class: more = "" }: DialogProps) {
	const ref = useRef<HTMLDialogElement>(null);
	/** A press that began in a field and slid off, as one that selects text does, must not close it. */
	const hasBegunOutside = useRef(false);
	const id = useId();
	useEffect(() => {
		const opener = document.activeElement;
		ref.current?.showModal();
		return () => {
			if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
		};
	}, []);
	return (
		// A press on the backdrop is one on the dialog itself. The keyboard has Escape.
		// biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it
		<dialog
			ref={ref}
			class={`dialog ${more}`}
			aria-labelledby={id}
			style={width === undefined ? {} : { "--dialog-width": width }}
			onCancel={(event) => {
				event.preventDefault();
				onClose();
			}}
			onClose={() => {
				// A browser closes it unasked if nobody has done anything since the last Escape. What becomes of it is the owner's to say.
				ref.current?.showModal();
				onClose();
			}}
			onPointerDown={(event) => {
				hasBegunOutside.current = event.target === event.currentTarget;
			}}
			onClick={(event) => event.target === event.currentTarget && hasBegunOutside.current && onClose()}
		>
			<header class="dialog-head">
				<h2 id={id}>{title}</h2>
				<IconButton icon="x" name={words().close} onClick={onClose} />
			</header>
			<div class="dialog-body">{children}</div>
		</dialog>
	);
}

interface ConfirmProps {
	readonly title: string;
	readonly children: ComponentChildren;
	/** What the button that does it says. */
	readonly action: string;
	readonly onConfirm: () => void;
	readonly onClose: () => void;
}

/** Asks once before what cannot be undone. */
export function Confirm({ title, children, action, onConfirm, onClose }: ConfirmProps) {
	return (
		<Dialog title={title} onClose={onClose}>
			<div>{children}</div>
			<div class="dialog-foot">
				<button type="button" class="button" onClick={onClose}>
					{words().cancel}
				</button>
				<button
					type="button"
					class="button button-danger"
					onClick={() => {
						onConfirm();
						onClose();
					}}
				>
					{action}
				</button>
			</div>
		</Dialog>
	);
}
