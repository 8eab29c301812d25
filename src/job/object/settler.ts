/** Tells an account what its job came to. A call that is lost is made up for by the next reader, by the account's own question, or by the erasing. */

export interface Settler {
	/** Tells the account until it has the newest settlement. One call at a time. */
	settle(): Promise<void>;
	/** True if this instance knows that the account was told. */
	isSettled(): boolean;
}

/** @param read Returns what the account has to know of the end; null while there is none */
export function createSettler<End>(read: () => End | null, tell: (end: End) => Promise<void>): Settler {
	let isSettled = false;
	return {
		settle: async () => {
			isSettled = false;
			let told = "";
			while (true) {
				const end = read();
				// A late picture may have come while the account was told.
				const text = JSON.stringify(end);
				if (end === null || text === told) break;
				await tell(end);
				told = text;
			}
			isSettled = true;
		},
		isSettled: () => isSettled,
	};
}
