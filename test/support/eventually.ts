/** Waits in tests for a state that some other process reaches. Runs in Node and in workerd. */

/** Less than the time-out of a test, so that the test fails with the last value. */
const TIMEOUT_MS = 20_000;
const INTERVAL_MS = 20;

/** Reads again until `check` accepts the value. Throws with the last value when the time is over. */
export async function eventually<T>(
	read: () => Promise<T>,
	check: (value: T) => boolean,
	timeoutMs = TIMEOUT_MS,
): Promise<T> {
	for (const until = Date.now() + timeoutMs; ; ) {
		const value = await read();
		if (check(value)) return value;
		if (Date.now() > until) throw new Error(`still ${JSON.stringify(value)}`);
		await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
	}
}
