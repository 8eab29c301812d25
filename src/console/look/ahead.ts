/** Runs tasks a few at a time, and gives their results in order. */

/** Begins at most `atOnce` tasks before their results are taken, so no more results are held. A task that throws ends it. */
export async function* runAhead<Result>(
	tasks: readonly (() => Promise<Result>)[],
	atOnce: number,
): AsyncGenerator<Result, void, undefined> {
	const running: Promise<Result>[] = [];
	let next = 0;
	for (let taken = 0; taken < tasks.length; taken += 1) {
		for (; next < tasks.length && running.length < atOnce; next += 1) {
			const task = tasks[next];
			if (task !== undefined) running.push(handled(task()));
		}
		const first = running.shift();
		if (first !== undefined) yield await first;
	}
}

/** One that fails is noticed when it is taken, and not before. */
function handled<Result>(promise: Promise<Result>): Promise<Result> {
	promise.catch(() => undefined);
	return promise;
}
