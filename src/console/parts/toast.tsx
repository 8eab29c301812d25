/** Short messages that come and go. A screen reader says them. */

import { signal } from "@preact/signals";
import { Button, IconButton } from "./button.tsx";
import { words } from "./words.ts";

interface Toast {
	readonly id: number;
	readonly text: string;
	readonly action?: { readonly name: string; readonly onChoose: () => void };
}

const SHOWN_MS = 5_000;
/** One with an action has to be read and reached. */
const SHOWN_WITH_ACTION_MS = 12_000;
const MAX_SHOWN = 3;

const toasts = signal<readonly Toast[]>([]);
let count = 0;

/** Shows a message for some seconds. */
export function toast(text: string, action?: Toast["action"]): void {
	count += 1;
	const id = count;
	toasts.value = [...toasts.value, { id, text, ...(action === undefined ? {} : { action }) }].slice(-MAX_SHOWN);
	setTimeout(() => dismiss(id), action === undefined ? SHOWN_MS : SHOWN_WITH_ACTION_MS);
}

function dismiss(id: number): void {
	toasts.value = toasts.value.filter((one) => one.id !== id);
}

/** The place where they are shown. There is one. */
export function Toasts() {
	return (
		<div class="toasts" role="status" aria-live="polite">
			{toasts.value.map(({ id, text, action }) => (
				<div key={id} class="toast">
					{text}
					{action && (
						<Button
							onClick={() => {
								dismiss(id);
								action.onChoose();
							}}
						>
							{action.name}
						</Button>
					)}
					<IconButton icon="x" name={words().dismiss} onClick={() => dismiss(id)} />
				</div>
			))}
		</div>
	);
}
