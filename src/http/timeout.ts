/**
 * Runs `work` with a signal that aborts after `ms`; the work has to heed it. `AbortSignal.timeout` would not do: its timer outlives the
 * work, and a pending timer keeps a Durable Object in memory, and billed.
 */
export async function withTimeout<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
	const controller = new AbortController();
	const timer = setTimeout(() => controller.abort(new Error(`no answer in ${ms} ms`)), ms);
	try {
		return await work(controller.signal);
	} finally {
		clearTimeout(timer);
	}
}
