/** Counts the work of objects, for the case `counts` and others. */

/** Counts of one object, over all of its instances. */
export interface Counts {
	/** Number of instances. More than one proves that the object hibernated. */
	readonly constructed: number;
	/** RPC calls, fetches and alarms. */
	readonly requests: number;
	/** Messages from watchers. Cloudflare bills twenty as one request. */
	readonly messages: number;
	readonly closes: number;
	/** Rows written, with alarms. */
	readonly rows: number;
	/** Time while the object ran or waited for something. */
	readonly awakeMs: number;
	/** Part of that time while the object waited for a fetch. */
	readonly fetchMs: number;
}

/** Measures the time while at least one of several activities goes on. */
class Span {
	#open = 0;
	#since = 0;
	#total = 0;

	/** Begins an activity, and returns a function that ends it. */
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

	/** Counts the rows of a statement. They are known when it has run to its end, which is in this turn. */
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
