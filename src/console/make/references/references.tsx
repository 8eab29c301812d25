/** The references of the composer. Their row is loaded when there is one to show, so that the first view need not wait for it. */

import { type Signal, signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { toast } from "../../parts/toast.tsx";
import { Intake } from "./intake.tsx";
import { words } from "./intake-words.ts";
import { arriving, references } from "./store.ts";

const strip: Signal<ComponentType | null> = signal(null);

async function loadStrip(): Promise<void> {
	try {
		strip.value ??= (await import("./strip.tsx")).Strip;
	} catch {
		toast(words().broken);
	}
}

/** Those of before a reload come back. Without that part of the page, nothing is kept. */
async function keep(): Promise<void> {
	const keeping = await import("./keeping.ts").catch(() => null);
	keeping?.keepReferences();
}

export function References() {
	const isEmpty = references.value.length === 0 && arriving.value === 0;
	useEffect(() => void keep(), []);
	useEffect(() => {
		if (!isEmpty) void loadStrip();
	}, [isEmpty]);
	return (
		<>
			<Intake />
			{!isEmpty && strip.value !== null && <strip.value />}
		</>
	);
}
