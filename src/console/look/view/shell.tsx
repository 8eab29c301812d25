/** The frame of a view over the whole window. The browser keeps the focus in it. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Toasts } from "../../parts/toast.tsx";

interface ShellProps {
	readonly label: string;
	readonly onClose: () => void;
	/** Returns true for a key that it took. */
	readonly onKey: (event: KeyboardEvent) => boolean;
	readonly children: ComponentChildren;
}

export function Shell({ label, onClose, onKey, children }: ShellProps) {
	const ref = useRef<HTMLDialogElement>(null);
	useEffect(() => {
		const dialog = ref.current;
		dialog?.showModal();
		return () => dialog?.close();
	}, []);
	return (
		<dialog
			ref={ref}
			class="view"
			aria-label={label}
			onCancel={(event) => {
				// Also that of a file field within would come here.
				if (event.target !== event.currentTarget) return;
				event.preventDefault();
				onClose();
			}}
			onKeyDown={(event) => {
				if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
				if (event.target instanceof Element && hasOwnKeys(event.target, event.key)) return;
				if (onKey(event)) event.preventDefault();
			}}
		>
			{children}
			{/* Those of the page lie under this. */}
			<Toasts />
		</dialog>
	);
}

/** True for a key that a control within has a use for. */
function hasOwnKeys(control: Element, key: string): boolean {
	if (control.matches("[type=radio], [type=range]")) return /^(?:Arrow|Page|Home|End)/.test(key);
	return control.matches("input, textarea, select, [role=menuitem]");
}
