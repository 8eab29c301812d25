/** Says in words what a job cost, and how sure that is. */

import type { Job } from "../../api/types.ts";
import { formatUsd } from "../../words.ts";
import { words } from "./words.ts";

export function Cost({ cost, isEnded }: { readonly cost: Job["cost"]; readonly isEnded: boolean }) {
	const w = words();
	if (cost === null) return <p>{isEnded ? w.noCost : w.costLater}</p>;
	const usd = formatUsd(cost.usd);
	if (cost.charge === "free") return <p>{w.free}</p>;
	return <p>{cost.charge === "kept" ? w.kept(usd) : w.costs[cost.basis](usd)}</p>;
}
