/** Waits for a while, or less. */

/** Waits, or until the signal. */
export function sleep(ms: number, stop: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const end = () => {
			clearTimeout(timer);
			stop.removeEventListener("abort", end);
			resolve();
		};
		const timer = setTimeout(end, ms);
		stop.addEventListener("abort", end);
		if (stop.aborted) end();
	});
}
