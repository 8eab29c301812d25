/** Tells an account what its job came to. A call that is lost is made up for by the next reader, by the account's own question, or by the erasing. */
import type { JobEvent } from "../../core/events.ts";
import { type Settlement, settlementOf } from "../../core/settlement.ts";

export interface Settler {
	/** Tells the account until it has the newest settlement. One call at a time. */
	settle(): Promise<void>;
	/** True if this instance knows that the account was told. */
	isSettled(): boolean;
}

export function createSettler(
	readLog: () => readonly JobEvent[],
	tell: (settlement: Settlement) => Promise<void>,
): Settler {
	let isSettled = false;
	return {
		settle: async () => {
			isSettled = false;
			let told = "";
			while (true) {
				const settlement = settlementOf(readLog());
				// A late picture may have come while the account was told.
				const text = JSON.stringify(settlement);
				if (settlement === null || text === told) break;
				await tell(settlement);
				told = text;
			}
			isSettled = true;
		},
		isSettled: () => isSettled,
	};
}
