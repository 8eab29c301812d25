/** Loads what a view shows, and loads it anew if what it depends on changes. */

import { useCallback, useEffect, useState } from "preact/hooks";
import { err, type Result } from "../../result.ts";
import type { Failure } from "../api/failure.ts";

export interface Loaded<T> {
	/** What came last. It stays while more is loaded, so that nothing jumps. */
	readonly value: T | null;
	readonly failure: Failure | null;
	readonly isLoading: boolean;
	readonly reload: () => void;
}

interface State<T> {
	readonly value: T | null;
	readonly failure: Failure | null;
	readonly isLoading: boolean;
}

/** @param load is called again for each change of `on`, and its signal ends the call of before */
export function useLoaded<T>(
	load: (signal: AbortSignal) => Promise<Result<T, Failure>>,
	on: readonly unknown[],
): Loaded<T> {
	const [state, setState] = useState<State<T>>({ value: null, failure: null, isLoading: true });
	const [count, setCount] = useState(0);
	useEffect(() => {
		const controller = new AbortController();
		setState((before) => ({ ...before, isLoading: true }));
		// An answer of another shape, such as a proxy's, is none.
		const loading = load(controller.signal).catch(() => err<Failure>({ kind: "unreachable" }));
		void loading.then((result) => {
			if (controller.signal.aborted) return;
			if (result.ok) setState({ value: result.value, failure: null, isLoading: false });
			else setState((before) => ({ ...before, failure: result.error, isLoading: false }));
		});
		return () => controller.abort();
	}, [...on, count]);
	const reload = useCallback(() => setCount((before) => before + 1), []);
	return { ...state, reload };
}
