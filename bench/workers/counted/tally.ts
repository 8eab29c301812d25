/** What one object came to, over all of its instances. */
export interface Counts {
	/** How often it was made: more than once is proof that it slept. */
	readonly constructed: number;
	/** RPC calls, fetches and alarms. */
	readonly requests: number;
	/** From watchers: twenty are billed as one request. */
	readonly messages: number;
	readonly closes: number;
	/** Written, alarms included. */
	readonly rows: number;
	/** While anything of it ran or was waited for. */
	readonly awakeMs: number;
	/** Of that, while a fetch was waited for. */
	readonly fetchMs: number;
}

/** How long at least one of several things went on. */
class Span {
	#open = 0;
	#since = 0;
	#total = 0;

	/** Begins one; what it returns ends it. */
	begin(): () => void {
		if (this.#open === 0) this.#since = Date.now();
		this.#open += 1;
		let ended = false;
		return () => {
			if (ended) return;
			ended = true;
			this.#open -= 1;
			if (this.#open === 0) this.#total += Date.now() - this.#since;
		};
	}

	get ms(): number {
		return this.#total + (this.#open > 0 ? Date.now() - this.#since : 0);
	}
}

export class Tally {
	readonly awake = new Span();
	readonly fetching = new Span();
	constructed = 0;
	requests = 0;
	messages = 0;
	closes = 0;
	rows = 0;

	/** What a statement writes is known when it was run to its end, which is in this turn. */
	wrote(cursor: { readonly rowsWritten: number }): void {
		queueMicrotask(() => {
			this.rows += cursor.rowsWritten;
		});
	}

	read(): Counts {
		const { constructed, requests, messages, closes, rows, awake, fetching } = this;
		return { constructed, requests, messages, closes, rows, awakeMs: awake.ms, fetchMs: fetching.ms };
	}
}
