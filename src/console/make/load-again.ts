/** Loads again what could not be loaded: after some seconds, and as soon as the network is back. */

import { effect, type ReadonlySignal } from "@preact/signals";
import type { Failure } from "../api/failure.ts";

/** Of a wait until a gateway that did not answer is asked again. */
export const RETRY_MS = 5_000;

/** @param failed null unless the last try failed. Each failure is another object */
export function loadAgain(
	failed: ReadonlySignal<Failure | null>,
	isOnline: ReadonlySignal<boolean>,
	load: () => void,
): void {
	let wasOnline = isOnline.peek();
	effect(() => {
		const isBack = isOnline.value && !wasOnline;
		wasOnline = isOnline.value;
		if (failed.value === null || !wasOnline || !mayPass(failed.value)) return;
		const timer = setTimeout(load, isBack ? 0 : RETRY_MS);
		return () => clearTimeout(timer);
	});
}

/** True if nobody answered, or the gateway cannot now. What is refused stays so. */
function mayPass(failure: Failure): boolean {
	return (
		failure.kind === "unreachable" || (failure.kind === "refused" && (failure.status >= 500 || failure.status === 429))
	);
}
